"""`geo evaluate` on small gold files."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import run_geo

TEXT = "Shelling was heard near Gukovo and in Paris."
GUKOVO = {"start": 24, "end": 30, "surface": "Gukovo", "lat": 48.05, "lon": 39.93}
PARIS = {"start": 38, "end": 43, "surface": "Paris", "lat": 33.66, "lon": -95.56, "type": "Literal"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two gold files: a.jsonl, b.jsonl."""
    for name, toponym in (("a", GUKOVO), ("b", PARIS)):
        gold = {"doc": "d", "text": TEXT, "toponyms": [toponym]}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(gold) + "\n")
    (tmp_path / "out").mkdir()
    return tmp_path


def objects(text: str) -> dict[str, dict[str, Any]]:
    return {found["corpus"]: found for found in map(json.loads, text.splitlines())}


def test_several_files_are_compared_alone_and_together(folder: Path) -> None:
    done = run_geo("evaluate", "a.jsonl", "b.jsonl", "--json", cwd=folder)
    gold = {name: figures["gold"] for name, figures in objects(done.stdout).items()}
    assert gold == {"a": 1, "b": 1, "all": 2}


def test_a_bad_gold_file_is_said_and_the_others_are_compared(folder: Path) -> None:
    (folder / "b.jsonl").write_text("[]\n")
    done = run_geo("evaluate", "a.jsonl", "b.jsonl", "--json", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: b.jsonl, line 1: no gold document (TypeError: ")
    assert len(done.stderr.splitlines()) == 1
    assert list(objects(done.stdout)) == ["a"]


def test_gold_spans_leave_only_resolution_to_be_judged(folder: Path) -> None:
    done = run_geo("evaluate", "a.jsonl", "--spans", "gold", "--json", cwd=folder)
    found = objects(done.stdout)["a"]
    assert (found["predicted"], found["f1"], found["accuracy_161"]) == (1, 1, 1)


def test_kinds_and_types_are_tables(folder: Path) -> None:
    lines = run_geo("evaluate", "b.jsonl", "--by-kind", cwd=folder).stdout.splitlines()
    assert [line.split()[:3] for line in lines[-5:] if line] == [
        ["kind", "gold", "recall"],
        ["unknown", "1", "1.000"],
        ["type", "gold", "recall"],
        ["Literal", "1", "1.000"],
    ]


def test_the_worst_errors_are_listed(folder: Path) -> None:
    done = run_geo("evaluate", "b.jsonl", "--errors", "3", cwd=folder)
    *_, error, extra = (" ".join(line.split()) for line in done.stdout.splitlines())
    assert error == (
        "7784 Paris Paris (settlement, Île-de-France, FR) d "
        "Shelling was heard near Gukovo and in Paris."
    )
    assert extra == "extra: Gukovo"


def test_predictions_of_several_files_go_into_a_folder(folder: Path) -> None:
    run_geo("evaluate", "a.jsonl", "b.jsonl", "--save-predictions", "out", cwd=folder)
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.jsonl", "b.jsonl", "--save-predictions", "p.jsonl"), "would write 'p.jsonl'"),
        (("a.jsonl", "--save-predictions", "."), "'a.jsonl' is read or written by this command"),
        (("a.jsonl", "--coverage", "--by-kind"), "--coverage predicts nothing"),
        (("a.jsonl", "--spans", "silver"), "'silver'"),
    ],
)
def test_a_wrong_call_exits_with_2(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run_geo("evaluate", *arguments, cwd=folder)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
