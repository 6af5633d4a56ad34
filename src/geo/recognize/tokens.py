"""A text as tokens with exact offsets, and the stretches of it that may hold names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geo.gazetteer.names import APOSTROPHES, INVISIBLE, WORD
from geo.morphology import is_cyrillic
from geo.recognize import slavic_words
from geo.recognize.words import CLOSED_CLASS, JOINING_WORDS, TYPE_WORDS

# A plain word, which most are; initials ("U.S."), a possessive, a word with its apostrophes, or one
# other sign. White space, looked at first, is none of them.
_POSSESSIVE = rf"[{APOSTROPHES}][sS](?![^\W_])"
_TOKEN = re.compile(
    rf"(?=\S)(?:[A-Za-z]++(?=[ ,\n])|(?:[^\W\d_]\.){{2,}}|{_POSSESSIVE}"
    rf"|{WORD}(?:(?!{_POSSESSIVE})[{APOSTROPHES}]{WORD})*|[^\s\w{INVISIBLE}]|_)"
)
CAPITAL, NUMBER, JOINER, TYPE_WORD, OTHER = range(5)
# What stands between the words of one name.
_JOINING_WORDS = JOINING_WORDS | slavic_words.JOINING_WORDS
_JOINERS = _JOINING_WORDS | {".", "-", "–", "‑", "/", "&", "'", "’", "'s", "’s", "'S", "’S"}
# A longer one is an address or data, and is neither kept nor compared.
_LONGEST_WORD = 100
TOO_LONG = "…"
# A name begins with a capital; joiners and type words in lower case may follow.
_NAME = re.compile(rb"%c(?:%c{0,3}[%c%c%c])*" % (CAPITAL, JOINER, CAPITAL, NUMBER, TYPE_WORD))
# A list in capitals may go on for pages.
_LONGEST_STRETCH = 60

# Lines of a text that was wrapped at some width.
_WRAPPED = range(45, 100)
_LEAST_WRAPPED, _MOST_LINES_READ = 0.6, 50


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: `text[starts[i]:ends[i]] == surfaces[i]`, and their classes.

    Only the surface of a word longer than any name is `TOO_LONG`.
    `line_ends` is how many line ends part two names: in a wrapped text, one does not.
    """

    text: str
    surfaces: list[str]
    classes: bytes
    starts: list[int]
    ends: list[int]
    line_ends: int

    def breaks_before(self, i: int) -> bool:
        """Say whether a line ends between token `i` and the one before it."""
        gap = self.text[self.ends[i - 1] : self.starts[i]]
        return "\n" in gap and gap.count("\n") >= self.line_ends

    def starts_paragraph(self, i: int) -> bool:
        """Say whether an empty line lies between token `i` and the one before it."""
        return self.text[self.ends[i - 1] : self.starts[i]].count("\n") > 1


def split(text: str) -> Tokens:
    """Return the tokens of a text.

    >>> split("Mr. Ward of Kiev's U.S. office").surfaces
    ['Mr', '.', 'Ward', 'of', 'Kiev', "'s", 'U.S.', 'office']
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    surfaces = [
        text[start:end] if end - start <= _LONGEST_WORD else TOO_LONG for start, end in spans
    ]
    return Tokens(
        text,
        surfaces,
        bytes(map(token_class, surfaces)),
        [start for start, _ in spans],
        [end for _, end in spans],
        2 if _is_wrapped(text) else 1,
    )


def _is_wrapped(text: str) -> bool:
    """Say whether lines end where they are full, not where a paragraph ends."""
    lines = text.split("\n", _MOST_LINES_READ)[:_MOST_LINES_READ]
    followed = [len(one) for one, other in pairwise(lines) if one.strip() and other.strip()]
    return sum(n in _WRAPPED for n in followed) > max(1, _LEAST_WRAPPED * len(followed))


@lru_cache(maxsize=100_000)
def token_class(surface: str) -> int:
    """Return what a token may be in a name: CAPITAL, NUMBER, JOINER, TYPE_WORD or OTHER."""
    if surface[0].isupper():
        return CAPITAL
    if surface[0].isdigit():
        return NUMBER
    if surface in _JOINERS:
        return JOINER
    return TYPE_WORD if surface in TYPE_WORDS or surface in slavic_words.TYPE_WORDS else OTHER


def find_stretches(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the first token, and the one behind the last, of each stretch that may hold names.

    "The" alone at the start of a sentence, and the like, are none.
    """
    first = tokens.classes.find(CAPITAL)
    while first >= 0:
        end = _stretch_end(tokens, first)
        if end > first + 1 or tokens.surfaces[first] not in CLOSED_CLASS:
            yield first, end
        first = tokens.classes.find(CAPITAL, end)


def parts_in_one_script(tokens: Tokens, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch whose words with a capital are all Cyrillic, or all are not.

    What joined two of them belongs to neither: "Tesla и Киев".
    """
    start, script = first, is_cyrillic(tokens.surfaces[first])
    for i in range(first + 1, end):
        if tokens.classes[i] == CAPITAL and is_cyrillic(tokens.surfaces[i]) != script:
            stop = i
            while tokens.classes[stop - 1] == JOINER:
                stop -= 1
            yield start, stop
            start, script = i, not script
    yield start, end


def _stretch_end(tokens: Tokens, first: int) -> int:
    end = _name_end(tokens, first, first + _LONGEST_STRETCH)
    if "\n" in tokens.text[tokens.starts[first] : tokens.starts[end - 1]]:
        breaks = (i for i in range(first + 1, end) if _is_parted(tokens, i))
        end = _name_end(tokens, first, next(breaks, end))
    # The point behind an abbreviation may belong to it: "Ill."
    is_point = end < len(tokens.surfaces) and tokens.surfaces[end] == "."
    return end + (is_point and tokens.ends[end - 1] == tokens.starts[end])


def _name_end(tokens: Tokens, first: int, last: int) -> int:
    name = _NAME.match(tokens.classes, first, last)
    return name.end() if name else first + 1


def _is_parted(tokens: Tokens, i: int) -> bool:
    """Say whether a name may not go on; a line in lower case belongs to the one before."""
    return tokens.breaks_before(i) and (tokens.classes[i] == CAPITAL or tokens.starts_paragraph(i))
