import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

import geo
from geo.columns import CANDIDATE_COLUMNS
from geo.errors import InputError, OutputError
from geo.exports.readers import read_candidates, read_mentions
from geo.exports.texts import csv_text, write_mentions
from geo.files import write_folder, write_text
from geo.geocoding import resolve
from geo.records import Article
from geo.rows import holds_mentions
from geo.tables import candidate_table

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
    write_mentions(mentions, path)
    assert_geodataframe_equal(geo.read_mentions(path), mentions)


def test_no_cell_becomes_a_formula(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_mentions(mentions, tmp_path / "m.csv")
    cells = pd.read_csv(tmp_path / "m.csv", dtype=str)[["outlet", "context"]].iloc[-1].tolist()
    assert cells == ["'+1 News", f"'{FORMULA}"]


def test_negative_numbers_stay_numbers() -> None:
    assert csv_text(pd.DataFrame({"latitude": [-8.5]})) == "latitude\n-8.5\n"


def test_geojson_is_longitude_first(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_mentions(mentions, tmp_path / "m.geojson")
    features = json.loads((tmp_path / "m.geojson").read_text())["features"]
    assert features[0]["geometry"] is None
    assert features[1]["geometry"]["coordinates"] == [39.93048, 48.05133]


def test_an_unknown_format_is_said(mentions: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match=r"unknown format '.xls'; end the name in .csv, .jsonl"):
        write_mentions(mentions, "m.xls")


def test_a_table_of_no_mentions_is_read_back(tmp_path: Path) -> None:
    write_mentions(geo.geocode([]), tmp_path / "m.jsonl")
    assert geo.read_mentions(tmp_path / "m.jsonl").empty


def test_an_unknown_column_is_said(mentions: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    write_mentions(mentions, path)
    path.write_text(path.read_text().replace("surface", "surfac", 1))
    with pytest.raises(
        InputError,
        match=r"m.csv, line 1: unknown column 'surfac'; remove or rename it; did you mean",
    ):
        geo.read_mentions(path)


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("48.05133", "north", r"line 3, column latitude: 'north' is no number from -90 to 90"),
        ("48.05133", "148.05", r"line 3, column latitude: '148.05' is no number from -90 to 90"),
        ("literal", "literally", r"line \d, column role: 'literally' is not one of literal, asso"),
        ("machine", "verifed", r"line 2, column status: 'verifed' is not one of machine, ver"),
        ("2014-08-04", "4 August", r"line 2, column published_date: '4 August' is no date"),
    ],
)
def test_a_wrong_value_of_an_edited_table_is_said(
    mentions: gpd.GeoDataFrame, tmp_path: Path, good: str, bad: str, message: str
) -> None:
    path = tmp_path / "m.csv"
    write_mentions(mentions, path)
    path.write_text(path.read_text().replace(good, bad, 1))
    with pytest.raises(InputError, match=message):
        geo.read_mentions(path)


@pytest.mark.parametrize("text", ["{}", '{"features": [{}]}', "[1]", "{"])
def test_what_is_no_table_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=r"m.geojson"):
        geo.read_mentions(path)


def test_articles_are_no_mention_table(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text("text,outlet\nHi,RT\n")
    assert not holds_mentions(path)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "m.csv"
    with pytest.raises(OutputError) as caught:
        write_text(path, "")
    assert str(caught.value) == (
        f"cannot write {path}: there is no folder {path.parent}; make it first"
    )


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "m.csv").mkdir()
    with pytest.raises(OutputError, match="Is a directory; free space or choose another place"):
        write_text(tmp_path / "m.csv", "")
    assert [path.name for path in tmp_path.iterdir()] == ["m.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "m.csv")
    write_text(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "m.csv").read_text() == "new"


def test_what_breaks_off_the_writing_of_a_folder_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rename = tmp_path / "package", Path.rename
    write_folder(folder, {"sign": b"old"}, sign="sign", known=["sign"])

    def broken_off(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, {"sign": b"new"}, sign="sign", known=["sign"])
    assert (folder / "sign").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [folder]


def test_candidates_come_back_as_they_were_written(tmp_path):
    resolved = resolve([Article("a", "Shells fell on Donetsk.", outlet="A")])
    candidates = candidate_table(resolved)
    (tmp_path / "c.csv").write_text(csv_text(candidates), encoding="utf-8")
    back = read_candidates(tmp_path / "c.csv")
    assert back["place_id"].tolist() == candidates["place_id"].tolist()
    assert back["score"].tolist() == candidates["score"].tolist()


def test_a_wrong_candidate_is_named(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(f"{','.join(CANDIDATE_COLUMNS)}\na,1,p,P,settlement,UA,,91,30,0.5\n")
    with pytest.raises(InputError) as caught:
        read_candidates(path)
    assert str(caught.value) == (
        f"{path}, line 2, column latitude: '91' is no number from -90 to 90; "
        "write a decimal number such as 48.57"
    )


def test_a_table_from_before_titles_and_languages_is_read(tmp_path):
    mentions = geo.geocode([Article("a", "Shells fell on Donetsk.", outlet="A", title="T")])
    write_mentions(mentions, tmp_path / "m.csv")
    old = pd.read_csv(tmp_path / "m.csv", dtype=str).drop(columns=["title", "url", "language"])
    old.to_csv(tmp_path / "old.csv", index=False)
    read = read_mentions(tmp_path / "old.csv")
    assert (read["title"].tolist(), read["language"].tolist()) == ([None], [None])
