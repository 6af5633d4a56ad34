"""What the dictionaries of Russian and Ukrainian say of a word: its lemma and what it may be.

They are pymorphy3's, and are opened with the first Cyrillic word. Which language a text is in is
not asked: a word with letters of one language is looked up in that, any other in both.
"""

import re
from functools import cache, lru_cache
from typing import Any

_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ'’ʼ]"), re.compile("[ыэъё]")
_IS_CYRILLIC = re.compile("[Ѐ-ӿ]")
# Of proper names; the Ukrainian dictionary knows no Geox.
_PROPER = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")
# Guesses of an ending that are so unlikely tell nothing.
_LEAST_SCORE = 0.05
_MOST_KEPT = 100_000
# Parses are large, and mostly asked for a few times in a row.
_MOST_READ = 5_000


def is_cyrillic(word: str) -> bool:
    """Say whether a word is written in Cyrillic letters."""
    return bool(_IS_CYRILLIC.search(word))


@lru_cache(maxsize=_MOST_KEPT)
def classes_of(word: str) -> frozenset[str]:
    """Return what a word may be: kinds of proper names, parts of speech, "unknown".

    >>> sorted(classes_of("взрывы"))
    ['NOUN']
    """
    found: set[str] = set()
    for is_known, parses in _read(_plain(word)):
        sign = "" if is_known else "?"
        for parse in parses:
            if parse.score < _LEAST_SCORE and not is_known:
                continue
            proper = [name for name in _PROPER if name in parse.tag.grammemes]
            found |= {sign + name for name in proper or [str(parse.tag.POS or "other")]}
        found |= set() if is_known else {"unknown"}
    return frozenset(found)


@lru_cache(maxsize=_MOST_KEPT)
def cases_of(word: str) -> frozenset[str]:
    """Return the cases that a word may be in, as pymorphy3 names them; none if it is unknown.

    Where a word is known as a place's name, other meanings do not count.

    >>> sorted(cases_of("Москву")), sorted(cases_of("Киев"))
    (['accs'], ['accs', 'nomn'])
    """
    known = (parses for is_known, parses in _read(_plain(word)) if is_known)
    tags = [parse.tag for parses in known for parse in parses if parse.tag.case]
    places = [tag for tag in tags if "Geox" in tag.grammemes]
    return frozenset(str(tag.case) for tag in places or tags)


@lru_cache(maxsize=_MOST_KEPT)
def lemmas_of(word: str) -> frozenset[str]:
    """Return the dictionary forms that a word may be of.

    >>> "президент" in lemmas_of("президентом")
    True
    """
    return frozenset(parse.normal_form for _, parses in _read(_plain(word)) for parse in parses)


@lru_cache(maxsize=_MOST_KEPT)
def languages_of(word: str) -> frozenset[str]:
    """Return in which of the two languages a word is known, or may be by its letters.

    >>> sorted(languages_of("взрыв")), sorted(languages_of("президент"))
    (['ru'], ['ru', 'uk'])
    """
    lower = _plain(word)
    codes = _codes(lower)
    known = [code for code in codes if _open(code).word_is_known(lower)]
    return frozenset(known or codes)


def is_known(word: str, language: str) -> bool:
    """Say whether the dictionary of "ru" or "uk" has a word.

    >>> is_known("Одессе", "ru"), is_known("Одессе", "uk")
    (True, False)
    """
    return bool(_open(language).word_is_known(_plain(word)))


def _plain(word: str) -> str:
    return re.sub("[’ʼ`]", "'", word.lower())


@lru_cache(maxsize=_MOST_READ)
def _read(word: str) -> list[tuple[bool, list[Any]]]:
    """Return what each dictionary makes of a word: whether it has it, and as what."""
    analyzers = map(_open, _codes(word))
    return [(one.word_is_known(word), one.parse(word)) for one in analyzers]


def _codes(word: str) -> list[str]:
    if not is_cyrillic(word):
        return []
    others = (("ru", _UKRAINIAN), ("uk", _RUSSIAN))
    return [code for code, letters_of_other in others if not letters_of_other.search(word)]


@cache
def _open(language: str) -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)
