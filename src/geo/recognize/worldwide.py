"""Names of the world gazetteer in a text.

Most words are the name of some village, so a name counts only if it is written as one, belongs
to no longer name, and news would name a place of it.
"""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from geo.gazetteer import Gazetteer
from geo.gazetteer.names import Token, key_of
from geo.recognize.matcher import Match, joins
from geo.recognize.words import (
    DIRECTIONS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    HONORIFICS,
    ORDINARY_WORDS,
)
from geo.records import Place

_LONGEST = 7
_SENTENCE_END = re.compile(r"[.!?:;“”\"«»]|\n")
# Inhabitants; set by hand on the development corpora.
_LEAST_OF_ONE_WORD = 5_000
_LEAST_OF_SEVERAL = 500
_LEAST_AT_A_START = 50_000
_SHORTEST, _SHORTEST_CAPITALS = 3, 4
_LONGEST_ABBREVIATION = 6
# Words in lower case inside names.
_PARTICLES = {
    *("de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "les", "el"),
    *("al", "of", "the", "and", "y", "e", "i", "en", "in", "on", "upon", "am", "an", "der", "den"),
    *("im", "sur", "sous", "aux"),
}
_PERSONAL = GIVEN_NAMES | HONORIFICS
_NO_NAMES = ORDINARY_WORDS | FUNCTION_WORDS | DIRECTIONS


class WorldwideFinder:
    """Finds the world gazetteer's names, where it is likely that a place is meant."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._demonyms = gazetteer.demonyms()
        self._population = lru_cache(maxsize=100_000)(self._population_of)

    def find(self, text: str, tokens: Sequence[Token], taken: set[int]) -> list[Match]:
        """Return matches in reading order, none over a token in `taken`."""
        context = _Context(text, tokens, taken)
        return [
            match
            for match, name in self._named(text, tokens, taken)
            if context.stands_alone(match) and self._is_likely(match, name, context)
        ]

    def _named(
        self, text: str, tokens: Sequence[Token], taken: set[int]
    ) -> Iterator[tuple[Match, str]]:
        i = 0
        while i < len(tokens):
            words = self._words(text, tokens, i, taken)
            name = self._longest(tokens, i, words)
            last = i + name.count(" ")
            if name:
                whole = name.endswith(tokens[last].key)
                end = tokens[last].end if whole else tokens[last].base_end
                end += self._has_point(text, tokens[i].start, end)
                yield Match(i, last, tokens[i].start, end, is_place=True), name
            i = last + 1

    def _words(
        self, text: str, tokens: Sequence[Token], first: int, taken: set[int]
    ) -> list[Token]:
        """Return the tokens from `first` on that may be one name: "Rio de Janeiro"."""
        words: list[Token] = []
        for i in range(first, min(first + _LONGEST, len(tokens))):
            is_apart = i > first and not joins(text, tokens[i - 1], tokens[i])
            is_word = not tokens[i].surface[0].isupper() and (
                i == first or tokens[i].key not in _PARTICLES
            )
            if i in taken or is_apart or is_word:
                break
            words.append(tokens[i])
        while words and not words[-1].surface[0].isupper():
            words.pop()
        return words

    def _longest(self, tokens: Sequence[Token], first: int, words: Sequence[Token]) -> str:
        """Return the longest name that begins at `first`, in normal form, or ""."""
        keys = [token.key for token in words]
        names = [self._gazetteer.begins_with(" ".join(keys))]
        for i, token in enumerate(words):
            if token.base != token.key:  # "Kharkiv's", but also "Martha's Vineyard"
                names.append(self._gazetteer.begins_with(" ".join([*keys[:i], token.base])))
                break
        name = max(names, key=len)
        last = name.count(" ")
        if name and not tokens[first + last].surface[0].isupper():
            return self._longest(tokens, first, words[:last])
        return name

    def _has_point(self, text: str, start: int, end: int) -> bool:
        """Say whether the point behind a name belongs to it, as in "Va."."""
        abbreviation = text[start : end + 1]
        if not abbreviation.endswith(".") or len(abbreviation) > _LONGEST_ABBREVIATION:
            return False
        return any(abbreviation in place.names for place in self._gazetteer.find(abbreviation))

    def _is_likely(self, match: Match, name: str, context: "_Context") -> bool:
        if name in self._demonyms:
            return False
        if match.first != match.last:
            return self._population(name) >= _LEAST_OF_SEVERAL
        if context.is_ordinary(match) or not self._is_spelled(name, context.surface(match)):
            return False
        at_start = context.only_starts_sentences(match)
        return self._population(name) >= (_LEAST_AT_A_START if at_start else _LEAST_OF_ONE_WORD)

    def _is_spelled(self, name: str, surface: str) -> bool:
        """Say whether a short name is written as one: "Oh" is no Ohio, though "OH" is."""
        if len(name) > _SHORTEST_CAPITALS:
            return True
        forms = {surface, surface.title()} if len(surface) >= _SHORTEST_CAPITALS else {surface}
        return any(not forms.isdisjoint(place.names) for place in self._gazetteer.find(name))

    def _population_of(self, name: str) -> float:
        """Return the inhabitants of the largest place of a name; a sea counts for many."""
        return max((_standing(place, name) for place in self._gazetteer.find(name)), default=0.0)


def _standing(place: Place, name: str) -> float:
    if place.kind == "district":
        # "Baker County" is one, but "Baker" is hardly ever.
        return math.inf if " " in name and key_of(place.name) == name else 0.0
    if place.kind == "settlement" or (place.kind == "region" and place.population):
        return place.population
    return math.inf


class _Context:
    """What the whole text says about how its words are used."""

    def __init__(self, text: str, tokens: Sequence[Token], taken: set[int]) -> None:
        self._text, self._tokens = text, tokens
        gaps = [text[one.end : other.start] for one, other in itertools.pairwise(tokens)]
        self._starts = {0, *(i for i, gap in enumerate(gaps, 1) if _SENTENCE_END.search(gap))}
        self._in_lower_case = {token.key for token in tokens if token.surface.islower()}
        self._inside = {
            token.base
            for i, token in enumerate(tokens)
            if i not in self._starts and token.surface[0].isupper()
        }
        self._surnames = {
            i
            for i, token in enumerate(tokens)
            if token.surface[0].isupper() and self._continues_a_name(i)
        }
        # "Baker said", after "James Baker".
        self._names_of_people = {tokens[i].base for i in self._surnames if i - 1 not in taken}

    def stands_alone(self, match: Match) -> bool:
        """Say whether a match is no part of a longer name: "Baker" of "James Baker"."""
        if match.first in self._surnames or self._goes_on(match):
            return False
        is_one_word = match.first == match.last
        return not (is_one_word and self._tokens[match.first].base in self._names_of_people)

    def surface(self, match: Match) -> str:
        """Return the words of a match."""
        return self._text[match.start : match.end]

    def is_ordinary(self, match: Match) -> bool:
        """Say whether one word is rather a common word, a given name or an abbreviation."""
        token = self._tokens[match.first]
        surface = self.surface(match)
        if surface.endswith("."):
            return False
        is_short = len(surface) < (_SHORTEST_CAPITALS if surface.isupper() else _SHORTEST)
        return (
            is_short
            or token.base in _NO_NAMES
            or token.base in self._in_lower_case
            or surface in _PERSONAL
        )

    def only_starts_sentences(self, match: Match) -> bool:
        """Say whether a word has its capital only where any word has one."""
        return match.first in self._starts and self._tokens[match.first].base not in self._inside

    def _continues_a_name(self, i: int) -> bool:
        """Say whether what stands before belongs to a name that goes on here."""
        token = self._tokens[i]
        if self._text[token.start - 1 : token.start] == "@":
            return True
        if i == 0:
            return False
        before = self._tokens[i - 1]
        gap = self._text[before.end : token.start]
        is_initial = len(before.surface) == 1 and before.surface.isupper() and gap == ". "
        if is_initial or (before.surface in _PERSONAL and gap in (" ", ". ")):
            return True
        is_word = before.key in _NO_NAMES or not before.surface[0].isupper()
        return i not in self._starts and gap in (" ", "-") and not is_word

    def _goes_on(self, match: Match) -> bool:
        if match.last + 1 >= len(self._tokens) or match.first != match.last:
            return False
        after = self._tokens[match.last + 1]
        return self._text[match.end : after.start] == " " and after.surface[0].isupper()
