"""Facts about the areas of countries and divisions: whose a town is, and how large an area."""

import csv
import math

import geopandas
import pytest
import shapely
from helpers import areas

from geo import data
from geo.gazetteer import Gazetteer
from geo.gazetteer.areas import read_provinces

# Longitude, latitude.
SIMFEROPOL = shapely.Point(34.103, 44.952)
SEVASTOPOL = shapely.Point(33.550, 44.600)
DONETSK = shapely.Point(37.802, 48.023)
LUHANSK = shapely.Point(39.306, 48.568)
NICOSIA_NORTH = shapely.Point(33.364, 35.190)

# A country or division, the longitude and latitude of its capital.
CAPITALS = {
    "BR": (-47.88, -15.79),
    "KE": (36.82, -1.29),
    "SD": (32.53, 15.59),
    "AU.02": (151.21, -33.87),
    "BY.04": (27.56, 53.90),
    "CN.32": (104.07, 30.67),
    "DE.02": (11.58, 48.14),
    "FR.11": (2.35, 48.86),
    "IN.28": (88.36, 22.57),
    "NG.29": (8.52, 12.00),
    "NO.12": (10.75, 59.91),
    "RU.61": (39.71, 47.24),
    "UA.12": (30.52, 50.45),
    "US.TX": (-97.74, 30.27),
    "ZA.11": (18.42, -33.93),
}
# From national statistics, in thousands of square kilometres, with the water inside.
THOUSAND_KM2 = {
    "BR.04": 1559,
    "CA.10": 1365,
    "CN.13": 1665,
    "DE.02": 70.5,
    "FR.76": 72.7,
    "GB.ENG": 130.3,
    "GB.NIR": 14.1,
    "GB.SCT": 77.9,
    "GB.WLS": 20.8,
    "IN.16": 307.7,
    "NG.27": 70.9,
    "RU.63": 3084,
    "UA.05": 26.5,
    "UA.11": 26.1,
    "US.TX": 695.7,
}


def rows_of(name: str) -> list[dict[str, str]]:
    with data.path(f"natural_earth/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def thousand_km2(area: shapely.Geometry) -> float:
    return float(geopandas.GeoSeries([area], crs=4326).to_crs(6933).area.iloc[0] / 1e9)


@pytest.mark.parametrize("town", [SIMFEROPOL, SEVASTOPOL])
def test_crimea_is_in_ukraine(town):
    assert areas()["UA"].contains(town)
    assert shapely.union(areas()["UA.11"], areas()["UA.20"]).contains(town)


@pytest.mark.parametrize("town", [SIMFEROPOL, SEVASTOPOL])
def test_crimea_is_not_in_russia(town):
    assert not areas()["RU"].intersects(town)


def test_northern_cyprus_is_in_cyprus():
    assert areas()["CY"].contains(NICOSIA_NORTH)


@pytest.mark.parametrize(("code", "capital"), CAPITALS.items(), ids=CAPITALS)
def test_an_area_lies_over_its_capital(code, capital):
    assert areas()[code].contains(shapely.Point(capital))


@pytest.mark.parametrize(("code", "size"), THOUSAND_KM2.items(), ids=THOUSAND_KM2)
def test_an_area_is_as_large_as_the_division(code, size):
    assert thousand_km2(areas()[code]) == pytest.approx(size, rel=0.15)


def test_england_is_not_norfolk():
    assert 125 < thousand_km2(areas()["GB.ENG"]) < 135


def test_ukraine_is_the_sum_of_its_27_divisions():
    divisions = [area for code, area in areas().items() if code.startswith("UA.")]
    assert len(divisions) == 27
    whole = shapely.coverage_union_all(divisions)
    assert whole.symmetric_difference(areas()["UA"]).area == pytest.approx(0, abs=1e-6)


def test_at_least_3200_divisions_have_an_area():
    assert sum("." in code for code in areas()) >= 3200


def test_every_code_names_provinces_that_there_are():
    named = {province for row in rows_of("areas.csv") for province in row["areas"].split(";")}
    assert named <= set(read_provinces()["id"])


def test_a_province_has_one_id_and_at_most_one_code():
    named = [province for row in rows_of("areas.csv") for province in row["areas"].split(";")]
    assert len(named) == len(set(named))
    assert read_provinces()["id"].is_unique


def test_a_division_lies_in_its_country():
    divided = read_provinces().query("code != ''")
    assert (divided["code"].str[:2] == divided["iso_a2"]).all()


def test_codes_without_an_area_are_listed_with_a_reason():
    listed = rows_of("codes_without_area.csv")
    assert not {row["code"] for row in listed} & {row["code"] for row in rows_of("areas.csv")}
    assert all(row["reason"] for row in listed)


def test_all_areas_are_valid():
    assert shapely.is_valid(list(areas().values())).all()


def test_corners_are_longitude_and_latitude():
    west, south, east, north = read_provinces().total_bounds
    assert (west, south, east, north) == pytest.approx((-180, -90, 180, 83.6), abs=0.1)


def test_the_files_stay_small():
    files = data.path("natural_earth/areas.csv").parent.iterdir()
    assert math.fsum(file.stat().st_size for file in files) <= 6_000_000


# By place id: what the gazetteer gives.


def test_the_european_union_of_2014_has_28_members():
    rows = {row["id"]: row["members"] for row in rows_of("../region_members.csv")}
    assert len(set(rows["geo:european-union"].split(";"))) == 28


def test_no_region_counts_a_division_besides_its_country():
    for row in rows_of("../region_members.csv"):
        members = set(row["members"].split(";"))
        assert not {code for code in members if "." in code and code[:2] in members}


@pytest.mark.parametrize(
    ("place_id", "town"),
    [
        ("geo:european-union", shapely.Point(12.5, 41.9)),
        ("geo:donbas", DONETSK),
        ("geo:donbas", LUHANSK),
        ("gn:709716", DONETSK),
        ("gn:690791", SIMFEROPOL),
    ],
)
def test_an_area_by_place_id_holds_its_town(gazetteer: Gazetteer, place_id, town):
    assert gazetteer.area(place_id).contains(town)


@pytest.mark.parametrize("place_id", ["gn:709717", "geo:nowhere"])
def test_a_town_and_the_unknown_have_no_area(gazetteer: Gazetteer, place_id):
    assert gazetteer.area(place_id) is None


def curated(kind: str) -> list[str]:
    with data.path("places.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if row["types"] == kind]


@pytest.mark.parametrize("place_id", curated("country"))
def test_every_curated_country_has_an_area(gazetteer: Gazetteer, place_id):
    assert gazetteer.area(place_id) is not None


@pytest.mark.parametrize("place_id", [i for i in curated("region") if i.startswith("gn:")])
def test_every_curated_region_of_geonames_has_an_area(gazetteer: Gazetteer, place_id):
    assert gazetteer.area(place_id) is not None
