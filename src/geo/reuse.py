"""Articles that were geocoded before are not geocoded again while nothing about them has changed.

What was found is kept in a database in the cache folder, under the hash of all that it depends
on: the article, the models, the gazetteer, the user's own places, the options, the libraries, and
the code, this module's too, so that what is kept always has the form that is read. It holds the
articles' sentences; deleting the file loses nothing but time.
"""

import hashlib
import io
import json
import sqlite3
import sys
import time
import warnings
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import geo
from geo import data
from geo.columns import CANDIDATE_COLUMNS, COLUMNS, TOLD
from geo.errors import GeoError
from geo.files import whole
from geo.gazetteer import load_gazetteer
from geo.gazetteer.cache import checksums
from geo.gazetteer.world import world_key
from geo.records import Article, Resolution
from geo.rows import arm, csv_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

Track = Callable[[Sequence[Article]], Iterable[Article]]

FILE_NAME = "geocoded.sqlite"
_PACKAGE = Path(__file__).parent
# What decides what is found in a text, beside the gazetteer.
_CODE = sorted(
    path
    for pattern in ("*.py", "recognize/*.py", "resolve/*.py", "models/**/*.*")
    for path in _PACKAGE.glob(pattern)
)
# The tables of `data/` that do not go into the gazetteer's index. That of outlets only counts with
# `use_outlet`, where nothing is kept.
_TABLES = ("demonyms.csv", "not_places.csv")
_LIBRARIES = (
    "marisa-trie",
    "numpy",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "pymorphy3-dicts-uk",
    "rapidfuzz",
    "sentencex",
)
# What nobody has asked for in so many days is cleared away.
_DAYS_KEPT = 90
_DAY = 24 * 60 * 60
# How many seconds to wait for another process that writes.
_PATIENCE = 1
# So many articles are kept at once.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one article in the mention table and in the candidate table, as CSV.

    They are written as they stand here, without the time that pandas takes to be imported.
    `told` has the cells `TOLD` of each mention.
    """

    mentions: str
    candidates: str
    told: list[list[str | None]]


def geocode_changed(
    articles: Sequence[Article],
    own_places: Path | None,
    problems: list[GeoError] | None = None,
    *,
    demonyms: bool = False,
    use_outlet: bool = False,
    fresh: bool = False,
    track: Track = iter,
) -> tuple[list[Found], int]:
    """Return what is found in each article, and how many of them had been geocoded before.

    Those that have not changed since are not geocoded again, unless all is to be `fresh`. `track`
    is handed the others and yields them one by one, to show how far it is. `own_places` is the
    user's table of places; the other options are those of `geo.geocode`.
    """
    store = Store()
    keys = article_keys(articles, settings_key(own_places, demonyms=demonyms))
    # With `use_outlet`, what is found depends on the other articles.
    kept = {} if fresh or use_outlet else store.read(keys)
    key_of = {article.article_id: key for article, key in zip(articles, keys, strict=True)}
    new = [article for article in articles if key_of[article.article_id] not in kept]
    found: dict[str, Found] = {}
    if new:
        from geo.geocoding import resolve

        resolved = resolve(
            track(new),
            gazetteer=load_gazetteer(own_places),
            problems=problems,
            demonyms=demonyms,
            use_outlet=use_outlet,
        )
        each = ((key_of[article.article_id], found_in(article, one)) for article, one in resolved)
        # Kept as it goes, for a long run that is broken off.
        while some := dict(islice(each, _BATCH)):
            found |= some
            if not use_outlet:
                store.write(some)
    return [one for key in keys if (one := found.get(key) or kept.get(key))], len(kept)


def settings_key(own_places: Path | None, *, demonyms: bool) -> str:
    """Return a hash of all that results depend on but the article."""
    # The column `gazetteer` has the table's name.
    own = [own_places.name, own_places.read_bytes().hex()] if own_places else []
    files = checksums([*_CODE, *map(data.path, _TABLES)])
    libraries = [sys.version, *map(version, _LIBRARIES)]
    parts = [geo.__version__, world_key(), files, libraries, own, demonyms]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def article_keys(articles: Iterable[Article], settings: str) -> list[str]:
    """Return the key under which each article's results are kept."""
    return [
        hashlib.sha256(repr((settings, article)).encode(errors="replace")).hexdigest()
        for article in articles
    ]


