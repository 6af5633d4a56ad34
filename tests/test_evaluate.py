import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, SHARED

from geo.errors import InputError
from geo.evaluate import as_prediction, read_gold, score, write_predictions
from geo.tables import resolve

TEXT = "Kyiv and Lviv"
KYIV = {"start": 0, "end": 4, "surface": "Kyiv", "lat": 50.45, "lon": 30.52, "role": "literal"}
LVIV = {"start": 9, "end": 13, "surface": "Lviv", "lat": 49.84, "lon": 24.02}
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")


def write_gold(tmp_path: Path, *toponyms: dict[str, Any], text: str = TEXT) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "d", "text": text, "toponyms": toponyms}) + "\n")
    return path


def report_of(tmp_path: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Any:
    return score(read_gold(write_gold(tmp_path, *gold)), [{"doc": "d", "toponyms": found}])


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


def test_boilerplate_is_set_aside(tmp_path: Path) -> None:
    gold = [KYIV | {"zone": "boilerplate"}, LVIV]
    assert report_of(tmp_path, gold, [KYIV, LVIV]).f1 == 1


def test_nothing_found_prints_no_nan_in_json(tmp_path: Path) -> None:
    report = report_of(tmp_path, [KYIV], [])
    assert json.loads(report.as_json())["median_km"] is None


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
    theirs, ours = json.loads(done.stdout), score(gold, found)
    assert theirs["F1"] == pytest.approx(ours.f1)
    assert theirs["acc161"] == pytest.approx(ours.accuracy_161)
    assert theirs["e2e_F1"] == pytest.approx(ours.f1_161)
