"""What a place is called in English, Russian or Ukrainian."""

import re

from geo.gazetteer.romanize import latin_of
from geo.morphology import classes_of, is_known, lemmas_of
from geo.records import Place

LANGUAGES = ("en", "ru", "uk")
_OTHER = {"ru": "uk", "uk": "ru"}
_LETTERS = {"ru": re.compile("[а-яё -]+", re.I), "uk": re.compile("[а-щьюяґєії’ʼ' -]+", re.I)}
# How words look in other languages that no dictionary has.
_FOREIGN = {
    "ru": re.compile("[сцз]ьк|[оеє]ве$|ъ(?![еёюя])", re.I),
    "uk": re.compile("[сцз]к(?:ий|ая|а|ое)?$|[еоі]во$", re.I),
}
# How surely a word is of a language.
_KNOWN, _LOOKS_SO, _HARDLY = 2, 1, 0
# Shorter words are parts of names that no dictionary need have: "Лос", "Нью".
_SHORT = 3
_ABOUT = 0.2


def name_in(place: Place, language: str) -> str:
    """Return a place's name in a language; its own name, the English one, if there is none.

    GeoNames' list of a place's names does not tell their languages: where no other table does, it
    is one of those that are most surely of the language, the nearest to the English name in sound.
    """
    if language == "en":
        return place.name
    told = dict(place.labels).get(language)
    if told:
        return told
    names = [name for name in place.names if _LETTERS[language].fullmatch(name)]
    sure = max((_sureness(name, language) for name in names), default=_HARDLY)
    surest = [name for name in names if _sureness(name, language) == sure]
    return _nearest(place.name, surest, language) if sure > _HARDLY else place.name


def _nearest(title: str, names: list[str], language: str) -> str:
    """Return the first of the names that are about as like a title as any.

    Lists of names hold other cases too: "Перм" beside "Пермь".
    """
    from rapidfuzz.distance import OSA

    title = title.lower()
    likeness = [OSA.normalized_similarity(latin_of(name, language), title) for name in names]
    enough = max(likeness) - _ABOUT
    near = [name for name, like in zip(names, likeness, strict=True) if like >= enough]
    return max(near, key=lambda name: ("Geox" in classes_of(name), name.lower() in lemmas_of(name)))


def _sureness(name: str, language: str) -> int:
    """Return how surely a name is of a language: as its least sure word."""
    words = filter(None, re.split("[ -]+", name))
    return min((_sureness_of_word(word, language) for word in words), default=_HARDLY)


def _sureness_of_word(word: str, language: str) -> int:
    if is_known(word, language):
        return _KNOWN
    if len(word) <= _SHORT:
        return _LOOKS_SO
    is_foreign = is_known(word, _OTHER[language]) or _FOREIGN[language].search(word)
    return _HARDLY if is_foreign else _LOOKS_SO
