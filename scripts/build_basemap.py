"""Build `data/natural_earth/basemap.npz`, which the map's basemap is drawn from.

    python scripts/build_basemap.py 10m

The argument is the folder `usr/share/magics/10m` of the Debian package `libmagics++-data` (read:
4.13.0-1). It holds Natural Earth 1:10m 3.0.0 (public domain): `ne_10m_rivers_lake_centerlines`
as published, and `ne_10m_ocean`, to which ECMWF added the shapes of `ne_10m_lakes`. Land and
lines come from `provinces.topojson`, which of them are disputed from `disputed.csv`.

Every corner gets the coarsest level of detail that still has it, and every part (ring or line)
the coarsest level that draws it. So a map takes what it needs with one comparison, and fine and
coarse meet without a seam. `geo.maps.layers` says how the file is laid out.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from geo.gazetteer.areas import read_provinces
from geo.maps.layers import TOLERANCES

TARGET = Path(__file__).parent.parent / "data" / "natural_earth"

# All work is done in whole thousandths of a degree, in which corners are equal or not.
UNITS = 1000
COARSEST = len(TOLERANCES) - 1
# Provinces are simplified together up to here, so that a line between two of them ends on the
# coast. Coarser maps are of countries, whose coasts need no corner where such a line ends.
LAST_OF_PROVINCES = 2
# The coarsest level that draws a river of Natural Earth's scale rank 0, 1, ...
RIVER_LEVELS = (5, 5, 5, 4, 3, 3, 2, 1, 1, 0, 0)
# Rivers and lakes need no more detail than provinces, whose corners stand on a grid of 0.002.
FINEST_OF_WATER = 0.002

Areas = NDArray[np.object_]
Edges = NDArray[np.complex128]


def main(magics: Path) -> None:
    """Build the file from the folder of Natural Earth's shapefiles."""
    arrays: dict[str, NDArray] = {}
    for name, layer in {**areas_and_lines(), **water(magics)}.items():
        arrays |= {f"{name}_{key}": array for key, array in layer.items()}
        print(f"{name}: {len(layer['first']) - 1} parts, {len(layer['levels'])} corners")
    path = TARGET / "basemap.npz"
    np.savez_compressed(path, **arrays)
    print(f"{path.stat().st_size / 1e6:.2f} MB in {path.name}")


def areas_and_lines() -> dict[str, dict[str, NDArray]]:
    """Return land, borders, disputed lines and lines between divisions."""
    provinces = read_provinces()
    areas = in_units(provinces.geometry.values)
    disputes = disputed_sides(provinces)
    apart = np.where(disputes.any(axis=0), provinces["id"], provinces["iso_a2"])
    of_provinces = list(simplified(areas, COARSEST))
    of_countries = [dissolved(one, apart) for one in of_provinces[: LAST_OF_PROVINCES + 1]]
    coarser = simplified(of_countries[-1], COARSEST - LAST_OF_PROVINCES, LAST_OF_PROVINCES)
    of_countries += list(coarser)[1:]
    mass = levels_in(of_countries)
    lines = lines_by_kind(areas, provinces, disputes)
    land = shapely.get_parts(shapely.coverage_union_all(areas))
    return {
        "land": polygon_layer(land, mass, main_lands(areas, provinces["iso_a2"], land)),
        "borders": line_layer(lines["borders"], mass),
        "disputed": line_layer(lines["disputed"], mass),
        "regions": line_layer(lines["regions"], levels_in(of_provinces)),
    }


def in_units(geometries: Areas) -> Areas:
    """Return geometries in whole thousandths of a degree."""
    return np.asarray(shapely.transform(geometries, lambda corners: np.rint(corners * UNITS)))


def simplified(areas: Areas, count: int, first: int = 0) -> Iterator[Areas]:
    """Yield a coverage, and then `count` coarser ones, each made from the one before."""
    yield areas
    for tolerance in TOLERANCES[first + 1 : first + 1 + count]:
        areas = shapely.coverage_simplify(areas, tolerance * UNITS)
        yield areas


def dissolved(areas: Areas, owners: NDArray) -> Areas:
    """Return a coverage with the areas of one owner joined."""
    groups = pd.Series(areas).groupby(owners)
    return np.array([shapely.coverage_union_all(own.to_numpy()) for _, own in groups])


