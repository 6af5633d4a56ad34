"""The resolver of the first version: candidates weighed by plain rules, with reasons."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.gazetteer import Gazetteer
from geo.gazetteer.prior import name_weight, prior_of
from geo.gazetteer.search import search
from geo.records import Article, Candidate, Mention, Place, Resolution
from geo.resolve.evidence import Evidence, Neighbourhood
from geo.resolve.reasons import explain

if TYPE_CHECKING:
    from geo.gazetteer.online import NominatimGazetteer

# Weights in units of log-odds; set by hand on the five articles.
_QUALIFIED = 6.0
_NEAR, _NEAR_MOST = 0.7, 5
_SAME_ADMIN1, _SAME_ADMIN1_MOST = 0.4, 5
_SAME_COUNTRY, _SAME_COUNTRY_MOST = 0.2, 10
_PRIOR = 0.8
# What is not in the gazetteer at all competes too: no candidate is ever certain.
_UNKNOWN = 0.0
_KNOWN = 1.5
_MOST = 0.99
_TOP_CANDIDATES = 5
# States have no namesakes worth a doubt.
_STATES, _STATE = frozenset({"country", "bloc"}), 3.0


class RuleResolver:
    """Weighs the places of a name by the other places of the article.

    Only if you pass a `NominatimGazetteer` as `online` is that asked, for unknown names.
    """

    def __init__(self, gazetteer: Gazetteer, online: "NominatimGazetteer | None" = None) -> None:
        self._gazetteer, self._online = gazetteer, online

    def __call__(self, article: Article, mentions: Sequence[Mention], /) -> list[Resolution]:
        candidates = [(mention, self._candidates(mention)) for mention in mentions]
        neighbourhood = Neighbourhood(article, candidates)
        return [
            _resolve(mention, {p: neighbourhood.weigh(i, p) for p in places}, places)
            for i, (mention, places) in enumerate(candidates)
        ]

    def _candidates(self, mention: Mention) -> list[Place]:
        if mention.type_word:
            return self._gazetteer.find(f"{mention.surface} {mention.type_word}")
        return search(self._gazetteer, mention.surface, online=self._online)


def _resolve(
    mention: Mention, evidence: dict[Place, Evidence], places: Sequence[Place]
) -> Resolution:
    if not places:
        return Resolution(mention, None, 0.0, f"no gazetteer knows {mention.surface!r}")
    name = " ".join(filter(None, (mention.surface, mention.type_word)))
    odds = {place: math.exp(_weight(name, place, evidence[place])) for place in places}
    total = sum(odds.values()) + math.exp(_UNKNOWN)
    ranked = [
        Candidate(place, min(round(odds[place] / total, 2), _MOST))
        for place in sorted(places, key=lambda place: -odds[place])
    ]
    best = ranked[0]
    reason = explain(mention, best.place, places, evidence[best.place])
    return Resolution(mention, best.place, best.score, reason, tuple(ranked[:_TOP_CANDIDATES]))


def _weight(name: str, place: Place, evidence: Evidence) -> float:
    return (
        _KNOWN
        + _QUALIFIED * bool(evidence.qualifier)
        + _NEAR * min(evidence.near, _NEAR_MOST)
        + _SAME_ADMIN1 * min(evidence.same_admin1, _SAME_ADMIN1_MOST)
        + _SAME_COUNTRY * min(evidence.same_country, _SAME_COUNTRY_MOST)
        + _PRIOR * (prior_of(place) + name_weight(name, place) - 3)
        + _STATE * (place.kind in _STATES)
    )
