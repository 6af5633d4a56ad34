"""For how many gold toponyms the gazetteer has a candidate."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from helpers import run_geo

from geo.evaluate import Coverage, cover, read_gold
from geo.gazetteer import Gazetteer

TEXT = "Paris Narnia Canadian Alberta Springfield Elm Street"


def toponym(surface: str, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    start = TEXT.index(surface)
    point = {"lat": latitude, "lon": longitude}
    return {"start": start, "end": start + len(surface), "surface": surface, **point}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    toponyms = [
        toponym("Paris", 33.66, -95.56),  # the one in Texas will do
        toponym("Narnia", 1.0, 2.0),
        toponym("Canadian", 60.0, -110.0),
        toponym("Alberta", 59.5, -111.0),  # far from its middle, but inside
        toponym("Springfield", -45.0, 170.0),  # none is there
        toponym("Elm Street", 40.0, -75.0),
        {**toponym("Paris", None, None)},  # not located, so not counted
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "d", "text": TEXT, "toponyms": toponyms}) + "\n")
    return path


@pytest.fixture
def coverage(gold: Path, gazetteer: Gazetteer) -> Coverage:
    return cover(read_gold(gold), gazetteer)


def test_names_demonyms_and_areas_count(coverage: Coverage) -> None:
    assert (coverage.located, coverage.by_name, coverage.by_demonym) == (6, 2, 1)


def test_what_is_missing_is_told_by_kind(coverage: Coverage) -> None:
    assert coverage.missing == Counter(
        {
            ("other name", "Narnia"): 1,
            ("other places of that name", "Springfield"): 1,
            ("road", "Elm Street"): 1,
        }
    )


def test_the_command_prints_it(gold: Path) -> None:
    done = run_geo("evaluate", gold, "--coverage")
    assert done.stdout.splitlines()[0] == (
        "located toponyms 6; with a candidate 0.500 (by name 0.333, by demonym 0.167)"
    )
    assert json.loads(run_geo("evaluate", gold, "--coverage", "--json").stdout)["share"] == 0.5