def levels_in(coverages: list[Areas]) -> Callable[[NDArray], NDArray]:
    """Return a function that gives corners the coarsest of `coverages` that has them."""
    known = [np.unique(packed(shapely.get_coordinates(coverage))) for coverage in coverages]

    def levels_of(corners: NDArray) -> NDArray:
        numbers, levels = packed(corners), np.zeros(len(corners), np.uint8)
        for level, having in enumerate(known):
            levels[np.isin(numbers, having)] = level
        return levels

    return levels_of


def packed(corners: NDArray) -> NDArray:
    """Return a number for each corner."""
    x, y = np.rint(corners).astype(np.int64).T
    return (x << 20) + y


def disputed_sides(provinces: pd.DataFrame) -> NDArray:
    """Return which provinces stand on the first and on the second side of each row.

    The array has two rows for each of `disputed.csv`. A side is a country, or a province by its
    id; a province named by itself is not on its country's side.
    """
    table = pd.read_csv(TARGET / "disputed.csv", dtype=str, keep_default_na=False)
    sides = []
    for first, second in zip(table["first"], table["second"], strict=True):
        for side, other in ((first, second), (second, first)):
            found = (provinces["iso_a2"] == side) | (provinces["id"] == side)
            if not found.any():
                raise SystemExit(f"disputed.csv: no area {side!r} in provinces.topojson")
            sides.append((found & (provinces["id"] != other)).to_numpy())
    return np.array(sides)


def lines_by_kind(
    areas: Areas, provinces: pd.DataFrame, disputes: NDArray
) -> dict[str, list[Geometry]]:
    """Return the lines between areas: borders, disputed ones, and those of divisions."""
    edges, first, second = shared_edges(areas)
    country, code = provinces["iso_a2"].to_numpy(), provinces["code"].to_numpy()
    disputed = np.zeros(len(edges), bool)
    for one, other in zip(disputes[::2], disputes[1::2], strict=True):
        disputed |= (one[first] & other[second]) | (one[second] & other[first])
    foreign = (country[first] != country[second]) & ~disputed
    inner = ~foreign & ~disputed & (code[first] != code[second])
    kinds = {"borders": foreign, "disputed": disputed, "regions": inner}
    return {name: merged(edges[chosen]) for name, chosen in kinds.items()}


def shared_edges(areas: Areas) -> tuple[Edges, NDArray, NDArray]:
    """Return the edges that two of `areas` share, with the numbers of the two areas.

    An edge is a pair of corners, longitude + i latitude. Neighbours share their corners
    exactly, so a shared edge is a pair seen twice; sorting is ten times as fast as overlaying.
    """
    parts, area = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    points = corners[:, 0] + 1j * corners[:, 1]
    inside = ring[:-1] == ring[1:]
    steps = np.sort(np.column_stack([points[:-1], points[1:]])[inside], axis=1)
    owners = area[part[ring[:-1][inside]]]
    order = np.lexsort(steps.T)
    edges, owners = steps[order], owners[order]
    twice = (edges[:-1] == edges[1:]).all(axis=1)
    return edges[:-1][twice], owners[:-1][twice], owners[1:][twice]


def merged(edges: Edges) -> list[Geometry]:
    """Join edges to lines."""
    lines = shapely.linestrings(np.stack([edges.real, edges.imag], axis=-1))
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))))


def main_lands(areas: Areas, owners: pd.Series, land: Areas) -> NDArray:
    """Return the numbers of the land masses with the largest polygon of a country."""
    parts, area = shapely.get_parts(areas, return_index=True)
    sizes = pd.Series(shapely.area(parts)).groupby(owners.to_numpy()[area])
    inner = shapely.point_on_surface(parts[sizes.idxmax()])
    return np.unique(shapely.STRtree(land).query(inner, "within")[1])


