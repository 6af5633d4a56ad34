"""Decisions: applied on every run, anchored by their sentence, never lost."""

from pathlib import Path

import pytest
from geopandas import GeoDataFrame

import geo
from geo.decisions import (
    ALL,
    ARTICLE,
    CORRECTED,
    MENTION,
    OUTLET,
    REJECTED,
    UNRESOLVABLE,
    VERIFIED,
    Decision,
    apply_decisions,
    merge_decisions,
    read_decisions,
    write_decisions,
)
from geo.errors import InputError
from geo.gazetteer import Gazetteer

RUBIZHNE, VILLAGE = "gn:695866", "gn:695865"
SENTENCE = "Shells fell on Rubezhnoye at night."
TEXT = f"Calm in Luhansk. {SENTENCE} Rubezhnoye burns."


def mentions(*texts: str, outlet: str = "A") -> GeoDataFrame:
    return geo.geocode([geo.Article(f"a{n}", text, outlet) for n, text in enumerate(texts)])


def corrected(scope: str = MENTION, **given: object) -> Decision:
    fields = {"article_id": "a0", "outlet": "A", "context": SENTENCE, "place_id": "gn:709717"}
    return Decision(scope, CORRECTED, "Rubezhnoye", **(fields | given))  # type: ignore[arg-type]


def places(table: GeoDataFrame) -> list[tuple[str, str, str]]:
    rows = table[table["surface"] == "Rubezhnoye"]
    return list(zip(rows["article_id"], rows["place_name"], rows["status"], strict=True))


def test_a_decision_on_a_mention_is_about_that_mention_alone(gazetteer: Gazetteer) -> None:
    table, orphans = apply_decisions(mentions(TEXT, TEXT), [corrected()], gazetteer)
    assert orphans == []
    assert places(table) == [
        ("a0", "Donetsk", "corrected"),
        ("a0", "Rubizhne", "machine"),
        ("a1", "Rubizhne", "machine"),
        ("a1", "Rubizhne", "machine"),
    ]
    assert table.geometry.x.round(1).tolist()[1] == 37.8


def test_an_edit_elsewhere_keeps_it_and_a_deleted_sentence_orphans_it(gazetteer: Gazetteer) -> None:
    edited = mentions(f"New words come first. {TEXT}")
    table, orphans = apply_decisions(edited, [corrected()], gazetteer)
    assert places(table)[0] == ("a0", "Donetsk", "corrected")
    table, orphans = apply_decisions(mentions(TEXT.replace(SENTENCE, "")), [corrected()], gazetteer)
    assert places(table) == [("a0", "Rubizhne", "machine")]
    assert [(one.decision, "gone" in one.why) for one in orphans] == [(corrected(), True)]


def test_decisions_about_articles_that_are_not_here_are_no_orphans(gazetteer: Gazetteer) -> None:
    _, orphans = apply_decisions(mentions(TEXT), [corrected(article_id="other")], gazetteer)
    assert orphans == []


@pytest.mark.parametrize(
    ("scope", "given", "n"),
    [(ARTICLE, {}, 2), (OUTLET, {}, 4), (ALL, {}, 4), (OUTLET, {"outlet": "B"}, 0)],
)
def test_a_decision_on_a_name_holds_as_far_as_it_says(
    scope: str, given: dict[str, str], n: int, gazetteer: Gazetteer
) -> None:
    table, _ = apply_decisions(mentions(TEXT, TEXT), [corrected(scope, **given)], gazetteer)
    assert (table["status"] == "corrected").sum() == n


def test_the_narrowest_decision_counts_and_the_last_of_several(gazetteer: Gazetteer) -> None:
    decisions = [
        corrected(place_id="gn:703448"),
        corrected(),
        Decision(ALL, REJECTED, "rubezhnoye"),
    ]
    table, _ = apply_decisions(mentions(TEXT), decisions, gazetteer)
    assert [status for *_, status in places(table)] == ["corrected", "rejected"]
    assert places(table)[0][1] == "Donetsk"


