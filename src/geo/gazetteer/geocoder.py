"""The gazetteer as a geopy geocoder, for `geopandas.tools.geocode` and everything else of geopy."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

from geopy.distance import great_circle
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.errors import InputError
from geo.gazetteer.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.labels import LANGUAGES, name_in
from geo.gazetteer.online import NominatimGazetteer
from geo.gazetteer.search import codes_of, search
from geo.records import Place


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocodes names with a gazetteer instead of a service: offline, at once, without a limit.

    Only if you pass a `NominatimGazetteer` as `online` is that asked, for what is not found.

    >>> GazetteerGeocoder().geocode("Paris, Texas").address
    'Paris, Texas, United States'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        online: NominatimGazetteer | None = None,
        timeout: float | None = None,  # noqa: ARG002  # what other geocoders take does no harm
        user_agent: str = "geo",
    ) -> None:
        super().__init__(user_agent=user_agent)
        self.gazetteer = gazetteer or load_gazetteer()
        self.online = online

    def __reduce__(self) -> tuple[Any, tuple[Gazetteer]]:
        return partial(GazetteerGeocoder, online=self.online), (self.gazetteer,)

    def geocode(
        self,
        query: str | None,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # geopy's callers pass it; nothing waits here
        limit: int | None = None,
        country_codes: str | Collection[str] | None = (),
        language: str | None = "en",
        bounds: Iterable[Any] | None = None,
    ) -> Location | list[Location] | None:
        """Return the likeliest place of a name, or all of them, or None if there is none.

        A missing query (None, NaN) gives None, so that a column may have gaps.

        `bounds` are two opposite corners, each `(latitude, longitude)`; only places inside
        count. `language` is that of the address: en, ru or uk, as far as names are known in it.
        The place's record is in `raw`.
        """
        language = _language(language)
        if _is_missing(query):
            return None
        if not isinstance(query, str):
            raise InputError(f"{query!r} is no name of a place; give a text")
        places = search(self.gazetteer, query, _countries(country_codes), online=self.online)
        if bounds is not None:
            corners = _corners(bounds)
            places = [place for place in places if _is_inside(place, corners)]
        locations = [self._location(place, language) for place in places[: _limit(limit)]]
        return _one_or_all(locations, exactly_one=exactly_one)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # as above
        limit: int = 10,
        language: str | None = "en",
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point, or the `limit` nearest.

        `query` is a geopy Point, "latitude, longitude", or such a pair. `raw["distance_km"]` is
        how far the settlement is.
        """
        language = _language(language)
        if _is_missing(query) or (isinstance(query, tuple | list) and any(map(_is_missing, query))):
            return None
        point = Point(query)
        here = Point(point.latitude, point.longitude)  # without a height
        count = 1 if exactly_one else _limit(limit) or 10
        nearest = self.gazetteer.nearest(here.latitude, here.longitude, count)
        locations = [self._location(place, language, here) for place in nearest]
        return _one_or_all(locations, exactly_one=exactly_one)

    def _location(self, place: Place, language: str, near: Point | None = None) -> Location:
        raw = asdict(place)
        if near is not None:
            raw["distance_km"] = great_circle((place.latitude, place.longitude), near).km
        return Location(self._address(place, language), (place.latitude, place.longitude), raw)

    def _address(self, place: Place, language: str) -> str:
        country = self.gazetteer.country(place.country_code)
        parts = [
            name_in(place, language),
            place.admin1_name if language == "en" else "",
            name_in(country, language) if country else "",
        ]
        return ", ".join(dict.fromkeys(filter(None, parts)))


def _corners(bounds: Iterable[Any]) -> list[Point]:
    corners = [Point(corner) for corner in bounds]
    if len(corners) != 2:
        raise InputError(
            f"bounds are two corners, each (latitude, longitude), not {len(corners)}; "
            "give the south-west and the north-east one"
        )
    return corners


def _is_inside(place: Place, corners: list[Point]) -> bool:
    south, north = sorted(corner.latitude for corner in corners)
    west, east = sorted(corner.longitude for corner in corners)
    is_between: bool = west <= place.longitude <= east
    if east - west > 180:  # the shorter way is over the 180th meridian
        is_between = place.longitude <= west or place.longitude >= east
    return bool(south <= place.latitude <= north and is_between)


def _one_or_all(
    locations: list[Location], *, exactly_one: bool
) -> Location | list[Location] | None:
    if not exactly_one:
        return locations or None
    return locations[0] if locations else None


def _is_missing(value: Any) -> bool:
    return value is None or value != value or value == ""  # noqa: PLR0124  # only NaN differs so


def _limit(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise InputError(f"limit {limit!r} leaves no place; give at least 1, or None for all")
    return limit


def _countries(codes: str | Collection[str] | None) -> set[str]:
    wanted = codes_of(codes or ())
    wrong = sorted(code for code in wanted if len(code) != 2)
    if wrong:
        raise InputError(f"{wrong[0]!r} is no ISO 3166-1 code of a country; give one such as UA")
    return wanted


def _language(language: str | None) -> str:
    code = (language or "en").split("-")[0]
    if code not in LANGUAGES:
        raise InputError(f"language {language!r} is none of {', '.join(LANGUAGES)}")
    return code
