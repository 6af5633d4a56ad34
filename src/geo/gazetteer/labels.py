"""What a place is called in English, Russian or Ukrainian."""

import re

from geo.morphology import is_known
from geo.records import Place

LANGUAGES = ("en", "ru", "uk")
_OTHER = {"ru": "uk", "uk": "ru"}
_LETTERS = {"ru": re.compile("[а-яё -]+", re.I), "uk": re.compile("[а-щьюяґєії’ʼ' -]+", re.I)}
# How words look in the other language that no dictionary has.
_FOREIGN = {
    "ru": re.compile("[сцз]ьк|[оеє]ве$", re.I),
    "uk": re.compile("[сцз]к(?:ий|ая|а|ое)?$|[еоі]во$", re.I),
}
# How surely a word is of a language.
_KNOWN, _LOOKS_SO, _HARDLY = 2, 1, 0


def name_in(place: Place, language: str) -> str:
    """Return a place's name in a language; its own name, the English one, if there is none.

    GeoNames' list of a place's names does not tell their languages: where no other table does, it
    is the first of those that are most surely of the language.
    """
    if language == "en":
        return place.name
    names = [name for name in place.names if _LETTERS[language].fullmatch(name)]
    likeliest = max(names, key=lambda name: _sureness(name, language), default=place.name)
    return dict(place.labels).get(language, likeliest)


def _sureness(name: str, language: str) -> int:
    """Return how surely a name is of a language: as its least sure word."""
    words = filter(None, re.split("[ -]+", name))
    return min(_sureness_of_word(word, language) for word in words)


def _sureness_of_word(word: str, language: str) -> int:
    if is_known(word, language):
        return _KNOWN
    is_foreign = is_known(word, _OTHER[language]) or _FOREIGN[language].search(word)
    return _HARDLY if is_foreign else _LOOKS_SO
