"""Short sentences with their places marked: "[Moscow] denied it, the {Ukrainian} army said"."""

import re
from pathlib import Path

from geo.errors import InputError
from geo.evaluate.gold import GoldDocument, Toponym
from geo.files import read_text
from geo.records import Article
from geo.train.corpora import Corpus

_MARKED = re.compile(r"\[([^][{}]+)\]|\{([^][{}]+)\}")


def read_sentences(path: Path) -> Corpus:
    """Read a file of marked sentences, one a line; lines that begin with "#" are comments.

    Raises InputError naming the line whose brackets do not match.
    """
    lines = read_text(path).split("\n")
    return Corpus(
        path.stem,
        tuple(
            _read_line(line, number, path)
            for number, line in enumerate(lines, start=1)
            if line.strip() and not line.startswith("#")
        ),
    )


def _read_line(line: str, number: int, path: Path) -> GoldDocument:
    text, toponyms, end = "", list[Toponym](), 0
    for match in _MARKED.finditer(line):
        text += line[end : match.start()]
        surface = match[1] or match[2]
        start = len(text)
        text += surface
        toponyms.append(
            {
                "start": start,
                "end": len(text),
                "surface": surface,
                "lat": None,
                "lon": None,
            }
        )
        end = match.end()
    text += line[end:]
    if set(text) & set("[]{}"):
        raise InputError(
            f"{path}, line {number}: brackets that do not match in {line!r}; "
            "mark a place as [Kyiv] and a word for people as {Ukrainian}"
        )
    return GoldDocument(Article(f"{path.stem} {number}", text), tuple(toponyms))
