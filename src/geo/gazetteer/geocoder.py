"""The gazetteer as a geopy geocoder, for `geopandas.tools.geocode` and everything else of geopy."""

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict
from itertools import chain
from typing import Any

from geopy.distance import great_circle
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.errors import InputError
from geo.gazetteer.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.search import search
from geo.records import Place

_CYRILLIC = re.compile(r"[Ѐ-ӿ’ʼ' -]+")
_UKRAINIAN = re.compile("[іїєґ]|[сцз]ьк", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]|[сцз]к", re.IGNORECASE)
LANGUAGES = ("en", "ru", "uk")


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocodes names with a gazetteer instead of a service: offline, at once, without a limit.

    >>> GazetteerGeocoder().geocode("Paris, Texas").address
    'Paris, Texas, United States'
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(user_agent="geo")
        self.gazetteer = gazetteer or load_gazetteer()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # geopy's callers pass it; nothing waits here
        limit: int | None = None,
        country_codes: str | Collection[str] = (),
        language: str = "en",
        bounds: Iterable[Any] | None = None,
    ) -> Location | list[Location] | None:
        """Return the likeliest place of a name, or all of them, or None if there is none.

        `bounds` are two opposite corners, each `(latitude, longitude)`; only places inside
        count. `language` is that of the address: en, ru or uk, as far as names are known in it.
        The place's record is in `raw`.
        """
        _check_language(language)
        places = search(self.gazetteer, query, country_codes)
        if bounds is not None:
            corners = _corners(bounds)
            places = [place for place in places if _is_inside(place, corners)]
        locations = [self._location(place, language) for place in places[:limit]]
        if not exactly_one:
            return locations or None
        return locations[0] if locations else None

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # as above
        limit: int = 10,
        language: str = "en",
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point, or the `limit` nearest.

        `query` is a geopy Point, "latitude, longitude", or such a pair. `raw["distance_km"]` is
        how far the settlement is.
        """
        _check_language(language)
        point = Point(query)
        nearest = self.gazetteer.nearest(
            point.latitude, point.longitude, 1 if exactly_one else limit
        )
        locations = [self._location(place, language, point) for place in nearest]
        if not exactly_one:
            return locations or None
        return locations[0] if locations else None

    def _location(self, place: Place, language: str, near: Point | None = None) -> Location:
        raw = asdict(place)
        if near is not None:
            raw["distance_km"] = great_circle((place.latitude, place.longitude), near).km
        return Location(self._address(place, language), (place.latitude, place.longitude), raw)

    def _address(self, place: Place, language: str) -> str:
        country = self.gazetteer.country(place.country_code)
        parts = [
            _name_in(place, language),
            place.admin1_name if language == "en" else "",
            _name_in(country, language) if country else "",
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


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise InputError(f"language {language!r} is none of {', '.join(LANGUAGES)}")


def _name_in(place: Place, language: str) -> str:
    """Return the first name that looks like the language's: most names do not tell theirs."""
    if language == "en":
        return place.name
    cyrillic = [name for name in place.names if _CYRILLIC.fullmatch(name)]
    if language == "ru":
        return next((name for name in cyrillic if not _UKRAINIAN.search(name)), place.name)
    sure = (name for name in cyrillic if _UKRAINIAN.search(name))
    fitting = (name for name in cyrillic if not _RUSSIAN.search(name))
    return next(chain(sure, fitting), place.name)
