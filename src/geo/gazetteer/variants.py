"""Places whose names are written as no table has them: other transliterations, misspellings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.gazetteer.prior import ALIKE, is_well_known, name_weight, prior_of, spelling_weight
from geo.gazetteer.skeletons import read_skeletons
from geo.gazetteer.spellings import names_of
from geo.records import Place

_MOST = 10
# Names of so many letters may have one wrong letter, or two. Shorter ones have too many others
# around them: "Manager" is Manger in India, if any small town will do.
_ONE_EDIT, _TWO_EDITS = 6, 10
_LONG = 8
_LEAST_POPULATION_IF_SHORT = 100_000
_IS_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
# A road or an institution is no town that is written in another way. "High St" is "high saint" in
# normal form.
_IS_LOCAL = re.compile(
    r".*\d.*|.+ (?:street|saint|road|rd|avenue|ave|boulevard|drive|lane|highway|freeway|parkway"
    r"|court|school|university|college|hospital|church|chapel|embassy|office|stadium|club|library"
    r"|wilderness|center|centre|complex|cup)"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A place that a name may mean, and which of the place's names that is near to.

    `how` is "transliteration" or "misspelling".
    """

    place: Place
    known_as: str
    how: str


def find_variants(gazetteer: Gazetteer, name: str) -> list[Variant]:
    """Return the places that a name unknown to `gazetteer.find` may mean, the likeliest first.

    At most 10; none for a known name, for words for people such as "Ukrainians", for roads,
    institutions and names with digits. A word that
    is no name at all may get some: about one in a hundred by transliteration, and three by
    misspelling.

    >>> from geo.gazetteer import load_gazetteer
    >>> variant = find_variants(load_gazetteer(), "Tschassiw Jar")[0]
    >>> variant.place.name, variant.known_as, variant.how
    ('Chasiv Yar', 'Chasiv Jar', 'transliteration')
    """
    return list(_variants(gazetteer, name))


@lru_cache(maxsize=4096)
def _variants(gazetteer: Gazetteer, name: str) -> tuple[Variant, ...]:
    key = key_of(name)
    if _IS_LOCAL.fullmatch(key):
        return ()
    if gazetteer.find(name) or key in gazetteer.demonyms():
        return ()
    how, found = "transliteration", transliterated(gazetteer, name)
    if not found:
        how, found = "misspelling", list(_misspelt(gazetteer, key))
    places = {place.place_id: place for place in found}.values()
    variants = [Variant(place, _nearest_name(place, key), how) for place in places]
    return tuple(sorted(variants, key=_likelihood, reverse=True)[:_MOST])


def _likelihood(variant: Variant) -> float:
    return prior_of(variant.place) + name_weight(variant.known_as, variant.place)


def transliterated(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Return the places with a Cyrillic name that some habit writes so in Latin letters."""
    found = map(gazetteer.find_skeleton, read_skeletons(name))
    return [place for places in found for place in places]


def _misspelt(gazetteer: Gazetteer, key: str) -> Iterator[Place]:
    if len(key) < _ONE_EDIT or not _IS_WORDS.fullmatch(key):
        return
    for name in _close_names(gazetteer, key):
        # Words that differ in their end are others: Borders and Borden, Nigerian and Nigeria.
        if name[-1] == key[-1]:
            for place in gazetteer.find(name):
                if _is_likely(place, name):
                    yield place


def _close_names(gazetteer: Gazetteer, key: str) -> list[str]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    edits = 2 if len(key) >= _TWO_EDITS else 1
    names = _well_known(gazetteer, key[:2])
    scorer: Any = OSA.distance
    return [
        match[0] for match in extract(key, names, scorer=scorer, score_cutoff=edits, limit=None)
    ]


@lru_cache(maxsize=256)
def _well_known(gazetteer: Gazetteer, prefix: str) -> list[str]:
    return gazetteer.well_known(prefix)


def _is_likely(place: Place, name: str) -> bool:
    if not is_well_known(place) or spelling_weight(name, key_of(place.name)) < ALIKE:
        return False
    is_town = place.kind == "settlement" and place.gazetteer == "geonames"
    return not is_town or len(name) >= _LONG or place.population >= _LEAST_POPULATION_IF_SHORT


def _nearest_name(place: Place, key: str) -> str:
    from rapidfuzz.distance import OSA

    return min(names_of(place), key=lambda name: OSA.distance(key_of(name), key))
