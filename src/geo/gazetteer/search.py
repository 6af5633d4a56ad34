"""Look-ups that ask for more than a name: "Paris, Texas", one country only, a misspelling."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.records import Place

if TYPE_CHECKING:
    from geo.gazetteer.online import NominatimGazetteer
    from geo.gazetteer.variants import Variant

_CONTAINERS = frozenset({"country", "region", "district", "bloc", "settlement"})
# Letters per wrong one; shorter names have too many others around them.
_LETTERS_PER_EDIT = 4
_MOST_EDITS = 3
# How far a town may lie from the middle of its county, and a quarter from that of its town.
_DISTRICT_DEGREES, _TOWN_DEGREES = 2.0, 0.3


def search(
    gazetteer: Gazetteer,
    query: str,
    country_codes: str | Collection[str] = (),
    *,
    online: "NominatimGazetteer | None" = None,
) -> list[Place]:
    """Return the places of a name, or of "name, container", the likeliest first.

    `country_codes` are ISO 3166-1 codes in either case; none of them means all countries.
    `online` is asked, if you pass it, for what the gazetteer has not.
    """
    name, containers = query, list[str]()
    found = gazetteer.find(query)
    if not found:
        name, *containers = _parts(query)
        found = gazetteer.find(name) if containers else []
    inside = _inside(gazetteer, found, containers, country_codes)
    if online is None or inside:
        return inside
    return online.find(query, country_codes=country_codes, language="en")


def find_similar(
    gazetteer: Gazetteer, query: str, country_codes: str | Collection[str] = ()
) -> list[tuple[int, Place]]:
    """Return places whose names are nearly `query`, each with its distance, the nearest first.

    The distance counts letters put in, left out, changed or swapped with the next; one is
    allowed for every four letters of the name, three at most. All names are compared, which
    takes about a second. Containers and `country_codes` are those of `search`.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    name, *containers = _parts(query)
    key = key_of(name)
    cutoff = min(len(key) // _LETTERS_PER_EDIT, _MOST_EDITS)
    scorer: Any = OSA.distance
    close = extract(key, gazetteer.names(), scorer=scorer, score_cutoff=cutoff, limit=None)
    nearest: dict[str, tuple[int, Place]] = {}
    for other, distance, _ in sorted(close, key=lambda match: match[1]):
        for place in gazetteer.find(other):
            nearest.setdefault(place.place_id, (int(distance), place))
    places = [place for _, place in nearest.values()]
    kept = {p.place_id for p in _inside(gazetteer, places, containers, country_codes)}
    fitting = [pair for place_id, pair in nearest.items() if place_id in kept]
    return sorted(fitting, key=lambda pair: (pair[0], -pair[1].population))


def search_variants(
    gazetteer: Gazetteer, query: str, country_codes: str | Collection[str] = ()
) -> list["Variant"]:
    """Return what a name without places may stand for, the likeliest first; see `find_variants`.

    Containers and `country_codes` are those of `search`.
    """
    from geo.gazetteer.variants import find_variants

    name, *containers = _parts(query)
    found = find_variants(gazetteer, name)
    places = _inside(gazetteer, [v.place for v in found], containers, country_codes)
    kept = {place.place_id for place in places}
    return [variant for variant in found if variant.place.place_id in kept]


def codes_of(country_codes: str | Collection[str]) -> set[str]:
    """Return ISO codes in capitals; one alone may be a plain string."""
    codes = [country_codes] if isinstance(country_codes, str) else country_codes
    return {code.strip().upper() for code in codes}


def _parts(query: str) -> list[str]:
    return [part.strip() for part in query.split(",") if part.strip()] or [""]


def _inside(
    gazetteer: Gazetteer,
    places: list[Place],
    containers: Collection[str],
    country_codes: str | Collection[str],
) -> list[Place]:
    """Return the places that lie in all containers, and in one of the countries."""
    wanted = codes_of(country_codes)
    places = [place for place in places if not wanted or place.country_code in wanted]
    for container in containers:
        areas = [area for area in gazetteer.find(container) if area.kind in _CONTAINERS]
        places = [place for place in places if any(_holds(gazetteer, a, place) for a in areas)]
    return places


def _holds(gazetteer: Gazetteer, area: Place, place: Place) -> bool:
    if area.place_id == place.place_id:
        return False
    is_same_country = area.country_code == place.country_code != ""
    if area.kind == "country":
        return is_same_country
    if area.kind == "settlement":
        return is_same_country and _is_near(area, place, _TOWN_DEGREES)
    if area.kind == "district" or area.admin1_name == area.name:
        # Texas holds Paris, and Lamar County the one that lies near its middle.
        is_near = area.kind == "region" or _is_near(area, place, _DISTRICT_DEGREES)
        return is_same_country and is_near and area.admin1_name == place.admin1_name
    shape = gazetteer.area(area.place_id)  # the Gulf Coast has no other sign of what it holds
    if shape is None:
        return False
    import shapely

    return bool(shapely.contains_xy(shape, place.longitude, place.latitude))


def _is_near(area: Place, place: Place, most_degrees: float) -> bool:
    apart = abs(area.longitude - place.longitude)
    degrees = max(abs(area.latitude - place.latitude), min(apart, 360 - apart))
    return degrees <= most_degrees
