"""Which language a text is in: English, Russian or Ukrainian.

Letters tell English; between the other two, the dictionaries of pymorphy3 decide by the words
that only one of them has.
"""

import re
from bisect import bisect_right

from geo.morphology import languages_of
from geo.records import Article

LANGUAGES = ("en", "ru", "uk")
_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-z]")
# Fewer letters are a name or a signature.
_LEAST_LETTERS = 20
# So much of a text tells its language.
_ENOUGH = 2_000
_WORD = re.compile(r"[Ѐ-ӿ'’ʼ]+")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")


def language_of(article: Article) -> str:
    """Return the language that an article says it is in, else the one that its text is in."""
    return article.language or tell_language(article.text)


def tell_language(text: str, otherwise: str = "ru") -> str:
    """Return "en", "ru" or "uk"; "uk" if it may be in either and is it `otherwise`.

    Any other language counts as one of the three: as English, or what its letters are nearest to.

    >>> tell_language("Взрыв прогремел у вокзала"), tell_language("Вибух стався біля вокзалу")
    ('ru', 'uk')
    """
    text = text[:_ENOUGH]
    if len(_CYRILLIC.findall(text)) <= len(_LATIN.findall(text)):
        return "en"
    languages = [languages_of(word) for word in _WORD.findall(text)]
    n_russian, n_ukrainian = (languages.count(frozenset({code})) for code in ("ru", "uk"))
    if n_russian == n_ukrainian:
        return "uk" if otherwise == "uk" else "ru"
    return "uk" if n_ukrainian > n_russian else "ru"


class Paragraphs:
    """The languages of an article's paragraphs, for those that mix several."""

    def __init__(self, article: Article) -> None:
        self._given = article.language
        self._whole = language_of(article)
        self._spans = [] if self._given else [m.span() for m in _PARAGRAPH.finditer(article.text)]
        self._text = article.text
        self._kept: dict[int, str] = {}

    def language_at(self, position: int) -> str:
        """Return the language of the paragraph around a position of the text."""
        n = bisect_right(self._spans, position, key=lambda span: span[0]) - 1
        if n < 0:
            return self._whole
        if n not in self._kept:
            start, end = self._spans[n]
            paragraph = self._text[start:end]
            n_letters = len(_CYRILLIC.findall(paragraph)) + len(_LATIN.findall(paragraph))
            is_short = n_letters < _LEAST_LETTERS
            self._kept[n] = self._whole if is_short else tell_language(paragraph, self._whole)
        return self._kept[n]
