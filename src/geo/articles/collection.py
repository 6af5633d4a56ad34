"""Many articles from many paths: gaps filled, ids unique, bad ones listed."""

import hashlib
import os
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from geo import data
from geo.articles.drafts import Draft
from geo.articles.formats import READERS, read_drafts
from geo.articles.guesses import Guess
from geo.articles.pages import ENDINGS, is_our_map
from geo.articles.sidecar import SidecarRow, find_row, read_sidecar
from geo.errors import GeoError, InputError
from geo.files import STANDARD_INPUT
from geo.language import LANGUAGES
from geo.records import Article
from geo.rows import Report, holds_mentions, raise_error

# Word keeps a file of its own beside one that is open.
_HIDDEN = (".", "~$")
_MOST_NAMED = 3
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}[\d:.,+\-Zz ]*)?")


def read_articles(
    paths: Iterable[str | Path],
    *,
    metadata: str | Path | None = None,
    outlet: str = "",
    published: str = "",
    language: str = "",
    problems: list[GeoError] | None = None,
) -> list[Article]:
    """Read articles from files (.txt, .md, .csv, .jsonl, .html, .docx, .pdf), folders and `-`.

    What an article lacks comes from the sidecar `metadata`, then, of a document, from what it
    seems to tell itself, with a warning, then from `outlet`, `published` (an ISO day) and
    `language`; without any, its text tells the language. An article that cannot be read raises
    InputError, or, given a list of `problems`, is added to it. An article without a date is kept,
    with a warning.
    """
    files = [Path(path) for path in paths]
    report: Report = raise_error if problems is None else problems.append
    sidecar = read_sidecar(Path(metadata)) if metadata else []
    parse_day(published, "published")
    rest = {"outlet": outlet, "published": published, "language": language}
    articles: dict[str, Article] = {}
    read = set[str]()
    skip = {Path(metadata).resolve()} if metadata else set()
    for draft in _drafts(files, skip, report):
        try:
            row = find_row(sidecar, draft.path)
            read.add(row.where)
            article = _article(draft, row, rest)
            if article.article_id in articles:
                raise InputError(
                    f"{draft.where}: id {article.article_id!r} is taken by another article of "
                    f"this run; give it an id of its own {_places_of(draft)}"
                )
        except InputError as error:
            report(error)
        else:
            articles[article.article_id] = article
    if any(file.is_dir() for file in files):
        _warn_of_unread([row for row in sidecar if row.where not in read])
    return list(articles.values())


def parse_day(text: str, where: str) -> date | None:
    """Return the day that an ISO date or time names, None for none; raises InputError.

    The day is taken as written: a time zone never moves it.
    """
    if not text.strip():
        return None
    match = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(match.group(1) if match else "")
    except ValueError as error:
        raise InputError(f"{where}: {text!r} is no date; write YYYY-MM-DD") from error


def check_language(text: str, where: str) -> None:
    """Raise InputError if a language is given that is none of those that are read."""
    if text and text not in LANGUAGES:
        raise InputError(f"{where}: {text!r} is not read; use one of {', '.join(LANGUAGES)}")


def _drafts(paths: Iterable[Path], skip: set[Path], report: Report) -> Iterator[Draft]:
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path, skip, report):
            if (real := _real(file)) not in seen:
                seen.add(real)
                yield from read_drafts(file, report)


def _files(path: Path, skip: set[Path], report: Report) -> list[Path]:
    try:
        if path == STANDARD_INPUT or path.is_file():
            return [path]
        path.stat()
    except OSError as error:
        report(InputError(f"cannot read {path}: {error.strerror}; check the path"))
        return []
    files = [file for file in _walk(path, report) if not skip or _real(file) not in skip]
    if not files:
        report(InputError(f"no article in {path}: it holds no {', '.join(READERS)}"))
    return files


def _real(file: Path) -> Path:
    """Return a file's path without links; to resolve only folders saves thousands of look-ups."""
    return file.resolve() if file.is_symlink() else _real_folder(file.parent.absolute()) / file.name


@lru_cache(maxsize=100)
def _real_folder(folder: Path) -> Path:
    return folder.resolve()


