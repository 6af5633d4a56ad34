"""Geometries as short lists of integers, for the page of a map.

A ring or line is longitude and latitude of its first corner in thousandths of a degree
(EPSG:4326), then the differences from corner to corner: close corners make small numbers.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

PER_DEGREE = 1000


def encode_shape(geometry: Geometry) -> list[list[int]]:
    """Return all rings or lines of a geometry; holes are rings too, drawn by the even-odd rule.

    >>> encode_shape(shapely.LineString([(37.8, 48.0), (37.9, 48.1)]))
    [[37800, 48000, 100, 100]]
    """
    parts = shapely.get_parts(geometry)
    if shapely.get_dimensions(geometry) == 2:
        parts = shapely.get_rings(parts)
    corners, part = shapely.get_coordinates(parts, return_index=True)
    rounded = np.rint(corners * PER_DEGREE).astype(np.int64)
    cuts = np.flatnonzero(np.diff(part)) + 1
    encoded = [_differences(corners) for corners in np.split(rounded, cuts)]
    return [line for line in encoded if len(line) > 2]


def _differences(corners: NDArray[np.int64]) -> list[int]:
    steps = np.diff(corners, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = steps.any(axis=1)
    moved[:1] = True
    return [int(number) for number in steps[moved].ravel()]
