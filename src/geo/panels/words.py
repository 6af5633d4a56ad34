"""Texts of strangers as HTML that can only be read."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

_BOX = "border-left:4px solid {};padding:4px 10px;margin:4px 0;color:#222;background:{}"
_ERROR, _NOTE = ("#b3261e", "#fdecea"), ("#8a6d00", "#fff8e1")


def marked(before: str, name: str, after: str) -> str:
    """Return a name in its text, marked.

    >>> marked("near ", "<b>Kiev</b>", ".")
    'near <mark>&lt;b&gt;Kiev&lt;/b&gt;</mark>.'
    """
    return f"{escape(before)}<mark>{escape(name)}</mark>{escape(after)}".replace("\n", "<br>")


def source(row: dict[str, Any]) -> str:
    """Return which article a mention stands in."""
    parts = (row["article_id"], row["outlet"], row["published_date"])
    return escape(", ".join(str(part) for part in parts if part))


def told(row: dict[str, Any]) -> str:
    """Return what a mention is taken for now, and why."""
    place = "no place"
    if row["place_id"]:
        lies_in = ", ".join(filter(None, (row["admin1_name"], row["country_code"])))
        place = f"{row['place_name']} ({row['place_kind']}; {lies_in or 'no country'})"
    return escape(f"Now: {place}, score {row['score']:.2f}; {row['reason']}")


def notes(texts: Iterable[str], *, is_error: bool = False) -> str:
    """Return sentences in a box, one a line; nothing for none."""
    lines = "".join(f"<div>{escape(text)}</div>" for text in dict.fromkeys(texts))
    role, colours = ("alert", _ERROR) if is_error else ("status", _NOTE)
    return f'<div role="{role}" style="{_BOX.format(*colours)}">{lines}</div>' if lines else ""


def listed(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    head = "".join(f'<th style="text-align:left">{escape(cell)}</th>' for cell in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f'<table style="border-spacing:12px 0"><tr>{head}</tr>{body}</table>'
