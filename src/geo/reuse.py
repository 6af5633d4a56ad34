"""Articles that were geocoded before are not geocoded again while nothing about them has changed.

What was found is kept in a database in the cache folder, under the hash of all that it depends
on: the article, the models, the gazetteer, the user's own places, the options, the code. It holds
the articles' sentences; deleting the file loses nothing but time.
"""

import hashlib
import json
import sqlite3
import time
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

import geo
from geo import data
from geo.gazetteer.cache import checksums
from geo.gazetteer.world import world_key
from geo.records import Article, Resolution
from geo.tables import (
    CANDIDATE_COLUMNS,
    COLUMNS,
    as_candidate_table,
    as_mention_table,
    candidate_rows,
    mention_rows,
)

FILE_NAME = "geocoded.sqlite"
_PACKAGE = Path(__file__).parent
# What decides what is found in a text, beside the gazetteer.
_CODE = sorted(
    path
    for pattern in ("*.py", "recognize/*.py", "resolve/*.py", "models/**/*.*")
    for path in _PACKAGE.glob(pattern)
)
# What nobody has asked for in so many days is cleared away.
_DAYS_KEPT = 90
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one article in the mention table and in the candidate table."""

    mentions: list[list[Any]]
    candidates: list[list[Any]]


def settings_key(own_places: Path | None, *, demonyms: bool) -> str:
    """Return a hash of all that results depend on but the article."""
    own = own_places.read_bytes().hex() if own_places else ""
    parts = [geo.__version__, world_key(), checksums(_CODE), own, demonyms]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def article_keys(articles: Iterable[Article], settings: str) -> list[str]:
    """Return the key under which each article's results are kept."""
    return [
        hashlib.sha256(repr((settings, astuple(article))).encode(errors="replace")).hexdigest()
        for article in articles
    ]


def found_in(article: Article, resolutions: Sequence[Resolution]) -> Found:
    """Return an article's rows."""
    return Found(
        [[row.get(column) for column in COLUMNS] for row in mention_rows(article, resolutions)],
        [
            [row[column] for column in CANDIDATE_COLUMNS]
            for row in candidate_rows(article, resolutions)
        ],
    )


def tables_of(found: Iterable[Found]) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the mention table and the candidate table of articles."""
    found = list(found)
    mentions = [row for one in found for row in one.mentions]
    candidates = [row for one in found for row in one.candidates]
    frame = pd.DataFrame(mentions, columns=list(COLUMNS), dtype=object)
    others = pd.DataFrame(candidates, columns=list(CANDIDATE_COLUMNS), dtype=object)
    return as_mention_table(frame), as_candidate_table(others)


class Store:
    """Results by their keys, in a file that several processes may use at once.

    Without a folder that can be written it keeps nothing; a damaged file is made anew.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data.cache_folder() / FILE_NAME

    def read(self, keys: Sequence[str]) -> dict[str, Found]:
        """Return what is kept under some keys."""
        try:
            with closing(self._open()) as base:
                return dict(_read(base, keys))
        except (sqlite3.Error, OSError, ValueError, zlib.error) as error:
            self._start_over(error)
            return {}

    def write(self, found: dict[str, Found]) -> None:
        """Keep results, and clear away what is old."""
        today = int(time.time() // _DAY)
        rows = [(key, _packed(one), today) for key, one in found.items()]
        try:
            with closing(self._open()) as base, base:
                base.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)
                base.execute("DELETE FROM found WHERE used < ?", (today - _DAYS_KEPT,))
        except (sqlite3.Error, OSError) as error:
            self._start_over(error)

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self._path, timeout=30)
        base.execute(
            "CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, rows BLOB, used INTEGER)"
        )
        return base

    def _start_over(self, error: Exception) -> None:
        warnings.warn(
            f"earlier results in {self._path} cannot be used ({error}); all is geocoded again",
            stacklevel=3,
        )
        if not isinstance(error, sqlite3.OperationalError | OSError):
            self._path.unlink(missing_ok=True)


_READ = "SELECT key, rows FROM found WHERE key IN (SELECT value FROM json_each(?))"
_USE = "UPDATE found SET used = ?1 WHERE used < ?1 AND key IN (SELECT value FROM json_each(?2))"


def _read(base: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, Found]]:
    listed = json.dumps(list(keys))
    for key, packed in base.execute(_READ, [listed]).fetchall():
        yield key, _unpacked(packed)
    with base:
        base.execute(_USE, [int(time.time() // _DAY), listed])


def _packed(found: Found) -> bytes:
    text = json.dumps([found.mentions, found.candidates], ensure_ascii=False)
    return zlib.compress(text.encode(errors="surrogatepass"), level=1)


def _unpacked(packed: bytes) -> Found:
    return Found(*json.loads(zlib.decompress(packed).decode(errors="surrogatepass")))
