"""Files: their bytes to text, whatever the encoding, and results written whole or not at all."""

import codecs
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import InputError, OutputError

STANDARD_INPUT = Path("-")

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_text(path: Path, *, may_be_empty: bool = False) -> str:
    """Return a file's text with `\\n` line ends; the path `-` reads standard input.

    Raises InputError if the file is missing, empty or no text.
    """
    text = decode(read_bytes(path), label(path)).replace("\r\n", "\n").replace("\r", "\n")
    if not (text.strip() or may_be_empty):
        raise InputError(f"{label(path)} is empty: give it some text or leave it out")
    return text


def label(path: Path) -> str:
    """Return how messages call a path."""
    return "standard input" if path == STANDARD_INPUT else str(path)


def decode(data: bytes, where: str) -> str:
    """Return the text of some bytes: by byte order mark, as UTF-8, else by a good guess."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode_as(data, encoding, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, where)
    if "\0" in text:
        raise _not_text(where)
    return text


def _decode_as(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: byte {error.start} is not {encoding} as its first bytes promise; "
            "save the file as UTF-8"
        ) from error


def whole(text: str) -> str:
    """Return a text as every program can hold it: without NUL and half characters.

    >>> whole("a\\0b\\ud800")
    'a\ufffdb?'
    """
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _guess(data: bytes, where: str) -> str:
    # charset-normalizer takes a tenth of a second to import, and most files are UTF-8.
    from charset_normalizer import from_bytes, is_binary

    best = None if is_binary(data) else from_bytes(data).best()
    if best is None:
        raise _not_text(where)
    warnings.warn(
        f"{where} is not UTF-8; read as {best.encoding}, so check its letters", stacklevel=2
    )
    return str(best)


def _not_text(where: str) -> InputError:
    return InputError(f"{where} is not a text file: save it as plain text in UTF-8")


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; the path `-` reads standard input. Raises InputError."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        mend = "its rights" if isinstance(error, PermissionError) else "the path"
        raise InputError(f"cannot read {path}: {error.strerror}; check {mend}") from error


def check_writable(path: Path) -> None:
    """Raise OutputError if a file cannot be written, or made."""
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"cannot write {path}: it or its folder may not be written; check rights")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let no other process of geo change a file meanwhile.

    The lock lies beside the file, for those who share a folder do not share a cache. Raises
    OutputError if the file cannot be written.
    """
    from filelock import FileLock

    check_writable(path)
    lock = path.with_name(f".{path.name}.lock")
    try:
        held = FileLock(lock).acquire()
        with suppress(OSError):  # whoever made it has given it the rights of the table
            lock.chmod(_mode(path))
    except OSError as error:
        raise OutputError(
            f"cannot lock {path} by {lock}: {error.strerror}; check rights"
        ) from error
    with held:
        yield


def write_text(path: Path, text: str) -> None:
    """Write a text file at once: a reader sees the old file or the new one, never a half.

    Raises OutputError if that cannot be done; nothing is left behind.
    """
    # A file name may hold bytes that are no text, and then so may an id.
    write_bytes(path, text.encode("utf-8", errors="replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file at once, as `write_text` does."""
    # A link stays one: its target is written.
    path = path.resolve()
    if not path.parent.is_dir():
        raise OutputError(f"cannot write {path}: there is no folder {path.parent}; make it first")
    scratch = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        scratch = Path(name)
        _write_down(descriptor, content)
        scratch.chmod(_mode(path))
        scratch.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; {_mend(error)}") from error
    finally:
        if scratch:
            scratch.unlink(missing_ok=True)


def _write_down(file: Path | int, content: bytes) -> None:
    """Write a file and wait until the disk has it: a power cut leaves no empty one."""
    with open(file, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def write_folder(path: Path, files: dict[str, bytes], *, sign: str, known: Collection[str]) -> None:
    """Write a folder of files at once.

    A folder that is there is replaced if it is an older one: it holds the file `sign` and only
    files that are `known`. Raises OutputError if that cannot be done; nothing is left behind.
    """
    path = path.resolve()
    _check_replaceable(path, sign, known)
    scratch = None
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        new, old = scratch / "new", scratch / "old"
        new.mkdir()
        for name, content in files.items():
            _write_down(new / name, content)
        # Between these two there is no folder; what was there lies beside it if geo is killed.
        if path.exists():
            path.rename(old)
        new.rename(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; {_mend(error)}") from error
    finally:
        if scratch:
            if (scratch / "old").exists() and not path.exists():
                (scratch / "old").rename(path)
            shutil.rmtree(scratch, ignore_errors=True)


def _check_replaceable(path: Path, sign: str, known: Collection[str]) -> None:
    if not path.parent.is_dir():
        raise OutputError(f"cannot write {path}: there is no folder {path.parent}; make it first")
    if path.exists() and not path.is_dir():
        raise OutputError(f"cannot write {path}: it is a file; name a folder or remove it")
    names = sorted(one.name for one in path.iterdir()) if path.exists() else []
    others = [name for name in names if name not in known or sign not in names]
    if others:
        raise OutputError(
            f"cannot write {path}: the folder holds {others[0]!r} already; name a new folder"
        )


def _mend(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "check the rights of the file and of its folder"
    return "free space or choose another place"


def _mode(path: Path) -> int:
    # mkstemp makes files for their owner alone; keep the old file's mode, or the user's default.
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
