"""A rounded export tells no finer coordinates, wherever one looks."""

import json
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from map_mentions import mention, table

import geo
from geo.errors import InputError
from geo.exports.rounding import hider
from geo.gazetteer import Gazetteer
from geo.records import Place

LATITUDE, LONGITUDE = 47.92299, 38.74054
FINE = ("47.92", "38.74", "47,92299", "22.75", "44′", "47°55")
TOLD = (
    "It fell at 47.92299, 38.74054 (47,92299; 47°55′22.75″N, 38 44 25.94 E; "
    "https://maps.example/@47.92299,38.74054) among 47,923 people, 10 km away."
)
SAFE = (
    "It fell at 47.9, 38.7 (47,9; 47.9° N, 38.7° E; "
    "https://maps.example/@47.9,38.7) among 47,923 people, 10 km away."
)
POINT = f"point:{LATITUDE},{LONGITUDE}"
HILL = {
    "place_id": "own:hill",
    "place_name": "Hill",
    "place_kind": "hill",
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "geo_precision": 1,
    "gazetteer": "own.csv",
}
ENDINGS = ("csv", "jsonl", "geojson", "gpkg", "parquet", "lpf.json", "zip")


@pytest.fixture(scope="module")
def mentions() -> gpd.GeoDataFrame:
    told = ("outlet", "title", "url", "context", "reason", "gazetteer", "date_text")
    texts = dict.fromkeys(told, TOLD)
    region = {"place_id": "gn:702657", "place_name": "Luhansk Oblast", "place_kind": "region"}
    return table(
        mention("Hill", "RT", None, mention_id="a:0-4", **HILL) | texts,
        mention("Oblast", "RT", None, mention_id="a:5-9", **(HILL | region)),
        mention("Nowhere", "RT", None, mention_id="a:9-12") | texts,
        mention("Trench", "RT", None, mention_id="a:12-16", **(HILL | {"place_id": POINT})),
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    hill = Place("own:hill", "Hill", "hill", LATITUDE, LONGITUDE, source=TOLD, error_km=0.5)
    return Gazetteer([replace(hill, names=("Hill", TOLD))])


def contents(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_finer_coordinate_is_left(
    mentions: gpd.GeoDataFrame, gazetteer: Gazetteer, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"m.{ending}"
    geo.export(mentions, path, round=1, gazetteer=gazetteer)
    written = contents(path)
    assert [text for text in FINE if text.encode() in written] == []
    for number in (LATITUDE, LONGITUDE):
        assert struct.pack("<d", number) not in written
        assert struct.pack(">d", number) not in written


@pytest.mark.parametrize("ending", ["gpkg", "parquet"])
def test_without_rounding_the_same_search_finds_them(
    mentions: gpd.GeoDataFrame, gazetteer: Gazetteer, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"m.{ending}"
    geo.export(mentions, path, gazetteer=gazetteer)
    assert struct.pack("<d", LATITUDE) in contents(path)


def test_texts_keep_all_but_their_coordinates(mentions: gpd.GeoDataFrame) -> None:
    assert hider(mentions, 1)(TOLD) == SAFE


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("at 47.92, 38.74", "at 48, 39"),
        ("широта 47,92, долгота 38,74", "широта 48, долгота 39"),
        ("?lat=47.92&lon=38.74", "?lat=48&lon=39"),
        ("?q=47%2E92%2C38%2E74", "?q=48%2C39"),
        ("[38.74,47.92]", "[39,48]"),
        ("at 47.92° N", "at 48° N"),
        ("at 47·923", "at 48"),
        ("N 47 55 22 E 38 44 25", "N 48° E 39°"),
        ("47 55 22 N 38 44 25 E", "48° N 39° E"),
        ("47:55:22 38d44m25s", "48° 39°"),
        ("38:44:25, 47:55:22", "39°, 48°"),
        ("47:55N 038:44E", "48° N 39° E"),
        ("47-55N, 38-44E", "48° N, 39° E"),
        ("47 degrees 55 minutes north, 38 deg. 44 min. east", "48° north, 39° east"),
        ("47 градусов 55 минут", "48°"),
    ],
)
def test_coordinates_are_found_in_many_notations(
    mentions: gpd.GeoDataFrame, told: str, safe: str
) -> None:
    assert hider(mentions, 0)(told) == safe


@pytest.mark.parametrize(
    "text",
    ["48.5 km", "48.5 km and 38.2 km", "47.9 percent", "47 55 22", "RUN 47 55", "2014-08-04"],
)
def test_numbers_that_are_no_coordinates_stay(mentions: gpd.GeoDataFrame, text: str) -> None:
    assert hider(mentions, 0)(text) == text


@pytest.mark.parametrize(
    "text", ["at 12:30:45", "12:30:45 and 18:00:00", "12-13 S street", "on 12-13 March", "12:13"]
)
def test_times_and_houses_stay_where_degrees_are_as_low(text: str) -> None:
    place = HILL | {"latitude": 12.4, "longitude": 13.1}
    here = table(mention("Kano", "RT", None, mention_id="a:0-1", **place))
    assert hider(here, 0)(text) == text


@pytest.mark.parametrize("word", ["lat", "широт", "and", "та"])
def test_no_text_takes_for_ever(mentions: gpd.GeoDataFrame, word: str) -> None:
    text = f"47.9 {word * 60}"
    assert hider(mentions, 1)(text) == text


def test_points_placed_by_hand_are_numbered(tmp_path: Path) -> None:
    ids = (f"point:{LATITUDE},{LONGITUDE}", "point:-1.00000,2.00000", "own:hill", None)
    rows = [
        mention("Trench", "RT", None, mention_id=f"a:{number}", **(HILL | {"place_id": place_id}))
        for number, place_id in enumerate((*ids, ids[0]))
    ]
    geo.export(table(*rows), tmp_path / "m.csv", round=0)
    rounded = geo.read_mentions(tmp_path / "m.csv")
    assert rounded["place_id"].tolist() == ["point:1", "point:2", "own:hill", None, "point:1"]
    geo.export(rounded, tmp_path / "again.csv", round=0)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "m.csv").read_bytes()


@pytest.mark.parametrize("column", ["article_id", "mention_id", "place_id"])
def test_an_id_that_holds_coordinates_is_said(
    mentions: gpd.GeoDataFrame, tmp_path: Path, column: str
) -> None:
    with pytest.warns() as caught:
        geo.export(mentions[:1].assign(**{column: "a 47.92,38.74"}), tmp_path / "m.csv", round=1)
    assert [str(one.message) for one in caught] == [
        f"{column} 'a 47.92,38.74' may tell a finer point: ids are not rounded, so give it another"
    ]


def test_numbers_far_from_the_places_stay(mentions: gpd.GeoDataFrame) -> None:
    text = "See doi 10.1234, version 1.2.345, -12.34567 and 3 141.592 miles."
    assert hider(mentions, 1)(text) == text


@pytest.mark.parametrize(("decimals", "precision"), [(0, 3), (1, 2), (2, 1)])
def test_a_rounded_point_is_said_to_be_less_exact(
    mentions: gpd.GeoDataFrame, tmp_path: Path, decimals: int, precision: int
) -> None:
    geo.export(mentions, tmp_path / "m.csv", round=decimals)
    assert geo.read_mentions(tmp_path / "m.csv")["geo_precision"].iloc[0] == precision


def test_a_place_is_said_to_be_further_off(
    mentions: gpd.GeoDataFrame, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    geo.export(mentions, tmp_path / "m.gpkg", round=1, gazetteer=gazetteer)
    places = gpd.read_file(tmp_path / "m.gpkg", layer="places").set_index("id")
    assert places.loc["own:hill", "error_km"] == pytest.approx(0.5 + 7.86)


def test_the_rounding_is_recorded(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.export(mentions, tmp_path / "package", round=2)
    package = json.loads((tmp_path / "package/datapackage.json").read_text(encoding="utf-8"))
    assert package["coordinate_decimals"] == 2


def test_the_texts_of_a_rejected_mention_are_rounded_too(tmp_path: Path) -> None:
    row = mention("Hill", "RT", None, mention_id="a:0-4", **HILL)
    row |= {"context": TOLD, "status": "rejected"}
    geo.export(table(row), tmp_path / "m.csv", round=1)
    assert geo.read_mentions(tmp_path / "m.csv")["context"].item() == SAFE


def test_areas_are_not_rounded(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.export(mentions, tmp_path / "m.gpkg", round=0)
    area = gpd.read_file(tmp_path / "m.gpkg", layer="areas").geometry.iloc[0]
    assert area.equals(geo.load_gazetteer().area("gn:702657"))


def test_a_point_is_never_moved_to_minus_zero(tmp_path: Path) -> None:
    place = HILL | {"latitude": -0.01, "longitude": -0.02}
    row = mention("Null Island", "RT", None, mention_id="a:0-1", **place)
    geo.export(table(row), tmp_path / "m.csv", round=1)
    assert "-0.0" not in (tmp_path / "m.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("decimals", [-1, 7])
def test_too_few_or_many_decimals_are_refused(
    mentions: gpd.GeoDataFrame, tmp_path: Path, decimals: int
) -> None:
    with pytest.raises(InputError) as caught:
        geo.export(mentions, tmp_path / "m.csv", round=decimals)
    assert str(caught.value) == (
        f"coordinates cannot be rounded to {decimals} decimals; give a number from 0 to 6, such "
        "as 2 for about 1 km"
    )
