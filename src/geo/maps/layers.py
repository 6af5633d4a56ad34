"""The layers of the basemap at every level of detail, as `data/natural_earth/basemap.npz` has them.

A layer holds parts: rings of polygons, or lines. All numbers are thousandths of a degree. For
the layer `land` the file has

- `land_x`, `land_y`: the corners of all parts, each as the difference from the one before;
- `land_levels`: the coarsest level of detail (a number in `TOLERANCES`) that has each corner;
- `land_first`: where each part begins, and after the last one where it ends;
- `land_ranks`: the coarsest level that draws each part;
- `land_polygon`: which polygon a ring belongs to, the outer ring first; lines have none. Rings
  come without their last corner, which is the first again.

`scripts/build_basemap.py` writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from geo import data
from geo.maps.shapes import UNITS

# Degrees; the first level has every corner of the source.
TOLERANCES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
COARSEST = len(TOLERANCES) - 1
# A level for nothing at all, since no part and no corner is as coarse.
NOTHING = COARSEST + 1
# Coarse corners are rounded to hundredths of a degree, which is shorter.
_ROUNDED = 10

# West, south, east, north, in degrees.
Window = tuple[float, float, float, float]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Layer:
    """Rings or lines, and the level of detail that each corner and each part is good for."""

    corners: NDArray[np.int32]
    levels: NDArray[np.uint8]
    first: NDArray[np.int32]
    ranks: NDArray[np.uint8]
    polygon: NDArray[np.int32] | None

    def count(self, window: Window, coarse: int) -> NDArray[np.intp]:
        """Return how many corners are drawn with each level in the window, and `coarse` outside."""
        inside = np.bincount(self._visible[self._inside(window)], minlength=NOTHING)
        outside = (self._visible >= coarse).sum() - inside[coarse:].sum()
        return inside[::-1].cumsum()[::-1] + outside

    def shape(self, window: Window, fine: int, coarse: int) -> Geometry:
        """Return the layer with the level `fine` in the window, and `coarse` elsewhere.

        A line that is too fine for `coarse` ends with its last corner in the window.
        """
        inside = self._inside(window)
        if self.polygon is None:
            return self._lines(inside, fine, coarse)
        # What the rest of the world does not show is shown whole, not cut at the window's edge.
        whole = (self.ranks < coarse) & self._reaches_into(window)
        inside |= whole[self._part]
        kept = self._visible >= np.where(inside, fine, coarse)
        parts, ring = np.unique(self._part[kept], return_inverse=True)
        _, polygon = np.unique(self.polygon[parts], return_inverse=True)
        rings = shapely.linearrings(self._degrees(kept, inside), indices=ring)
        return shapely.multipolygons(shapely.polygons(rings, indices=polygon))

    def _lines(self, inside: Mask, fine: int, coarse: int) -> Geometry:
        kept = self._visible >= np.where(inside, fine, coarse)
        # A line that leaves the window and comes back is two.
        breaks = ~inside & (self.ranks < coarse)[self._part]
        line = (self._part + np.cumsum(breaks))[kept]
        _, line, sizes = np.unique(line, return_inverse=True, return_counts=True)
        long = sizes[line] > 1
        _, line = np.unique(line[long], return_inverse=True)
        lines = shapely.linestrings(self._degrees(kept, inside)[long], indices=line)
        return shapely.multilinestrings(lines)

    def _degrees(self, kept: Mask, inside: Mask) -> NDArray[np.float64]:
        corners, rough = self.corners[kept], ~inside[kept]
        corners[rough] = np.rint(corners[rough] / _ROUNDED) * _ROUNDED
        return corners / UNITS

    def _inside(self, window: Window) -> Mask:
        """Tell which corners lie in the window."""
        west, south, east, north = (round(edge * UNITS) for edge in window)
        x, y = self.corners.T
        return (west <= x) & (x <= east) & (south <= y) & (y <= north)

    def _reaches_into(self, window: Window) -> Mask:
        """Tell which parts may have something in the window."""
        lowest = np.minimum.reduceat(self.corners, self.first[:-1])
        highest = np.maximum.reduceat(self.corners, self.first[:-1])
        edges = np.array(window) * UNITS
        return ((lowest <= edges[2:]) & (highest >= edges[:2])).all(axis=1)

    @cached_property
    def _part(self) -> NDArray[np.intp]:
        """The number of each corner's part."""
        return np.repeat(np.arange(len(self.ranks)), np.diff(self.first))

    @cached_property
    def _visible(self) -> NDArray[np.uint8]:
        """The coarsest level that draws each corner."""
        return np.minimum(self.levels, self.ranks[self._part])


@cache
def read_layers() -> dict[str, Layer]:
    """Read `land`, `lakes`, `borders`, `disputed`, `regions` and `rivers`."""
    with np.load(data.path("natural_earth/basemap.npz"), allow_pickle=False) as arrays:
        names = [name.removesuffix("_ranks") for name in arrays if name.endswith("_ranks")]
        return {name: _layer(arrays, name) for name in names}


def _layer(arrays: Mapping[str, NDArray[Any]], name: str) -> Layer:
    steps = np.stack([arrays[f"{name}_x"], arrays[f"{name}_y"]], axis=1)
    rest = (arrays[f"{name}_{key}"] for key in ("levels", "first", "ranks"))
    polygon = arrays[f"{name}_polygon"] if f"{name}_polygon" in arrays else None
    return Layer(steps.cumsum(axis=0, dtype=np.int32), *rest, polygon)
