"""Build `data/natural_earth/` from the world map that QGIS carries.

    python scripts/build_natural_earth.py world_map.gpkg

The source is Natural Earth 4.1.0 (public domain), as repackaged in the Debian package
`qgis-common`, file `usr/share/qgis/resources/data/world_map.gpkg` (read: 3.22.16+dfsg-1).
The script needs `topojson` from PyPI besides geopandas; nothing else in the project does.

What is corrected, and why:

- Crimea and Sevastopol are drawn into Russia (`iso_a2` RU). They are Ukraine's under United
  Nations General Assembly resolution 68/262 of 27 March 2014, and are given back.
- Areas without an ISO 3166-1 code (`iso_a2` -1) get the code of the state that they belong
  to under international law: Northern Cyprus CY, Somaliland SO, Baikonur KZ, Guantanamo Bay
  CU, Akrotiri and Dhekelia GB, Clipperton FR. The Siachen Glacier, claimed by India and by
  Pakistan, stays without a code, so that the land has no hole. Kosovo has XK, which ISO
  leaves to users.
- Areas with a code of their own are parted from the state that they came with: French
  overseas departments, the Caribbean Netherlands, Svalbard, Christmas and Cocos Islands.
- Outdated or shortened names are put right (Eswatini, North Macedonia, Kyiv City).
"""

import json
import sys
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from topojson.core.topology import Topology

TARGET = Path(__file__).parent.parent / "data" / "natural_earth"

# All lengths are in degrees. A hundredth of a degree is about a kilometre: enough for a map
# of one region; the rest of the world is only seen from afar.
GRID = 0.001
FINE = 0.005
COARSE = 0.03
SMALL_ISLAND_KM2 = 30.0
# Ukraine, its neighbours and the Caucasus are drawn fine, so that the borders of countries
# and regions match there. Whole degrees lie on the grid.
FINE_BOX = shapely.box(19, 42, 50, 57)

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

# Regions by country code and the source's name, which mixes languages and spellings. Moldova's
# districts are left out: the source confuses those on the left bank of the Dniester.
REGION_NAMES = {
    "BY": {
        "Brest": "Brest Region",
        "City of Minsk": "Minsk City",
        "Gomel": "Gomel Region",
        "Grodno": "Grodno Region",
        "Minsk": "Minsk Region",
        "Mogilev": "Mogilev Region",
        "Vitebsk": "Vitebsk Region",
    },
    "GE": {"Abkhazia": "Abkhazia"},
    "HU": {
        "Borsod-Abaúj-Zemplén": "Borsod-Abaúj-Zemplén County",
        "Szabolcs-Szatmár-Bereg": "Szabolcs-Szatmár-Bereg County",
    },
    "PL": {
        "Lublin": "Lublin Voivodeship",
        "Subcarpathian": "Subcarpathian Voivodeship",
    },
    "RO": {
        "Botosani": "Botoșani County",
        "Galati": "Galați County",
        "Maramures": "Maramureș County",
        "Satu Mare": "Satu Mare County",
        "Suceava": "Suceava County",
        "Tulcea": "Tulcea County",
    },
    "RU": {
        "Adygey": "Adygea",
        "Astrakhan'": "Astrakhan Oblast",
        "Belgorod": "Belgorod Oblast",
        "Bryansk": "Bryansk Oblast",
        "Chechnya": "Chechnya",
        "Dagestan": "Dagestan",
        "Ingush": "Ingushetia",
        "Kabardin-Balkar": "Kabardino-Balkaria",
        "Kaliningrad": "Kaliningrad Oblast",
        "Kalmyk": "Kalmykia",
        "Kaluga": "Kaluga Oblast",
        "Karachay-Cherkess": "Karachay-Cherkessia",
        "Krasnodar": "Krasnodar Krai",
        "Kursk": "Kursk Oblast",
        "Lipetsk": "Lipetsk Oblast",
        "Moskovsskaya": "Moscow Oblast",
        "Moskva": "Moscow City",
        "North Ossetia": "North Ossetia",
        "Orel": "Oryol Oblast",
        "Rostov": "Rostov Oblast",
        "Ryazan'": "Ryazan Oblast",
        "Smolensk": "Smolensk Oblast",
        "Stavropol'": "Stavropol Krai",
        "Tambov": "Tambov Oblast",
        "Tula": "Tula Oblast",
        "Volgograd": "Volgograd Oblast",
        "Voronezh": "Voronezh Oblast",
    },
    "SK": {"Košický": "Košice Region", "Prešov": "Prešov Region"},
    "UA": {
        "Cherkasy": "Cherkasy Oblast",
        "Chernihiv": "Chernihiv Oblast",
        "Chernivtsi": "Chernivtsi Oblast",
        "Crimea": "Crimea",
        "Dnipropetrovs'k": "Dnipropetrovsk Oblast",
        "Donets'k": "Donetsk Oblast",
        "Ivano-Frankivs'k": "Ivano-Frankivsk Oblast",
        "Kharkiv": "Kharkiv Oblast",
        "Kherson": "Kherson Oblast",
        "Khmel'nyts'kyy": "Khmelnytskyi Oblast",
        "Kiev": "Kyiv Oblast",
        "Kiev City": "Kyiv City",
        "Kirovohrad": "Kirovohrad Oblast",
        "L'viv": "Lviv Oblast",
        "Luhans'k": "Luhansk Oblast",
        "Mykolayiv": "Mykolaiv Oblast",
        "Odessa": "Odesa Oblast",
        "Poltava": "Poltava Oblast",
        "Rivne": "Rivne Oblast",
        "Sevastopol": "Sevastopol",
        "Sumy": "Sumy Oblast",
        "Ternopil'": "Ternopil Oblast",
        "Transcarpathia": "Zakarpattia Oblast",
        "Vinnytsya": "Vinnytsia Oblast",
        "Volyn": "Volyn Oblast",
        "Zaporizhzhya": "Zaporizhzhia Oblast",
        "Zhytomyr": "Zhytomyr Oblast",
    },
}


