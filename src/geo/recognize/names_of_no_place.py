"""Names that hold the name of a place and are none: "The Moscow Times", "AC Milan"."""

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache

from geo import data
from geo.gazetteer.names import HYPHENS, key_of
from geo.recognize.tokens import Tokens


@lru_cache
def _read() -> dict[str, list[tuple[str, ...]]]:
    """Return the names of `data/not_places.csv`, as words in normal form, by their first word."""
    names: dict[str, list[tuple[str, ...]]] = {}
    with data.path("not_places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(key_of(row["name"]).split())
            names.setdefault(words[0], []).append(words)
    return names


def find_names_of_no_place(
    tokens: Tokens, stretches: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the names of no place that begin in some stretches: first token, end."""
    known = _read()
    for first, end in stretches:
        for i in range(first, end):
            if tokens.surfaces[i][0].isupper():
                for words in known.get(key_of(tokens.surfaces[i]), ()):
                    behind = _match(tokens, i, words)
                    if behind:
                        yield i, behind


def _match(tokens: Tokens, first: int, words: tuple[str, ...]) -> int:
    """Return the token behind a name that begins at `first`, or 0."""
    i = first
    for word in words:
        # Hyphens between its words make no other name of it.
        while first < i < len(tokens.surfaces) and tokens.surfaces[i] in HYPHENS:
            i += 1
        if i == len(tokens.surfaces) or key_of(tokens.surfaces[i]) != word:
            return 0
        i += 1
    return i
