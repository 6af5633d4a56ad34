"""Names that hold the name of a place and are none: "The Moscow Times", "AC Milan"."""

import csv
from functools import lru_cache

from geo import data
from geo.gazetteer.names import key_of
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


def find_names_of_no_place(tokens: Tokens, first: int, end: int) -> list[tuple[int, int]]:
    """Return the names of no place in a stretch: first token, and the one behind the last."""
    known = _read()
    spoken = [i for i in range(first, end) if tokens.surfaces[i][0].isalnum()]
    keys = [key_of(tokens.surfaces[i]) for i in spoken]
    return [
        (spoken[k], spoken[k + len(words) - 1] + 1)
        for k, key in enumerate(keys)
        if tokens.surfaces[spoken[k]][0].isupper()
        for words in known.get(key, ())
        if tuple(keys[k : k + len(words)]) == words
    ]
