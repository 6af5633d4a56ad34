import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, SHARED

from geo.errors import InputError
from geo.evaluate import (
    Errors,
    GoldSpans,
    as_prediction,
    by_group,
    kind_in,
    match,
    read_gold,
    score,
    type_of,
    worst_errors,
    write_predictions,
)
from geo.gazetteer import Gazetteer
from geo.geocoding import resolve

TEXT = "Kyiv and Lviv"
KYIV = {"start": 0, "end": 4, "surface": "Kyiv", "lat": 50.45, "lon": 30.52, "role": "literal"}
LVIV = {"start": 9, "end": 13, "surface": "Lviv", "lat": 49.84, "lon": 24.02}
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")


def write_gold(tmp_path: Path, *toponyms: dict[str, Any], text: str = TEXT) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "d", "text": text, "toponyms": toponyms}) + "\n")
    return path


def report_of(
    tmp_path: Path,
    gold: list[dict[str, Any]],
    found: list[dict[str, Any]],
    gazetteer: Gazetteer | None = None,
) -> Any:
    documents = read_gold(write_gold(tmp_path, *gold))
    return score(documents, [{"doc": "d", "toponyms": found}], gazetteer=gazetteer)


def errors_of(tmp_path: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Errors:
    documents = read_gold(write_gold(tmp_path, *gold))
    return worst_errors(match(documents, [{"doc": "d", "toponyms": found}]), limit=5)


def test_all_right_is_one(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV, LVIV], [KYIV, LVIV])
    assert (report.f1, report.accuracy_161, report.f1_161, report.role_accuracy) == (1, 1, 1, 1)


def test_a_miss_costs_recall(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV, LVIV], [KYIV])
    assert (report.precision, report.recall) == (1, 0.5)


def test_a_far_point_counts_as_found_but_not_end_to_end(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [KYIV | {"lat": 0}])
    assert (report.f1, report.f1_161) == (1, 0)


def test_an_unresolved_hit_is_counted_apart(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [KYIV | {"lat": None, "lon": None}])
    assert report.unresolved == 1
    assert math.isnan(report.accuracy_161)
    assert report.accuracy_161_all == 0


def test_one_same_letter_is_an_overlap(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [KYIV | {"start": 3, "end": 8}])
    assert (report.f1, report.f1_overlap, report.f1_161, report.f1_161_overlap) == (0, 1, 0, 1)


def test_an_overlap_counts_once(tmp_path: Path) -> None:
    whole = KYIV | {"end": 13, "surface": TEXT}
    report = report_of(tmp_path, [whole], [KYIV, LVIV])
    assert (report.precision_overlap, report.recall_overlap) == (0.5, 1)


def test_an_overlap_far_off_is_not_right(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [KYIV | {"end": 8, "lat": 0}])
    assert (report.f1_overlap, report.f1_161_overlap) == (1, 0)


def test_what_lies_on_gold_without_a_point_is_ignored_end_to_end(tmp_path: Path) -> None:
    nowhere = KYIV | {"lat": None, "lon": None}
    report = report_of(tmp_path, [nowhere, LVIV], [KYIV, LVIV])
    assert report.f1_161 == 1


def test_what_lies_on_both_is_ignored_unless_it_is_exact(tmp_path: Path) -> None:
    nowhere = {"start": 0, "end": 13, "surface": TEXT, "lat": None, "lon": None}
    assert report_of(tmp_path, [nowhere, LVIV], [LVIV]).f1_161 == 1
    assert report_of(tmp_path, [nowhere, LVIV], [LVIV | {"end": 12}]).f1_161_overlap == 0


def test_of_two_on_one_span_the_one_with_a_point_is_kept(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV | {"lat": None, "lon": None}, KYIV], [KYIV])
    assert (report.gold, report.f1_161) == (1, 1)


def test_a_country_around_the_gold_point_is_right(tmp_path: Path, gazetteer: Gazetteer) -> None:
    mariupol = LVIV | {"lat": 47.1, "lon": 37.5}
    ukraine = LVIV | {"lat": 49.0, "lon": 32.0, "place_id": "gn:690791"}
    report = report_of(tmp_path, [mariupol], [ukraine], gazetteer)
    assert (report.accuracy_161, report.accuracy_area) == (0, 1)


def test_a_place_of_another_gazetteer_has_no_area(tmp_path: Path, gazetteer: Gazetteer) -> None:
    report = report_of(tmp_path, [LVIV], [LVIV | {"lat": 0, "place_id": "x:1"}], gazetteer)
    assert report.accuracy_area == 0


def test_scores_are_compared_with_being_right(tmp_path: Path) -> None:
    found = [KYIV | {"score": 0.9}, LVIV | {"score": 0.6, "lat": 0}]
    report = report_of(tmp_path, [KYIV, LVIV], found)
    assert report.calibration_error == pytest.approx((0.1 + 0.6) / 2)
    assert report.roc_auc == 1


def test_a_score_on_two_gold_toponyms_is_right_for_one(tmp_path: Path) -> None:
    both = KYIV | {"end": 13, "score": 0.75}
    far = LVIV | {"lat": 0}
    assert report_of(tmp_path, [KYIV, far], [both]).calibration_error == 0.25


def test_without_scores_there_is_no_line_of_them(tmp_path: Path) -> None:
    assert "score" not in report_of(tmp_path, [KYIV], [KYIV]).as_text()