def _walk(folder: Path, report: Report) -> Iterator[Path]:
    """Yield the article files of a folder and its folders; none hidden, no mention tables."""

    def refuse(error: OSError) -> None:
        report(InputError(f"cannot read {error.filename}: {error.strerror}; check its rights"))

    for root, folders, names in os.walk(folder, onerror=refuse):
        beside = _page_folders(names)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in beside)
        for name in sorted(names):
            file = Path(root, name)
            is_article = file.suffix.lower() in READERS and not name.startswith(_HIDDEN)
            is_article = is_article and name not in data.OWN_TABLES
            if is_article and not holds_mentions(file) and not is_our_map(file):
                yield file


def _page_folders(names: list[str]) -> set[str]:
    """Return what browsers call the folders of pictures and scripts beside saved pages."""
    pages = (name for name in names if name.lower().endswith(ENDINGS))
    return {f"{name.rpartition('.')[0]}_files" for name in pages}


def _article(draft: Draft, row: SidecarRow, rest: dict[str, str]) -> Article:
    own = {key: value.strip() for key, value in draft.fields.items() if key != "text"}

    def said(key: str) -> str:
        return own.get(key) or row.fields.get(key) or ""

    guessed = {key: guess for key, guess in draft.guessed.items() if not said(key)}

    def field(key: str) -> str:
        return guessed[key].value if key in guessed else said(key) or rest.get(key, "")

    text = draft.fields["text"]
    if not text.strip():
        raise InputError(f"{draft.where}, column text: empty; give the article's text")
    source = draft.where if own.get("published") else row.where or draft.where
    day = parse_day(field("published"), f"{source}, published")
    _warn_of_guesses(draft.where, guessed)
    _warn_of_gaps(draft, field("outlet"), day)
    _warn_of_language(draft.where, field("language"))
    own_id = _own_id(draft.path, field("outlet"), field("published"), text)
    return Article(
        article_id=field("id") or own_id,
        text=text,
        outlet=field("outlet"),
        published_date=day,
        title=field("title"),
        url=field("url"),
        language=field("language"),
    )


def _own_id(path: Path, outlet: str, published: str, text: str) -> str:
    # A table or standard input holds no name for one article.
    if path != STANDARD_INPUT and path.suffix.lower() not in (".csv", ".jsonl"):
        return os.fsencode(path.stem).decode(errors="replace")
    # An option of the command line may hold bytes that are no text.
    whole = f"{outlet}\n{published}\n{text}".encode(errors="surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:12]


def _warn_of_language(where: str, language: str) -> None:
    try:
        check_language(language, f"{where}, language")
    except InputError as error:
        warnings.warn(f"{error}; its text is read by its letters", stacklevel=2)


def _warn_of_guesses(where: str, guessed: dict[str, Guess]) -> None:
    for key, guess in guessed.items():
        warnings.warn(
            f"{where}: {key} {guess.value}, guessed from {guess.why}; "
            "say it in --metadata if it is wrong",
            stacklevel=2,
        )


def _warn_of_gaps(draft: Draft, outlet: str, day: date | None) -> None:
    gaps = [gap for gap, value in (("outlet", outlet), ("date", day)) if not value]
    if gaps:
        warnings.warn(
            f"{draft.where} has no {' and no '.join(gaps)}; it is kept. "
            f"Say it {_places_of(draft)}, or with {' and '.join(f'--{g}' for g in gaps)}",
            stacklevel=2,
        )


def _places_of(draft: Draft) -> str:
    """Return where somebody may say more of an article."""
    own = {".md": "in its front matter or ", ".csv": "in its row or ", ".jsonl": "in its line or "}
    return f"{own.get(draft.path.suffix.lower(), '')}in the sidecar (--metadata)"


def _warn_of_unread(rows: list[SidecarRow]) -> None:
    if rows:
        names = ", ".join(str(row.file) for row in rows[:_MOST_NAMED])
        warnings.warn(
            f"{rows[0].where}: {len(rows)} of its rows are about files that were not read "
            f"({names}); check their names",
            stacklevel=2,
        )
