"""Whether a place is the right one for a gold point: near it, or around it."""

from collections.abc import Callable
from functools import cache, lru_cache

from geopy.distance import great_circle

from geo.evaluate.gold import Toponym
from geo.gazetteer import Gazetteer
from geo.records import AREA_KINDS, Place

RIGHT_KM = 161.0  # 100 miles, as in all the literature


def distance_km(one: Toponym, other: Toponym) -> float:
    """Return the distance between two points."""
    return float(great_circle((one["lat"], one["lon"]), (other["lat"], other["lon"])).km)


@lru_cache(maxsize=1)
def area_test(gazetteer: Gazetteer) -> Callable[[Place, Toponym], bool]:
    """Return a test whether a country, region or district has a gold point in its area."""
    import shapely

    @cache
    def area(place_id: str) -> shapely.Geometry | None:
        found = gazetteer.area(place_id)
        if found is not None:
            shapely.prepare(found)
        return found

    def holds(place: Place, toponym: Toponym) -> bool:
        around = area(place.place_id) if place.kind in AREA_KINDS else None
        if around is None:
            return False
        return bool(shapely.contains_xy(around, float(toponym["lon"]), float(toponym["lat"])))

    return holds


def right_test(gazetteer: Gazetteer) -> Callable[[Place, Toponym], bool]:
    """Return a test whether a place is near a gold point, or has it in its area."""
    holds = area_test(gazetteer)

    def is_right(place: Place, toponym: Toponym) -> bool:
        here = {"lat": place.latitude, "lon": place.longitude}
        return distance_km(here, toponym) <= RIGHT_KM or holds(place, toponym)

    return is_right