def test_the_same_words_twice_in_a_sentence_are_told_apart(gazetteer: Gazetteer) -> None:
    text = "From Rubezhnoye to Rubezhnoye."
    decision = corrected(context=text, rank=2)
    table, _ = apply_decisions(mentions(text), [decision], gazetteer)
    assert [status for *_, status in places(table)] == ["machine", "corrected"]


def test_a_point_of_ones_own_and_no_place_at_all(gazetteer: Gazetteer) -> None:
    own = corrected(place_id="", place_name="Farm", latitude=48.5, longitude=38.25)
    none = Decision(ARTICLE, UNRESOLVABLE, "Luhansk", article_id="a0")
    table, _ = apply_decisions(mentions(TEXT), [own, none], gazetteer)
    first, second = table.iloc[0], table.iloc[1]
    assert first["place_id"] is None
    assert first.geometry is None
    assert (second["place_name"], second.geometry.y) == ("Farm", 48.5)


def test_a_verified_place_stays_whatever_the_machine_says(gazetteer: Gazetteer) -> None:
    verified = Decision(ALL, VERIFIED, "Rubezhnoye", place_id="gn:709717", who="Ann")
    table, _ = apply_decisions(mentions(TEXT), [verified], gazetteer)
    assert places(table)[0] == ("a0", "Donetsk", "verified")
    assert table["reason"].iloc[1] == "verified by Ann"


def test_a_place_that_no_gazetteer_has_is_said(gazetteer: Gazetteer) -> None:
    table, orphans = apply_decisions(mentions(TEXT), [corrected(place_id="x:1")], gazetteer)
    assert places(table)[0] == ("a0", "Rubizhne", "machine")
    assert "no place 'x:1'" in orphans[0].why


def test_a_table_of_decisions_comes_back_as_it_was(tmp_path: Path) -> None:
    decisions = [
        corrected(note="=1+1", who="@ann", decided="2026-11-22T10:00:00"),
        corrected(place_id="", latitude=48.5, longitude=38.25, context='two\nlines, "quoted"'),
        Decision(ALL, REJECTED, "-Rubezhnoye"),
    ]
    write_decisions(decisions, tmp_path / "decisions.csv")
    assert read_decisions(tmp_path / "decisions.csv") == decisions
    assert "'=1+1" in (tmp_path / "decisions.csv").read_text()
    assert read_decisions(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("here,verified,Kiev,,,,", "line 2, column scope: 'here' is not one of mention, article"),
        ("all,true,Kiev,,,,", "column status: 'true' is not one of verified"),
        ("all,verified,,,,,", "column surface: empty"),
        ("mention,verified,Kiev,a0,,,", "column context: empty"),
        ("all,corrected,Kiev,,,,", "corrected to what?"),
        ("all,corrected,Kiev,,,91,0", "column latitude: '91' is no number from -90"),
        ("all,corrected,Kiev,,,50,", "latitude without longitude"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(row: str, said: str, tmp_path: Path) -> None:
    table = tmp_path / "decisions.csv"
    table.write_text(f"scope,status,surface,article_id,context,latitude,longitude\n{row}\n")
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        read_decisions(table)


def test_two_peoples_decisions_merge_and_conflicts_are_listed() -> None:
    mine = [corrected(who="Ann"), Decision(ALL, REJECTED, "Kiev", who="Ann")]
    theirs = [
        corrected(who="Bob", place_id="gn:703448"),
        Decision(ALL, REJECTED, "KIEV", who="Bob"),
        Decision(ALL, VERIFIED, "Luhansk", who="Bob"),
    ]
    agreed, conflicts = merge_decisions([mine, theirs])
    assert [(one.surface, one.who) for one in agreed] == [("Kiev", "Ann"), ("Luhansk", "Bob")]
    assert [[one.who for one in conflict] for conflict in conflicts] == [["Ann", "Bob"]]
