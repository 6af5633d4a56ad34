"""How large maps are, and how fast they are made, opened and filtered, beside folium's own layers.

Mentions are made up, over real places, without sentences: 60 days, 8 outlets, 2,000 articles. Every
map is made in a process of its own, after a small one that is not counted, and opened in a headless
Chromium from the disk, without a network. Medians are of three openings, and of ten filter changes
in each.

file_mb    the HTML file; those of folium load 0.5 to 1 MB besides
build_s    making and saving it
ready_s    from the start of the navigation until the marks are painted
change_ms  from a click on a checkbox (TimestampedGeoJson: a step in time) to the next painted frame
heap_mb    memory of scripts, after a garbage collection
rss_mb     resident memory of the page's process

Folium's maps have no basemap, and a layer for each outlet. What they load is installed with npm,
into build/benchmark-npm. Needs Chromium: pip install -e ".[dev,benchmarks]".
"""

import argparse
import base64
import json
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psutil
from made_mentions import make_mentions
from map_browser import BrowserError, find_browser, install_packages, localise, measure_page
from map_pages import CONTENDERS

EXAMPLES = """examples:
  python benchmarks/maps.py                        1,000 to 100,000 mentions; folium to 10,000
  python benchmarks/maps.py --sizes 1000,10000     a short run
  python benchmarks/maps.py --large                1,000,000 too, and folium as far as it loads:
                                                   its CircleMarkers take minutes and gigabytes
"""
SIZES, LARGE_SIZE = (1_000, 10_000, 100_000), 1_000_000
PLACES = (3_000, 30_000)
OURS, REFERENCE = "geo", "folium CircleMarkers"
FOLIUM_UP_TO = 10_000
BUILDS_WITHIN_S = 600
WARM_UP = 500
BUSY_PERCENT = 15

COLUMNS = ("file_mb", "build_s", "ready_s", "change_ms", "heap_mb", "rss_mb")
BAR_SIZE, BAR_PLACES = 100_000, 3_000
BARS = {"file_mb": 2.0, "build_s": 2.0, "ready_s": 1.5, "change_ms": 100.0}
SENTENCE_BAR_BYTES = 60.0

Row = dict[str, Any]


class Task(NamedTuple):
    """A map to be measured."""

    name: str
    size: int
    places: int


# ---- in a process of its own: making a map ----


def build(options: argparse.Namespace) -> dict[str, float]:
    """Make and save a map; return how long that took, and how large it is."""
    save = CONTENDERS[options.step].save
    size, n_places = options.sizes[0], options.places[0]
    mentions = make_mentions(size, n_places, sentences=options.sentences)
    save(make_mentions(WARM_UP, n_places), options.page)
    start = time.perf_counter()
    save(mentions, options.page)
    seconds = time.perf_counter() - start
    text = "\n".join(mentions["context"].dropna().unique())
    return {
        "build_s": seconds,
        "file_mb": options.page.stat().st_size / 1e6,
        "text_mb": len(base64.b64encode(zlib.compress(text.encode()))) / 1e6,
    }


def build_elsewhere(task: Task, page: Path, *more: str) -> dict[str, float]:
    """Do it in another process; raise BrowserError if that fails or takes too long."""
    what = ["--step", task.name, "--sizes", str(task.size), "--places", str(task.places)]
    command = [sys.executable, __file__, *what, "--page", str(page), *more]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=BUILDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        raise BrowserError(f"not made in {BUILDS_WITHIN_S} s") from None
    except subprocess.CalledProcessError as error:
        raise BrowserError(f"could not be made: exit code {error.returncode}") from None
    return dict(json.loads(done.stdout))


