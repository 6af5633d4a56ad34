"""How fast articles are geocoded, and in how much memory, beside other tools in the same run.

usage: python benchmarks/geocode.py [CORPUS.jsonl ...] [--large] [--json] [--profile]

The corpora are gold files (data/labels.jsonl if none is given), repeated up to a size; each
repetition is an article of its own. Repeated names find warm caches, so a small corpus flatters.
Rates are megabytes of UTF-8 text in a second of CPU time, on one core, after a first article that
is not counted. Every figure comes from a process of its own; memory is its peak resident set,
which holds the interpreter and all libraries too, and grows with what is kept: --large may take
many gigabytes. Differences of a few percent are noise. Needs psutil (on Windows), flashgeotext and
geotext: pip install -e ".[benchmarks]".
"""

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

# Before numpy and its like are imported, here and in the processes started from here.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import geo
from geo.gazetteer.names import normalize, words_of

ROOT = Path(__file__).parents[1]
# The articles of these are also geocoded, for the rate of text in Cyrillic letters.
CYRILLIC = [ROOT / "data" / f"labels_{code}.jsonl" for code in ("ru", "uk")]
SIZES_MB, LARGE_MB = (1, 10), 100
STARTS = 5
# No name of the gazetteer that news would use has more words.
LONGEST_NAME = 7
TOP_FUNCTIONS = 25

Articles = Sequence[geo.Article]
Work = Callable[[], int]


def ours() -> tuple[Any, Any]:
    """Return the recogniser and the resolver that `geo.geocoding.resolve` uses by default."""
    from geo.geocoding import CrfRecognizer, RankResolver

    gazetteer = geo.load_gazetteer()
    return CrfRecognizer(gazetteer), RankResolver(gazetteer)


# Each of these gets ready for articles, and returns the work to be timed: it counts what it finds.


def scan_trie(articles: Articles) -> Work:
    """Look up what begins at each of our tokens, and decide nothing: the least a matcher does."""
    gazetteer = geo.load_gazetteer()
    return lambda: sum(_names_in(article.text, gazetteer) for article in articles)


def _names_in(text: str, gazetteer: geo.Gazetteer) -> int:
    keys = list(map(normalize, words_of(text)))
    found = i = 0
    while i < len(keys):
        name = gazetteer.begins_with(" ".join(keys[i : i + LONGEST_NAME]))
        found += bool(name)
        i += name.count(" ") + 1
    return found


def recognise(articles: Articles) -> Work:
    """Find mentions only."""
    recognizer, _ = ours()
    return lambda: sum(map(len, recognizer.read_all(articles)))


def resolve(articles: Articles) -> Work:
    """Resolve mentions that were found before."""
    recognizer, resolver = ours()
    found = [(article, recognizer(article)) for article in articles]
    return lambda: sum(len(resolver(article, mentions)) for article, mentions in found)


def end_to_end(articles: Articles) -> Work:
    """Find and resolve, with our defaults."""
    from geo.geocoding import resolve

    return lambda: sum(len(resolutions) for _, resolutions in resolve(articles))


def with_table(articles: Articles) -> Work:
    """Find, resolve and make the mention table."""
    return lambda: len(geo.geocode(articles))


def flashgeotext(articles: Articles) -> Work:
    """Let flashgeotext find the cities and countries that it ships."""
    from flashgeotext.geotext import GeoText

    geotext = GeoText()
    return lambda: sum(
        place["count"]
        for article in articles
        for places in geotext.extract(article.text).values()
        for place in places.values()
    )


def geotext(articles: Articles) -> Work:
    """Let geotext find its cities, countries and nationalities."""
    from geotext import GeoText

    def count(text: str) -> int:
        found = GeoText(text)
        return len(found.cities) + len(found.countries) + len(found.nationalities)

    return lambda: sum(count(article.text) for article in articles)


WAYS = {
    "bare trie scan": scan_trie,
    "geo: recognise": recognise,
    "geo: resolve": resolve,
    "geo: end to end": end_to_end,
    "geo: with the table": with_table,
    "flashgeotext": flashgeotext,
    "geotext": geotext,
}
BASE = "bare trie scan"
OURS = [BASE, *(name for name in WAYS if name.startswith("geo:"))]

SENTENCE = "Shelling was heard near Luhansk."
STARTUPS = {
    "bare interpreter": "pass",
    "geo": f"import geo; geo.geocode([geo.Article('a', {SENTENCE!r})])",
    "flashgeotext": f"import flashgeotext.geotext as f; f.GeoText().extract({SENTENCE!r})",
    "geotext": f"import geotext; geotext.GeoText({SENTENCE!r})",
}


def read(paths: Sequence[Path]) -> list[geo.Article]:
    """Return the articles of gold files; single sentences, which have no outlet, are none."""
    from geo.evaluate import read_gold

    documents = [document.article for path in paths for document in read_gold(path)]
    return [article for article in documents if article.outlet] or documents


def repeat(articles: Articles, size_mb: float) -> list[geo.Article]:
    """Return about `size_mb` of articles, each with an id of its own; every one at least once."""
    times = max(1, round(size_mb / size_of(articles)))
    return [replace(a, article_id=f"{n}-{i}") for n in range(times) for i, a in enumerate(articles)]


def size_of(articles: Articles) -> float:
    """Return megabytes of UTF-8."""
    return sum(len(article.text.encode()) for article in articles) / 1e6


def joined(articles: Articles) -> list[geo.Article]:
    """Return all texts as one article."""
    return [replace(articles[0], text="\n\n".join(article.text for article in articles))]


