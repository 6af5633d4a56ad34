"""A place of one's own, added in a review: kept in `places.csv`, chosen from then on."""

from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest
from helpers import Decided

import geo
from geo.decisions import Decision
from geo.errors import GazetteerError, InputError
from geo.files import locked
from geo.gazetteer import Gazetteer
from geo.gazetteer.curated import COLUMNS, read_places
from geo.gazetteer.own_places import Added, add_place, find_table, take_back
from geo.review import Review, Save
from geo.tables import CANDIDATE_COLUMNS

HEADER = ",".join(COLUMNS)
MINE = "id,title,types,lon,lat,variants\nmy:1,\tFarm ,settlement,38.0,48.0,"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "places.csv"


def add(table: Path, name: str, surface: str = "") -> geo.Place:
    return add_place(table, name, "settlement", 48.57, 39.31, surface=surface).place


def test_a_new_table_has_the_columns_of_ours(table: Path) -> None:
    add(table, "Nowa Wioska", "Новая Вёска")
    assert table.read_text(encoding="utf-8").splitlines() == [
        HEADER,
        "own:nowa-wioska,Nowa Wioska,,settlement,UA,,Новая Вёска,39.31,48.57,,,",
    ]


@pytest.mark.parametrize(
    "before",
    [
        f"{MINE}\n",
        MINE,
        f"{MINE}\n".replace("\n", "\r\n"),
        f"\ufeff{MINE}\n",
        f'{MINE}"two\nlines"\n',
    ],
)
def test_what_is_there_stays_byte_for_byte(before: str, table: Path) -> None:
    table.write_bytes(before.encode())
    added = add_place(table, 'A "quoted", name', "site", 48.57, 39.31)
    assert table.read_bytes().startswith(before.encode())
    assert [place.name for place in read_places(table)] == ["Farm", 'A "quoted", name']
    take_back(table, added)
    assert table.read_bytes() == before.encode()


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Калинове", "own:kalynove"),
        ("Подъёмный", "own:podemnyi"),
        ("Łódź-West", "own:odz-west"),
        ("北京", "own:place"),
        ("FARM", "own:farm"),
    ],
)
def test_an_id_is_made_from_the_name(name: str, place_id: str, table: Path) -> None:
    assert add(table, name).place_id == place_id


def test_ids_are_unique(table: Path) -> None:
    assert [add(table, "Farm").place_id for _ in range(3)] == [
        "own:farm",
        "own:farm-2",
        "own:farm-3",
    ]


@pytest.mark.parametrize("surface", ["FARM", "Farm", "Farm; Yard", "me@farm", ""])
def test_no_variant_that_says_nothing_new_or_would_not_come_back(surface: str, table: Path) -> None:
    assert add(table, "Farm", surface).names == ("Farm",)


def test_a_case_of_the_name_is_no_variant(table: Path) -> None:
    assert add(table, "Калинове", "Калиновому").names == ("Калинове",)


@pytest.mark.parametrize("edit", [(b"48.57", b"48.567"), (b"own:farm", b"my-own:farm")])
def test_a_line_that_was_changed_since_stays(edit: tuple[bytes, bytes], table: Path) -> None:
    table.write_text(f"{HEADER}\na,A,,site,,,,2,1,,,")
    added = add_place(table, "Farm", "site", 48.57, 39.31)
    edited = table.read_bytes().replace(*edit)
    table.write_bytes(edited)
    take_back(table, added)
    assert table.read_bytes() == edited


def test_at_sea_is_no_country(table: Path) -> None:
    assert add_place(table, "Buoy", "site", 0.0, 0.0).place.country_code == ""


def test_half_a_character_does_not_stop_it(table: Path) -> None:
    assert add(table, "Farm\ud800").name == "Farm?"


def test_a_table_that_is_gone_has_nothing_to_take_back(table: Path) -> None:
    added = add_place(table, "Farm", "site", 48.57, 39.31)
    table.unlink()
    take_back(table, added)
    assert not table.exists()


