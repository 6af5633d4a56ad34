"""Small things that tests make articles and programs of."""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from shapely import Geometry

from geo.decisions import Decision
from geo.gazetteer import Gazetteer
from geo.gazetteer.areas import read_areas
from geo.recognize import CrfRecognizer
from geo.records import Article, Mention, Resolution
from geo.resolve import RankResolver

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@cache
def recognizer(gazetteer: Gazetteer) -> CrfRecognizer:
    """Return the recogniser of a gazetteer, made once."""
    return CrfRecognizer(gazetteer)


@cache
def resolver(gazetteer: Gazetteer) -> RankResolver:
    """Return the resolver of a gazetteer, made once."""
    return RankResolver(gazetteer)


@cache
def areas() -> dict[str, Geometry]:
    """Return the areas of countries and divisions by their codes."""
    return dict(read_areas())


def find(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of a text, without words for people."""
    return [m for m in recognizer(gazetteer)(Article("a", text)) if not m.demonym]


def resolve(text: str, gazetteer: Gazetteer) -> dict[str, Resolution]:
    """Return the last resolution of each surface of a text."""
    article = Article("a", text)
    mentions = recognizer(gazetteer)(article)
    return {r.mention.surface: r for r in resolver(gazetteer)(article, mentions)}


class Decided(list[Decision]):
    """Decisions kept in memory, where a review saves them."""

    def __call__(
        self, *, add: Sequence[Decision] = (), remove: Sequence[Decision] = ()
    ) -> list[Decision]:
        self[:] = [one for one in [*self, *add] if one not in remove]
        return list(self)


def run_geo(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would."""
    done = subprocess.run(
        [sys.executable, "-m", "geo", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def run_well(command: list[str], cwd: Path, environment: dict[str, str], stdin: str = "") -> str:
    """Run a program that must succeed; return what it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
