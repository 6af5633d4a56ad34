"""Look-ups that ask for more than a name: "Paris, Texas", one country only, a misspelling."""

from collections.abc import Collection

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.records import Place

_CONTAINERS = frozenset({"country", "region", "district"})
# Letters per wrong one; shorter names have too many others around them.
_LETTERS_PER_EDIT = 4
_MOST_EDITS = 3
# How far a town may lie from the middle of its county.
_DISTRICT_DEGREES = 0.75


def search(gazetteer: Gazetteer, query: str, country_codes: Collection[str] = ()) -> list[Place]:
    """Return the places of a name, or of "name, container", the likeliest first.

    `country_codes` are ISO 3166-1 codes in either case; none of them means all countries.
    """
    found = gazetteer.find(query)
    if not found and "," in query:
        found = _within(gazetteer, query)
    wanted = _upper(country_codes)
    return [place for place in found if not wanted or place.country_code in wanted]


def _upper(codes: Collection[str]) -> set[str]:
    return {code.upper() for code in codes}


def _within(gazetteer: Gazetteer, query: str) -> list[Place]:
    name, *containers = (part.strip() for part in query.split(","))
    found = gazetteer.find(name)
    for part in containers:
        known = [place for place in gazetteer.find(part) if place.kind in _CONTAINERS]
        found = [place for place in found if any(_holds(area, place) for area in known)]
    return found


def _holds(area: Place, place: Place) -> bool:
    if area.country_code != place.country_code or area.place_id == place.place_id:
        return False
    if area.kind == "district":
        apart = (area.latitude - place.latitude, area.longitude - place.longitude)
        return max(map(abs, apart)) <= _DISTRICT_DEGREES
    return area.kind == "country" or area.admin1_name == place.admin1_name


def find_similar(
    gazetteer: Gazetteer, name: str, country_codes: Collection[str] = ()
) -> list[tuple[int, Place]]:
    """Return places whose names are nearly `name`, each with its distance, the nearest first.

    The distance counts letters put in, left out, changed or swapped with the next; one is
    allowed for every four letters of the name, three at most. All names are compared, which
    takes about a second.
    """
    from rapidfuzz.distance import OSA

    key = key_of(name)
    cutoff = min(len(key) // _LETTERS_PER_EDIT, _MOST_EDITS)
    nearest: dict[str, tuple[int, Place]] = {}
    distances = (
        (OSA.distance(key, other, score_cutoff=cutoff), other)
        for other in gazetteer.names()
        if abs(len(other) - len(key)) <= cutoff
    )
    close = sorted((distance, other) for distance, other in distances if distance <= cutoff)
    for distance, other in close:
        for place in gazetteer.find(other):
            nearest.setdefault(place.place_id, (distance, place))
    wanted = _upper(country_codes)
    fitting = [pair for pair in nearest.values() if not wanted or pair[1].country_code in wanted]
    return sorted(fitting, key=lambda pair: (pair[0], -pair[1].population))
