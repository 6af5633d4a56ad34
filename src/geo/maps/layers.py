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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

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
# From this level on, corners are rounded to hundredths of a degree, which is shorter; atolls
# would vanish.
_ROUGH, _ROUNDED, _SMALL = COARSEST - 1, 10, 100

# West, south, east, north, in degrees.
Bounds = tuple[float, float, float, float]
Mask = NDArray[np.bool_]
Detail = NDArray[np.uint8]


class Zone(NamedTuple):
    """A window, and the level of detail in it."""

    window: Bounds
    level: int


@dataclass(frozen=True)
class Layer:
    """Rings or lines, and the level of detail that each corner and each part is good for."""

    corners: NDArray[np.int32]
    levels: NDArray[np.uint8]
    first: NDArray[np.int32]
    ranks: NDArray[np.uint8]
    polygon: NDArray[np.int32] | None

    def count(self, zones: Sequence[Zone]) -> int:
        """Return about how many corners `shape` would have."""
        return int(np.count_nonzero(self._visible >= self._detail(zones)))

    def shape(self, zones: Sequence[Zone]) -> Geometry:
        """Return the layer; where zones overlap, the last one decides.

        A polygon is as fine as the finest zone that it reaches into, unless the coarser ones
        draw it too. A line ends where it leaves the zones that draw it.
        """
        detail = self._detail(zones)
        return self._lines(detail) if self.polygon is None else self._polygons(detail, zones)

    def _polygons(self, detail: Detail, zones: Sequence[Zone]) -> Geometry:
        finest = np.full(len(self.ranks), zones[0].level, np.uint8)
        for window, level in zones[1:]:
            finest[self._reaches_into(window)] = level
        too_fine = self._of_corners(self.ranks) < detail
        detail = np.where(too_fine, self._of_corners(finest), detail)
        kept = self._visible >= detail
        part = self._part[kept]
        rings = shapely.linearrings(self._degrees(kept, detail), indices=_renumbered(part))
        polygon = _renumbered(self.polygon[part[_starts(part)]])  # type: ignore[index]
        return shapely.multipolygons(_mended(shapely.polygons(rings, indices=polygon)))

    def _lines(self, detail: Detail) -> Geometry:
        kept = self._visible >= detail
        # A line that leaves its zones and comes back is two.
        breaks = self._of_corners(self.ranks) < detail
        line = _renumbered((self._part + np.cumsum(breaks))[kept])
        is_line = np.bincount(line)[line] > 1
        corners = self._degrees(kept, detail)[is_line]
        return shapely.multilinestrings(
            shapely.linestrings(corners, indices=_renumbered(line[is_line]))
        )

    def _detail(self, zones: Sequence[Zone]) -> Detail:
        """Return the level of detail where each corner lies."""
        detail = np.full(len(self.levels), zones[0].level, np.uint8)
        for window, level in zones[1:]:
            west, south, east, north = (round(edge * UNITS) for edge in window)
            x, y = self.corners.T
            detail[(west <= x) & (x <= east) & (south <= y) & (y <= north)] = level
        return detail

    def _degrees(self, kept: Mask, detail: Detail) -> NDArray[np.float64]:
        lowest, highest = self._extents
        is_small = np.asarray((highest - lowest < _SMALL).all(axis=1))
        corners, rough = self.corners[kept], (detail >= _ROUGH)[kept] & ~is_small[self._part[kept]]
        corners[rough] = np.rint(corners[rough] / _ROUNDED) * _ROUNDED
        return corners / UNITS

    def _reaches_into(self, window: Bounds) -> Mask:
        """Tell which parts may have something in a window."""
        lowest, highest = self._extents
        edges = np.array(window) * UNITS
        return np.asarray(((lowest <= edges[2:]) & (highest >= edges[:2])).all(axis=1))

    def _of_corners(self, values: Detail) -> Detail:
        """Return for each corner the value of its part."""
        return np.repeat(values, np.diff(self.first))

    @cached_property
    def _extents(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The lowest and the highest longitude and latitude of each part."""
        first = self.first[:-1]
        x, y = (np.ascontiguousarray(axis) for axis in self.corners.T)
        lowest = [np.minimum.reduceat(axis, first) for axis in (x, y)]
        highest = [np.maximum.reduceat(axis, first) for axis in (x, y)]
        return np.stack(lowest, axis=1), np.stack(highest, axis=1)

    @cached_property
    def _part(self) -> NDArray[np.intp]:
        """The number of each corner's part."""
        return np.repeat(np.arange(len(self.ranks)), np.diff(self.first))

    @cached_property
    def _visible(self) -> NDArray[np.uint8]:
        """The coarsest level that draws each corner."""
        return np.minimum(self.levels, self._of_corners(self.ranks))


def _renumbered(growing: NDArray[Any]) -> NDArray[np.intp]:
    """Return numbers that grow, with no number left out: 3, 3, 7, 8 are 0, 0, 1, 2."""
    return np.cumsum(_starts(growing)) - 1


def _starts(growing: NDArray[Any]) -> Mask:
    """Tell where numbers that grow are not what they were before."""
    return np.append(True, growing[1:] != growing[:-1])[: len(growing)]


def _mended(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return polygons that do not cross themselves; where fine meets coarse, a few may."""
    is_valid = shapely.is_valid(polygons)
    parts = shapely.get_parts(shapely.make_valid(polygons[~is_valid]))
    is_area = shapely.get_dimensions(parts) == 2
    return np.append(polygons[is_valid], shapely.get_parts(parts[is_area]))


@cache
def read_layers() -> dict[str, Layer]:
    """Read `land`, `lakes`, `borders`, `disputed`, `regions` and `rivers`."""
    with np.load(data.path("natural_earth/basemap.npz"), allow_pickle=False) as arrays:
        names = [name.removesuffix("_ranks") for name in arrays if name.endswith("_ranks")]
        return {name: _layer(arrays, name) for name in names}


def _layer(arrays: Mapping[str, NDArray[Any]], name: str) -> Layer:
    steps = np.stack([arrays[f"{name}_x"], arrays[f"{name}_y"]], axis=1)
    return Layer(
        corners=steps.cumsum(axis=0, dtype=np.int32),
        levels=arrays[f"{name}_levels"],
        first=arrays[f"{name}_first"],
        ranks=arrays[f"{name}_ranks"],
        polygon=arrays.get(f"{name}_polygon"),
    )
