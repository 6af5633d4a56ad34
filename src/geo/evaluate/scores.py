"""How right we are: predictions against gold labels, as figures.

A prediction is right if its point lies within 161 km (100 miles) of the gold point. What a
toponym's zone sets aside is left out, with whatever is found on it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from geo.evaluate.calibration import expected_calibration_error, roc_auc
from geo.evaluate.gold import GoldDocument, has_point, span
from geo.evaluate.matching import Matched, Pair, match, most_couples
from geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Report:
    """Counts and shares (0 to 1; nan where nothing was counted); distances in km.

    `_overlap`: one same letter is enough, instead of the same span. `_all`: an unresolved mention
    is a wrong one; `accuracy_area`: a place whose area holds the gold point is right too. `f1_161`
    counts a prediction only if span and point are right; gold without a point is set aside there.
    `calibration_error` and `roc_auc` compare scores with being right.
    """

    documents: int
    gold: int
    predicted: int
    precision: float
    recall: float
    f1: float
    precision_overlap: float
    recall_overlap: float
    f1_overlap: float
    accuracy_161: float
    accuracy_161_all: float
    accuracy_area: float
    median_km: float
    unresolved: int
    f1_161: float
    f1_161_overlap: float
    role_accuracy: float
    calibration_error: float
    roc_auc: float

    def as_dict(self) -> dict[str, Any]:
        """Return the figures by name; what was not counted is None."""
        return known(asdict(self))

    def as_text(self) -> str:
        """Return the figures as a few lines for people; roles and scores only if there are any."""
        lines = [
            f"documents   {self.documents}; {self.gold} gold mentions, {self.predicted} found",
            f"recognition P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}",
            f"by overlap  P {self.precision_overlap:.3f}  R {self.recall_overlap:.3f}  "
            f"F1 {self.f1_overlap:.3f}",
            f"resolution  A@161 {self.accuracy_161:.3f}  with {self.unresolved} unresolved "
            f"{self.accuracy_161_all:.3f}  with areas {self.accuracy_area:.3f}  "
            f"median {self.median_km:.1f} km",
            f"end to end  F1@161 {self.f1_161:.3f}  by overlap {self.f1_161_overlap:.3f}",
        ]
        if not math.isnan(self.role_accuracy):
            lines.append(f"role        {self.role_accuracy:.3f}")
        if not math.isnan(self.calibration_error):
            auc = "" if math.isnan(self.roc_auc) else f"  ROC AUC {self.roc_auc:.3f}"
            lines.append(f"score       calibration error {self.calibration_error:.3f}{auc}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right the points of exact hits on located gold are; the fields are those of `Report`."""

    accuracy_161: float
    accuracy_161_all: float
    accuracy_area: float
    median_km: float
    unresolved: int


def score(
    gold: Iterable[GoldDocument],
    predictions: Iterable[dict[str, Any]],
    *,
    gazetteer: Gazetteer | None = None,
) -> Report:
    """Compare predictions with gold.

    Without a gazetteer no area is known, so `accuracy_area` is `accuracy_161`.
    """
    return report_of(match(gold, predictions, gazetteer))


def report_of(matched: Sequence[Matched]) -> Report:
    """Return the figures of documents, of one corpus or of several."""
    hits = [hit for document in matched for hit in document.hits()]
    n_gold = sum(len(document.wanted) for document in matched)
    n_got = sum(len(document.got) for document in matched)
    n_both = sum(map(_n_overlapping, matched))
    n_claims = sum(len(d.claimed) + sum(map(has_point, d.wanted)) for d in matched)
    roles = [
        hit.wanted["role"] == hit.got["role"]
        for hit in hits
        if hit.wanted.get("role") and hit.got.get("role")
    ]
    scores, rights = judged_scores(matched)
    return Report(
        documents=len(matched),
        gold=n_gold,
        predicted=n_got,
        precision=share(len(hits), n_got),
        recall=share(len(hits), n_gold),
        f1=share(2 * len(hits), n_got + n_gold),
        precision_overlap=share(n_both, n_got),
        recall_overlap=share(n_both, n_gold),
        f1_overlap=share(2 * n_both, n_got + n_gold),
        **asdict(accuracy_of(hits)),
        f1_161=share(2 * sum(hit.is_near for hit in hits), n_claims),
        f1_161_overlap=share(2 * sum(map(_n_near, matched)), n_claims),
        role_accuracy=share(sum(roles), len(roles)),
        calibration_error=expected_calibration_error(scores, rights),
        roc_auc=roc_auc(scores, rights),
    )


def accuracy_of(hits: Iterable[Pair]) -> Accuracy:
    """Return how right the points of hits are; gold without a point does not count."""
    located = [hit for hit in hits if has_point(hit.wanted)]
    distances = [hit.km for hit in located if hit.km is not None]
    n_near = sum(hit.is_near for hit in located)
    return Accuracy(
        accuracy_161=share(n_near, len(distances)),
        accuracy_161_all=share(n_near, len(located)),
        accuracy_area=share(sum(hit.is_right for hit in located), len(distances)),
        median_km=median(distances) if distances else math.nan,
        unresolved=len(located) - len(distances),
    )


def judged_scores(matched: Iterable[Matched]) -> tuple[list[float], list[bool]]:
    """Return the scores of located predictions on located gold, and which of them are right.

    One that overlaps several gold toponyms is right if it is for one of them.
    """
    scores, rights = [], []
    for document in matched:
        best: dict[tuple[int, int], tuple[float, bool]] = {}
        for pair in document.pairs:
            if pair.km is not None and pair.got.get("score") is not None:
                _, was_right = best.get(span(pair.got), (0, False))
                best[span(pair.got)] = pair.got["score"], was_right or pair.is_right
        scores += [value for value, _ in best.values()]
        rights += [is_right for _, is_right in best.values()]
    return scores, rights


def share(part: int, whole: int) -> float:
    """Return a share, nan of nothing."""
    return part / whole if whole else math.nan


def known(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures with None for nan, which JSON lacks."""
    return {
        name: None if isinstance(figure, float) and math.isnan(figure) else figure
        for name, figure in figures.items()
    }


def _n_overlapping(document: Matched) -> int:
    return most_couples((span(pair.got), span(pair.wanted)) for pair in document.pairs)


def _n_near(document: Matched) -> int:
    claimed = {span(toponym) for toponym in document.claimed}
    return most_couples(
        (span(pair.got), span(pair.wanted))
        for pair in document.pairs
        if pair.is_near and span(pair.got) in claimed
    )