@pytest.mark.parametrize(
    ("toponym", "kind"),
    [
        ({"kind": "hill", "geonameid": "703448"}, "hill"),
        ({"geonameid": "703448"}, "settlement"),
        ({"geonameid": 690791}, "country"),
        ({"geonameid": None}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_kind_of_a_gold_place(toponym: dict[str, Any], kind: str, gazetteer: Gazetteer) -> None:
    assert kind_in(gazetteer)(toponym) == kind


def test_figures_by_type(tmp_path: Path) -> None:
    gold = [KYIV | {"type": "Literal"}, LVIV | {"type": "Literal"}, LVIV | {"start": 10, "end": 13}]
    gold[2]["surface"] = "viv"
    matched = match(read_gold(write_gold(tmp_path, *gold)), [{"doc": "d", "toponyms": [KYIV]}])
    [group] = by_group(matched, type_of)
    assert (group.name, group.gold, group.recall, group.accuracy_161) == ("Literal", 2, 0.5, 1)


def test_a_point_error_is_told_with_its_words(tmp_path: Path) -> None:
    errors = errors_of(tmp_path, [KYIV, LVIV], [KYIV, LVIV | {"lat": 0, "place_id": "x:1"}])
    [error] = errors.points
    assert (error.surface, error.place_id, error.context) == ("Lviv", "x:1", "Kyiv and Lviv")
    assert error.km == pytest.approx(49.84 * 111.195, rel=1e-4)


def test_missed_extra_and_other_bounds_are_told_apart(tmp_path: Path) -> None:
    errors = errors_of(tmp_path, [KYIV, LVIV], [KYIV | {"start": 5, "end": 8}, LVIV | {"end": 11}])
    assert errors.missed == [("Kyiv", 1)]
    assert errors.extra == [("and", 1)]
    assert errors.bounds == [(("Lviv", "Lv"), 1)]


def test_gold_spans_are_mentions(tmp_path: Path) -> None:
    text = "Ukrainian Kyiv"
    people = {"start": 0, "end": 9, "surface": "Ukrainian", "role": "associative"}
    kyiv = {"start": 10, "end": 14, "surface": "Kyiv"}
    [document] = read_gold(write_gold(tmp_path, kyiv, people, kyiv, text=text))
    mentions = GoldSpans([document], {"ukrainian"})(document.article)
    assert [(m.surface, m.role, m.demonym) for m in mentions] == [
        ("Ukrainian", "associative", True),
        ("Kyiv", "literal", False),
    ]


def test_a_document_that_comes_twice_is_said(tmp_path: Path) -> None:
    path = write_gold(tmp_path, KYIV)
    path.write_text(path.read_text() * 2)
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert str(caught.value) == (
        f"{path}, line 2: document 'd' comes twice; give each an id of its own"
    )


def test_boilerplate_is_set_aside(tmp_path: Path) -> None:
    gold = [KYIV | {"zone": "boilerplate"}, LVIV]
    assert report_of(tmp_path, gold, [KYIV, LVIV]).f1 == 1


def test_nothing_found_prints_no_nan_in_json(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [])
    assert report.as_dict()["median_km"] is None


def test_a_wrong_offset_in_the_gold_is_said(tmp_path: Path) -> None:
    path = write_gold(tmp_path, KYIV | {"start": 1})
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert str(caught.value) == (
        f"{path}, line 1: 'Kyiv' does not stand at 1; offsets count code points"
    )


def test_a_line_that_is_no_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n")
    with pytest.raises(InputError, match=r"line 1: no gold document \(KeyError: 'text'\)"):
        read_gold(path)


def test_a_text_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc": "d", "text": 5, "toponyms": []}')
    with pytest.raises(InputError, match=r"line 1: .*TypeError: text 5 is no string"):
        read_gold(path)


def test_the_corpus_is_found_and_resolved() -> None:
    gold = read_gold(ROOT / "data" / "labels.jsonl")
    found = [as_prediction(*pair) for pair in resolve([d.article for d in gold])]
    report = score(gold, found)
    assert report.f1 >= 0.97
    assert report.accuracy_161 == 1
    assert report.role_accuracy >= 0.85


@needs_shared
def test_the_five_articles_pass_their_own_scorer(tmp_path: Path) -> None:
    gold = read_gold(SHARED / "articles" / "gold-plain.jsonl")
    path = tmp_path / "predictions.jsonl"
    write_predictions((as_prediction(*pair) for pair in resolve([d.article for d in gold])), path)
    scorer = SHARED / "evaluation" / "five_articles.py"
    done = subprocess.run(
        [sys.executable, scorer, SHARED / "articles" / "gold.jsonl", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@needs_shared
def test_our_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    corpus = SHARED / "evaluation" / "corpora" / "gwn-dev.jsonl"
    gold = read_gold(corpus)
    found = [as_prediction(*pair) for pair in resolve([d.article for d in gold])]
    write_predictions(found, tmp_path / "p.jsonl")
    command = [SHARED / "evaluation" / "score.py", "score", corpus, tmp_path / "p.jsonl", "--json"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    theirs, ours = json.loads(done.stdout), score(gold, found).as_dict()
    names = {
        "F1": "f1",
        "F1_len": "f1_overlap",
        "acc161": "accuracy_161",
        "acc161_all": "accuracy_161_all",
        "e2e_F1": "f1_161",
        "e2e_F1_len": "f1_161_overlap",
    }
    assert {n: theirs[n] for n in names} == pytest.approx({n: ours[o] for n, o in names.items()})
