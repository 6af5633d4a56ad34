"""Answers of online gazetteers, kept on disk; several programs may share them."""

import json
import sqlite3
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from geo.errors import OutputError

Answer = list[dict[str, Any]]

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY, answer TEXT NOT NULL, fetched_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (server TEXT PRIMARY KEY, turn REAL NOT NULL) WITHOUT ROWID;
"""
# A turn further off than the longest queue we expect comes from a clock that was wrong.
_LONGEST_QUEUE_SECONDS = 60


class Answers:
    """A file of questions and their answers, and of when each server may be asked next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if self._is_damaged():
            with FileLock(f"{path}.lock"):
                if self._is_damaged():  # and not mended by another program meanwhile
                    self._move_aside()
        with self._open() as database:
            database.executescript(_TABLES)

    def get(self, question: str) -> Answer | None:
        """Return the answer to a question, or None if it was never asked."""
        with self._open() as database:
            row = database.execute(
                "SELECT answer FROM answers WHERE question = ?", (question,)
            ).fetchone()
        try:
            answer: Answer | None = json.loads(row[0]) if row else None
        except ValueError:
            return None  # a damaged row; the new answer replaces it
        return answer

    def put(self, question: str, answer: Answer) -> None:
        """Keep an answer; once this returns, it outlives the program."""
        text = json.dumps(answer, ensure_ascii=False)
        with self._open() as database:
            database.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question, text, time.time())
            )

    def take_turn(self, server: str, now: float, delay_seconds: float) -> float:
        """Reserve the next moment at which anybody may ask a server, and return it."""
        with self._open() as database:
            rows = database.execute(
                "INSERT INTO turns VALUES (:server, :now) ON CONFLICT (server) DO UPDATE "
                "SET turn = min(max(:now, turn + :delay), :now + :delay + :longest) "
                "RETURNING turn",
                {
                    "server": server,
                    "now": now,
                    "delay": delay_seconds,
                    "longest": _LONGEST_QUEUE_SECONDS,
                },
            ).fetchall()
        return float(rows[0][0])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # One connection a step: safe in threads and forks, and each step is committed as it ends.
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as database:
                yield database
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"cannot keep online answers in {self.path}: {error}; "
                "free space or choose another file (cache=...)"
            ) from error

    def _is_damaged(self) -> bool:
        if not self.path.is_file():
            return False
        try:
            with closing(sqlite3.connect(self.path, timeout=60)) as database:
                return bool(database.execute("PRAGMA quick_check").fetchone() != ("ok",))
        except sqlite3.OperationalError:
            return False  # busy or forbidden, which the next step reports
        except sqlite3.DatabaseError:
            return True

    def _move_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.damaged")
        self.path.replace(aside)
        # What SQLite meant to undo in the old file must not be done to the new one.
        self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        warnings.warn(
            f"{self.path} was damaged; it is now {aside.name}, and a new one was begun",
            stacklevel=4,
        )
