"""A gazetteer: all places that a name may mean."""

from collections.abc import Iterable
from pathlib import Path

from geo import data
from geo.gazetteer.curated import read_places
from geo.gazetteer.names import normalize
from geo.gazetteer.type_words import respell
from geo.records import Place


class Gazetteer:
    """Places by name and by id. A name gives a list: "Donetsk" lies in two countries."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.place_id: place for place in places}
        self._by_name: dict[str, list[Place]] = {}
        for place in self._places.values():
            for key in {_key(name) for name in self.spellings(place)}:
                self._by_name.setdefault(key, []).append(place)
        for named in self._by_name.values():
            named.sort(key=lambda place: (-place.population, place.place_id))

    def __getitem__(self, place_id: str) -> Place:
        return self._places[place_id]

    @property
    def places(self) -> list[Place]:
        """All places, in the order in which they were given."""
        return list(self._places.values())

    def find(self, name: str) -> list[Place]:
        """Return the places of a name, the most populous first; none if it is unknown.

        Case, accents, apostrophes, hyphens and white space make no difference.
        """
        return list(self._by_name.get(_key(name), []))

    @staticmethod
    def spellings(place: Place) -> list[str]:
        """Return all names of a place, also with other words for "Oblast" and the like."""
        return [spelling for name in place.names for spelling in respell(name)]


def _key(name: str) -> str:
    # "The Hague", "the Kremlin": the article is no part of a name.
    return normalize(name).removeprefix("the ")


def load_gazetteer(own_places: str | Path | None = None) -> Gazetteer:
    """Return the shipped gazetteer, with the places of a table of your own (`own_places`).

    A place of yours replaces the shipped one of the same id.
    """
    places = {place.place_id: place for place in read_places(data.path("places.csv"))}
    if own_places:
        own = read_places(Path(own_places), Path(own_places).name)
        places |= {place.place_id: place for place in own}
    return Gazetteer(places.values())
