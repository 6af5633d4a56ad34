"""Say which place a mention means.

A resolver is any callable `resolver(article, mentions) -> resolutions`, one for each mention in
the same order. Ours is `RuleResolver`.
"""

from collections.abc import Sequence
from typing import Protocol

from geo.records import Article, Mention, Resolution
from geo.resolve.rules import RuleResolver

__all__ = ["Resolver", "RuleResolver"]


class Resolver(Protocol):
    """Returns one resolution for each mention, in the order of the mentions."""

    def __call__(
        self, article: Article, mentions: Sequence[Mention], /
    ) -> Sequence[Resolution]: ...
