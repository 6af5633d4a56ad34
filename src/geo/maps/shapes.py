"""Shapes as short lists of whole numbers, which is how the map's page gets them."""

import numpy as np
import shapely
from shapely import Geometry

# Thousandths of a degree: about 100 m.
UNITS = 1000


def encode_shape(geometry: Geometry) -> list[list[int]]:
    """Return each ring or line of a geometry as numbers, in thousandths of a degree.

    A list has the longitude and latitude of the first corner, and then the difference of each
    corner from the one before. Rings end where they began. Outer rings and holes stand side by
    side, for the even-odd rule. Parts that rounding leaves without a length are left out.

    >>> encode_shape(shapely.LineString([(37.8, 48.0), (37.81, 48.0), (37.81, 47.9985)]))
    [[37800, 48000, 10, 0, 0, -2]]
    """
    corners, part = shapely.get_coordinates(_parts(geometry), return_index=True)
    if not len(part):
        return []
    points = np.rint(corners * UNITS).astype(np.int64)
    is_first = np.append(True, part[1:] != part[:-1])
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    kept = is_first | steps.any(axis=1)
    steps[is_first] = points[is_first]
    starts = np.flatnonzero(is_first[kept]) * 2
    numbers = steps[kept].ravel().tolist()
    ends = [*starts[1:].tolist(), len(numbers)]
    return [numbers[a:b] for a, b in zip(starts.tolist(), ends, strict=True) if b - a > 2]


def _parts(geometry: Geometry) -> Geometry:
    """Return the lines of a geometry and the rings of its polygons."""
    parts = shapely.get_parts(geometry)
    is_area = shapely.get_dimensions(parts) == 2
    return np.append(shapely.get_rings(parts[is_area]), parts[~is_area])
