"""Longest match of known names over the words of a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo.gazetteer.names import HYPHENS, INVISIBLE, Token, tokenize

# Inside a name: white space (a line end, but no empty line), or a hyphen.
_SPACE = rf"(?:[^\S\n]|[{INVISIBLE}])*"
_GAP = re.compile(rf"{_SPACE}\n?{_SPACE}|\s?[{HYPHENS}]\s?")
# Behind "St" and "U" a point as well.
_GAP_OF_ABBREVIATION = re.compile(rf"\.?(?:{_GAP.pattern})")
_LONGEST_SHORT_FORM = 3
_ABBREVIATION_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A known name over `tokens[first:last + 1]`; `is_place` is false for a name of no place."""

    first: int
    last: int
    start: int
    end: int
    is_place: bool


@dataclass(slots=True)
class _Node:
    children: "dict[str, _Node]" = field(default_factory=dict)
    # The spellings that end here, by whether they name a place.
    spellings: dict[tuple[str, ...], bool] = field(default_factory=dict)


class Matcher:
    """Finds the longest known names; a name of no place hides the place names inside it."""

    def __init__(self, place_names: Iterable[str], other_names: Iterable[str] = ()) -> None:
        self._root = _Node()
        for name in place_names:
            self._add(name, is_place=True)
        for name in other_names:
            self._add(name, is_place=False)

    def _add(self, name: str, *, is_place: bool) -> None:
        tokens = tokenize(name)
        node = self._root
        for token in tokens:
            node = node.children.setdefault(token.key, _Node())
        if tokens:
            node.spellings[tuple(token.surface for token in tokens)] = is_place

    def find(self, text: str, tokens: Sequence[Token]) -> list[Match]:
        """Return the matches in reading order; they never overlap."""
        matches = []
        i = 0
        while i < len(tokens):
            match = self._longest(text, tokens, i)
            if match:
                matches.append(match)
            i = match.last + 1 if match else i + 1
        return matches

    def _longest(self, text: str, tokens: Sequence[Token], first: int) -> Match | None:
        node, best = self._root, None
        for i in range(first, len(tokens)):
            token = tokens[i]
            if i > first and not joins(text, tokens[i - 1], token):
                break
            words = [t.surface for t in tokens[first : i + 1]]
            if token.base != token.key and (ended := node.children.get(token.base)):
                # "Kiev’s": the name ends before the possessive.
                base = [*words[:-1], text[token.start : token.base_end]]
                if (is_place := _spelled(ended, base)) is not None:
                    best = Match(first, i, tokens[first].start, token.base_end, is_place)
                    break
            if token.key not in node.children:
                break
            node = node.children[token.key]
            if (is_place := _spelled(node, words)) is not None:
                best = Match(first, i, tokens[first].start, _end(text, token), is_place)
        return best


def joins(text: str, one: Token, other: Token) -> bool:
    """Say whether two tokens may stand in one name: nothing much lies between them."""
    gap = _GAP_OF_ABBREVIATION if len(one.surface) <= _LONGEST_SHORT_FORM else _GAP
    return gap.fullmatch(text, one.end, other.start) is not None


def _spelled(node: _Node, words: Sequence[str]) -> bool | None:
    """Say whether words name a place as some spelling has them; None if no spelling fits."""
    kinds = [
        is_place
        for spelling, is_place in node.spellings.items()
        # "Azov Regiment" is written in either case, but "grad" and "buk" are words.
        if _fits(spelling if is_place else spelling[:1], words)
    ]
    return all(kinds) if kinds else None


def _fits(spelling: Sequence[str], words: Sequence[str]) -> bool:
    # map stops at the shorter one.
    return all(map(_word_fits, spelling, words))


def _word_fits(known: str, word: str) -> bool:
    if known.isupper() and len(known) <= _ABBREVIATION_LENGTH:
        return word == known  # "US" is not "us"
    return not known[0].isupper() or word[0].isupper()


def _end(text: str, token: Token) -> int:
    # "U.S.": the last point belongs to the abbreviation.
    is_initial = len(token.surface) == 1 and text[token.start - 1 : token.start] == "."
    return token.end + (is_initial and text[token.end : token.end + 1] == ".")
