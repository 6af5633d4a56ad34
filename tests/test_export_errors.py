"""What cannot be exported is said in one sentence, and nothing is left half written."""

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from helpers import ROOT, run_geo
from map_mentions import LUHANSK, mention, table

import geo
from geo.errors import InputError, OutputError


@pytest.fixture
def mentions() -> gpd.GeoDataFrame:
    row = mention("Lugansk", "RT", "2014-08-04", mention_id="a:0-7", gazetteer="curated")
    return table(row | LUHANSK)


@pytest.fixture
def path(mentions: gpd.GeoDataFrame, tmp_path: Path) -> Path:
    """Return a table in a file."""
    geo.export(mentions, tmp_path / "m.csv")
    return tmp_path / "m.csv"


def test_an_unknown_ending_is_said(mentions: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError) as caught:
        geo.export(mentions, "m.xls")
    assert str(caught.value) == (
        "cannot tell the format of 'm.xls' by its ending; end it in .csv, .jsonl, .geojson, "
        ".gpkg, .parquet, .json, .zip, or name a folder, or say which format it is with --format "
        "(in Python format=)"
    )


def test_an_unknown_format_is_said(mentions: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match=r"there is no format 'shp'; use one of csv, jsonl, "):
        geo.export(mentions, "m.csv", format="shp")


def test_a_format_may_be_named_whatever_the_ending(
    mentions: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    geo.export(mentions, tmp_path / "m.data", format="jsonl")
    assert (tmp_path / "m.data").read_text(encoding="utf-8").startswith('{"mention_id": "a:0-7"')


def test_an_ending_of_another_format_is_refused(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        geo.export(mentions, tmp_path / "m.csv", format="datapackage")
    assert str(caught.value) == (
        f"'{tmp_path / 'm.csv'}' ends as csv does, and is to be datapackage; choose another ending"
    )


def test_a_table_without_rows_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        geo.export(geo.geocode([]), tmp_path / "m.csv")
    assert str(caught.value) == (
        "the mention table holds no mention, so nothing was written; geocode articles that name "
        "places"
    )


def test_a_table_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the mention table lacks the columns mention_id, "):
        geo.export(gpd.GeoDataFrame({"name": ["x"]}), tmp_path / "m.csv")


def test_a_mention_that_comes_twice_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mention 'a:0-7' comes twice in the table; give each"):
        geo.export(pd.concat([mentions, mentions]), tmp_path / "m.csv")


def test_a_date_that_is_none_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        geo.export(mentions.assign(event_start_date="August"), tmp_path / "m.gpkg")
    assert str(caught.value) == (
        "mention 'a:0-7', column event_start_date: 'August' is no date; write YYYY-MM-DD"
    )


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "parquet", "zip"])
def test_mentions_without_any_place_are_exported(tmp_path: Path, ending: str) -> None:
    row = mention("Novorossiya", "RT", None, mention_id="a:0-11")
    geo.export(table(row), tmp_path / f"m.{ending}", round=1)
    assert (tmp_path / f"m.{ending}").exists()


def test_linked_places_need_a_place(tmp_path: Path) -> None:
    row = mention("Novorossiya", "RT", None, mention_id="a:0-11")
    with pytest.raises(InputError, match=r"no mention of the table has a place, so there are no"):
        geo.export(table(row), tmp_path / "p.lpf.json")
    assert list(tmp_path.iterdir()) == []


