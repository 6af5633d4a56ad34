"""How names are compared: one normal form, whatever the case, accents and apostrophes."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`´ʹ′‘"
HYPHENS = "-‐‑‒–—"
# Soft hyphens and zero-width marks come with text copied from web pages.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters and digits; an underscore is Markdown's, no part of a word.
_LETTER = rf"[^\W_{APOSTROPHES}]"
# Vowel signs and accents that follow a letter: of Latin and Cyrillic, Hebrew, Arabic, and the
# scripts from Devanagari to Khmer, where only the danda and its like are no part of words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u096f\u0971-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u0f18\u0f19\u0f35-\u0f39\u0f71-\u0f84"
    "\u0f86-\u0fbc\u102b-\u103e\u1056-\u108f\u17b4-\u17d3\u3099\u309a"
)
# Hebrew and Arabic are mostly written without their vowels.
_VOWELS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
# One word, without apostrophes, as a regular expression. It never goes back: some letters are in
# both sets, so that there would be many ways to read a word.
WORD = rf"{_LETTER}++(?:[{INVISIBLE}{_MARKS}]++{_LETTER}*+)*+"
_WORDS = re.compile(rf"{WORD}(?:[{APOSTROPHES}]{WORD})*")
_DROPPED = re.compile(f"[{APOSTROPHES}{INVISIBLE}{_VOWELS}]")
_LATIN_ACCENT = re.compile(r"([a-z])[\u0300-\u036f]+")
# "St. Petersburg" is "Saint Petersburg".
_LONG_FORMS = {"st": "saint", "ste": "sainte"}


def words_of(text: str) -> list[str]:
    """Return the words of a text in reading order.

    >>> words_of("Kiev’s Mar'inka")
    ['Kiev’s', "Mar'inka"]
    """
    return _WORDS.findall(text)


def _fold(word: str) -> str:
    if word.isascii():
        word = word.casefold().replace("'", "").replace("`", "")
        return _LONG_FORMS.get(word, word)
    word = _DROPPED.sub("", unicodedata.normalize("NFC", word).casefold())
    # й and ї are letters of their own, so only Latin letters lose their accents.
    word = _LATIN_ACCENT.sub(r"\1", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", word).replace("ё", "е")


@lru_cache(maxsize=50_000)
def normalize(name: str) -> str:
    """Return the form under which spellings of one name are equal.

    >>> normalize("Mar’inka"), normalize("SAVUR–Mohyla"), normalize("Шахтёрск")
    ('marinka', 'savur mohyla', 'шахтерск')
    """
    return " ".join(filter(None, map(_fold, words_of(name))))


@lru_cache(maxsize=50_000)
def key_of(name: str) -> str:
    """Return the form under which a gazetteer keeps a name: the normal one, without "the".

    >>> key_of("The Hague"), key_of("St. Petersburg")
    ('hague', 'saint petersburg')
    """
    return normalize(name).removeprefix("the ")