def test_no_cell_becomes_a_formula(table: Path) -> None:
    place = add(table, "=HYPERLINK(1)", "@SUM\nx")
    assert place.names == ("=HYPERLINK(1)",)
    assert "'=HYPERLINK(1)" in table.read_text()
    assert add(table, "Farm", "-Yard").names == ("Farm", "-Yard")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{MINE}\nmy:2,Yard,castle,38,48,\n", "line 3, column types: 'castle' is no kind"),
        (MINE.replace(",variants", ""), "line 2: 6 cells where the header has 5"),
        ("id,title,types,lon,lat\n", "line 1: no column variants, which 'Hof' needs"),
        ("", "is empty"),
    ],
)
def test_a_table_that_cannot_take_it_is_left_alone(content: str, said: str, table: Path) -> None:
    table.write_text(content)
    with pytest.raises(GazetteerError, match=said):
        add(table, "Farm", "Hof")
    assert table.read_text() == content


def test_a_table_in_another_encoding_is_left_alone(table: Path) -> None:
    table.write_bytes(f"{MINE}\n".encode("utf-16"))
    with pytest.raises(GazetteerError, match="is not UTF-8; save it as UTF-8"):
        add(table, "Farm")


@pytest.mark.parametrize(
    ("name", "kind", "latitude", "said"),
    [
        (" !? ", "site", 1.0, "'!\\?' is no name"),
        ("Farm", "castle", 1.0, "'castle' is no kind; use one of settlement"),
        ("Farm", "site", 91.0, "91.0, 2.0 is no point"),
        ("Farm", "site", float("nan"), "nan, 2.0 is no point"),
    ],
)
def test_what_is_no_place_is_said(
    name: str, kind: str, latitude: float, said: str, table: Path
) -> None:
    with pytest.raises(InputError, match=said):
        add_place(table, name, kind, latitude, 2.0)
    assert not table.exists()


def test_while_another_changes_the_table_it_is_waited_for(table: Path) -> None:
    adding = Thread(target=add, args=(table, "Farm"))
    with locked(table):
        adding.start()
        adding.join(0.3)
        table.write_text(f"{MINE}\n")
    adding.join()
    assert [place.place_id for place in read_places(table)] == ["my:1", "own:farm"]


def test_another_table_of_that_name_is_left_alone(table: Path) -> None:
    table.write_text("city,mayor\nKyiv,X\n")
    with pytest.warns(UserWarning, match="unknown column 'city'.*is not used"):
        assert find_table(table.parent) is None


# ---- in a review ----

TEXT = "Smoke rose over Nowa Wioska. Shells fell on Rubezhnoye. Calm in Nowa Wioska."


def review(
    gazetteer: Gazetteer, table: Path, saved: Save, text: str = TEXT, **settings: Any
) -> Review:
    """Return a review of a text whose names no gazetteer has."""
    mentions = geo.geocode([geo.Article("a", text)], gazetteer=gazetteer)
    candidates = pd.DataFrame(columns=list(CANDIDATE_COLUMNS))
    known = list(saved) if isinstance(saved, Decided) else []
    settings |= {"save": saved, "places": table, "who": "Ann"}
    return Review(mentions, candidates, known, gazetteer, **settings)


def row_of(review: Review, surface: str) -> dict[str, Any]:
    return next(row for row in review.remaining if row["surface"] == surface)


def test_a_new_place_is_what_the_mention_means(gazetteer: Gazetteer, table: Path) -> None:
    saved = Decided()
    one = review(gazetteer, table, saved)
    place = one.add_place(row_of(one, "Nowa Wioska"), "Nowa Wioska", "settlement", 48.6, 38.9)
    assert [(d.status, d.place_id, d.scope) for d in saved] == [
        ("corrected", place.place_id, "mention")
    ]


def test_it_is_a_choice_for_its_names_at_once(gazetteer: Gazetteer, table: Path) -> None:
    one = review(gazetteer, table, Decided())
    row = row_of(one, "Nowa Wioska")
    place = one.add_place(row, "Rubezhnoye", "settlement", 48.6, 38.9)
    for surface in ("Rubezhnoye", "Nowa Wioska"):
        assert one.choices(row_of(one, surface))[0].place == place


def test_undo_takes_the_place_back_too(gazetteer: Gazetteer, table: Path) -> None:
    saved = Decided()
    one = review(gazetteer, table, saved)
    row = row_of(one, "Nowa Wioska")
    place = one.add_place(row, "Nowa Wioska", "settlement", 48.6, 38.9)
    one.choose(row_of(one, "Nowa Wioska"), place)
    one.undo()
    assert "own:nowa-wioska" in table.read_text()
    one.undo()
    assert table.read_text() == f"{HEADER}\n"
    assert (saved, one.choices(row)) == ([], [])


