"""The areas of countries and of their first-level divisions.

A country goes by its ISO 3166-1 code (`UA`; Kosovo by `XK`), a division by its GeoNames code
(`UA.05`). All geometries are in EPSG:4326, longitude before latitude. The data are Natural
Earth's with corrections; `data/natural_earth/README.md` names them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import geopandas
import pandas as pd
import shapely
from shapely import Geometry

from geo import data

# The 28 members of the European Union in 2014, with the United Kingdom.
# fmt: off
EUROPEAN_UNION_2014 = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)
# fmt: on

# Curated places that GeoNames has no division for, or none under their own id. The European
# Union is without overseas departments, which have country codes of their own.
CODES_OF_PLACE = {
    "geo:abkhazia": ("GE.02",),
    "geo:donbas": ("UA.05", "UA.14"),
    "geo:european-union": EUROPEAN_UNION_2014,
    "geo:normandy": ("FR.28",),
}


def place_area(place_id: str, kind: str, country_code: str) -> Geometry | None:
    """Return the area of a place by its record's fields, or None where none is known."""
    if kind == "country":
        return country_area(country_code)
    if place_id in CODES_OF_PLACE:
        return area_of_codes(CODES_OF_PLACE[place_id])
    code = _codes_of_places().get(place_id)
    return division_area(code) if code else None


def country_area(iso_a2: str) -> Geometry | None:
    """Return the area of a country by its ISO 3166-1 code, as `UA`."""
    return area_of_codes((iso_a2,))


def division_area(code: str) -> Geometry | None:
    """Return the area of a first-level division by its GeoNames code, as `UA.05`."""
    return area_of_codes((code,))


def area_of_codes(codes: Iterable[str]) -> Geometry | None:
    """Return the area that countries and divisions cover together, as of `["IQ", "US.TX"]`.

    A code without an area adds nothing; None is returned if there is no other.
    """
    return _union_of(frozenset(codes))


def read_areas() -> Iterator[tuple[str, Geometry]]:
    """Yield the code and the area of every country, and then of every division."""
    provinces = read_provinces()
    for column in ("iso_a2", "code"):
        for code, own in provinces[provinces[column] != ""].groupby(column):
            yield code, shapely.coverage_union_all(own.geometry.values)


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
    """Read which provinces make up a division, a row each: `code`, `geonameid`, `areas`."""
    path = data.path("natural_earth/areas.csv")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return rows.assign(areas=rows["areas"].str.split(";")).explode("areas", ignore_index=True)


@lru_cache
def _codes_of_places() -> dict[str, str]:
    """Return the division's code of each GeoNames place, as `gn:709716`."""
    divisions = _divisions()
    return dict(zip("gn:" + divisions["geonameid"], divisions["code"], strict=True))


@lru_cache(maxsize=256)
def _union_of(codes: frozenset[str]) -> Geometry | None:
    provinces = read_provinces()
    known = codes - {""}
    own = provinces[provinces["iso_a2"].isin(known) | provinces["code"].isin(known)]
    return shapely.coverage_union_all(own.geometry.values) if len(own) else None
