"""The areas of countries and regions, and the basemap that an exported map embeds.

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

Bounds = tuple[float, float, float, float]
Json = dict[str, Any]

# The 28 members of the European Union in 2014, with the United Kingdom.
# fmt: off
EUROPEAN_UNION_2014 = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)
# fmt: on
DONBAS = ("Donetsk Oblast", "Luhansk Oblast")

# Outside the reader's bounds the world is only background.
COARSE = 0.2
# From the full detail of the files down to that of the background.
TOLERANCES = (0.0, 0.02, 0.05, 0.1, COARSE)
BUDGET_BYTES = 500_000
MARGIN = 3.0
WORLD = shapely.box(-180, -90, 180, 90)


def place_area(kind: str, name: str, country_code: str) -> Geometry | None:
    """Return the area of a place by its record's fields, or None where none is known."""
    if kind == "country":
        return country_area(country_code)
    if kind == "bloc" and name == "European Union":
        return european_union_area()
    if kind == "region" and name == "Donbas":
        return donbas_area()
    if kind == "region":
        return region_area(name, country_code)
    return None


@lru_cache
def country_area(iso_a2: str) -> Geometry | None:
    """Return the area of a country by its ISO 3166-1 code, as `UA`; Kosovo has `XK`."""
    countries = _areas("countries")
    return _only(countries[countries["iso_a2"] == iso_a2]) if iso_a2 else None


@lru_cache
def region_area(name: str, iso_a2: str) -> Geometry | None:
    """Return the area of a first-level region, as `("Rostov Oblast", "RU")`."""
    regions = _areas("regions")
    return _only(regions[(regions["name"] == name) & (regions["iso_a2"] == iso_a2)])


@lru_cache
def donbas_area() -> Geometry:
    """Return the area of Donetsk and Luhansk Oblasts together."""
    return shapely.coverage_union_all([region_area(name, "UA") for name in DONBAS])


@lru_cache
def european_union_area() -> Geometry:
    """Return the area of the European Union as of 2014, without overseas departments."""
    return shapely.coverage_union_all([country_area(code) for code in EUROPEAN_UNION_2014])


def basemap_features(bounds: Bounds) -> dict[str, Json]:
    """Return the basemap for a map that opens at `bounds`, ready for GeoJSON.

    `bounds` are (min_longitude, min_latitude, max_longitude, max_latitude). Each value is a
    FeatureCollection: `land` the land masses without inner borders, `borders` the lines
    between countries, `regions` those between the regions of one country. Land and borders
    are fine in `bounds` and `MARGIN` around, and coarse in the rest of the world; nothing is
    drawn twice. Wide bounds are drawn coarser, to keep the compact JSON in `BUDGET_BYTES`.
    """
    window = _window(bounds)
    for tolerance in TOLERANCES:
        features = _features(window, tolerance)
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


def _features(window: Geometry, tolerance: float) -> dict[str, Json]:
    """Return the basemap with land and borders of `tolerance` in `window`."""
    fine_land, fine_borders = _world(tolerance)
    coarse_land, coarse_borders = _world(COARSE)
    regions = _region_borders().intersection(window)
    return {
        "land": _collection(_joined(fine_land, coarse_land, window), window),
        "borders": _collection(_joined(fine_borders, coarse_borders, window), window),
        "regions": _collection(regions.simplify(tolerance), window),
    }


def _joined(inside: Geometry, outside: Geometry, window: Geometry) -> Geometry:
    """Return what of `inside` lies in the window, and what of `outside` does not, as one."""
    return inside.intersection(window).union(outside.difference(window))


@lru_cache
def _world(tolerance: float) -> tuple[Geometry, Geometry]:
    """Return the land of the world and the borders in it, simplified to `tolerance`."""
    countries = _areas("countries")
    if tolerance:
        countries = countries.set_geometry(countries.simplify_coverage(tolerance))
    land = shapely.coverage_union_all(countries.geometry.values)
    return _without_small_islands(land, countries, tolerance), _lines_between(countries)


def _without_small_islands(
    land: Geometry, countries: geopandas.GeoDataFrame, tolerance: float
) -> Geometry:
    """Return `land` without islands too small for `tolerance`; a country's main island stays."""
    masses = geopandas.GeoSeries(shapely.get_parts(land), crs=countries.crs)
    # Three squares of the tolerance at the equator: 1,500 km² at 0.2 degrees.
    smallest_km2 = 3 * (tolerance * 111.3) ** 2
    # EPSG:6933 keeps areas true all over the world.
    large = (masses.to_crs(6933).area / 1e6 >= smallest_km2).to_numpy(copy=True)
    _, main = masses.sindex.query(_main_parts(countries).representative_point(), "within")
    large[main] = True
    return shapely.multipolygons(masses[large].values)


def _main_parts(countries: geopandas.GeoDataFrame) -> geopandas.GeoSeries:
    """Return the largest polygon of each country."""
    parts = countries.explode(ignore_index=True).to_crs(6933)
    main = parts.area.groupby(parts["iso_a2"]).idxmax()
    return parts.loc[main].geometry.to_crs(countries.crs)


@lru_cache
def _region_borders() -> Geometry:
    """Return the lines between the regions of one country."""
    by_country = _areas("regions").groupby("iso_a2")
    return shapely.union_all([_lines_between(regions) for _, regions in by_country])


def _lines_between(areas: geopandas.GeoDataFrame) -> Geometry:
    """Return the edges that two of `areas` share; coasts and outer edges are not among them.

    Neighbours share their corners exactly, so a shared edge is a pair of corners seen twice.
    Counting is ten times as fast as overlaying.
    """
    rings = shapely.get_rings(shapely.get_parts(areas.geometry.values))
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    points = corners[:, 0] + 1j * corners[:, 1]
    steps = np.column_stack([points[:-1], points[1:]])[ring[:-1] == ring[1:]]
    edges, counts = np.unique(np.sort(steps, axis=1), axis=0, return_counts=True)
    shared = edges[counts == 2]
    lines = shapely.linestrings(np.stack([shared.real, shared.imag], axis=-1))
    return shapely.line_merge(shapely.multilinestrings(lines))


@lru_cache
def _areas(layer: str) -> geopandas.GeoDataFrame:
    """Read `countries` or `regions`: `iso_a2`, `name`, `geometry`."""
    areas = geopandas.read_file(data.path(f"natural_earth/{layer}.topojson"))
    # TopoJSON counts in thousandths of a degree; multiplied out, they are off by a few 1e-15.
    exact = shapely.transform(areas.geometry.values, lambda corners: corners.round(3))
    return areas.set_geometry(exact).set_crs(4326)


def _only(rows: geopandas.GeoDataFrame) -> Geometry | None:
    """Return the geometry of the one row there is, or None."""
    return rows.geometry.iloc[0] if len(rows) else None


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
