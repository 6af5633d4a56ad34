"""Facts about the embedded basemap: whose a town is, and how large the basemap may get."""

import csv
import json
from typing import Any

import pytest
import shapely

from geo import data
from geo.errors import InputError
from geo.maps.basemap import (
    EUROPEAN_UNION_2014,
    basemap_features,
    country_area,
    place_area,
    region_area,
)

# Longitude, latitude.
SIMFEROPOL = shapely.Point(34.103, 44.952)
SEVASTOPOL = shapely.Point(33.550, 44.600)
DONETSK = shapely.Point(37.802, 48.023)
LUHANSK = shapely.Point(39.306, 48.568)
ROSTOV_ON_DON = shapely.Point(39.714, 47.236)
NICOSIA_NORTH = shapely.Point(33.364, 35.190)

DONBAS_BOUNDS = (37.0, 47.0, 41.0, 50.0)
BOUNDS = {
    "Donbas": DONBAS_BOUNDS,
    "one point": (38.0, 48.0, 38.0, 48.0),
    "Ukraine": (22.0, 44.0, 40.2, 52.4),
    "Europe": (-10.0, 35.0, 45.0, 65.0),
    "Canada": (-141.0, 42.0, -52.0, 83.0),
    "world": (-180.0, -90.0, 180.0, 90.0),
}


def titles_and_codes(kind: str) -> list[tuple[str, str]]:
    with data.path("places.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["title"], row["ccodes"]) for row in csv.DictReader(file) if row["types"] == kind
        ]


def compact(features: dict[str, Any]) -> str:
    return json.dumps(features, separators=(",", ":"))


def shapes(features: dict[str, Any], layer: str) -> list[shapely.Geometry]:
    return list(shapely.from_geojson([json.dumps(f) for f in features[layer]["features"]]))


@pytest.mark.parametrize("town", [SIMFEROPOL, SEVASTOPOL])
def test_crimea_is_in_ukraine(town):
    assert country_area("UA").contains(town)


@pytest.mark.parametrize("town", [SIMFEROPOL, SEVASTOPOL])
def test_crimea_is_not_in_russia(town):
    assert not country_area("RU").intersects(town)


def test_sevastopol_is_a_region_of_ukraine():
    assert region_area("Sevastopol", "UA").contains(SEVASTOPOL)


def test_donetsk_oblast_holds_donetsk():
    assert region_area("Donetsk Oblast", "UA").contains(DONETSK)


def test_rostov_oblast_holds_rostov_on_don():
    assert region_area("Rostov Oblast", "RU").contains(ROSTOV_ON_DON)


@pytest.mark.parametrize("town", [DONETSK, LUHANSK])
def test_donbas_covers_both_oblasts(town):
    assert place_area("region", "Donbas", "UA").contains(town)


def test_ukraine_is_the_sum_of_its_regions():
    names = [title for title, code in titles_and_codes("region") if code == "UA"]
    cities = ["Kyiv City", "Sevastopol"]
    regions = [place_area("region", name, "UA") for name in names + cities]
    whole = shapely.union_all([area for area in regions if area is not None])
    assert whole.symmetric_difference(country_area("UA")).area == pytest.approx(0, abs=1e-6)


def test_northern_cyprus_is_in_cyprus():
    assert country_area("CY").contains(NICOSIA_NORTH)


def test_the_european_union_of_2014_has_28_members():
    assert len(set(EUROPEAN_UNION_2014)) == 28


def test_the_european_union_holds_rome():
    assert place_area("bloc", "European Union", "").contains(shapely.Point(12.5, 41.9))


def test_europe_has_no_area():
    assert place_area("bloc", "Europe", "") is None


def test_a_town_has_no_area():
    assert place_area("settlement", "Donetsk", "UA") is None


def test_an_unknown_country_has_no_area():
    assert country_area("ZZ") is None


def test_a_place_without_a_country_has_no_area():
    assert place_area("country", "Nowhere", "") is None


def test_a_region_of_another_country_has_no_area():
    assert region_area("Donetsk Oblast", "RU") is None


@pytest.mark.parametrize(("title", "code"), titles_and_codes("country"))
def test_every_curated_country_has_an_area(title, code):
    assert place_area("country", title, code) is not None


@pytest.mark.parametrize(
    ("title", "code"),
    [(t, c) for t, c in titles_and_codes("region") if t.endswith(("Oblast", "Krai", "Crimea"))],
)
def test_every_curated_oblast_has_an_area(title, code):
    assert place_area("region", title, code) is not None


@pytest.mark.parametrize("bounds", BOUNDS.values(), ids=BOUNDS.keys())
def test_the_basemap_keeps_its_budget(bounds):
    assert len(compact(basemap_features(bounds))) <= 500_000


def test_the_basemap_is_plain_json():
    features = basemap_features(DONBAS_BOUNDS)
    assert json.loads(compact(features)) == features


@pytest.mark.parametrize("layer", ["land", "borders", "regions"])
def test_corners_are_longitude_and_latitude(layer):
    parts = shapes(basemap_features(DONBAS_BOUNDS), layer)
    assert shapely.box(-180, -90, 180, 90).contains(
        shapely.multipoints(shapely.get_coordinates(parts))
    )


def test_the_sea_of_azov_is_no_land():
    land = shapes(basemap_features(DONBAS_BOUNDS), "land")
    assert not any(part.contains(shapely.Point(36.5, 46.0)) for part in land)


def test_land_has_no_seam_where_fine_meets_coarse():
    window_corner = shapely.Point(44.0, 53.0)
    land = shapes(basemap_features(DONBAS_BOUNDS), "land")
    assert any(part.contains(window_corner) for part in land)


def test_every_country_is_on_the_map_of_the_world():
    land = shapely.union_all(shapes(basemap_features(BOUNDS["world"]), "land"))
    codes = {code for _, code in titles_and_codes("country")}
    assert all(land.intersects(country_area(code)) for code in codes)


def test_the_border_of_ukraine_and_russia_is_drawn():
    borders = shapes(basemap_features(DONBAS_BOUNDS), "borders")
    shared = (
        country_area("UA")
        .intersection(country_area("RU"))
        .intersection(shapely.box(37, 47, 41, 50))
    )
    assert shapely.union_all(borders).buffer(0.001).covers(shared)


def test_swapped_bounds_are_refused():
    message = (
        "bounds (41.0, 47.0, 37.0, 50.0) are no (min_longitude, min_latitude, max_longitude, "
        "max_latitude) in degrees; give longitudes first and the smaller one before"
    )
    with pytest.raises(InputError) as raised:
        basemap_features((41.0, 47.0, 37.0, 50.0))
    assert str(raised.value) == message


def test_a_missing_data_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"^no data file 'natural_earth/none\.json' in "):
        data.path("natural_earth/none.json")
