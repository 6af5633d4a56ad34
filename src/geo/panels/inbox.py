"""Texts and files that somebody hands over, kept as articles in a folder."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from geo import data
from geo.articles.collection import parse_day
from geo.articles.drafts import Draft
from geo.articles.formats import READERS, read_drafts
from geo.articles.guesses import guesses_of
from geo.errors import InputError
from geo.files import write_bytes, write_text
from geo.rows import raise_error

# What may hold many articles is kept as it is; all else becomes one text with its front matter,
# where its owner can mend outlet and date.
_TABLES = (".csv", ".jsonl")
ENDINGS = tuple(READERS)
# In bytes, of which file systems allow 255.
_LONGEST_NAME = 120
_FRONT = ("outlet", "published", "title", "url", "language")


def free_name(folder: Path, name: str = "text") -> str:
    """Return a name that no file of the folder has yet: this one, else with -2, -3 and so on."""
    taken = {path.stem.lower() for path in folder.iterdir()}
    stem = _file_name(name)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(one for one in names if one.lower() not in taken)


def keep_text(
    folder: Path,
    name: str,
    text: str,
    outlet: str = "",
    published: date | None = None,
    *,
    instead_of: Path | None = None,
) -> Path:
    """Keep a text as an article and return its file; raises InputError if there is no text.

    A name that another file has is left to it; an edited text takes the file that it was kept in
    before, which it stands `instead_of`.
    """
    if not text.strip():
        raise InputError("there is no text; paste one, or add a file")
    path = instead_of or folder / f"{_name_for(folder, name, name)}.md"
    fields = {"outlet": outlet, "published": published.isoformat() if published else ""}
    _write(path, text, fields)
    return path


def keep_file(folder: Path, name: str, content: bytes) -> Path:
    """Keep the articles of a file and return where; a name that another file has is left to it.

    Outlet and date are guessed where it does not say, with a warning. Raises InputError if it
    cannot be read, or has the name of a table beside the articles; then nothing is kept.
    """
    ending = Path(name).suffix.lower()
    stem = _file_name(Path(name).stem)
    if ending not in ENDINGS:
        raise InputError(f"{name} is of no format that is read; give {', '.join(ENDINGS)}")
    if f"{stem}{ending}".lower() in data.OWN_TABLES:
        raise InputError(
            f"{name} is what a table of yours beside the articles is called; "
            "put it into the folder by hand, or give the articles another name"
        )
    with _copy(name, content) as path:
        drafts = list(read_drafts(path, raise_error))
    if ending in _TABLES:
        kept = folder / f"{_name_for(folder, stem, name)}{ending}"
        write_bytes(kept, content)
        return kept
    (draft,) = drafts
    if not draft.fields["text"].strip():
        raise InputError(f"{name} has no text; give it some, or leave it out")
    parse_day(draft.fields.get("published", ""), f"{name}, published")
    # An id names a file too, and comes from a stranger.
    kept = folder / f"{_name_for(folder, draft.fields.get('id') or stem, name)}.md"
    _write(kept, draft.fields["text"], draft.fields | _guessed(draft, name, kept))
    return kept


def _name_for(folder: Path, wanted: str, name: str) -> str:
    """Return the wanted name, or a free one like it, with a warning."""
    free = free_name(folder, wanted)
    if free != _file_name(wanted):
        warnings.warn(f"{name}: another article has that name; kept as {free}", stacklevel=2)
    return free


@contextmanager
def _copy(name: str, content: bytes) -> Iterator[Path]:
    """Lay bytes into a file to be read; messages call it by the name that it was handed over by."""
    with TemporaryDirectory() as scratch, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        path = Path(scratch, f"article{Path(name).suffix.lower()}")
        path.write_bytes(content)
        try:
            yield path
        except InputError as error:
            raise InputError(str(error).replace(str(path), name)) from error
    for warning in caught:
        warnings.warn(str(warning.message).replace(str(path), name), stacklevel=2)


def _guessed(draft: Draft, name: str, kept: Path) -> dict[str, str]:
    """Return outlet and date by what the text tells of them, where the file does not say."""
    guesses = guesses_of(draft.fields["text"], draft.fields.get("url", "")) | draft.guessed
    found = {key: guess for key, guess in guesses.items() if not draft.fields.get(key)}
    for key, guess in found.items():
        warnings.warn(
            f"{name}: {key} guessed: {guess.value}, from {guess.why}; "
            f"mend it in {kept.resolve()} if it is wrong",
            stacklevel=2,
        )
    return {key: guess.value for key, guess in found.items()}


def _write(path: Path, text: str, fields: dict[str, str]) -> None:
    """Write an article with what is known of it as its front matter."""
    known = {key: fields[key] for key in _FRONT if fields.get(key)}
    front = yaml.safe_dump(known, allow_unicode=True, sort_keys=False) if known else ""
    write_text(path, f"---\n{front}---\n\n{text.strip()}\n")


def _file_name(name: str) -> str:
    """Return a name as a file may have it everywhere, without the folders in it."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore") or "text"
