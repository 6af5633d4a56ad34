"""The areas of countries and of their first-level divisions.

A country goes by its ISO 3166-1 code (`UA`; Kosovo by `XK`), a division by its GeoNames code
(`UA.05`). All geometries are in EPSG:4326, longitude before latitude. The data are Natural
Earth's with corrections; `data/natural_earth/README.md` names them.
"""

from collections.abc import Iterator
from functools import lru_cache

import geopandas
import pandas as pd
import shapely
from shapely import Geometry

from geo import data


def read_areas() -> Iterator[tuple[str, Geometry]]:
    """Yield the code and the area of every country, and then of every division."""
    provinces = read_provinces()
    for column in ("iso_a2", "code"):
        for code, own in provinces[provinces[column] != ""].groupby(column):
            yield code, shapely.coverage_union_all(own.geometry.values)


def country_at(latitude: float, longitude: float) -> str:
    """Return the code of the country that a point in degrees (EPSG:4326) lies in; "" at sea."""
    provinces = read_provinces()
    inside = shapely.contains_xy(provinces.geometry.values, longitude, latitude)
    return next(iter(provinces["iso_a2"][inside]), "")


@lru_cache
def read_provinces() -> geopandas.GeoDataFrame:
    """Read the smallest areas there are: `id`, `iso_a2`, `name`, `code`, `geometry`.

    `code` is the division's, or empty. Neighbours share their corners exactly.
    """
    provinces = geopandas.read_file(data.path("natural_earth/provinces.topojson"))
    code_of = _divisions().set_index("areas")["code"]
    provinces["code"] = provinces["id"].map(code_of).fillna("")
    # TopoJSON counts in thousandths of a degree; multiplied out, they are off by a few 1e-15.
    exact = shapely.transform(provinces.geometry.values, lambda corners: corners.round(3))
    return provinces.set_geometry(exact).set_crs(4326)


@lru_cache
def _divisions() -> pd.DataFrame:
    """Read which provinces make up a division, a row each: `code`, `areas`."""
    path = data.path("natural_earth/areas.csv")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return rows.assign(areas=rows["areas"].str.split(";")).explode("areas", ignore_index=True)
