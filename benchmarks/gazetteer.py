"""The world gazetteer's index beside a dict, SQLite and flashgeotext, in the same run.

usage: python benchmarks/gazetteer.py

Every figure comes from a process of its own; memory is private memory (USS) over that of a bare
interpreter that has imported geo. Needs psutil and flashgeotext: pip install -e ".[benchmarks]".
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import psutil

import geo

N_LOOKUPS = 200_000
RUNS = 5


def memory_mb() -> float:
    """Return the private memory of this process."""
    return float(psutil.Process().memory_full_info().uss) / 1e6


def rate(look_up: Callable[[str], object], keys: Sequence[str]) -> float:
    """Return look-ups a second, each key once, in random order."""
    start = time.perf_counter()
    for key in keys:
        look_up(key)
    return len(keys) / (time.perf_counter() - start)


def sample(folder: Path) -> list[str]:
    """Return names in random order, the same for every contender."""
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    return random.Random(3).sample(keys, N_LOOKUPS)  # noqa: S311


def build_index(folder: Path) -> dict[str, float]:
    """Build our index; leave all names, with the rows they mean, for the others."""
    from geo.gazetteer.world import open_world

    start = time.perf_counter()
    index = open_world()
    seconds = time.perf_counter() - start
    cache = Path(os.environ["GEO_CACHE_DIR"])
    size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
    keys = {key: index.rows(key) for key in index.keys()}  # noqa: SIM118
    (folder / "names.json").write_text(json.dumps(keys), encoding="utf-8")
    (folder / "keys.json").write_text(json.dumps(list(keys)), encoding="utf-8")
    records = [json.dumps(_record(index.place(row))) for row in range(len(index))]
    (folder / "records.json").write_text(json.dumps(records), encoding="utf-8")
    return {"build_s": seconds, "size_mb": size / 1e6, "places": len(index), "names": len(keys)}


def _record(place: geo.Place) -> list[Any]:
    return [place.place_id, place.name, place.kind, place.latitude, place.longitude, place.names]


def open_index(folder: Path) -> dict[str, float]:
    """Open our index and answer once; then look up many names."""
    before = memory_mb()
    start = time.perf_counter()
    gazetteer = geo.load_gazetteer()
    first = gazetteer.find("Paris")
    seconds = time.perf_counter() - start
    memory = memory_mb() - before
    assert first[0].country_code == "FR"
    from geo.gazetteer.world import open_world

    index, keys = open_world(), sample(folder)
    return {
        "open_ms": seconds * 1e3,
        "memory_mb": memory,
        "ids_per_s": rate(index.rows, keys),
        "records_per_s": rate(lambda key: [index.place(row) for row in index.rows(key)], keys),
    }


def use_dict(folder: Path) -> dict[str, float]:
    """Read the same names into a dict from JSON, which is how such a dict is kept."""
    before = memory_mb()
    start = time.perf_counter()
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    records = [json.loads(text) for text in json.loads((folder / "records.json").read_text())]
    found = names["paris"]
    seconds = time.perf_counter() - start
    assert found
    keys = sample(folder)
    return {
        "size_mb": sum((folder / name).stat().st_size for name in ("names.json", "records.json"))
        / 1e6,
        "open_ms": seconds * 1e3,
        "memory_mb": memory_mb() - before,
        "ids_per_s": rate(names.get, keys),
        "records_per_s": rate(lambda key: [records[row] for row in names[key]], keys),
    }


def build_sqlite(folder: Path) -> dict[str, float]:
    """Put the same names into SQLite, with an index on the name."""
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    records = json.loads((folder / "records.json").read_text(encoding="utf-8"))
    start = time.perf_counter()
    with sqlite3.connect(folder / "names.sqlite") as database:
        database.execute("create table names (name text, row integer)")
        database.execute("create table places (row integer primary key, record text)")
        pairs = ((name, row) for name, rows in names.items() for row in rows)
        database.executemany("insert into names values (?, ?)", pairs)
        database.executemany("insert into places values (?, ?)", enumerate(records))
        database.execute("create index by_name on names (name)")
    seconds = time.perf_counter() - start
    return {"build_s": seconds, "size_mb": (folder / "names.sqlite").stat().st_size / 1e6}


def open_sqlite(folder: Path) -> dict[str, float]:
    """Open the SQLite file and answer once; then look up many names."""
    before = memory_mb()
    start = time.perf_counter()
    database = sqlite3.connect(folder / "names.sqlite")
    ids = "select row from names where name = ?"
    found = database.execute(ids, ("paris",)).fetchall()
    seconds = time.perf_counter() - start
    assert found
    memory = memory_mb() - before
    full = "select record from names join places using (row) where name = ?"
    keys = sample(folder)
    return {
        "open_ms": seconds * 1e3,
        "memory_mb": memory,
        "ids_per_s": rate(lambda key: database.execute(ids, (key,)).fetchall(), keys),
        "records_per_s": rate(
            lambda key: [json.loads(r) for (r,) in database.execute(full, (key,))], keys
        ),
    }


def open_flashgeotext(_: Path) -> dict[str, float]:
    """Load flashgeotext with the cities and countries that it ships."""
    before = memory_mb()
    start = time.perf_counter()
    from flashgeotext.geotext import GeoText

    found = GeoText().extract("Paris")
    seconds = time.perf_counter() - start
    assert found
    return {"open_ms": seconds * 1e3, "memory_mb": memory_mb() - before}


CONTENDERS = {
    "geo": (build_index, open_index),
    "dict": (use_dict,),
    "SQLite": (build_sqlite, open_sqlite),
    "flashgeotext": (open_flashgeotext,),
}
STEPS = {step.__name__: step for steps in CONTENDERS.values() for step in steps}
COLUMNS = ("build_s", "size_mb", "open_ms", "memory_mb", "ids_per_s", "records_per_s")


def measure(step: str, folder: Path) -> dict[str, float]:
    """Run a step in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, step, str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "GEO_CACHE_DIR": str(folder / "cache")},
    )
    return dict(json.loads(done.stdout))


def measure_often(step: str, folder: Path) -> dict[str, float]:
    """Return the medians of several runs; a build is run once."""
    runs = [measure(step, folder) for _ in range(1 if step.startswith("build") else RUNS)]
    return {key: median(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Print a line a contender, and how geo compares with each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results: dict[str, dict[str, float]] = {}
        for contender, steps in CONTENDERS.items():
            results[contender] = {}
            for step in steps:
                results[contender] |= measure_often(step.__name__, folder)
    ours = results["geo"]
    print(f"{ours['places']:,.0f} places, {ours['names']:,.0f} names in normal form")
    print(f"{'':20}" + "".join(f"{column:>15}" for column in COLUMNS))
    for contender, result in results.items():
        print(f"{contender:20}" + "".join(_cell(result.get(column)) for column in COLUMNS))
    for contender in list(results)[1:]:
        ratios = (_ratio(ours.get(c), results[contender].get(c)) for c in COLUMNS)
        print(f"{'geo / ' + contender:20}" + "".join(ratios))


def _cell(value: float | None) -> str:
    return f"{value:15,.1f}" if value is not None else f"{'':15}"


def _ratio(ours: float | None, other: float | None) -> str:
    return f"{ours / other:14.3f}x" if ours is not None and other else f"{'':15}"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main()
