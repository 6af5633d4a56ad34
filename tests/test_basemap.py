"""Facts about the embedded basemap: what it draws, and how large it may get."""

import csv
import json
from typing import Any

import pytest
import shapely
from helpers import areas

from geo import data
from geo.errors import InputError
from geo.maps.basemap import basemap_features

DONBAS_BOUNDS = (37.0, 47.0, 41.0, 50.0)
BOUNDS = {
    "Donbas": DONBAS_BOUNDS,
    "one point": (38.0, 48.0, 38.0, 48.0),
    "Ukraine": (22.0, 44.0, 40.2, 52.4),
    "Europe": (-10.0, 35.0, 45.0, 65.0),
    "Canada": (-141.0, 42.0, -52.0, 83.0),
    "world": (-180.0, -90.0, 180.0, 90.0),
}


def curated_countries() -> set[str]:
    with data.path("places.csv").open(encoding="utf-8", newline="") as file:
        return {row["ccodes"] for row in csv.DictReader(file) if row["types"] == "country"}


def compact(features: dict[str, Any]) -> str:
    return json.dumps(features, separators=(",", ":"))


def shapes(features: dict[str, Any], layer: str) -> list[shapely.Geometry]:
    return list(shapely.from_geojson([json.dumps(f) for f in features[layer]["features"]]))


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
    assert all(land.intersects(areas()[code]) for code in curated_countries())


def test_the_border_of_ukraine_and_russia_is_drawn():
    borders = shapes(basemap_features(DONBAS_BOUNDS), "borders")
    shared = areas()["UA"].intersection(areas()["RU"]).intersection(shapely.box(37, 47, 41, 50))
    assert shapely.union_all(borders).buffer(0.001).covers(shared)


@pytest.mark.parametrize(
    ("codes", "bounds"),
    [
        (("SD.29", "SD.53"), (30.0, 14.0, 34.0, 18.0)),
        (("US.TX", "US.OK"), (-100.0, 33.0, -96.0, 35.0)),
        (("UA.05", "UA.14"), DONBAS_BOUNDS),
    ],
)
def test_the_line_between_two_divisions_is_drawn_in_full_detail(codes, bounds):
    regions = shapely.union_all(shapes(basemap_features(bounds), "regions"))
    first, second = (areas()[code] for code in codes)
    shared = first.intersection(second).intersection(shapely.box(*bounds))
    assert shared.length > 0
    assert regions.buffer(0.001).covers(shared)


def test_no_line_is_drawn_between_the_districts_of_england():
    regions = shapely.union_all(shapes(basemap_features((-1.5, 51.5, 0.5, 53.0)), "regions"))
    assert not regions.intersects(areas()["GB.ENG"].buffer(-0.1))


def test_a_wide_view_has_no_lines_between_divisions():
    assert shapes(basemap_features(BOUNDS["Europe"]), "regions") == []


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
