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
# How much more a known word counts than one that looks so, beside its likeness to the title, and
# which difference is none.
_OF_SURENESS, _ABOUT = 0.35, 0.2


def name_in(place: Place, language: str) -> str:
    """Return a place's name in a language; its own name, the English one, if there is none.

    GeoNames' list of a place's names does not tell their languages: where no other table does, it
    is one that is surely of the language and near to the English name in sound.
    """
    if language == "en":
        return place.name
    names = [name for name in place.names if _LETTERS[language].fullmatch(name)]
    fitting = [name for name in names if _sureness(name, language) > _HARDLY]
    told = dict(place.labels).get(language)
    return told or _likeliest(fitting, place.name.lower(), language) or place.name


def _likeliest(names: list[str], title: str, language: str) -> str:
    """Return the likeliest of the names for a title in lower case, "" of none.

    Lists of names hold other cases too, "Перм" beside "Пермь", and former names.
    """
    from rapidfuzz.distance import OSA

    if not names:
        return ""
    likeness = [OSA.normalized_similarity(latin_of(name, language), title) for name in names]
    weights = [
        like + _OF_SURENESS * _sureness(name, language)
        for name, like in zip(names, likeness, strict=True)
    ]
    enough = max(weights) - _ABOUT
    near = [name for name, weight in zip(names, weights, strict=True) if weight >= enough]
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
