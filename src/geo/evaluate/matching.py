"""Predictions beside the gold labels they overlap: what every figure is counted from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.evaluate.areas import RIGHT_KM, area_test, distance_km
from geo.evaluate.gold import (
    GoldDocument,
    Span,
    Toponym,
    counted,
    has_point,
    is_aside,
    once_a_span,
    span,
)
from geo.gazetteer import Gazetteer
from geo.records import Article


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold toponym and a prediction on at least one same letter.

    `km` is None unless both have a point; `is_around`: the place predicted has the gold point in
    its area.
    """

    wanted: Toponym
    got: Toponym
    km: float | None
    is_around: bool

    @property
    def is_exact(self) -> bool:
        return span(self.wanted) == span(self.got)

    @property
    def is_near(self) -> bool:
        return self.km is not None and self.km <= RIGHT_KM

    @property
    def is_right(self) -> bool:
        return self.is_near or self.is_around


@dataclass(frozen=True, slots=True)
class Matched:
    """One document's gold and predictions, each once a span, without what is set aside.

    `claimed` are the predictions with a point that could be right or wrong: not those on gold
    without a point.
    """

    article: Article
    wanted: Sequence[Toponym]
    got: Sequence[Toponym]
    claimed: Sequence[Toponym]
    pairs: Sequence[Pair]

    def hits(self) -> Iterator[Pair]:
        """Yield the pairs of the very same span."""
        return (pair for pair in self.pairs if pair.is_exact)


def match(
    gold: Iterable[GoldDocument],
    predictions: Iterable[dict[str, Any]],
    gazetteer: Gazetteer | None = None,
) -> list[Matched]:
    """Return each gold document with what was found in it.

    Whether a place is around a gold point is known only with a gazetteer.
    """
    found = {prediction["doc"]: prediction["toponyms"] for prediction in predictions}
    return [_match(d, found.get(d.article.article_id, ()), gazetteer) for d in gold]


def _match(
    document: GoldDocument, predicted: Iterable[Toponym], gazetteer: Gazetteer | None
) -> Matched:
    aside = [toponym for toponym in document.toponyms if is_aside(toponym)]
    wanted = once_a_span(counted(document))
    got = [t for t in once_a_span(predicted) if not _overlaps_any(t, aside)]
    pointless = [toponym for toponym in wanted if not has_point(toponym)]
    located = {span(toponym) for toponym in wanted if has_point(toponym)}
    return Matched(
        article=document.article,
        wanted=wanted,
        got=got,
        claimed=[
            toponym
            for toponym in got
            if has_point(toponym)
            and (span(toponym) in located or not _overlaps_any(toponym, pointless))
        ],
        pairs=[_pair(w, g, gazetteer) for w in wanted for g in got if _overlap(w, g)],
    )


def _pair(wanted: Toponym, got: Toponym, gazetteer: Gazetteer | None) -> Pair:
    if not (has_point(wanted) and has_point(got)):
        return Pair(wanted, got, None, is_around=False)
    return Pair(wanted, got, distance_km(wanted, got), _is_around(wanted, got, gazetteer))


def _is_around(wanted: Toponym, got: Toponym, gazetteer: Gazetteer | None) -> bool:
    if gazetteer is None:
        return False
    try:
        place = gazetteer[got.get("place_id") or ""]
    except KeyError:  # a place of another gazetteer, whose area is not known
        return False
    return area_test(gazetteer)(place, wanted)


def _overlap(one: Toponym, other: Toponym) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _overlaps_any(toponym: Toponym, others: Iterable[Toponym]) -> bool:
    return any(_overlap(toponym, other) for other in others)


def most_couples(pairs: Iterable[tuple[Span, Span]]) -> int:
    """Return how many pairs can be kept if nobody may be in two of them.

    >>> most_couples([((0, 9), (0, 4)), ((0, 9), (5, 9)), ((0, 4), (0, 4))])
    2
    """
    choices: dict[Span, list[Span]] = {}
    for one, other in pairs:
        choices.setdefault(one, []).append(other)
    partner_of: dict[Span, Span] = {}

    def finds_partner(one: Span, asked: set[Span]) -> bool:
        for other in choices[one]:
            if other in asked:
                continue
            asked.add(other)
            if other not in partner_of or finds_partner(partner_of[other], asked):
                partner_of[other] = one
                return True
        return False

    return sum(finds_partner(one, set()) for one in choices)
