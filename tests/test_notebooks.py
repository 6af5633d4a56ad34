"""The notebooks run, and keep to the project's habits."""

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from helpers import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[Any]:
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


def test_there_are_nine() -> None:
    assert len(NOTEBOOKS) == 9


@each_notebook
def test_runs(path: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path / "notebooks")}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()


@each_notebook
def test_holds_no_outputs(path: Path) -> None:
    assert not any(cell.outputs or cell.execution_count for cell in cells(path, "code"))


@each_notebook
def test_cells_are_short_and_define_nothing(path: Path) -> None:
    sources = [cell.source for cell in cells(path, "code")]
    assert max(len(source.splitlines()) for source in sources) <= 15
    assert not any(line.startswith(("def ", "class ")) for s in sources for line in s.splitlines())


@each_notebook
def test_prose_leads(path: Path) -> None:
    prose, code = (sum(len(c.source) for c in cells(path, k)) for k in ("markdown", "code"))
    assert prose >= code


@each_notebook
def test_the_title_asks(path: Path) -> None:
    title = cells(path, "markdown")[0].source.splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")


@each_notebook
def test_the_end_says_what_it_does_not_show(path: Path) -> None:
    assert cells(path, "markdown")[-1].source.startswith("## What this does not show")


@each_notebook
def test_has_a_parameters_cell(path: Path) -> None:
    tags = [tag for cell in cells(path, "code") for tag in cell.metadata.get("tags", [])]
    assert tags == ["parameters"]
