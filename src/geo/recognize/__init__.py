"""Find mentions of places in articles.

A recogniser is any callable `recognizer(article) -> mentions`: spans in, spans out. Ours is
`RuleRecognizer`; a user's own may wrap spaCy or anything else.
"""

from collections.abc import Sequence
from typing import Protocol

from geo.recognize.rules import RuleRecognizer
from geo.records import Article, Mention

__all__ = ["Recognizer", "RuleRecognizer"]


class Recognizer(Protocol):
    """Returns the mentions of an article, in reading order, none overlapping another."""

    def __call__(self, article: Article, /) -> Sequence[Mention]: ...