def water(magics: Path) -> dict[str, dict[str, NDArray]]:
    """Return lakes and rivers."""
    ocean = geopandas.read_file(magics / "ne_10m_ocean.shp")
    lakes = in_units(ocean.loc[ocean["featurec_2"].notna(), "geometry"].values)
    # Some touch or overlap, which the even-odd rule would show as land.
    lakes = shapely.get_parts(shapely.union_all(shapely.make_valid(lakes)))
    lakes = lakes[shapely.get_dimensions(lakes) == 2]
    lakes = shapely.coverage_simplify(lakes, FINEST_OF_WATER * UNITS)
    rivers = geopandas.read_file(magics / "ne_10m_rivers_lake_centerlines.shp").explode()
    drawn = rivers[rivers["scalerank"].notna() & ~rivers.geometry.is_empty]
    lines = shapely.simplify(in_units(drawn.geometry.values), FINEST_OF_WATER * UNITS)
    return {
        "lakes": polygon_layer(lakes, levels_in(list(simplified(lakes, COARSEST)))),
        "rivers": river_layer(lines, drawn["scalerank"].astype(int)),
    }


def river_layer(lines: Areas, scale_ranks: pd.Series) -> dict[str, NDArray]:
    """Return rivers; a corner that two of them share stays, so that they go on meeting."""
    coarser = [lines]
    for tolerance in TOLERANCES[1:]:
        coarser.append(shapely.simplify(coarser[-1], tolerance * UNITS, preserve_topology=False))
    corners, counts = np.unique(packed(shapely.get_coordinates(lines)), return_counts=True)
    by_shape = levels_in(coarser)

    def levels_of(points: NDArray) -> NDArray:
        shared = np.isin(packed(points), corners[counts > 1])
        return np.where(shared, COARSEST, by_shape(points)).astype(np.uint8)

    ranks = np.array(RIVER_LEVELS, np.uint8)[scale_ranks.to_numpy()]
    return layer_of(lines, levels_of, ranks)


def polygon_layer(
    polygons: Areas, levels_of: Callable[[NDArray], NDArray], always: NDArray | None = None
) -> dict[str, NDArray]:
    """Return the rings of polygons, outer ones first; those of `always` are drawn in any map."""
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    ranks = ranks_by_size(rings)
    if always is not None:
        is_outer = np.append(True, polygon[1:] != polygon[:-1])
        ranks[is_outer & np.isin(polygon, always)] = COARSEST
    layer = layer_of(rings, levels_of, ranks, closed=True)
    return layer | {"polygon": polygon.astype(np.int32)}


def ranks_by_size(rings: Areas) -> NDArray:
    """Return the coarsest level at which each ring is large enough to be seen."""
    latitude = shapely.get_y(shapely.centroid(rings)) / UNITS
    area = shapely.area(shapely.polygons(rings)) / UNITS**2 * np.cos(np.radians(latitude))
    # Three squares of the tolerance at the equator: 1,500 km² at 0.2 degrees.
    smallest = 3 * np.array(TOLERANCES) ** 2
    return (np.searchsorted(smallest, area, side="right") - 1).astype(np.uint8)


def line_layer(
    lines: list[Geometry], levels_of: Callable[[NDArray], NDArray]
) -> dict[str, NDArray]:
    """Return lines; those that close around a small area are left out of coarse maps."""
    array = np.array(lines)
    ranks = np.full(len(array), COARSEST, np.uint8)
    closed = shapely.is_closed(array)
    corners, ring = shapely.get_coordinates(array[closed], return_index=True)
    ranks[closed] = ranks_by_size(shapely.linearrings(corners, indices=ring))
    return layer_of(array, levels_of, ranks)


def layer_of(
    parts: Areas,
    levels_of: Callable[[NDArray], NDArray],
    ranks: NDArray,
    *,
    closed: bool = False,
) -> dict[str, NDArray]:
    """Return parts as the arrays of the file; closed ones without their last corner."""
    corners, part = shapely.get_coordinates(parts, return_index=True)
    levels = levels_of(corners)
    starts = np.append(True, part[1:] != part[:-1])
    ends = np.append(starts[1:], True)
    if closed:
        corners, part, levels = corners[~ends], part[~ends], levels[~ends]
    else:
        levels[starts | ends] = COARSEST
    steps = np.diff(np.rint(corners).astype(np.int32), axis=0, prepend=np.int32([[0, 0]]))
    first = np.searchsorted(part, np.arange(len(parts) + 1)).astype(np.int32)
    return {"x": steps[:, 0], "y": steps[:, 1], "levels": levels, "first": first, "ranks": ranks}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python scripts/build_basemap.py 10m")
    main(Path(sys.argv[1]))
