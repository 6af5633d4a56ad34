"""Facts about the embedded basemap: what it draws, and how large it may get."""

import base64
import csv
import json
import zlib
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from helpers import areas
from shapely import Geometry

from geo import data
from geo.errors import GazetteerError, InputError
from geo.gazetteer.areas import read_provinces
from geo.maps.basemap import Basemap, encode_basemap, read_basemap
from geo.maps.shapes import encode_shape

Bounds = tuple[float, float, float, float]

DONBAS = (37.0, 47.0, 41.0, 50.0)
EASTERN_UKRAINE = (36.3, 45.5, 42.3, 51.5)
EUROPE = (-10.0, 35.0, 45.0, 65.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
SAHARA = (-17.0, 21.0, -8.0, 28.0)
BOUNDS = {
    "Donbas": DONBAS,
    "one point": (38.0, 48.0, 38.0, 48.0),
    "Ukraine": (22.0, 44.0, 40.2, 52.4),
    "Europe": EUROPE,
    "Canada": (-141.0, 42.0, -52.0, 83.0),
    "Chukotka, to 180 degrees": (160.0, 60.0, 180.0, 72.0),
    "Fiji, from -180 degrees": (-180.0, -20.0, -178.0, -12.0),
    "a pole": (-180.0, -90.0, -180.0, -90.0),
    "world": WORLD,
}

basemap = cache(read_basemap)


def size_in_page(bounds: Bounds) -> int:
    text = json.dumps(encode_basemap(basemap(bounds)), separators=(",", ":"))
    return len(base64.b64encode(zlib.compress(text.encode(), 9)))


def decode(shapes: list[list[int]]) -> list[np.ndarray]:
    return [np.cumsum(np.reshape(shape, (-1, 2)), axis=0) / 1000 for shape in shapes]


def border(first: str, second: str, bounds: Bounds) -> Geometry:
    """Return what two countries or divisions share within bounds."""
    shared = areas()[first].intersection(areas()[second])
    return shared.intersection(shapely.box(*bounds))


def curated_countries() -> set[str]:
    with data.path("places.csv").open(encoding="utf-8", newline="") as file:
        return {row["ccodes"] for row in csv.DictReader(file) if row["types"] == "country"}


# Size.


@pytest.mark.parametrize("bounds", BOUNDS.values(), ids=BOUNDS.keys())
def test_the_basemap_keeps_its_budget(bounds: Bounds) -> None:
    assert size_in_page(bounds) <= 250_000


def test_the_basemap_of_a_region_leaves_room_for_the_articles() -> None:
    assert size_in_page(EASTERN_UKRAINE) <= 130_000


def test_any_bounds_keep_the_budget() -> None:
    random = np.random.default_rng(1)
    for _ in range(5):
        west, east = np.sort(random.uniform(-180, 180, 2))
        south, north = np.sort(random.uniform(-90, 90, 2))
        assert size_in_page((float(west), float(south), float(east), float(north))) <= 250_000


# Encoding.


def test_the_encoded_basemap_is_plain_json() -> None:
    encoded = encode_basemap(basemap(DONBAS))
    assert json.loads(json.dumps(encoded)) == encoded


def test_shapes_are_whole_numbers() -> None:
    assert {type(n) for shape in encode_basemap(basemap(DONBAS))["land"] for n in shape} == {int}


@pytest.mark.parametrize("name", ["land", "lakes", "borders", "disputed", "regions", "rivers"])
def test_decoding_gives_the_corners_to_a_thousandth_of_a_degree(name: str) -> None:
    parts = shapely.get_parts(getattr(basemap(DONBAS), name))
    geometry = parts[shapely.length(parts) > 0]
    decoded = np.concatenate(decode(encode_shape(geometry)))
    assert thousandths(decoded) == thousandths(shapely.get_coordinates(geometry))


def thousandths(corners: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(corner) for corner in np.rint(corners * 1000).astype(int).tolist()}


def test_a_ring_and_its_hole_stand_side_by_side_and_are_closed() -> None:
    ring = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    decoded = decode(encode_shape(ring))
    assert len(decoded) == 2
    assert all((line[0] == line[-1]).all() for line in decoded)


def test_an_empty_shape_has_no_parts() -> None:
    assert encode_shape(shapely.MultiPolygon()) == []


def test_a_part_too_small_to_see_is_left_out() -> None:
    assert encode_shape(shapely.LineString([(1, 1), (1.0001, 1)])) == []


# Land and water.


def test_corners_are_longitude_and_latitude() -> None:
    for bounds in (DONBAS, WORLD):
        corners = shapely.get_coordinates(basemap(bounds).land)
        assert (np.abs(corners) <= (180, 90)).all()


def test_the_sea_of_azov_is_no_land() -> None:
    assert not basemap(DONBAS).land.contains(shapely.Point(36.5, 46.0))


def test_the_land_reaches_from_the_window_into_the_world() -> None:
    window_corner, moscow = shapely.Point(44.0, 53.0), shapely.Point(37.6, 55.7)
    assert any(part.contains(window_corner) and part.contains(moscow) for part in land(DONBAS))


def land(bounds: Bounds) -> list[Geometry]:
    return list(shapely.get_parts(basemap(bounds).land))


@pytest.mark.parametrize("bounds", [DONBAS, EUROPE, BOUNDS["Fiji, from -180 degrees"]])
def test_polygons_do_not_cross_themselves(bounds: Bounds) -> None:
    assert shapely.is_valid(land(bounds)).all()
    assert shapely.is_valid(shapely.get_parts(basemap(bounds).lakes)).all()


@pytest.mark.parametrize("bounds", [DONBAS, WORLD], ids=["Donbas", "world"])
def test_every_country_is_on_the_map(bounds: Bounds) -> None:
    tree = shapely.STRtree(land(bounds))
    missing = [c for c in curated_countries() if not len(tree.query(areas()[c], "intersects"))]
    assert missing == []


@pytest.mark.parametrize(
    ("point", "bounds"),
    [((33.0, -1.0), WORLD), ((31.5, 60.8), EUROPE), ((34.2, 47.5), DONBAS)],
    ids=["Victoria", "Ladoga", "Kakhovka Reservoir"],
)
def test_a_lake_is_drawn(point: tuple[float, float], bounds: Bounds) -> None:
    assert any(
        lake.contains(shapely.Point(point)) for lake in shapely.get_parts(basemap(bounds).lakes)
    )


@pytest.mark.parametrize(
    "town",
    [(35.05, 48.47), (41.73, 49.63), (37.28, 49.2)],
    ids=["Dnipro", "Don", "Siverskyi Donets"],
)
def test_a_river_flows_by_its_town(town: tuple[float, float]) -> None:
    assert basemap(EASTERN_UKRAINE).rivers.distance(shapely.Point(town)) < 0.1


def test_small_rivers_end_with_the_window() -> None:
    donets_near_chuhuiv = shapely.Point(36.7, 49.83)
    assert basemap(DONBAS).rivers.distance(donets_near_chuhuiv) < 0.1
    assert basemap(SAHARA).rivers.distance(donets_near_chuhuiv) > 1


# Borders.


def test_the_border_of_ukraine_and_russia_is_drawn_in_full_detail() -> None:
    assert basemap(DONBAS).borders.buffer(0.001).covers(border("UA", "RU", DONBAS))


def test_no_country_border_parts_crimea_from_kherson_oblast() -> None:
    shared = border("UA.11", "UA.08", WORLD)
    assert shared.length > 0
    shown = basemap((33.0, 45.0, 36.0, 47.0))
    assert not shown.borders.intersects(shared.buffer(0.01))
    assert not shown.disputed.intersects(shared.buffer(0.01))


@pytest.mark.parametrize("town", [(34.1, 44.95), (33.55, 44.6)], ids=["Simferopol", "Sevastopol"])
def test_crimea_is_in_the_area_of_ukraine(town: tuple[float, float]) -> None:
    assert areas()["UA"].contains(shapely.Point(town))


def test_disputed_lines_are_not_among_the_borders() -> None:
    world = basemap(WORLD)
    assert world.disputed.length > 50
    assert world.disputed.intersection(world.borders).length == 0


def test_the_line_in_western_sahara_is_disputed() -> None:
    shared = border("EH", "MA", WORLD)
    shown = basemap(SAHARA)
    assert shared.length > 5
    assert shown.disputed.buffer(0.001).covers(shared)
    assert shown.borders.intersection(shared).length == 0


def test_every_disputed_pair_shares_a_line() -> None:
    provinces = read_provinces()
    for row in disputed_rows():
        first, second = (
            shapely.union_all(
                provinces[(provinces["iso_a2"] == side) | (provinces["id"] == side)]
                .query("id != @other")
                .geometry.values
            )
            for side, other in (
                (row["first"], row["second"]),
                (row["second"], row["first"]),
            )
        )
        assert first.intersection(second).length > 0, row


def disputed_rows() -> list[dict[str, str]]:
    path = data.path("natural_earth/disputed.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_of_disputed_lines_is_sorted() -> None:
    pairs = [(row["first"], row["second"]) for row in disputed_rows()]
    assert pairs == sorted(set(pairs))


@pytest.mark.parametrize(
    ("codes", "bounds"),
    [
        (("SD.29", "SD.53"), (30.0, 14.0, 34.0, 18.0)),
        (("US.TX", "US.OK"), (-100.0, 33.0, -96.0, 35.0)),
        (("UA.05", "UA.14"), DONBAS),
    ],
)
def test_the_line_between_two_divisions_is_drawn_in_full_detail(
    codes: tuple[str, str], bounds: Bounds
) -> None:
    shared = border(*codes, bounds)
    assert shared.length > 0
    assert basemap(bounds).regions.buffer(0.001).covers(shared)


def test_no_line_is_drawn_between_the_districts_of_england() -> None:
    regions = basemap((-1.5, 51.5, 0.5, 53.0)).regions
    assert not regions.intersects(areas()["GB.ENG"].buffer(-0.1))


def test_a_wide_view_has_no_lines_between_divisions() -> None:
    assert basemap(EUROPE).regions.is_empty


# Towns.


@pytest.mark.parametrize("name", ["Donetsk", "Mariupol", "Luhansk", "Moscow", "London", "Tokyo"])
def test_a_town_is_named(name: str) -> None:
    assert name in {town.name for town in basemap(EASTERN_UKRAINE).towns}


def test_towns_are_many_but_not_too_many() -> None:
    assert 150 <= len(basemap(EASTERN_UKRAINE).towns) <= 250


def test_most_towns_lie_in_the_window() -> None:
    window = shapely.box(33.3, 42.5, 45.3, 54.5)
    towns = [shapely.Point(t.longitude, t.latitude) for t in basemap(EASTERN_UKRAINE).towns]
    assert sum(map(window.contains, towns)) > len(towns) / 2


def test_towns_stand_by_rank() -> None:
    ranks = [town.rank for town in basemap(EASTERN_UKRAINE).towns]
    assert ranks == sorted(ranks)


def test_towns_of_a_low_rank_are_far_from_each_other() -> None:
    towns = [t for t in basemap(WORLD).towns if t.rank == 0]
    points = shapely.points([(t.longitude, t.latitude) for t in towns])
    near = shapely.STRtree(points).query(points, "dwithin", 15.9 * 0.5)
    assert near.shape[1] == len(towns)


def test_the_suburbs_of_a_town_are_named_where_the_map_opens() -> None:
    towns = {town.name for town in basemap((37.7, 47.9, 37.9, 48.1)).towns}
    assert {"Donetsk", "Makiivka"} <= towns


def test_without_a_gazetteer_there_are_no_towns(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Any:
        raise GazetteerError("the index is damaged")

    monkeypatch.setattr("geo.maps.towns.load_gazetteer", fail)
    shown: Basemap = read_basemap(DONBAS)
    assert shown.towns == ()
    assert not shown.land.is_empty


# Errors.


def test_swapped_bounds_are_refused() -> None:
    message = (
        "bounds (41.0, 47.0, 37.0, 50.0) are no (min_longitude, min_latitude, max_longitude, "
        "max_latitude) in degrees; give longitudes first and the smaller one before"
    )
    with pytest.raises(InputError) as raised:
        read_basemap((41.0, 47.0, 37.0, 50.0))
    assert str(raised.value) == message


def test_a_missing_data_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"^no data file 'natural_earth/none\.json' in "):
        data.path("natural_earth/none.json")
