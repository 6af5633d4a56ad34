"""Places whose names are written as no table has them: other transliterations, misspellings."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.gazetteer.prior import prior_of
from geo.gazetteer.skeletons import read_skeletons
from geo.gazetteer.spellings import names_of
from geo.records import Place

_MOST = 10
# Names of so many letters may have one wrong letter, or two. Shorter ones have too many others
# around them.
_ONE_EDIT, _TWO_EDITS = 6, 10
# Towns below this are likelier another word that happens to look like them.
_LEAST_POPULATION = 5000
_IS_WORDS = re.compile("[^\\W\\d_]+(?: [^\\W\\d_]+)*")


@dataclass(frozen=True, slots=True)
class Variant:
    """A place that a name may mean, and which of its names that is near to.

    `how` is "transliteration" or "misspelling".
    """

    place: Place
    known_as: str
    how: str


def find_variants(gazetteer: Gazetteer, name: str) -> list[Variant]:
    """Return the places that a name unknown to `gazetteer.find` may mean, the likeliest first."""
    return list(_variants(gazetteer, name))


@lru_cache(maxsize=4096)
def _variants(gazetteer: Gazetteer, name: str) -> tuple[Variant, ...]:
    how, found = "transliteration", _transliterated(gazetteer, name)
    key = key_of(name)
    if not found:
        how, found = "misspelling", _misspelt(gazetteer, key)
    places = {place.place_id: place for place in sorted(found, key=prior_of, reverse=True)}
    likeliest = list(places.values())[:_MOST]
    return tuple(Variant(place, _nearest_name(place, key), how) for place in likeliest)


def _transliterated(gazetteer: Gazetteer, name: str) -> list[Place]:
    found = map(gazetteer.find_skeleton, read_skeletons(name))
    return [place for places in found for place in places]


def _misspelt(gazetteer: Gazetteer, key: str) -> list[Place]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(key) < _ONE_EDIT or not _IS_WORDS.fullmatch(key):
        return []
    edits = 2 if len(key) >= _TWO_EDITS else 1
    scorer: Any = OSA.distance
    lengths = _names_by_length(gazetteer, key[:2])
    close: list[str] = []
    for length in range(len(key) - edits, len(key) + edits + 1):
        names = lengths.get(length, [])
        close += [m[0] for m in extract(key, names, scorer=scorer, score_cutoff=edits, limit=None)]
    return [
        place
        for name in close
        if name + "s" != key
        for place in gazetteer.find(name)
        if _is_well_known(place)
    ]


@lru_cache(maxsize=128)
def _names_by_length(gazetteer: Gazetteer, prefix: str) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for name in gazetteer.names(prefix):
        names.setdefault(len(name), []).append(name)
    return names


def _is_well_known(place: Place) -> bool:
    if place.kind == "settlement":
        return place.population >= _LEAST_POPULATION or place.gazetteer == "curated"
    return place.kind in ("country", "region")


def _nearest_name(place: Place, key: str) -> str:
    from rapidfuzz.distance import OSA

    return min(names_of(place), key=lambda other: OSA.distance(key_of(other), key))