def test_nothing_is_added_when_the_decision_cannot_be(gazetteer: Gazetteer, table: Path) -> None:
    one = review(gazetteer, table, Decided())
    with pytest.raises(InputError, match="this article has no outlet"):
        one.add_place(row_of(one, "Nowa Wioska"), "Farm", "site", 48.6, 38.9, scope="outlet")
    assert not table.exists()


def test_nothing_is_added_when_the_decision_cannot_be_saved(
    gazetteer: Gazetteer, table: Path
) -> None:
    def fail(**_: object) -> list[Decision]:
        raise OSError("disk full")

    one = review(gazetteer, table, fail)
    row = row_of(one, "Nowa Wioska")
    with pytest.raises(OSError, match="disk full"):
        one.add_place(row, "Nowa Wioska", "site", 48.6, 38.9)
    assert table.read_text() == f"{HEADER}\n"
    assert one.choices(row) == []


def test_undo_takes_it_back_in_a_review_opened_since(gazetteer: Gazetteer, table: Path) -> None:
    saved, added = Decided(), dict[Decision, Added]()
    one = review(gazetteer, table, saved, added=added)
    one.add_place(row_of(one, "Nowa Wioska"), "Nowa Wioska", "settlement", 48.6, 38.9)
    again = review(geo.load_gazetteer(table), table, saved, added=added)
    assert again.undo() == "corrected 'Nowa Wioska'"
    assert table.read_text() == f"{HEADER}\n"


def test_undo_leaves_a_place_that_somebody_else_means_too(
    gazetteer: Gazetteer, table: Path
) -> None:
    saved = Decided()
    one = review(gazetteer, table, saved)
    row = row_of(one, "Nowa Wioska")
    place = one.add_place(row, "Nowa Wioska", "settlement", 48.6, 38.9)
    saved(add=[Decision("all", "corrected", "Luhansk", place_id=place.place_id, who="Bob")])
    assert one.undo().endswith("own:nowa-wioska is still in your table of places")
    again = one.add_place(row, "Nowa Wioska", "settlement", 50.0, 30.0)
    assert again.place_id == "own:nowa-wioska-2"


def test_an_id_that_a_decision_has_is_given_to_no_other_place(
    gazetteer: Gazetteer, table: Path
) -> None:
    saved = Decided([Decision("all", "corrected", "Luhansk", place_id="own:farm", who="Bob")])
    one = review(gazetteer, table, saved)
    row = row_of(one, "Nowa Wioska")
    assert one.add_place(row, "Farm", "site", 48.6, 38.9).place_id == "own:farm-2"


def test_the_next_run_chooses_it_in_new_text(gazetteer: Gazetteer, table: Path) -> None:
    one = review(gazetteer, table, Decided())
    row = row_of(one, "Nowa Wioska")
    one.add_place(row, "Paris", "settlement", 48.6, 38.9)
    article = geo.Article("b", "Shells fell on Paris. A column left Nowa Wioska.")
    mentions = geo.geocode([article], gazetteer=geo.load_gazetteer(table))
    assert mentions["place_id"].tolist() == ["own:paris", "own:paris"]


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Shells fell on San Antonio.", "own:san-antonio"),
        ("Shells fell on San Antonio, Texas.", "gn:4726206"),
    ],
)
def test_it_wins_over_all_namesakes_unless_the_text_says_which(
    text: str, place_id: str, table: Path
) -> None:
    add(table, "San Antonio")
    mentions = geo.geocode([geo.Article("a", text)], gazetteer=geo.load_gazetteer(table))
    assert mentions["place_id"][0] == place_id


def test_it_is_known_in_its_other_cases(gazetteer: Gazetteer, table: Path) -> None:
    text = "Бои под Новой Вёской. Взрывы в Новой Вёске."
    one = review(gazetteer, table, Decided(), text)
    first, second = one.remaining
    one.add_place(first, "Новая Вёска", "settlement", 48.6, 38.9)
    assert one.choices(second)[0].place.place_id == "own:novaya-veska"
    one.undo()
    one.add_place(first, "Новая Вёска", "settlement", 48.6, 38.9, scope="all")
    assert one.remaining == []