def test_a_time_that_is_none_is_said(
    mentions: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(InputError, match=r"SOURCE_DATE_EPOCH is 'yesterday', which is no time"):
        geo.export(mentions, tmp_path / "m.zip")


@pytest.mark.parametrize("ending", [".csv", ".gpkg", ".zip", ""])
def test_a_missing_folder_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "none" / f"m{ending}"
    with pytest.raises(OutputError) as caught:
        geo.export(mentions, path)
    assert str(caught.value) == (
        f"cannot write {path}: there is no folder {path.parent}; make it first"
    )
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_one_is_told_how_to_get_it(
    mentions: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InputError) as caught:
        geo.export(mentions, tmp_path / "m.parquet")
    assert str(caught.value) == (
        "GeoParquet needs the package pyarrow, which is not installed; install it with: "
        "pip install pyarrow"
    )


def test_a_byte_order_mark_is_for_csv(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.export(mentions, tmp_path / "m.csv", bom=True)
    assert (tmp_path / "m.csv").read_bytes().startswith(b"\xef\xbb\xbfmention_id,")
    assert len(geo.read_mentions(tmp_path / "m.csv")) == 1
    with pytest.raises(InputError, match=r"a byte order mark is for csv only, not for gpkg"):
        geo.export(mentions, tmp_path / "m.gpkg", bom=True)


def test_nul_and_half_characters_are_replaced(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    odd = mentions.assign(title="")
    # pandas' own texts cannot hold half a character, and articles' may.
    odd["context"] = pd.Series(["a\0b\ud800c"], dtype=object)
    for ending in ("csv", "jsonl", "geojson"):
        geo.export(odd, tmp_path / f"m.{ending}")
        read = geo.read_mentions(tmp_path / f"m.{ending}")
        assert (read["context"].item(), read["title"].item()) == ("a\ufffdb?c", None)


def test_half_a_character_in_json_lines_is_read(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.export(mentions.assign(context="HALF"), tmp_path / "m.jsonl")
    whole = (tmp_path / "m.jsonl").read_text(encoding="utf-8")
    (tmp_path / "m.jsonl").write_text(whole.replace("HALF", "\\ud800"), encoding="utf-8")
    assert geo.read_mentions(tmp_path / "m.jsonl")["context"].item() == "\ud800"


def test_an_older_package_is_replaced(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.export(mentions, tmp_path / "package")
    geo.export(mentions, tmp_path / "package", round=1)
    assert geo.read_mentions(tmp_path / "package/mentions.csv")["latitude"].item() == 48.6
    assert [one.name for one in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize("name", ["mine.txt", "mentions.csv"])
def test_a_folder_of_other_files_is_left_alone(
    mentions: gpd.GeoDataFrame, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match=f"the folder holds {name!r} already; name a new folder"):
        geo.export(mentions, tmp_path)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["mine"]


def test_the_command_writes_what_the_function_writes(path: Path, tmp_path: Path) -> None:
    done = run_geo("export", path, "-o", tmp_path / "m.geojson", "--round", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"1 mention of 1 place, in 1 article on 1 outlet-and-date layer: {tmp_path / 'm.geojson'}\n"
    )
    assert gpd.read_file(tmp_path / "m.geojson").geometry.item().y == 48.6


@pytest.mark.parametrize(
    ("output", "options", "message"),
    [
        ("m.xls", [], "cannot tell the format of"),
        ("none/m.gpkg", [], "there is no folder"),
        ("m.csv", [], "is read or written by this command too"),
        ("m.gpkg", ["--bom"], "a byte order mark is for csv only"),
        ("m.gpkg", ["--round", "9"], "coordinates cannot be rounded to 9 decimals"),
        ("m.gpkg", ["--format", "shp"], "there is no format 'shp'"),
        ("n.csv", ["--format", "datapackage"], "ends as csv does, and is to be datapackage"),
        ("", [], "holds a table that this command reads; name another folder"),
    ],
)
def test_a_wrong_call_is_told_before_anything_is_read(
    path: Path, tmp_path: Path, output: str, options: list[str], message: str
) -> None:
    done = run_geo("export", path, "-o", tmp_path / output, *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "message"),
    [("mention_id\n", "no column article_id"), ("{", "unknown column '{'"), ("", "is empty")],
)
def test_a_table_that_cannot_be_read_is_said(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "m.csv").write_text(text)
    done = run_geo("export", tmp_path / "m.csv", "-o", tmp_path / "m.gpkg")
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "m.gpkg").exists()


def test_own_places_give_a_package_their_names(tmp_path: Path) -> None:
    places = tmp_path / "my-places.csv"
    places.write_text(
        "id,title,types,lon,lat,variants\nmy:1,Nowa Wioska,settlement,38.9,48.6,Nova@uk\n"
    )
    text = b"Smoke rose over Nowa Wioska."
    run_geo("geocode", "-", "--places", places, "-o", tmp_path / "m.csv", stdin=text)
    done = run_geo("export", tmp_path / "m.csv", "-o", tmp_path / "p", "--places", places)
    assert done.returncode == 0
    assert "Nova@uk" in (tmp_path / "p" / "places.csv").read_text(encoding="utf-8")


def test_the_corpus_is_exported(tmp_path: Path) -> None:
    mentions = geo.geocode(geo.read_articles([ROOT / "data" / "articles"]))
    geo.export(mentions, tmp_path / "m.gpkg")
    assert len(gpd.read_file(tmp_path / "m.gpkg", layer="mentions")) == len(mentions)
