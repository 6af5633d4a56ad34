"""The outlines of regions, countries and seas on a map."""

import math
import warnings
from collections.abc import Iterable

import numpy as np
import shapely
from shapely import Geometry

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.maps.layers import Bounds
from geo.maps.shapes import encode_shape
from geo.records import AREA_KINDS

# Degrees: how much an outline is simplified near the marks, and far from them. The nearer
# one keeps an area's coast on the basemap's; the other keeps the page small.
NEAR_TOLERANCE, FAR_TOLERANCE = 0.01, 0.1
# Degrees around the view that are fine too.
MARGIN = 3.0
# A view as wide as this is drawn with the far tolerance alone.
_WIDE = 40.0


def read_outlines(
    place_ids: Iterable[str], kinds: Iterable[str], bounds: Bounds
) -> dict[int, list[list[int]]]:
    """Return the outlines of areas, as `encode_shape` gives them, by the number of the place.

    Those without a known area are left out. `bounds` is the view, (min_longitude, min_latitude,
    max_longitude, max_latitude).
    """
    numbered = enumerate(zip(place_ids, kinds, strict=True))
    areas = [(number, *place) for number, place in numbered if place[1] in AREA_KINDS]
    gazetteer = gazetteer_of_areas(kind for _, _, kind in areas)
    shapes = {}
    for number, place_id, kind in areas:
        shape = gazetteer.area(place_id)
        # All of the map in the colour of Europe would say nothing.
        if shape is not None and not (kind == "bloc" and shape.contains(shapely.box(*bounds))):
            shapes[number] = shape
    simple = _simplified(list(shapes.values()), bounds)
    outlines = (encode_shape(shape) for shape in simple)
    return {number: rings for number, rings in zip(shapes, outlines, strict=True) if rings}


def gazetteer_of_areas(kinds: Iterable[str]) -> Gazetteer:
    """Return the gazetteer that has the areas; an empty one if none is needed or to be had."""
    if AREA_KINDS.isdisjoint(kinds):
        return Gazetteer()
    try:
        return load_gazetteer()
    except GazetteerError as error:
        warnings.warn(f"the map is drawn without areas: {error}", stacklevel=2)
        return Gazetteer()


def _simplified(shapes: list[Geometry], bounds: Bounds) -> list[Geometry]:
    """Simplify outlines, less within the bounds than elsewhere."""
    areas = np.array(shapes, dtype=object)
    # Rings that cross themselves are drawn all the same, and looking for them takes most of a
    # second where there are hundreds of areas.
    far = shapely.simplify(areas, FAR_TOLERANCE, preserve_topology=False)
    # What is smaller than that would vanish.
    is_gone = shapely.is_empty(far)
    far[is_gone] = shapely.simplify(areas[is_gone], NEAR_TOLERANCE)
    west, south, east, north = bounds
    if math.hypot(east - west, north - south) > _WIDE:
        return list(far)
    near = shapely.box(west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    fine = shapely.simplify(areas, NEAR_TOLERANCE)
    outside = shapely.difference(shapely.make_valid(far), near)
    return list(shapely.union(shapely.intersection(fine, near), outside))
