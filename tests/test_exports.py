import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

import geo
from geo.errors import InputError, OutputError
from geo.exports import csv_text, is_mention_table
from geo.files import write_text
from geo.records import Article

FORMULA = '=HYPERLINK("x") was seen near Gukovo.'


@pytest.fixture(scope="module")
def mentions() -> gpd.GeoDataFrame:
    articles = [
        Article("a1", "Troops left Lugansk for Gukovo.", "RT", date(2014, 8, 4)),
        Article("a2", FORMULA, "+1 News"),
    ]
    table = geo.geocode(articles)
    table.loc[0, ["latitude", "longitude", "place_id", "geo_precision"]] = [None] * 4
    table.loc[0, "geometry"] = None
    return table


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".geojson"])
def test_what_is_written_is_read_back(
    mentions: gpd.GeoDataFrame, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"mentions{ending}"
    geo.write_mentions(mentions, path)
    assert_geodataframe_equal(geo.read_mentions(path), mentions)


def test_no_cell_becomes_a_formula(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.write_mentions(mentions, tmp_path / "m.csv")
    cells = pd.read_csv(tmp_path / "m.csv", dtype=str)[["outlet", "context"]].iloc[-1].tolist()
    assert cells == ["'+1 News", f"'{FORMULA}"]


def test_negative_numbers_stay_numbers() -> None:
    assert csv_text(pd.DataFrame({"latitude": [-8.5]})) == "latitude\n-8.5\n"


def test_geojson_is_longitude_first(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    geo.write_mentions(mentions, tmp_path / "m.geojson")
    features = json.loads((tmp_path / "m.geojson").read_text())["features"]
    assert features[0]["geometry"] is None
    assert features[1]["geometry"]["coordinates"] == [39.93048, 48.05133]


def test_an_unknown_format_is_said(mentions: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match=r"unknown format '.xls'; end the name in .csv, .jsonl"):
        geo.write_mentions(mentions, "m.xls")


def test_an_unknown_column_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    geo.write_mentions(mentions, path)
    path.write_text(path.read_text().replace("surface", "surfac", 1))
    with pytest.raises(InputError, match=r"m.csv, line 1: no column surface; add it"):
        geo.read_mentions(path)


def test_a_text_in_a_number_column_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    geo.write_mentions(mentions, path)
    path.write_text(path.read_text().replace("48.05133", "north", 1))
    with pytest.raises(
        InputError, match=r"is no mention table: .*north.*; make it with geo geocode"
    ):
        geo.read_mentions(path)


def test_articles_are_no_mention_table(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text("text,outlet\nHi,RT\n")
    assert not is_mention_table(path)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "m.csv"
    with pytest.raises(OutputError) as caught:
        write_text(path, "")
    assert str(caught.value) == (
        f"cannot write {path}: there is no folder {path.parent}; make it first"
    )


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert (path.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)
