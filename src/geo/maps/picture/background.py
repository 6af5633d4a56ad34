"""The basemap behind the panels of a picture."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import Geometry

from geo.maps.basemap import read_basemap
from geo.maps.picture.frame import Frame

SEA = "#dfe8ee"
# What is finer than this share of the frame cannot be seen.
_FINEST = 1 / 1_500
_FULL_WIDTH = 300.0

_STYLES: dict[str, dict[str, Any]] = {
    "land": {"facecolor": "#f5f4f0", "edgecolor": "none"},
    "lakes": {"facecolor": SEA, "edgecolor": "#b9c6cf", "linewidth": 0.3},
    "coast": {"facecolor": "none", "edgecolor": "#b3bec6", "linewidth": 0.4},
    "rivers": {"facecolor": "none", "edgecolor": "#c3d3de", "linewidth": 0.5},
    "regions": {"facecolor": "none", "edgecolor": "#ddd6c9", "linewidth": 0.45},
    "borders": {"facecolor": "none", "edgecolor": "#a39988", "linewidth": 0.75},
    "disputed": {
        "facecolor": "none",
        "edgecolor": "#a39988",
        "linewidth": 0.75,
        "linestyle": (0, (3, 2)),
    },
}


class Background:
    """The basemap in a frame, made once and drawn in every panel."""

    def __init__(self, frame: Frame, labels: str) -> None:
        self.frame = frame
        basemap = read_basemap((frame.west, frame.south, frame.east, frame.north), labels)
        self.towns = basemap.towns
        shapes = {name: getattr(basemap, name) for name in _STYLES if name != "coast"}
        land = shapely.get_parts(basemap.land)
        shapes["coast"] = shapely.geometrycollections(shapely.boundary(land))
        self._paths = {name: outline(shapes[name], frame) for name in _STYLES}

    def draw(self, axes: Axes, width: float) -> None:
        """Draw it in a panel so many points wide; in a narrow one, with thinner lines."""
        thinner = min(max(width / _FULL_WIDTH, 0.5), 1.0)
        axes.set_facecolor(SEA)
        for order, (name, style) in enumerate(_STYLES.items()):
            path = self._paths[name]
            if path is not None:
                patch = PathPatch(path, gid=name, zorder=order / 10, **style)
                patch.set_linewidth(patch.get_linewidth() * thinner)
                # add_patch() would measure every edge, to set limits that are set already.
                axes.add_artist(patch)


def outline(shape: Geometry, frame: Frame) -> Path | None:
    """Return what of a shape lies in the frame, with its holes, as a path to fill or to stroke."""
    # A little more than the frame, so that the cut itself is not drawn as an outline.
    size = max(frame.east - frame.west, frame.north - frame.south)
    window = shapely.box(*frame.box.buffer(size / 50).bounds)
    parts = shapely.get_parts(shape)
    near = parts[shapely.intersects(parts, window)]
    seen = shapely.simplify(shapely.intersection(near, window), size * _FINEST)
    paths = list(_paths(seen))
    return Path.make_compound_path(*paths) if paths else None


def _paths(shapes: NDArray[np.object_]) -> Iterator[Path]:
    # Twice, as a collection may hold what has parts itself.
    for part in shapely.get_parts(shapely.get_parts(shapes)):
        if part.geom_type == "Polygon":
            # Holes are those rings that turn the other way.
            for ring in shapely.get_rings(shapely.orient_polygons(part)):
                yield Path(shapely.get_coordinates(ring), closed=True)
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield Path(shapely.get_coordinates(part))
