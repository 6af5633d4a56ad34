"""What the recogniser of Cyrillic text sees of each token, beside what `features` describes.

The fields are the same; their values stand for other features. Words count by what a dictionary
knows of them rather than by themselves, because there are few sentences to learn from.
"""

from functools import lru_cache
from typing import Any

from geo.morphology import classes_of, is_cyrillic, lemmas_of
from geo.recognize import slavic_words as words
from geo.recognize.features import expand, shape_of

_LISTS = {
    "unit": words.UNITS,
    "title": words.TITLES,
    "street": words.STREETS,
    "outlet": words.OUTLETS,
    "thing": words.THINGS,
    "type": words.TYPES,
    "locative": words.LOCATIVES,
}


def expand_slavic(field: str, value: Any) -> list[str]:
    """Return the names of the features that a field's value stands for."""
    if field == "word":
        return _word_features(value)
    if field in ("before", "after", "before2"):
        return _neighbour_features(field, value)
    if field in ("run_first", "run_last"):
        return _run_features(field, value)
    return expand(field, value)


@lru_cache(maxsize=100_000)
def _lists_of(word: str) -> list[str]:
    lemmas = lemmas_of(word) | {word.lower()}
    return [name for name, members in _LISTS.items() if members & lemmas]


def _word_features(surface: str) -> list[str]:
    lower = surface.lower()
    classes = sorted(classes_of(surface))
    found = [f"shape={shape_of(surface)}", f"length={min(len(lower), 12)}"]
    found += [f"is={name}" for name in classes]
    found.append(f"all={'+'.join(classes)}")
    found += [f"list={name}" for name in _lists_of(surface)]
    if is_cyrillic(surface):
        found += [f"suffix={lower[-n:]}" for n in (2, 3) if len(lower) > n + 1]
    if len(lower) < 6 and surface.isupper():
        found.append(f"word={lower}")
    return found


def _neighbour_features(field: str, surface: str) -> list[str]:
    lower = surface.lower()
    found = [f"{field}={lower}", f"{field}_shape={shape_of(surface) if surface else ''}"]
    if is_cyrillic(surface):
        found += [f"{field}_is={name}" for name in sorted(classes_of(surface))]
        found += [f"{field}_lemma={lemma}" for lemma in sorted(lemmas_of(surface))[:2]]
    return found + [f"{field}_list={name}" for name in _lists_of(surface)]


def _run_features(field: str, word: str) -> list[str]:
    if not word:
        return [f"{field}="]
    return [
        *(f"{field}_is={name}" for name in sorted(classes_of(word))),
        *(f"{field}_list={name}" for name in _lists_of(word)),
    ]
