"""How long a second run over unchanged articles takes beside the first.

    python benchmarks/rerun.py [--articles 1000]

The articles are the digests of `data/articles`, again and again, each with a line of its own. Both
runs are `geo geocode FOLDER -o mentions.csv`, as a user starts them, with an index that is built.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

DIGESTS = Path(__file__).parents[1] / "data" / "articles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=1000)
    n_articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        write_articles(folder, n_articles)
        first, second = (run(folder, Path(scratch) / "mentions.csv") for _ in range(2))
    print(f"{n_articles} articles: first run {first:.1f} s, second {second:.1f} s")
    print(f"second / first: {second / first:.3f}")


def write_articles(folder: Path, n_articles: int) -> None:
    texts = (path.read_text(encoding="utf-8") for path in sorted(DIGESTS.glob("*.md")))
    # Each copy is an article of its own, told by its file's name.
    digests = [re.sub("^id: .*\n", "", text, flags=re.MULTILINE) for text in texts]
    for number in range(n_articles):
        text = f"{digests[number % len(digests)]}\n\n{uuid4()}\n"
        (folder / f"article-{number}.md").write_text(text, encoding="utf-8")


def run(folder: Path, output: Path) -> float:
    """Return how many seconds a run takes."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "geo", "geocode", str(folder), "-o", str(output)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, env=environment(), **quiet)
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """Return the environment of a user: Python keeps what it has compiled."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    main()
