"""Decisions: applied on every run, anchored by their sentence, never lost."""

import unicodedata
from pathlib import Path
from threading import Thread

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
    apply_and_tell,
    apply_decisions,
    change_decisions,
    merge_decisions,
    read_decisions,
    write_decisions,
)
from geo.errors import InputError
from geo.files import locked
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


@pytest.mark.parametrize("status", [REJECTED, UNRESOLVABLE])
def test_what_is_no_place_has_no_point_and_no_score(status: str, gazetteer: Gazetteer) -> None:
    table, _ = apply_decisions(
        mentions("Calm in Luhansk."), [Decision(ALL, status, "Luhansk")], gazetteer
    )
    row = table.iloc[0]
    assert (row["place_id"], row.geometry, row["score"]) == (None, None, 0.0)


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
        ("all,corrected,Kiev,,,,", "corrected as what?"),
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


RUSSIAN = "Взрывы в Рубежном. Рубежное горит. Бои у Рубежного."


@pytest.mark.parametrize("surface", ["Рубежное", "Рубежном", "РУБЕЖНОГО"])
@pytest.mark.parametrize("status", [CORRECTED, VERIFIED, REJECTED, UNRESOLVABLE])
@pytest.mark.parametrize("scope", [ARTICLE, OUTLET, ALL])
def test_a_decision_on_a_name_holds_for_all_its_cases(
    surface: str, status: str, scope: str, gazetteer: Gazetteer
) -> None:
    place = "gn:709717" if status in (CORRECTED, VERIFIED) else ""
    decision = Decision(scope, status, surface, "a0", "A", place_id=place)
    table, _ = apply_decisions(mentions(RUSSIAN), [decision], gazetteer)
    assert table["status"].tolist() == [status] * 3


def test_a_decision_on_a_mention_is_not_about_its_other_cases(gazetteer: Gazetteer) -> None:
    decision = Decision(MENTION, REJECTED, "Рубежном", "a0", context="Взрывы в Рубежном.")
    table, _ = apply_decisions(mentions(RUSSIAN), [decision], gazetteer)
    assert table["status"].tolist() == ["rejected", "machine", "machine"]


def test_a_ukrainian_name_has_cases_too(gazetteer: Gazetteer) -> None:
    decision = Decision(ALL, REJECTED, "Маріуполь")
    table, _ = apply_decisions(mentions("Вибухи у Маріуполі."), [decision], gazetteer)
    assert table["status"].tolist() == ["rejected"]


@pytest.mark.parametrize(
    ("surface", "text"),
    [
        ("Донецк", "Бои в Донецкой области."),
        ("Донецка", "Бои в Донецкой области."),
        ("Донецкая область", "Бои под Донецком."),
        ("Киев", "Бои в Киевской области."),
        ("Киевская область", "Взрывы в Киеве."),
        ("Рубежный", "Взрывы в Рубежном."),
        ("Kiev", "Взрывы в Киеве."),
    ],
)
def test_a_decision_on_a_name_leaves_other_names_alone(
    surface: str, text: str, gazetteer: Gazetteer
) -> None:
    table, _ = apply_decisions(mentions(text), [Decision(ALL, REJECTED, surface)], gazetteer)
    assert table["status"].tolist() == ["machine"]


def test_the_very_words_count_before_another_case(gazetteer: Gazetteer) -> None:
    decisions = [Decision(ALL, REJECTED, "Рубежном"), Decision(ALL, UNRESOLVABLE, "Рубежное")]
    table, _ = apply_decisions(mentions(RUSSIAN), decisions, gazetteer)
    assert table["status"].tolist() == ["rejected", "unresolvable", "unresolvable"]


def test_a_decision_that_only_another_case_is_left_of_is_no_orphan(gazetteer: Gazetteer) -> None:
    decision = Decision(ARTICLE, REJECTED, "Рубежное", "a0")
    _, orphans = apply_decisions(mentions("Взрывы в Рубежном."), [decision], gazetteer)
    assert orphans == []


def test_two_people_at_one_table_lose_nothing_of_each_other(tmp_path: Path) -> None:
    table = tmp_path / "decisions.csv"
    ann, bob = corrected(who="Ann"), corrected(ALL, who="Bob")
    change_decisions(table, add=[ann])
    change_decisions(table, add=[bob])
    change_decisions(table, remove=[ann])
    assert read_decisions(table) == [bob]


def test_an_article_that_names_no_place_any_more_orphans_its_decisions(
    gazetteer: Gazetteer,
) -> None:
    none_left = mentions("Nothing.", "Calm in Kiev.")
    _, orphans = apply_decisions(none_left, [corrected()], gazetteer, article_ids=["a0", "a1"])
    assert [one.decision for one in orphans] == [corrected()]


def test_while_another_changes_the_table_it_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    adding = Thread(target=change_decisions, args=(path,), kwargs={"add": [corrected()]})
    with locked(path):
        adding.start()
        adding.join(0.3)
        write_decisions([corrected(ALL)], path)
    adding.join()
    assert read_decisions(path) == [corrected(ALL), corrected()]


def test_what_could_not_be_used_is_told_in_sentences(gazetteer: Gazetteer) -> None:
    decisions = [corrected(), corrected(article_id="a9"), corrected(ALL)]
    articles = [geo.Article("a0", "Nothing.")]
    _, said = apply_and_tell(mentions("Nothing."), decisions, gazetteer, articles)
    assert said == [
        f"the decision on 'Rubezhnoye' in 'a0' ({SENTENCE!r}) was not used: its sentence, or the "
        "name in it, is gone; it is kept",
        "decisions about articles that were not read: 1 ('a9'); they are kept",
    ]


def test_verified_and_corrected_as_one_place_agree() -> None:
    one, other = corrected(ALL), Decision(ALL, VERIFIED, "Rubezhnoye", place_id="gn:709717")
    assert merge_decisions([[one], [other]]) == ([one], [])
    near = [Decision(ALL, CORRECTED, "X", latitude=y, longitude=1.0) for y in (48.5, 48.50000001)]
    assert merge_decisions([[near[0]], [near[1]]])[1] == []


def test_an_unknown_place_is_told_once_and_a_wider_decision_holds(gazetteer: Gazetteer) -> None:
    unknown, known = corrected(ARTICLE, place_id="my:9"), corrected(ALL)
    table, orphans = apply_decisions(mentions(TEXT), [unknown, known], gazetteer)
    assert [one.why for one in orphans] == ["the gazetteer has no place 'my:9'"]
    assert {place for _, place, _ in places(table)} == {"Donetsk"}


def test_cells_as_spreadsheets_and_people_write_them(tmp_path: Path) -> None:
    table = tmp_path / "decisions.csv"
    table.write_text("scope,status,surface,place_id,,\n All,Corrected,Kiev, gn:709717 ,,\n")
    (decision,) = read_decisions(table)
    assert (decision.scope, decision.status, decision.place_id) == (ALL, CORRECTED, "gn:709717")
    table.write_text("")
    assert read_decisions(table) == []


def test_another_way_to_store_accents_is_the_same_sentence(gazetteer: Gazetteer) -> None:
    cafe = unicodedata.normalize("NFC", "Shells fell on a café in Rubezhnoye.")
    decision = corrected(context=cafe)
    text = unicodedata.normalize("NFD", cafe)
    assert apply_decisions(mentions(text), [decision], gazetteer)[1] == []


def test_columns_of_the_users_own_stay(gazetteer: Gazetteer) -> None:
    own = mentions(TEXT).assign(team="east")
    assert apply_decisions(own, [corrected()], gazetteer)[0]["team"].tolist() == ["east"] * 3