def read_provinces(path: Path) -> geopandas.GeoDataFrame:
    """Return the first-level areas of the world with corrected `iso_a2`, and their names.

    Columns: `iso_a2`, `name` (the source's), `country_name`, `region_name` (ours, or None),
    `geometry` (EPSG:4326).
    """
    source = geopandas.read_file(path, layer="states_provinces")
    provinces = source[["name", "geometry"]].assign(
        iso_a2=corrected_codes(source), country_name=source["admin"]
    )
    pairs = zip(provinces["iso_a2"], provinces["name"], strict=True)
    provinces["region_name"] = [REGION_NAMES.get(code, {}).get(name) for code, name in pairs]
    return provinces


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


def regions_of(provinces: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the areas of the regions in `REGION_NAMES`: `iso_a2`, `name`, `geometry`."""
    known = provinces[provinces["region_name"].notna()]
    regions = known.dissolve(["iso_a2", "region_name"], method="coverage").reset_index()
    missing = sum(map(len, REGION_NAMES.values())) - len(regions)
    if missing:
        raise SystemExit(f"{missing} regions of REGION_NAMES are missing in the source")
    return regions.assign(name=regions["region_name"])[["iso_a2", "name", "geometry"]]


def countries_of(provinces: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the areas of the countries: `iso_a2`, `name`, `geometry`.

    They are fine inside `FINE_BOX` and coarse outside it. On the box's edge the two may miss
    each other by `COARSE`, which a map of the world does not show.
    """
    by_code = provinces.groupby("iso_a2")["country_name"].agg(lambda names: names.mode()[0])
    fine = provinces.dissolve("iso_a2", method="coverage").geometry
    coarse = fine.simplify_coverage(COARSE)
    stitched = fine.intersection(FINE_BOX).union(coarse.difference(FINE_BOX))
    names = pd.Series(COUNTRY_NAMES).reindex(by_code.index).fillna(by_code)
    return geopandas.GeoDataFrame({"name": names}, geometry=stitched).reset_index()


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
    return areas.set_geometry(rounded.reindex(range(len(areas))))


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


def write(areas: geopandas.GeoDataFrame, layer: str) -> None:
    """Write `areas` into `data/natural_earth/` and say how large the file is."""
    path = TARGET / f"{layer}.topojson"
    topology = to_topojson(on_grid(areas), layer)
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {len(areas)} areas, {path.stat().st_size / 1000:,.0f} kB")


def main(path: Path) -> None:
    """Build both files from the world map at `path`."""
    provinces = read_provinces(path)
    provinces["geometry"] = provinces.geometry.simplify_coverage(FINE)
    parts = without_small_islands(provinces)
    write(countries_of(parts), "countries")
    write(regions_of(parts), "regions")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python scripts/build_natural_earth.py world_map.gpkg")
    main(Path(sys.argv[1]))