# ---- measuring ----


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Make and open all maps."""
    tasks = list(plan(options, has_folium=install_packages()))
    browser_path = find_browser()
    rows: list[Row] = []
    busy = []
    for number, task in enumerate(tasks, start=1):
        busy.append(psutil.cpu_percent(interval=0.5))  # before we do anything
        tell(f"[{number}/{len(tasks)}] {task.name}, {words_of(task)}")
        rows.append(measure_task(task, rows, folder, browser_path))
    sentences = None
    if BAR_SIZE in options.sizes and BAR_PLACES in options.places:
        tell(f"with sentences, {BAR_SIZE:,} mentions over {BAR_PLACES:,} places")
        sentences = measure_sentences(folder)
    return {"rows": rows, "sentences": sentences, "busy_percent": median(busy)}


def plan(options: argparse.Namespace, *, has_folium: bool) -> Iterator[Task]:
    """Yield ours for all numbers of mentions and places, and folium's beside it.

    A layer of folium's has a mark a mention, wherever that is: the first number of places does.
    """
    if not has_folium:
        tell("npm is missing, or cannot install what folium's pages load: folium is left out")
    compared = [size for size in options.sizes if options.large or size <= FOLIUM_UP_TO]
    if has_folium and not compared:
        yield Task(REFERENCE, FOLIUM_UP_TO, options.places[0])
    for size in options.sizes:
        yield from (Task(OURS, size, places) for places in options.places)
        if has_folium and size in compared:
            others = (contender for contender in CONTENDERS.values() if contender.name != OURS)
            yield from (
                Task(other.name, size, options.places[0])
                for other in others
                if size <= other.largest
            )


def measure_task(task: Task, before: Sequence[Row], folder: Path, browser_path: str) -> Row:
    """Return the figures of a map, or the problem it had."""
    row: Row = task._asdict()
    page = folder / "page.html"
    if any(other["name"] == task.name and "problem" in other for other in before):
        return row | {"problem": "not tried, since a smaller one failed"}
    try:
        row |= build_elsewhere(task, page)
        if task.name != OURS:
            localise(page)  # ours loads nothing, and refuses scripts that were altered
        return row | measure_page(page, CONTENDERS[task.name].page, browser_path)
    except BrowserError as error:
        return row | {"problem": str(error)}


def measure_sentences(folder: Path) -> dict[str, float]:
    """Return how much each mention adds to our file, apart from the compressed sentences."""
    page = folder / "page.html"
    full = build_elsewhere(Task(OURS, BAR_SIZE, BAR_PLACES), page, "--sentences")
    empty = build_elsewhere(Task(OURS, 0, BAR_PLACES), page)
    added = full["file_mb"] - empty["file_mb"]
    return {
        "file_mb": full["file_mb"],
        "build_s": full["build_s"],
        "text_mb": full["text_mb"],
        "empty_mb": empty["file_mb"],
        "bytes_per_mention": (added - full["text_mb"]) * 1e6 / BAR_SIZE,
    }


# ---- printing ----


def show(result: dict[str, Any]) -> None:
    """Print the table and the bars."""
    rows: list[Row] = result["rows"]
    references = {row["size"]: row for row in rows if is_reference(row)}
    if references:
        print(f"Beside each figure its ratio to {REFERENCE} of as many mentions, or of N if")
        print("there are none: then N stands in the column `beside`.\n")
    heads = "".join(f"{column:>10}{'ratio':>8}" for column in COLUMNS)
    print(f"{'mentions':>9}{'places':>8}  {'map':29}{heads}{'beside':>9}")
    for row in rows:
        reference = references.get(row["size"]) or references.get(max(references, default=0))
        print(f"{row['size']:9,}{row['places']:8,}  {row['name']:29}{_figures(row, reference)}")
    print()
    show_bars(rows, result["sentences"])
    if result["busy_percent"] > BUSY_PERCENT:
        print(
            f"\nOther programs kept the machine {result['busy_percent']:.0f} % busy meanwhile, so "
            "that times are too long and ratios rough."
        )


def is_reference(row: Row) -> bool:
    """Tell whether others can be compared with a row."""
    return row["name"] == REFERENCE and "problem" not in row


def _figures(row: Row, reference: Row | None) -> str:
    cells = "".join(_cell(row.get(column), reference, column) for column in COLUMNS)
    beside = f"{reference['size']:9,}" if reference else ""
    return cells + beside + (f"  {row['problem']}" if "problem" in row else "")


def _cell(value: float | None, reference: Row | None, column: str) -> str:
    if value is None:
        return f"{'':18}"
    ratio = f"{value / reference[column]:7.3f}x" if reference else f"{'':8}"
    return f"{value:10,.2f}{ratio}"


def show_bars(rows: Sequence[Row], sentences: dict[str, float] | None) -> None:
    """Print what our map may take, and whether it does."""
    print(f"Bars for geo, {BAR_SIZE:,} mentions over {BAR_PLACES:,} places")
    ours = next(
        (row for row in rows if tuple(row.values())[:3] == (OURS, BAR_SIZE, BAR_PLACES)), {}
    )
    for column, bar in BARS.items():
        print(f"  {column:18}{_verdict(ours.get(column), bar)}")
    added = sentences["bytes_per_mention"] if sentences else None
    print(f"  {'bytes a mention':18}{_verdict(added, SENTENCE_BAR_BYTES)}", end="")
    if sentences:
        print(
            "   with sentences: {file_mb:.2f} MB, less {empty_mb:.2f} without mentions and "
            "{text_mb:.2f} of compressed text".format(**sentences),
            end="",
        )
    print()


def _verdict(value: float | None, bar: float) -> str:
    if value is None:
        return f"{'not measured':>12}   at most {bar:6.1f}"
    return f"{value:12,.2f}   at most {bar:6.1f}   {'met' if value <= bar else 'NOT MET'}"


def words_of(task: Task) -> str:
    """Say how large a map is."""
    return f"{task.size:,} mentions over {task.places:,} places"


def tell(message: str) -> None:
    """Say how far we are, on standard error."""
    print(message, file=sys.stderr, flush=True)


def numbers(text: str) -> list[int]:
    """Read numbers with commas between them."""
    return sorted(int(number) for number in text.split(","))


def read_options() -> argparse.Namespace:
    """Return the options; --step, --page and --sentences are for processes started from here."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=numbers, help="numbers of mentions, as 1000,10000")
    parser.add_argument("--places", type=numbers, default=list(PLACES), help="numbers of places")
    parser.add_argument(
        "--large",
        action="store_true",
        help=f"{LARGE_SIZE:,} mentions too, and folium above {FOLIUM_UP_TO:,}",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--step", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--sentences", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.sizes:
        options.sizes = [*SIZES, LARGE_SIZE] if options.large else list(SIZES)
    return options


def main() -> None:
    """Do what is asked."""
    options = read_options()
    if options.step:
        print(json.dumps(build(options)))
        return
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options, Path(folder))
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        show(result)


if __name__ == "__main__":
    main()