def cpu_seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long some work kept the processor busy, and what it returned."""
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def peak_mb() -> float:
    """Return the peak resident memory of this process."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def measure_rate(articles: Articles, name: str) -> dict[str, float]:
    """Time one way over articles."""
    way = WAYS[name]
    way(articles[:1])()
    seconds, found = cpu_seconds(way(articles))
    rate = size_of(articles) / seconds
    return {"mb_per_s": rate, "cpu_s": seconds, "found": found, "peak_mb": peak_mb()}


def measure_growth(articles: Articles) -> dict[str, float]:
    """Time finding, resolving and making the table of all articles at once."""
    geo.geocode(articles[:1])
    seconds, table = cpu_seconds(lambda: geo.geocode(articles))
    return {
        "size_mb": size_of(articles),
        "articles": len(articles),
        "found": len(table),
        "cpu_s": seconds,
        "s_per_mb": seconds / size_of(articles),
        "peak_mb": peak_mb(),
    }


def in_own_process(corpora: Sequence[Path], step: str, size_mb: float) -> dict[str, float]:
    """Run a step over about `size_mb` of corpora in a process of its own."""
    arguments = ["--step", step, "--size", str(size_mb), *map(str, corpora)]
    done = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE
    )
    return dict(json.loads(done.stdout))


def run_step(options: argparse.Namespace) -> dict[str, float]:
    """Do what `in_own_process` asks for."""
    articles = repeat(read(options.corpora), options.size)
    if options.step in WAYS:
        return measure_rate(articles, options.step)
    return measure_growth(joined(articles) if options.step == "one text" else articles)


def measure_startup(code: str) -> float:
    """Return the median wall time of a fresh process."""
    return median(_wall_seconds([sys.executable, "-c", code]) for _ in range(STARTS))


def _wall_seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run everything."""
    # Builds the index, if this is its first use; a process of its own keeps its memory to itself.
    _wall_seconds([sys.executable, "-c", "import geo; geo.load_gazetteer()"])
    rates = measure_rates(options.corpora, WAYS)
    cyrillic = measure_rates(CYRILLIC, OURS)
    sizes = [*SIZES_MB, LARGE_MB] if options.large else SIZES_MB
    growth = {f"{size} MB": in_own_process(options.corpora, "growth", size) for size in sizes}
    growth["1 MB in one text"] = in_own_process(options.corpora, "one text", SIZES_MB[0])
    first = growth["1 MB"]
    for row in growth.values():
        row["ratio"] = row["s_per_mb"] / first["s_per_mb"]
    articles = read(options.corpora)
    corpus = {"articles": len(articles), "mb": size_of(articles)}
    startup = {name: {"wall_s": measure_startup(code)} for name, code in STARTUPS.items()}
    return {
        "corpus": corpus,
        "rates": rates,
        "cyrillic": cyrillic,
        "startup": startup,
        "growth": growth,
    }


def measure_rates(corpora: Sequence[Path], names: Iterable[str]) -> dict[str, dict[str, float]]:
    """Time ways over corpora, each beside the bare trie scan."""
    rates = {name: in_own_process(corpora, name, SIZES_MB[0]) for name in names}
    for rate in rates.values():
        rate["ratio"] = rate["mb_per_s"] / rates[BASE]["mb_per_s"]
    return rates


def show(result: dict[str, Any]) -> None:
    """Print the tables."""
    corpus = result["corpus"]
    print(f"{corpus['articles']} articles of {corpus['mb']:.3f} MB, repeated up to the size\n")
    print("About 1 MB of text; ratio: times the rate of the bare trie scan")
    show_table(result["rates"], ("mb_per_s", "ratio", "cpu_s", "peak_mb", "found"))
    print("\nThe same for Russian and Ukrainian articles, whose letters are two bytes each")
    show_table(result["cyrillic"], ("mb_per_s", "ratio", "cpu_s", "peak_mb", "found"))
    print("\nA fresh process that geocodes one sentence, the index being there")
    show_table(result["startup"], ("wall_s",))
    print("\nMore text; ratio: times the CPU time a megabyte that 1 MB takes")
    columns = ("size_mb", "articles", "found", "cpu_s", "s_per_mb", "ratio")
    show_table(result["growth"], (*columns, "peak_mb"))


def show_table(rows: dict[str, dict[str, float]], columns: Sequence[str]) -> None:
    """Print a line a row."""
    print(f"{'':20}" + "".join(f"{column:>11}" for column in columns))
    for name, row in rows.items():
        print(f"{name:20}" + "".join(_cell(row[column]) for column in columns))


def _cell(value: float) -> str:
    return f"{value:11,d}" if isinstance(value, int) else f"{value:11,.3f}"


def profile(options: argparse.Namespace) -> None:
    """Print the functions that take the most time themselves, of the whole way to the table."""
    articles = repeat(read(options.corpora), SIZES_MB[0])
    with_table(articles[:1])()
    profiler = cProfile.Profile()
    profiler.runcall(with_table(articles))
    pstats.Stats(profiler).sort_stats("tottime").print_stats(TOP_FUNCTIONS)


def read_options() -> argparse.Namespace:
    """Return the options; --step and --size are for processes started from here."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", nargs="*", type=Path, default=[ROOT / "data" / "labels.jsonl"])
    parser.add_argument("--large", action="store_true", help=f"geocode {LARGE_MB} MB too")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--profile", action="store_true", help="print a profile instead")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=float, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Pin this process and its children to one core, and do what is asked."""
    options = read_options()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.step:
        print(json.dumps(run_step(options)))
    elif options.profile:
        profile(options)
    else:
        result = measure(options)
        if options.json:
            print(json.dumps(result, indent=1))
        else:
            show(result)


if __name__ == "__main__":
    main()
