"""Indexes in the user's cache folder: built once, found again, mended if damaged or out of date."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import data
from geo.errors import GazetteerError
from geo.gazetteer.index import Index

if TYPE_CHECKING:
    from rich.console import Console

# Wraps what is worked through, to show how far it is: track(items, "Reading cities").
Track = Callable[[Iterable[Any], str], Iterable[Any]]

# How many indexes of other versions may stay beside a new one.
_KEPT_OLD = 1


def open_index(name: str, key: str, write: Callable[[Path, Track], None]) -> Index:
    """Return the index `name` in its version `key`; build it with `write` where it is needed.

    `write` puts an index into an empty folder. Only one process does so at a time, and the
    folder gets its name when it is whole. Raises GazetteerError if it cannot be written.
    """
    folder = data.cache_folder() / "indexes" / f"{name}-{key}"
    try:
        return Index(folder)
    except GazetteerError as error:
        problem = str(error) if folder.exists() else ""
    try:
        return _build(folder, name, write, problem)
    except (OSError, RuntimeError) as error:  # marisa_trie raises the latter
        reason = getattr(error, "strerror", None) or error
        raise GazetteerError(
            f"cannot write the gazetteer's index to {folder.parent}: {reason}; "
            "set GEO_CACHE_DIR to a folder that can be written and has 100 MB to spare"
        ) from error


def checksums(paths: Iterable[Path]) -> list[str]:
    """Return the SHA-256 of files; those of files that have not changed are remembered.

    Reading all that the world is made from would take longer than opening its index.
    """
    memory = data.cache_folder() / "checksums.json"
    known: dict[str, list[Any]] = {}
    with suppress(OSError, ValueError, TypeError):
        known = dict(json.loads(memory.read_text(encoding="utf-8")))
    now = {str(path): _checksum(path, known.get(str(path), [])) for path in paths}
    if any(known.get(path) != entry for path, entry in now.items()):
        _remember(memory, known | now)
    return [str(entry[-1]) for entry in now.values()]


def _checksum(path: Path, known: Any) -> list[Any]:
    status = path.stat()
    stamp = [status.st_size, status.st_mtime_ns]
    if isinstance(known, list) and known[:-1] == stamp:
        return known
    from hashlib import sha256

    return [*stamp, sha256(path.read_bytes()).hexdigest()]


def _remember(memory: Path, entries: dict[str, list[Any]]) -> None:
    from geo.files import write_text

    with suppress(OSError):  # it is only quicker with a memory
        memory.parent.mkdir(parents=True, exist_ok=True)
        write_text(memory, json.dumps({p: e for p, e in entries.items() if Path(p).exists()}))


def _build(folder: Path, name: str, write: Callable[[Path, Track], None], problem: str) -> Index:
    import shutil

    cache = folder.parent
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / f"{name}.lock"):
        with suppress(GazetteerError):
            return Index(folder)  # another process has built it meanwhile
        # What a build that was killed has left.
        for rest in cache.glob(f".{name}-*"):
            shutil.rmtree(rest, ignore_errors=True)
        others = [path for path in cache.glob(f"{name}-*") if path != folder]
        with _shown(problem or ("the data changed" if others else "")) as track:
            _write_whole(folder, name, lambda scratch: write(scratch, track))
        for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-_KEPT_OLD]:
            shutil.rmtree(old, ignore_errors=True)
        return Index(folder)


def _locked(path: Path) -> AbstractContextManager[Any]:
    """Return a lock that is held until the end of a `with`; say so if another process has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        _say("Another process is building the gazetteer's index; waiting for it.")
        return lock.acquire()


def _write_whole(folder: Path, name: str, write: Callable[[Path], None]) -> None:
    """Write a folder beside its place, then move it there."""
    import shutil
    import tempfile

    scratch = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder.parent))
    damaged = scratch.with_name(f"{scratch.name}-damaged")
    try:
        write(scratch)
        for file in scratch.iterdir():
            _flush(file)
        if folder.exists():
            folder.rename(damaged)
        scratch.chmod(0o755)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(damaged, ignore_errors=True)


def _flush(path: Path) -> None:
    """Bring a file to the disk: a power cut must not leave an empty one of the right size."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _shown(problem: str) -> Iterator[Track]:
    """Say in one line that, and why, an index is built; show a bar where somebody may see it."""
    from rich.progress import Progress

    why = f" again, because {problem}" if problem else ""
    console = _say(f"Building the gazetteer's index{why}; this takes up to a minute, once.")
    # In Jupyter, a bar would need ipywidgets, and without them fill the page with complaints.
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda items, what: progress.track(items, description=what)


def _say(notice: str) -> "Console":
    from rich.console import Console

    console = Console(stderr=True)
    console.print(notice, markup=False, highlight=False, soft_wrap=True)
    return console
