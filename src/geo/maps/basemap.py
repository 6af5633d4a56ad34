"""The basemap that an exported map embeds.

All geometries are in EPSG:4326, longitude before latitude; all tolerances are in degrees.
The data are Natural Earth's with corrections; `data/natural_earth/README.md` names them.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from geo import data
from geo.errors import InputError
from geo.gazetteer.areas import read_provinces

Bounds = tuple[float, float, float, float]
Json = dict[str, Any]

# Outside the reader's bounds the world is only background.
COARSE = 0.2
# From the full detail of the files down to that of the background.
TOLERANCES = (0.0, 0.02, 0.05, 0.1, COARSE)
BUDGET_BYTES = 500_000
MARGIN = 3.0
# From here on the lines between divisions would cover the map.
WIDE = 40.0
WORLD = shapely.box(-180, -90, 180, 90)


def basemap_features(bounds: Bounds) -> dict[str, Json]:
    """Return the basemap for a map that opens at `bounds`, ready for GeoJSON.

    `bounds` are (min_longitude, min_latitude, max_longitude, max_latitude). Each value is a
    FeatureCollection: `land` the land masses without inner borders, `borders` the lines
    between countries, `regions` those between the divisions of one country. Land and borders
    are fine in `bounds` and `MARGIN` around, and coarse in the rest of the world; `regions`
    end there, and are left out of a wide view. Wide bounds are drawn coarser, to keep the
    compact JSON in `BUDGET_BYTES`.
    """
    window = _window(bounds)
    areas = _areas_in(window)
    for tolerance in TOLERANCES:
        if tolerance:
            areas = areas.set_geometry(areas.simplify_coverage(tolerance))
        if _is_surely_too_large(areas, window) and tolerance < COARSE:
            continue
        features = _features(areas, tolerance, window)
        if len(json.dumps(features, separators=(",", ":"))) <= BUDGET_BYTES:
            break
    return features


def _window(bounds: Bounds) -> Geometry:
    """Return the box of `bounds` with `MARGIN` on every side, in whole tenths of a degree."""
    west, south, east, north = bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            f"bounds {bounds!r} are no (min_longitude, min_latitude, max_longitude, "
            "max_latitude) in degrees; give longitudes first and the smaller one before"
        )
    corners = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    return shapely.box(*(round(corner, 1) for corner in corners)).intersection(WORLD)


def _areas_in(window: Geometry) -> geopandas.GeoDataFrame:
    """Return the provinces that reach into the window, or the countries in a wide one."""
    provinces = read_provinces()
    seen = provinces.iloc[np.sort(provinces.sindex.query(window, "intersects"))]
    west, south, east, north = window.bounds
    if max(east - west, north - south) <= WIDE:
        return seen
    return seen.dissolve("iso_a2", method="coverage", as_index=False).assign(code="")


def _is_surely_too_large(areas: geopandas.GeoDataFrame, window: Geometry) -> bool:
    """Tell from the corners in the window whether the budget is out of reach; this is quick."""
    lowest, highest = np.reshape(window.bounds, (2, 2))
    corners = shapely.get_coordinates(areas.geometry.values)
    inside = ((lowest <= corners) & (corners <= highest)).all(axis=1)
    # "[12.345,45.678]," is 16 bytes, and neighbours have most corners twice.
    return bool(np.count_nonzero(inside) * 8 > BUDGET_BYTES)


def _features(areas: geopandas.GeoDataFrame, tolerance: float, window: Geometry) -> dict[str, Json]:
    """Return the basemap with `areas`, simplified to `tolerance`, in the window."""
    world_land, world_borders = _background()
    land = _without_small_islands(areas, tolerance)
    borders, regions = _lines_between(areas)
    return {
        "land": _collection(_joined(land, world_land, window), window),
        "borders": _collection(_joined(borders, world_borders, window), window),
        "regions": _collection(regions.intersection(window), window),
    }


def _joined(inside: Geometry, outside: Geometry, window: Geometry) -> Geometry:
    """Return what of `inside` lies in the window, and what of `outside` does not, as one."""
    return inside.intersection(window).union(outside.difference(window))


@lru_cache
def _background() -> tuple[Geometry, Geometry]:
    """Return the coarse land of the world and the borders in it."""
    countries = geopandas.read_file(data.path("natural_earth/countries.topojson"))
    # TopoJSON counts in thousandths of a degree; multiplied out, they are off by a few 1e-15.
    exact = shapely.transform(countries.geometry.values, lambda corners: corners.round(3))
    borders, _ = _lines_between(countries.set_geometry(exact).assign(code=""))
    return shapely.coverage_union_all(exact), borders


def _without_small_islands(areas: geopandas.GeoDataFrame, tolerance: float) -> Geometry:
    """Return the land without islands too small for `tolerance`; main islands stay."""
    land = shapely.coverage_union_all(areas.geometry.values)
    masses = geopandas.GeoSeries(shapely.get_parts(land), crs=areas.crs)
    # Three squares of the tolerance at the equator: 1,500 km² at 0.2 degrees.
    smallest_km2 = 3 * (tolerance * 111.3) ** 2
    # EPSG:6933 keeps areas true all over the world.
    large = (masses.to_crs(6933).area / 1e6 >= smallest_km2).to_numpy(copy=True)
    _, main = masses.sindex.query(_main_parts(areas).representative_point(), "within")
    large[main] = True
    return shapely.multipolygons(masses[large].values)


def _main_parts(areas: geopandas.GeoDataFrame) -> geopandas.GeoSeries:
    """Return the largest polygon of each country."""
    parts = areas.explode(ignore_index=True).to_crs(6933)
    main = parts.area.groupby(parts["iso_a2"]).idxmax()
    return parts.loc[main].geometry.to_crs(areas.crs)


def _lines_between(areas: geopandas.GeoDataFrame) -> tuple[Geometry, Geometry]:
    """Return the borders between countries, and those between the divisions of one country."""
    edges, first, second = _shared_edges(areas.geometry.values)
    country, code = areas["iso_a2"].to_numpy(), areas["code"].to_numpy()
    foreign = country[first] != country[second]
    inner = ~foreign & (code[first] != code[second])
    return _merged(edges[foreign]), _merged(edges[inner])


def _shared_edges(
    areas: NDArray[np.object_],
) -> tuple[NDArray[np.complex128], NDArray[np.intp], NDArray[np.intp]]:
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


def _merged(edges: NDArray[np.complex128]) -> Geometry:
    """Join edges to lines."""
    lines = shapely.linestrings(np.stack([edges.real, edges.imag], axis=-1))
    return shapely.line_merge(shapely.multilinestrings(lines))


def _collection(geometry: Geometry, window: Geometry) -> Json:
    """Return a FeatureCollection, a feature a part; corners outside the window are rounded more."""
    lowest, highest = np.reshape(window.bounds, (2, 2))

    def rounded(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        inside = ((lowest <= corners) & (corners <= highest)).all(axis=1, keepdims=True)
        return np.where(inside, corners.round(3), corners.round(2))

    features = [_feature(part) for part in _parts(shapely.transform(geometry, rounded))]
    return {"type": "FeatureCollection", "features": features}


def _parts(geometry: Geometry) -> Iterator[Geometry]:
    """Yield the lines or polygons of a geometry, but for points where a line only touched."""
    for part in shapely.get_parts(geometry):
        if part.length > 0:
            yield part


def _feature(geometry: Geometry) -> Json:
    """Return a feature of plain lists and floats."""
    shape = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": {}, "geometry": shape}


read_basemap = basemap_features


def encode_basemap(fs):
    from shapely.geometry import shape

    from geo.maps.shapes import encode_shape

    return {
        k: [line for f in v["features"] for line in encode_shape(shape(f["geometry"]))]
        for k, v in fs.items()
    }
