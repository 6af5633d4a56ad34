"""Say which place a mention means.

A resolver is any callable `resolver(article, mentions) -> resolutions`, one for each mention in
the same order. Ours is `RankResolver`.
"""

from collections.abc import Sequence
from typing import Protocol

from geo.records import Article, Mention, Resolution
from geo.resolve.resolver import RankResolver

__all__ = ["RankResolver", "Resolver"]


class Resolver(Protocol):
    """Returns one resolution for each mention, in the order of the mentions."""

    def __call__(
        self, article: Article, mentions: Sequence[Mention], /
    ) -> Sequence[Resolution]: ...
