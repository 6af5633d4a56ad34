"""How likely a place is meant before anything is read, as logarithms of inhabitants."""

import math

from geo.gazetteer.names import key_of
from geo.records import Place

# What a place without known inhabitants counts for beside a town, in inhabitants.
_STANDING = {
    "bloc": 1e8,
    "country": 1e7,
    "region": 1e6,
    "water": 1e6,
    "hill": 1e5,
    "district": 1e5,
    "site": 1e5,
    "border_crossing": 1e4,
    "settlement": 1e2,
}


# What news names is in the tables kept by hand.
_KEPT_BY_HAND = 0.7
# Khartoum is the city rather than the state around it.
_AROUND = -0.8
# A place's other names speak for it less than its own: those that are nearly that one, and those
# that are not. Salisbury was Harare's name once, and White House means Casablanca.
ALIKE, _UNLIKE = -0.8, -2.0
_LEAST_ALIKE = 0.6
# Letters of a name that is likely an abbreviation.
_SHORT = 5
_LAST_LATIN_LETTER = "\u024f"

# Settlements below this are likelier another word that happens to look like them.
_LEAST_KNOWN = 5000


def prior_of(place: Place) -> float:
    """Return the logarithm (base 10) of a place's inhabitants, or of what stands for them."""
    prior = math.log10(max(place.population, _STANDING[place.kind]))
    prior += _KEPT_BY_HAND * (place.gazetteer == "curated")
    return prior + _AROUND * (place.kind in ("region", "district"))


def name_weight(name: str, place: Place) -> float:
    """Return what a name, as written, is worth for a place beside the place's own: 0 or less."""
    if is_written_so(name, place):
        return 0.0
    return spelling_weight(key_of(name), key_of(place.name))


def is_written_so(name: str, place: Place) -> bool:
    """Say whether a short name is one of a place's letter by letter: "Pa." is Pennsylvania's."""
    return len(name) <= _SHORT and name in place.names


def spelling_weight(key: str, title: str) -> float:
    """Return what a name is worth beside a place's own; both are in normal form."""
    if key == title:
        return 0.0
    from rapidfuzz.distance import OSA

    # Names in other scripts say nothing of how well known they are.
    is_foreign = max(key, default="") > _LAST_LATIN_LETTER
    is_alike = is_foreign or OSA.normalized_similarity(key, title) >= _LEAST_ALIKE
    return ALIKE if is_alike else _UNLIKE


def is_well_known(place: Place) -> bool:
    """Say whether a place is so well known that its names may be looked for in misspellings."""
    if place.gazetteer != "geonames" or place.kind in ("country", "region"):
        return True
    return place.kind == "settlement" and place.population >= _LEAST_KNOWN
