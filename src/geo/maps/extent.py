"""Which part of the world some marks lie in."""

from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from geo.maps.layers import Bounds

# A tenth of the mentions is left out where it would more than double the map's width or height.
_MOST_LEFT_OUT = 0.1


def frame_points(points: NDArray[np.float64], counts: NDArray[np.integer]) -> Bounds:
    """Return the bounds of points, perhaps without the few that lie far off.

    `points` are rows of longitude and latitude, `counts` how often each is named. Places that
    are named in passing would make the others too small to tell apart.
    """
    middle = np.median(np.repeat(points, counts, axis=0), axis=0)
    away = np.hypot((points[:, 0] - middle[0]) / stretch(middle[1]), points[:, 1] - middle[1])
    order = np.argsort(away, kind="stable")
    seen = np.cumsum(counts[order])
    n_near = 1 + int(np.searchsorted(seen, (1 - _MOST_LEFT_OUT) * seen[-1]))
    near = points[order[:n_near]]
    is_far = 2 * np.ptp(near, axis=0).max() < np.ptp(points, axis=0).max()
    return extent(near if is_far else points)


def extent(points: NDArray[np.float64]) -> Bounds:
    """Return the bounds of rows of longitude and latitude."""
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def stretch(latitude: float) -> float:
    """Return how many times as long as a degree of longitude one of latitude is drawn."""
    return 1 / cos(radians(min(abs(latitude), 75.0)))
