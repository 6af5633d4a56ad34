"""Texts and files that somebody hands over, kept as articles in a folder."""

import re
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from geo.articles import read_articles
from geo.articles.formats import READERS
from geo.articles.guesses import guess_date, guess_outlet
from geo.errors import InputError
from geo.files import write_bytes, write_text
from geo.records import Article

# What may hold many articles is kept as it is; all else becomes one text with its front matter,
# where its owner can mend outlet and date.
_TABLES = (".csv", ".jsonl")
ENDINGS = tuple(READERS)
_LONGEST_NAME = 80


def free_name(folder: Path) -> str:
    """Return a name that no article of the folder has: text-1, text-2 and so on."""
    taken = {path.stem for path in folder.glob("text-*")}
    names = (f"text-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def keep_text(folder: Path, name: str, text: str, outlet: str, published: date | None) -> Path:
    """Keep a text as an article; one of the same name is replaced. Raises InputError for none."""
    if not text.strip():
        raise InputError("there is no text; paste one, or add a file")
    article = Article(_file_name(name), text.strip(), outlet=outlet, published_date=published)
    return _write(folder, article)


def keep_file(folder: Path, name: str, content: bytes) -> None:
    """Keep the articles of a file; one of the same name is replaced.

    Outlet and date are guessed where it does not say, with a warning. Raises InputError if it
    cannot be read; then nothing is kept.
    """
    ending = Path(name).suffix.lower()
    stem = _file_name(Path(name).stem)
    with TemporaryDirectory() as scratch:
        path = Path(scratch, f"{stem}{ending}")
        path.write_bytes(content)
        try:
            articles = read_articles([path])
        except InputError as error:
            raise InputError(str(error).replace(f"{scratch}/", "")) from error
    if ending in _TABLES:
        write_bytes(folder / f"{stem}{ending}", content)
    else:
        _write(folder, _guessed(articles[0], name))


def _guessed(article: Article, name: str) -> Article:
    """Fill in outlet and date by what the text tells of them."""
    outlet = None if article.outlet else guess_outlet(article.text, article.url)
    day = None if article.published_date else guess_date(article.text, article.url)
    for what, guess in (("outlet", outlet), ("date", day)):
        if guess:
            warnings.warn(
                f"{name}: {what} guessed: {guess.value}, from {guess.why}; "
                f"mend it in {article.article_id}.md if it is wrong",
                stacklevel=2,
            )
    return replace(
        article,
        outlet=outlet.value if outlet else article.outlet,
        published_date=date.fromisoformat(day.value) if day else article.published_date,
    )


def _write(folder: Path, article: Article) -> Path:
    """Write an article with what is known of it as its front matter."""
    day = article.published_date
    known = {
        "outlet": article.outlet,
        "published": day.isoformat() if day else "",
        "title": article.title,
        "url": article.url,
        "language": article.language,
    }
    fields = {key: value for key, value in known.items() if value}
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False) if fields else ""
    path = folder / f"{article.article_id}.md"
    write_text(path, f"---\n{front}---\n\n{article.text}\n")
    return path


def _file_name(name: str) -> str:
    """Return a name as a file may have it everywhere, without the folders in it."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    return plain[:_LONGEST_NAME] or "text"
