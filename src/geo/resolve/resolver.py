"""The resolver: a trained ranker chooses among the candidates of each name."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer import Gazetteer
from geo.records import NEAR, Article, Candidate, Mention, Place, Resolution
from geo.resolve import reasons
from geo.resolve.candidates import MOST_PLACES, Array, CandidateFinder
from geo.resolve.evidence import FEATURES, Sense, Weighed, find_senses, weigh
from geo.resolve.offsets import find_offset, shift
from geo.resolve.outlets import LOCAL, OutletEvidence, OutletMemory
from geo.resolve.trees import Trees, read_trees

if TYPE_CHECKING:
    from geo.gazetteer.online import NominatimGazetteer

MODELS = Path(__file__).parent.parent / "models"
RANKER, CONFIDENCE = "ranker.txt", "confidence.txt"
CONFIDENCE_FEATURES = (*FEATURES, "best_share", "lead")
_TOP_CANDIDATES = 5
# What is less likely a place and rightly placed than that is left without a point: most such points
# would be wrong. Set by cross-validation.
LEAST_SCORE = 0.33
# How often a place without candidate lies near its neighbour in the text, by cross-validation.
INFERRED_SCORE = 0.4
# How far from its neighbour such a place may well lie.
_INFERRED_ERROR_KM = 100.0
# "Donetsk, Rostov region" is meant as it is said, however much lies in Ukraine.
_SAID, _SAID_BEFORE, _LEAST_SAID = 6.0, 2.0, 0.05
# A place of the user's own beats all others, but for one of which the text says that it is meant.
_OWN = 50.0
# A local paper does not say of its own town where it lies.
_AT_HOME, _LEAST_LOG_KM = 3.0, np.log1p(50)
# More candidates than that are weighed in several blocks, so that a book takes no longer a page.
_MOST_IN_A_BLOCK = 1000
# Each candidate is compared with each other, so more would not fit into memory.
_MOST_ROWS = 1500
# So few mentions never have more candidates.
_FEW_MENTIONS = _MOST_ROWS // MOST_PLACES


@dataclass(frozen=True, slots=True)
class Models:
    """The ranker of candidates, and what tells how likely its choice is right."""

    ranker: Trees
    confidence: Trees


class RankResolver:
    """Weighs the places of a name by what the article says, and by its outlet if that is known.

    Only if you pass a `NominatimGazetteer` as `online` is that asked, for unknown names. `outlets`
    remembers what the other articles of a batch name.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        online: "NominatimGazetteer | None" = None,
        *,
        outlets: OutletMemory | None = None,
        finder: CandidateFinder | None = None,
        models: Models | None = None,
    ) -> None:
        self._finder = finder or CandidateFinder(gazetteer, online)
        self._models = models or open_models(MODELS)
        self._outlets = outlets

    def __call__(self, article: Article, mentions: Sequence[Mention], /) -> list[Resolution]:
        outlet = self._outlets.of(article) if self._outlets else OutletEvidence()
        return [
            resolution
            for block in self._blocks(mentions)
            for part in self._parted(article.text, block)
            for resolution in self._resolve(article, part, outlet)
        ]

    def _blocks(self, mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
        block: list[Mention] = []
        n, seen = 0, set[str]()
        for mention in mentions:
            if mention.surface not in seen:
                seen.add(mention.surface)
                n += len(self._finder.of(mention))
            block.append(mention)
            if n >= _MOST_IN_A_BLOCK or len(block) >= _MOST_IN_A_BLOCK:
                yield block
                block, n, seen = [], 0, set()
        if block:
            yield block

    def _parted(self, text: str, block: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
        """Part a block of which one name means many places: "Salem, Ohio; Salem, Oregon; ..."."""
        if len(block) <= _FEW_MENTIONS:
            yield block
            return
        n = sum(len(sense.named) for sense in find_senses(text, block, self._finder))
        if n <= _MOST_ROWS:
            yield block
            return
        half = len(block) // 2
        yield from self._parted(text, block[:half])
        yield from self._parted(text, block[half:])

    def _resolve(
        self, article: Article, mentions: Sequence[Mention], outlet: OutletEvidence
    ) -> list[Resolution]:
        weighed = weigh(article, mentions, self._finder, outlet)
        chosen = choose(weighed, self._models, self._finder.own)
        facts = reasons.Surroundings(weighed, [choice.row for choice in chosen])
        found: list[Resolution | None] = [None] * len(mentions)
        for k, (sense, choice) in enumerate(zip(weighed.senses, chosen, strict=True)):
            for i in sense.mentions:
                why = facts.explain(k, mentions, i)
                is_own = choice.place.place_id in self._finder.own
                found[i] = _resolution(mentions[i], choice, why, is_own=is_own)
        return [
            _placed(article, resolution) if resolution else _inferred(mentions[i], i, found)
            for i, resolution in enumerate(found)
        ]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate chosen for a sense, its row, how likely it is right, and all candidates."""

    place: Place
    row: int
    score: float
    candidates: tuple[Candidate, ...]


def choose(weighed: Weighed, models: Models, own: Container[str] = frozenset()) -> list[Choice]:
    """Choose a candidate for each sense; the user's `own` place ids win."""
    if not weighed.senses:
        return []
    shares = rank(weighed, models.ranker, own)
    scores = 1 / (1 + np.exp(-models.confidence.predict(confidence_features(weighed, shares))))
    return [
        _choice(sense, first, some, score)
        for sense, first, some, score in zip(
            weighed.senses,
            weighed.bounds.tolist(),
            _by_sense(shares, weighed.bounds),
            scores.tolist(),
            strict=False,
        )
    ]


def rank(weighed: Weighed, ranker: Trees, own: Container[str] = frozenset()) -> Array:
    """Return what share of its sense each candidate gets; they sum to 1 in each sense."""
    ranks = ranker.predict(weighed.features)
    is_said = weighed.column("container_said") > _LEAST_SAID
    ranks += _SAID * is_said
    is_own = [place.place_id in own for sense in weighed.senses for place in sense.named.places]
    if any(is_own):
        ranks += _OWN * (is_own | is_said | weighed.holds)
    ranks += _SAID * weighed.holds
    at_home = weighed.column("home_scope") == LOCAL
    ranks += _AT_HOME * (at_home & (weighed.column("home_km") < _LEAST_LOG_KM))
    ranks += _SAID_BEFORE * (weighed.column("container_elsewhere") > _LEAST_SAID)
    sizes, first = np.diff(weighed.bounds), weighed.bounds[:-1]
    shares = np.exp(ranks - np.repeat(np.maximum.reduceat(ranks, first), sizes))
    found: Array = shares / np.repeat(np.add.reduceat(shares, first), sizes)
    return found


def _by_sense(shares: Array, bounds: NDArray[np.int64]) -> list[list[float]]:
    ends, listed = bounds.tolist(), shares.tolist()
    return [listed[first:end] for first, end in pairwise(ends)]


def best_rows(shares: Array, bounds: NDArray[np.int64]) -> list[int]:
    """Return the row with the largest share of each sense, the first of equal ones."""
    return [
        first + some.index(max(some))
        for first, some in zip(bounds.tolist(), _by_sense(shares, bounds), strict=False)
    ]


def confidence_features(weighed: Weighed, shares: Array) -> Array:
    """Return a row a sense: the features of its best candidate, its share, the lead of it."""
    rows = best_rows(shares, weighed.bounds)
    found = np.empty((len(rows), len(CONFIDENCE_FEATURES)))
    found[:, :-2] = weighed.features[rows]
    found[:, -2] = shares[rows]
    second = [
        sorted(some)[-2] if len(some) > 1 else 0.0 for some in _by_sense(shares, weighed.bounds)
    ]
    found[:, -1] = found[:, -2] - second
    return found


def _choice(sense: Sense, first: int, shares: list[float], score: float) -> Choice:
    order = sorted(range(len(shares)), key=lambda n: -shares[n])[:_TOP_CANDIDATES]
    best = order[0]
    # The others divide what is left, none of them likelier than the best.
    rest = (1 - score) / ((1 - shares[best]) or 1)
    candidates = [
        Candidate(
            sense.named.places[n], round(score if n == best else min(score, rest * shares[n]), 3)
        )
        for n in order
    ]
    return Choice(sense.named.places[best], first + best, round(score, 3), tuple(candidates))


def _resolution(mention: Mention, choice: Choice, why: str, *, is_own: bool) -> Resolution:
    # What users entered by hand is not withheld from them.
    if choice.score * mention.probability < LEAST_SCORE and not is_own:
        reason = f"too unsure to tell; the likeliest is {why}"
        return Resolution(mention, None, choice.score, reason, choice.candidates)
    return Resolution(mention, choice.place, choice.score, why, choice.candidates)


def _inferred(mention: Mention, i: int, found: Sequence[Resolution | None]) -> Resolution:
    """Put a mention without candidates where the nearest other mention of the text is."""
    unknown = f"no gazetteer knows {mention.surface!r}"
    near = _nearest(mention, i, found)
    if near is None or near.place is None or mention.demonym:
        return Resolution(mention, None, 0.0, unknown)
    score = round(INFERRED_SCORE * near.score, 3)
    if score * mention.probability < LEAST_SCORE:
        return Resolution(mention, None, score, unknown)
    place = replace(
        near.place,
        place_id=f"{near.place.place_id}{NEAR}",
        name=f"near {near.place.name}",
        error_km=max(near.place.error_km, _INFERRED_ERROR_KM),
        population=0,
    )
    reason = (
        f"{unknown}; inferred from the nearest place of the text, "
        f"{reasons.describe(near.place)}, so only somewhere around it"
    )
    return Resolution(mention, place, score, reason)


def _nearest(mention: Mention, i: int, found: Sequence[Resolution | None]) -> Resolution | None:
    """Return the resolution nearest in the text that has a point; a continent has none."""
    others = [
        resolution
        for resolution in found[max(0, i - 20) : i + 20]
        if resolution is not None and resolution.place and resolution.place.kind != "bloc"
    ]
    return min(others, key=lambda r: abs(r.mention.start - mention.start), default=None)


def _placed(article: Article, resolution: Resolution) -> Resolution:
    """Move a point as the text says: "30 km east of Donetsk"."""
    place = resolution.place
    offset = find_offset(article.text, resolution.mention) if place else None
    if place is None or offset is None:
        return resolution
    km, direction = offset
    moved = shift(place, km, direction)
    if moved is place:
        return resolution
    reason = f"{resolution.reason}; the text says {km:.0f} km {direction} of it"
    return replace(resolution, place=moved, reason=reason)


def open_models(folder: Path) -> Models:
    """Open the resolver's models in a folder."""
    return Models(
        read_trees(folder / RANKER, FEATURES), read_trees(folder / CONFIDENCE, CONFIDENCE_FEATURES)
    )
