"""The document on own recognisers tells the truth: its code runs, and prints what it shows."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT

pytest.importorskip("spacy")

DOCUMENT = ROOT / "docs" / "own-recogniser.md"
# A block of code, and the block of what it prints, if one stands right behind it.
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", re.DOTALL)


class Run:
    """The names that the document's code leaves, and what it printed beside what is shown."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.printed: list[str] = []
        self.shown: list[str] = []
        for code, shown in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(code, self.names)  # noqa: S102  # the document is ours
            self.printed.append(output.getvalue())
            self.shown.append(shown)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    with contextlib.chdir(folder):
        return Run()


def test_it_prints_what_the_document_shows(run: Run) -> None:
    assert run.printed == run.shown


def test_every_block_of_code_and_output_is_tested(run: Run) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(run.shown) == text.count("```python")
    assert sum(map(bool, run.shown)) == text.count("```text")


def test_the_map_is_written(run: Run, folder: Path) -> None:
    assert len(run.names["mentions"]) == 3
    assert "Found by spaCy" in (folder / "map.html").read_text(encoding="utf-8")
