"""What a place is called in English, Russian or Ukrainian."""

import re
from itertools import chain

from geo.records import Place

LANGUAGES = ("en", "ru", "uk")
_CYRILLIC = re.compile(r"[Ѐ-ӿ’ʼ' -]+")
_UKRAINIAN = re.compile("[іїєґ]|[сцз]ьк", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]|[сцз]к", re.IGNORECASE)


def name_in(place: Place, language: str) -> str:
    """Return the first name that looks like the language's: most names do not tell theirs.

    The place's own name if there is none.
    """
    if language == "en":
        return place.name
    cyrillic = [name for name in place.names if _CYRILLIC.fullmatch(name)]
    if language == "ru":
        return next((name for name in cyrillic if not _UKRAINIAN.search(name)), place.name)
    sure = (name for name in cyrillic if _UKRAINIAN.search(name))
    fitting = (name for name in cyrillic if not _RUSSIAN.search(name))
    return next(chain(sure, fitting), place.name)
