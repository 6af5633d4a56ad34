"""Text in a picture: any text at all, in one line, as wide as there is room."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

# It comes with matplotlib, so that a picture is the same on every machine.
FONT = "DejaVu Sans"
# "$" would begin a formula, and a user's own settings might hand all text to LaTeX.
PLAIN: dict[str, Any] = {"family": FONT, "parse_math": False, "usetex": False}
# Letters are measured large, where rounding to pixels makes no difference.
_ENLARGED = 20
# No name needs more; measuring a whole book would take its time.
_LONGEST = 200


@contextmanager
def quiet() -> Iterator[None]:
    """Do not warn of each letter that the font lacks; a box is drawn for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        yield


def one_line(text: str) -> str:
    """Return a text without control characters and line ends.

    >>> one_line("Port\\n\\tArthur\\x00")
    'Port Arthur'
    """
    kept = "".join(c if c.isprintable() else " " for c in text[: 2 * _LONGEST])
    return " ".join(kept.split())[:_LONGEST]


@lru_cache(maxsize=5_000)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in points."""
    font = FontProperties(family=FONT, size=size, weight=weight)
    with quiet():
        size_of = _renderer().get_text_width_height_descent
        width, _, _ = size_of(text, font, ismath=False)  # type: ignore[no-untyped-call]
        return float(width) / _ENLARGED


@lru_cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, 72 * _ENLARGED)  # type: ignore[no-untyped-call]


def fit(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return a text in one line that is at most `width` points wide, with an ellipsis if cut."""
    text = one_line(text)
    if width_of(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(_cut(text, middle), size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    return f"{re.sub(r'[ ,·/]+$', '', text[:length])}…"


def fit_list(start: str, items: Sequence[str], width: float, size: float) -> str:
    """Return as many items as there is room for, and how many more there are."""
    for n_shown in range(len(items), 0, -1):
        rest = f" +{len(items) - n_shown}" if n_shown < len(items) else ""
        line = one_line(start + ", ".join(items[:n_shown])) + rest
        if width_of(line, size) <= width:
            return line
    more = f" +{len(items) - 1}" if len(items) > 1 else ""
    return fit(start + items[0], width - width_of(more, size), size) + more


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text."""
    lines = [""]
    # Word by word, since only a word may be too long: credits are never cut.
    for word in map(one_line, text.split()):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width or not lines[-1]:
            lines[-1] = fit(longer, width, size)
        else:
            lines.append(fit(word, width, size))
    return lines
