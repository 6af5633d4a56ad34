"""Guesses who published a text, and when, each with its evidence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geo.articles.days import days_in

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
# "© 2014 VICE News. All rights reserved."
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©,]*(?:[0-9–-]{4,9})?[\s,]*([^.|]+)", re.IGNORECASE
)
# "... (Reuters) -", "KIEV, August 17 (Interfax-Ukraine)", "МОСКВА, 17 августа. /ТАСС/."
_AGENCY = re.compile(
    r"^.{0,60}?\(([^()]{2,40})\)\s*[-–—]"
    r"|^[A-ZА-ЯЁІЇЄҐ' -]{3,30}[,.][^(/]{0,30}[(/]([^()/]{2,40})[)/]"
)
_DASH = re.compile(r"\s[-–—]+\s")
# A longer line is of the story, and tells of other days.
_LINE = 80


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text or page seems to say of itself, and where it says so, in words."""

    value: str
    why: str


def guesses_of(text: str, url: str = "") -> dict[str, Guess]:
    """Return what can be guessed of the fields `outlet` and `published`."""
    found = {"outlet": guess_outlet(text, url), "published": guess_date(text, url)}
    return {key: guess for key, guess in found.items() if guess}


def guess_outlet(text: str, url: str = "") -> Guess | None:
    """Return the known outlet that an address, or a line at either end of a text, names.

    >>> guess_outlet("SLOVIANSK, Ukraine (Reuters) - Shells fell on Saturday.").value
    'Reuters'
    """
    if name := _known(url):
        return Guess(name, "the address")
    lines = _ends(text, 3)
    for find in (_alone, _copyright, _agency):
        for line in lines:
            if name := find(line):
                return _from_line(name, line)
    names = {a: name for a in _ADDRESS.findall(text) if (name := _known(a.rstrip(".,;")))}
    # Addresses of several outlets are what the text cites.
    if len(set(names.values())) == 1:
        address, name = next(iter(names.items()))
        return Guess(name, f"the address {_short(address)} in the text")
    return None


def guess_date(text: str, url: str = "") -> Guess | None:
    """Return the day that an address, or a line at either end of a text, names in full.

    >>> guess_date("Shells fall\\nAugust 17, 2014\\nA garden was hit.")
    Guess(value='2014-08-17', why="the line 'August 17, 2014'")
    """
    if days := days_in(url):
        return Guess(days[0], "the address")
    for line in _ends(text, 5):
        if days := days_in(_head(line)):
            return _from_line(days[0], line)
    return None


def page_date(html: str, url: str = "") -> Guess | None:
    """Return the day on which a web page first stood on the web, by htmldate, and what shows it."""
    import htmldate
    import trafilatura

    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    # A text would be taken for an address and fetched, if it began like one.
    found = htmldate.find_date(trafilatura.load_html(html), original_date=True, url=url or None)
    day = found or ""
    why = _evidence(tree, url, day) if day else ""
    # The first of January is what htmldate makes of a year alone.
    if not why and day and not day.endswith("-01-01"):
        why = "htmldate's reading of the page"
    return Guess(day, why) if why else None


def _evidence(tree: Any, url: str, day: str) -> str:
    sources: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        (
            '<meta property="article:published_time">',
            lambda: tree.xpath("//meta[@property='article:published_time']/@content"),
        ),
        ("datePublished in its JSON-LD", lambda: _json_dates(tree)),
        ("<time>", lambda: tree.xpath("//time/@datetime | //time//text()")),
        ("the address", lambda: [url]),
    )
    for why, values in sources:
        if any(day in days_in(value) for value in values()):
            return why
    texts = tree.xpath("//body//text()[not(parent::script or parent::style)]")
    lines = (line.strip() for text in texts for line in text.splitlines())
    line = next((line for line in lines if day in days_in(line)), "")
    return _from_line(day, line).why if line else ""


def _json_dates(tree: Any) -> list[str]:
    blocks = tree.xpath("//script[@type='application/ld+json']/text()")
    return re.findall(r'"datePublished"\s*:\s*"([^"]{0,40})"', "\n".join(blocks))


def _ends(text: str, n: int) -> list[str]:
    """Return the first and the last lines that hold anything."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) <= 2 * n else lines[:n] + lines[-n:]


def _head(line: str) -> str:
    """Return a short line, or what stands before the dash in "KIEV, August 17, 2014 - Shells"."""
    if len(line) <= _LINE:
        return line
    head, *rest = _DASH.split(line, maxsplit=1)
    return head if rest and len(head) <= _LINE else ""


def _alone(line: str) -> str:
    # Words after an address belong to a sentence.
    is_address = " " not in line or "/" not in line
    return _known(line) if len(line) <= _LINE and is_address else ""


def _copyright(line: str) -> str:
    match = _COPYRIGHT.search(line)
    return _known(match[1].strip()) if match else ""


def _agency(line: str) -> str:
    match = _AGENCY.search(line)
    return _known(match[1] or match[2]) if match else ""


def _known(name: str) -> str:
    """Return what our table calls an outlet, "" if it is not in there."""
    from geo.gazetteer.outlets import find_outlet

    outlet = find_outlet(name) if name.strip() else None
    return outlet.name if outlet else ""


def _from_line(value: str, line: str) -> Guess:
    return Guess(value, f"the line '{_short(line)}'")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
