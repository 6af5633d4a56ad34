"""Tables in and out, and the names that stand in one of their cells."""

import csv
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from geo.gazetteer.names import normalize

HAND_KEPT = Path(__file__).parent
DATA = Path(__file__).parents[2] / "data"
# A short name is told from a common word by its capitals and its full stop: "Me.", "ME".
SHORT = 5


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(name: str, rows: Iterable[dict[str, str]], columns: str) -> None:
    """Write rows into `data/`, sorted by their unique id, and say how large the file is."""
    ordered = sorted(rows, key=lambda row: row["id"])
    ids = [row["id"] for row in ordered]
    twice = sorted({one for one, next_ in pairwise(ids) if one == next_})
    if twice:
        raise SystemExit(f"{name}: ids stand twice: {twice[:5]}")
    path = DATA / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)
    print(f"{name}: {len(ordered)} rows, {path.stat().st_size / 1000:,.0f} kB")


def cell(title: str, names: Iterable[str]) -> str:
    """Return names as one cell of `variants`: each once, the title's own form left out.

    >>> cell("Oregon", ["OREGON", "Ore.", "OR", "Орегон@ru", "Орегон@uk"])
    'Ore.;OR;Орегон@ru;Орегон@uk'
    """
    kept: dict[tuple[str, str], str] = {}
    for name in names:
        tidy = " ".join(name.split())
        if normalize(tidy.partition("@")[0]) and key(tidy) != key(title):
            kept.setdefault(key(tidy), tidy)
    return ";".join(kept.values())


def key(name: str) -> tuple[str, str]:
    """Return what tells two names apart: their language and their normal form."""
    bare, _, language = name.partition("@")
    return language, bare if len(bare) <= SHORT else normalize(bare)


def split(names: str) -> Iterator[str]:
    """Yield the names of a cell."""
    return (name for name in names.split(";") if name)


def coordinate(degrees: float) -> str:
    """Return a coordinate with three decimals, about a hundred metres."""
    return f"{degrees + 0.0:.3f}"