def found_in(article: Article, resolutions: Sequence[Resolution]) -> Found:
    """Return an article's rows."""
    from geo.tables import candidate_rows, mention_rows

    mentions = list(mention_rows(article, resolutions))
    candidates = candidate_rows(article, resolutions)
    return Found(
        whole(csv_of([row.get(column) for column in COLUMNS] for row in mentions)),
        whole(csv_of([row[column] for column in CANDIDATE_COLUMNS] for row in candidates)),
        [[row.get(column) for column in TOLD] for row in mentions],
    )


def mentions_csv(found: Iterable[Found]) -> str:
    """Return the mention table of articles as CSV."""
    return "".join([csv_of([COLUMNS]), *(one.mentions for one in found)])


def candidates_csv(found: Iterable[Found]) -> str:
    """Return the candidate table of articles as CSV."""
    return "".join([csv_of([CANDIDATE_COLUMNS]), *(one.candidates for one in found)])


def tables_of(found: Sequence[Found]) -> "tuple[gpd.GeoDataFrame, pd.DataFrame]":
    """Return the mention table and the candidate table of articles."""
    from geo.tables import as_candidate_table, as_mention_table

    mentions = _frame(mentions_csv(found)).fillna({"outlet": ""})
    return as_mention_table(mentions), as_candidate_table(_frame(candidates_csv(found)))


def _frame(text: str) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.read_csv(io.StringIO(text), dtype=object, keep_default_na=False)
    # Sentences and names stand in many rows; each is looked at once.
    plain = {
        column: cells.map({cell: arm(cell) or None for cell in cells.unique()})
        for column, cells in frame.items()
    }
    return pd.DataFrame(plain, dtype=object)


class Store:
    """Results by their keys, in a file that several processes may use at once.

    Where it cannot be read or written it keeps nothing; a damaged file is made anew.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or data.cache_folder() / FILE_NAME

    def read(self, keys: Sequence[str]) -> dict[str, Found]:
        """Return what is kept under some keys."""
        try:
            if not self._path.exists():
                return {}
            with closing(self._open()) as base:
                return _read(base, keys)
        except _TROUBLE as error:
            self._give_up(error, "earlier results cannot be used, so all is geocoded again")
            return {}

    def write(self, found: dict[str, Found]) -> None:
        """Keep results, and clear away what is old."""
        today = _today()
        rows = [(key, _packed(one), today) for key, one in found.items()]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as base, base:
                base.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)
                base.execute("DELETE FROM found WHERE used < ?", [today - _DAYS_KEPT])
        except _TROUBLE as error:
            self._give_up(error, "what was found cannot be kept for the next run")

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=_PATIENCE)
        try:
            # Another process may have made the file this moment, and its table not yet.
            for statement in _CREATE:
                base.execute(statement)
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _give_up(self, error: Exception, what: str) -> None:
        warnings.warn(f"{what}: {self._path}: {error}", stacklevel=3)
        if _is_damage(error):
            with suppress(OSError):
                self._path.unlink()


_CREATE = (
    "CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, rows BLOB, used INTEGER)",
    "CREATE INDEX IF NOT EXISTS by_use ON found (used)",
)
_READ = "SELECT key, rows, used FROM found WHERE key IN (SELECT value FROM json_each(?))"
_USE = "UPDATE found SET used = ? WHERE key IN (SELECT value FROM json_each(?))"
_TROUBLE = (sqlite3.Error, OSError, ValueError, TypeError, zlib.error)


def _is_damage(error: Exception) -> bool:
    """Say whether a new file would help: not where a file is only locked, or may not be written."""
    if isinstance(error, sqlite3.OperationalError):
        # A table of another shape, or a text that is none.
        return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_ERROR, None)
    return not isinstance(error, OSError)


def _read(base: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Found]:
    today, rows = _today(), base.execute(_READ, [json.dumps(keys)]).fetchall()
    kept = {key: _unpacked(packed) for key, packed, _ in rows}
    # Where nothing can be written, results are used all the same.
    if any(used < today for _, _, used in rows):
        with suppress(sqlite3.OperationalError), base:
            base.execute(_USE, [today, json.dumps(list(kept))])
    return kept


def _today() -> int:
    return int(time.time() // _DAY)


def _packed(found: Found) -> bytes:
    text = json.dumps(astuple(found))
    return zlib.compress(text.encode(), level=1)


def _unpacked(packed: bytes) -> Found:
    return Found(*json.loads(zlib.decompress(packed).decode()))
