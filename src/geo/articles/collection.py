"""Many articles from many paths: gaps filled, ids unique, bad ones listed."""

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.articles.formats import READERS, Draft, read_drafts
from geo.articles.sidecar import read_sidecar
from geo.errors import InputError
from geo.files import STANDARD_INPUT
from geo.records import Article
from geo.rows import Report, raise_error

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")


@dataclass(frozen=True)
class Fallback:
    """What stands in for a gap: used only where an article and its sidecar say nothing."""

    outlet: str = ""
    published: str = ""
    language: str = "en"


def read_articles(
    paths: Iterable[str | Path],
    *,
    metadata: str | Path | None = None,
    fallback: Fallback | None = None,
    problems: list[InputError] | None = None,
) -> list[Article]:
    """Read articles from files (.txt, .md, .csv, .jsonl), folders of them and `-`.

    What an article lacks comes from the sidecar `metadata`, then from `fallback`. An article
    that cannot be read raises InputError, or, given a list of `problems`, is added to it.
    An article without a date is kept, with a warning.
    """
    report: Report = raise_error if problems is None else problems.append
    fallback = fallback or Fallback()
    sidecar = read_sidecar(Path(metadata)) if metadata else {}
    parse_day(fallback.published, "--date")
    articles: dict[str, Article] = {}
    skip = {Path(metadata).resolve()} if metadata else set()
    for draft in _drafts(paths, skip, report):
        try:
            article = _article(draft, sidecar.get(draft.path.name, {}), fallback)
            if article.article_id in articles:
                raise InputError(
                    f"{draft.where}: id {article.article_id!r} is taken by another article of "
                    "this run; give it an id of its own in its front matter or the sidecar"
                )
        except InputError as error:
            report(error)
        else:
            articles[article.article_id] = article
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


def _drafts(paths: Iterable[str | Path], skip: set[Path], report: Report) -> Iterator[Draft]:
    for path in map(Path, paths):
        try:
            files = _files(path, skip)
        except InputError as error:
            report(error)
            continue
        for file in files:
            yield from read_drafts(file, report)


def _files(path: Path, skip: set[Path]) -> list[Path]:
    if path == STANDARD_INPUT or path.is_file():
        return [path]
    if not path.exists():
        raise InputError(f"there is no {path}; check the path")
    files = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in READERS
        and file.is_file()
        and not file.name.startswith(".")
        and file.resolve() not in skip
    )
    if not files:
        raise InputError(f"no article in {path}: it holds no {', '.join(READERS)}")
    return files


def _article(draft: Draft, sidecar: Mapping[str, str], fallback: Fallback) -> Article:
    own = {key: value.strip() for key, value in draft.fields.items() if key != "text"}

    def field(key: str, otherwise: str = "") -> str:
        return own.get(key) or sidecar.get(key, "").strip() or otherwise

    text = draft.fields["text"]
    if not text.strip():
        raise InputError(f"{draft.where}, column text: empty; give the article's text")
    outlet = field("outlet", fallback.outlet)
    published = field("published", fallback.published)
    day = parse_day(published, f"{draft.where}, published")
    _warn_of_gaps(draft.where, outlet, day)
    return Article(
        article_id=field("id") or _own_id(draft.path, outlet, published, text),
        text=text,
        outlet=outlet,
        published_date=day,
        title=field("title"),
        url=field("url"),
        language=field("language", fallback.language),
    )


def _own_id(path: Path, outlet: str, published: str, text: str) -> str:
    # A table or standard input holds no name for one article.
    if path != STANDARD_INPUT and path.suffix.lower() in (".txt", ".md"):
        return path.stem
    return hashlib.sha256(f"{outlet}\n{published}\n{text}".encode()).hexdigest()[:12]


def _warn_of_gaps(where: str, outlet: str, day: date | None) -> None:
    gaps = [gap for gap, value in (("outlet", outlet), ("date", day)) if not value]
    if gaps:
        warnings.warn(
            f"{where} has no {' and no '.join(gaps)}; it is kept. "
            f"Say it in the file, in --metadata or with {' and '.join(f'--{g}' for g in gaps)}",
            stacklevel=2,
        )
