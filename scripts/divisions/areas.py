"""A point that stands for an area."""

import math
from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from divisions.tables import read_table

Point = tuple[float, float]
# Tokyo is its mainland, though its islands lie a thousand kilometres off.
MAINLAND = 0.6


def middle(area: BaseGeometry) -> Point:
    """Return (latitude, longitude) of the middle of an area: its centroid if that lies inside.

    Else that of its mainland, if it has one; else the nearest point inside.
    """
    whole = _across_the_date_line(area)
    point = _centroid(whole)
    if not whole.contains(point):
        largest = max(shapely.get_parts(whole), key=lambda part: part.area)
        mainland = largest if largest.area >= MAINLAND * whole.area else whole
        point = shapely.ops.nearest_points(mainland, _centroid(mainland))[0]
    return point.y, (point.x + 180) % 360 - 180


def _centroid(area: BaseGeometry) -> shapely.Point:
    flat = shapely.transform(area, _equal_area).centroid
    return shapely.Point(flat.x, math.degrees(math.asin(flat.y)))


def _equal_area(corners: np.ndarray) -> np.ndarray:
    # Lambert's cylinder: without it the far north weighs too much.
    return np.column_stack([corners[:, 0], np.sin(np.radians(corners[:, 1]))])


def _across_the_date_line(area: BaseGeometry) -> BaseGeometry:
    west, _, east, _ = area.bounds
    if east - west < 180:
        return area
    return shapely.transform(area, lambda c: np.column_stack([c[:, 0] % 360, c[:, 1]]))


def read_areas(path: Path, layer: str, column: str) -> dict[str, BaseGeometry]:
    """Return the valid areas of a TopoJSON layer by a column."""
    areas = geopandas.read_file(path, layer=layer)
    return dict(zip(areas[column], areas.geometry.make_valid(), strict=True))


def division_areas(folder: Path) -> dict[str, tuple[BaseGeometry, str]]:
    """Return Natural Earth's area of each GeoNames code, by `areas.csv` and the provinces."""
    provinces = read_areas(folder / "provinces.topojson", "provinces", "id")
    return {
        row["code"]: (
            shapely.union_all([provinces[part] for part in row["areas"].split(";")]),
            "Natural Earth",
        )
        for row in read_table(folder / "areas.csv")
        if row["areas"]
    }
