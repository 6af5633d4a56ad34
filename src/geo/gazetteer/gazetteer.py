"""A gazetteer: all places that a name may mean."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geo.gazetteer.index import Index, Outline
from geo.gazetteer.names import key_of
from geo.gazetteer.prior import is_written_so
from geo.records import Place

if TYPE_CHECKING:
    from shapely import Geometry


class Gazetteer:
    """Places by name and by id. A name gives a list: "Donetsk" lies in two countries.

    The `places` given hide those of the same id in `index`, and are listed before its others.
    """

    def __init__(self, places: Iterable[Place] = (), index: Index | None = None) -> None:
        self._places = {place.place_id: place for place in places}
        self._index = index
        self._by_name = _by_name(self._places.values()) if self._places else {}
        self._hidden = set() if index is None else {index.row(one) for one in self._places}

    def __getitem__(self, place_id: str) -> Place:
        if place_id in self._places or self._index is None:
            return self._places[place_id]
        row = self._index.row(place_id)
        if row is None:
            raise KeyError(place_id)
        return self._index.place(row)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places or (
            self._index is not None and self._index.row(str(place_id)) is not None
        )

    @cached_property
    def _by_form(self) -> dict[str, list[Place]]:
        """The places given by the cases of their names."""
        from geo.gazetteer.spellings import forms_of

        forms: dict[str, list[Place]] = {}
        for name, places in self._by_name.items():
            for form in forms_of(name) - self._by_name.keys():
                forms.setdefault(form, []).extend(places)
        return forms

    @property
    def places(self) -> list[Place]:
        """The places given, without those of the index, in their order."""
        return list(self._places.values())

    @property
    def own_names(self) -> frozenset[str]:
        """The names of the places given, in normal form and in all cases."""
        return frozenset((*self._by_name, *self._by_form))

    def find(self, name: str) -> list[Place]:
        """Return the places of a name, the likeliest first; none if it is unknown.

        For "Paris, Texas" see `search`, for misspellings `find_similar`, in `geo.gazetteer.search`;
        for spellings that no table has `geo.gazetteer.variants`.

        Case, the accents of Latin letters, apostrophes, hyphens and white space make no
        difference.
        """
        key = key_of(name)
        found = self._own(key)
        if self._index is not None:
            found += map(self._index.place, self._shown(self._index.rows(key)))
        return sorted(found, key=lambda place: not is_written_so(name, place))

    def names_of(self, key: str) -> set[str]:
        """Return the names in normal form that this one is, or is a case of."""
        from geo.gazetteer.spellings import forms_of, keys_of

        own = {name for place in self._own(key) for name in keys_of(place)}
        named = {name for name in own if key == name or key in forms_of(name)}
        return named if self._index is None else named | self._index.names_of(key)

    def outlines(self, key: str, limit: int) -> list[Outline]:
        """Return the least of what is known of the likeliest places of a name in normal form."""
        found = [Outline(p.name, p.kind, p.population, p.gazetteer) for p in self._own(key)]
        if self._index is not None:
            found += map(self._index.outline, self._shown(self._index.rows(key))[:limit])
        return found[:limit]

    def _own(self, key: str) -> list[Place]:
        """Return the places given that a name means, in the nominative or another case."""
        named = self._by_name.get(key, ())
        if key.isascii() or not self._by_name:
            return list(named)
        return list(dict.fromkeys((*named, *self._by_form.get(key, ()))))

    def _shown(self, rows: list[int]) -> list[int]:
        """Leave out the rows of the index that a place given hides."""
        return [row for row in rows if row not in self._hidden] if self._hidden else rows

    def find_skeleton(self, skeleton: str) -> list[Place]:
        """Return the places with a Cyrillic name of this skeleton, the likeliest first.

        See `geo.gazetteer.variants` for what it is good for.
        """
        found = list(self._by_skeleton.get(skeleton, ()))
        if self._index is not None:
            found += map(self._index.place, self._shown(self._index.skeleton_rows(skeleton)))
        return found

    @cached_property
    def _by_skeleton(self) -> dict[str, list[Place]]:
        from geo.gazetteer.skeletons import skeletons_of

        return _listed_by(self._places.values(), skeletons_of)

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 code, or None."""
        own = (p for p in self._places.values() if p.kind == "country" and p.country_code == code)
        row = self._index.country_row(code) if self._index is not None else None
        indexed = self._index.place(row) if self._index is not None and row is not None else None
        return next(own, indexed) if code else None

    def nearest(self, latitude: float, longitude: float, limit: int = 1) -> list[Place]:
        """Return the settlements nearest to a point, the nearest first."""
        from geopy.distance import great_circle

        settlements = [place for place in self._places.values() if place.kind == "settlement"]
        if self._index is not None:
            # Those that a place given hides may be among them.
            rows = self._index.nearest_rows(latitude, longitude, limit + len(self._places))
            settlements += map(self._index.place, self._shown(rows))
        here = (latitude, longitude)
        settlements.sort(key=lambda p: great_circle(here, (p.latitude, p.longitude)).km)
        return settlements[:limit]

    def largest_towns(self, bounds: tuple[float, float, float, float], limit: int) -> list[Place]:
        """Return the settlements of the index with the most people, the largest first.

        `bounds` are (min_longitude, min_latitude, max_longitude, max_latitude). Settlements of
        the places given are not among them, nor those that these hide.
        """
        if self._index is None:
            return []
        rows = self._index.largest_rows(bounds, limit + len(self._hidden))
        return [self._index.place(row) for row in self._shown(rows)[:limit]]

    def begins_with(self, words: str) -> str:
        """Return the longest name in normal form that `words`, normalised too, begins with, or "".

        >>> load_gazetteer().begins_with("new york city hall")
        'new york city'
        """
        found = self._index.beginnings(words) if self._index is not None else []
        longest = ""
        for name in reversed(found):
            if words[len(name) : len(name) + 1] in (" ", ""):
                longest = name
                break
        if self._by_name:
            own = [words[:end] for end in _word_ends(words) if self._own(words[:end])]
            longest = max([longest, *own], key=len)
        return longest

    def names(self) -> Iterator[str]:
        """Yield all names in normal form; those that a place given shares with the index twice."""
        yield from self._by_name
        if self._index is not None:
            yield from self._index.keys()

    def well_known(self, prefix: str) -> list[str]:
        """Return the names in normal form that begin with `prefix`, those of large places only.

        All places given count as large.
        """
        own = [name for name in self._by_name if name.startswith(prefix)]
        return own if self._index is None else own + self._index.well_known(prefix)

    def demonyms(self) -> dict[str, list[str]]:
        """Return the place ids of words such as "ukrainian", in normal form; they name no place."""
        from geo.gazetteer.world import read_demonyms

        return read_demonyms() if self._index is not None else {}

    def area(self, place_id: str) -> "Geometry | None":
        """Return the area of a country, division or region, EPSG:4326, or None if unknown.

        A region is made up of the countries and divisions that belong to it; those without a
        drawn area of their own (`codes_without_area.csv`) leave a gap in it.
        """
        if self._index is None:
            return None
        import shapely

        areas = [self._index.area(code) for code in self._index.area_codes(place_id)]
        known = [area for area in areas if area is not None]
        return shapely.coverage_union_all(known) if known else None


def _by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    from geo.gazetteer.spellings import keys_of

    return _listed_by(places, keys_of)


def _listed_by(
    places: Iterable[Place], keys_of: Callable[[Place], Iterable[str]]
) -> dict[str, list[Place]]:
    listed: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda place: (-place.population, place.place_id)):
        for key in keys_of(place):
            listed.setdefault(key, []).append(place)
    return listed


def _word_ends(words: str) -> Iterator[int]:
    yield from (end for end, letter in enumerate(words) if letter == " ")
    yield len(words)


def load_gazetteer(own_places: str | Path | None = None) -> Gazetteer:
    """Return the gazetteer of the world, with the places of a table of your own (`own_places`).

    A place of yours replaces the shipped one of the same id. The first call on a machine builds
    the index, which takes up to a minute.
    """
    from geo.gazetteer.world import open_world

    return Gazetteer(_read_own(own_places), open_world())


def _read_own(path: str | Path | None) -> list[Place]:
    if not path:
        return []
    from geo.gazetteer.curated import read_places

    return read_places(Path(path), Path(path).name)
