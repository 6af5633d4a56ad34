"""The README tells the truth: its commands run, and print what it says they print."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, SHARED, run_well

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like the clone's, with the originals or stand-ins of the same names."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "originals").mkdir()
    for line in (ROOT / "data" / "articles.csv").read_text().splitlines()[1:]:
        name = line.split(",")[0]
        original = SHARED / "articles" / name
        text = original.read_text(encoding="utf-8") if original.exists() else "Near Gukovo."
        (folder / "originals" / name).write_text(text, encoding="utf-8")
    return folder


def run(script: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return run_well(["bash", "-euo", "pipefail", "-c", script], folder, {"PATH": path})


def test_every_command_runs(folder: Path) -> None:
    for script in blocks("sh"):
        assert run(script, folder)


def test_every_geo_command_is_among_them() -> None:
    shown = [line for line in README.splitlines() if re.search(r"(^|\| )geo \w", line)]
    tested = "\n".join(blocks("sh") + blocks("console"))
    assert shown
    assert all(line in tested for line in shown)


def test_the_figures_are_those_that_are_printed(folder: Path) -> None:
    assert run("geo evaluate data/labels.jsonl", folder) == blocks("text")[0]


def test_the_python_example_runs(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", blocks("python")[0]], cwd=folder, check=True)


def test_files_that_it_names_are_there() -> None:
    named = re.findall(r"`((?:notebooks|docs|data)/[\w./-]+)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_picture_is_one() -> None:
    assert (ROOT / "docs" / "map.png").read_bytes().startswith(b"\x89PNG")
