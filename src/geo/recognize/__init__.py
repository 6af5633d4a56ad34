"""Find mentions of places in articles.

A recogniser is any callable `recognizer(article) -> mentions`: spans in, spans out. Ours is
`CrfRecognizer`; a user's own may wrap spaCy or anything else.
"""

from collections.abc import Sequence
from typing import Protocol

from geo.recognize.recognizer import CrfRecognizer
from geo.records import Article, Mention

__all__ = ["CrfRecognizer", "Recognizer"]


class Recognizer(Protocol):
    """Returns the mentions of an article, in reading order, none overlapping another."""

    def __call__(self, article: Article, /) -> Sequence[Mention]: ...
