"""How right we are: predictions against gold labels.

A gold document is a JSON line {"doc", "text", "toponyms": [{"start", "end", "surface", "lat",
"lon", ...}]}; offsets count code points, null coordinates mean unresolved. Toponyms with
"zone": "boilerplate" are set aside, with whatever is found on them.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from geopy.distance import great_circle

from geo.articles import parse_day
from geo.errors import InputError
from geo.files import read_text, write_text
from geo.records import Article, Resolution

NEAR_KM = 161.0

Span = tuple[int, int]
Toponym = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts and shares (0 to 1; nan where nothing was counted); distances in km."""

    documents: int
    gold: int
    predicted: int
    precision: float
    recall: float
    f1: float
    accuracy_161: float
    median_km: float
    unresolved: int
    f1_161: float
    role_accuracy: float

    def as_json(self) -> str:
        """Return the figures as one JSON object; what was not counted is null."""
        return json.dumps({k: None if math.isnan(v) else v for k, v in asdict(self).items()})

    def as_text(self) -> str:
        """Return the figures as a few lines for people."""
        return (
            f"documents   {self.documents}; {self.gold} gold mentions, {self.predicted} found\n"
            f"recognition P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}\n"
            f"resolution  A@161 {self.accuracy_161:.3f}  median {self.median_km:.1f} km  "
            f"unresolved {self.unresolved}\n"
            f"end to end  F1@161 {self.f1_161:.3f}\n"
            f"role        {self.role_accuracy:.3f}"
        )


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article with its labels."""

    article: Article
    toponyms: tuple[Toponym, ...]


def read_gold(path: str | Path) -> list[GoldDocument]:
    """Read gold labels; raises InputError naming the line that is wrong."""
    lines = read_text(Path(path)).split("\n")
    return [
        _gold_document(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _gold_document(line: str, where: str) -> GoldDocument:
    try:
        row = json.loads(line)
        text, toponyms = row["text"], row["toponyms"]
        wrong = [t for t in toponyms if text[t["start"] : t["end"]] != t["surface"]]
        for toponym in toponyms:
            _check_point(toponym, where)
        article = Article(
            article_id=str(row["doc"]),
            text=text,
            outlet=row.get("outlet") or "",
            published_date=parse_day(row.get("published") or "", where),
            title=row.get("title") or "",
            language=row.get("language") or "en",
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{where}: no gold document ({type(error).__name__}: {error}); each line needs doc, "
            "text and toponyms with start, end and surface"
        ) from error
    if wrong:
        raise InputError(
            f"{where}: {wrong[0]['surface']!r} does not stand at {wrong[0]['start']}; "
            "offsets count code points"
        )
    return GoldDocument(article, tuple(toponyms))


def _check_point(toponym: Toponym, where: str) -> None:
    latitude, longitude = toponym.get("lat"), toponym.get("lon")
    if latitude is longitude is None:
        return
    try:
        is_point = abs(float(str(latitude))) <= 90 and abs(float(str(longitude))) <= 180
    except ValueError:
        is_point = False
    if not is_point:
        raise InputError(
            f"{where}: lat {latitude!r}, lon {longitude!r} of {toponym['surface']!r} is no point; "
            "give degrees, or null for both"
        )


def as_prediction(article: Article, resolutions: Sequence[Resolution]) -> dict[str, Any]:
    """Return what was found in an article, in the gold format, without the text."""
    return {"doc": article.article_id, "toponyms": [_toponym(r) for r in resolutions]}


def _toponym(resolution: Resolution) -> Toponym:
    mention, place = resolution.mention, resolution.place
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "role": mention.role,
        "score": resolution.score,
        "place_id": place.place_id if place else None,
    }


def write_predictions(predictions: Iterable[dict[str, Any]], path: str | Path) -> None:
    """Write predictions as JSON lines, whole or not at all."""
    lines = (json.dumps(prediction, ensure_ascii=False) for prediction in predictions)
    write_text(Path(path), "".join(f"{line}\n" for line in lines))


def score(gold: Sequence[GoldDocument], predictions: Iterable[dict[str, Any]]) -> Report:
    """Compare predictions with gold: exact spans, and points within 161 km (100 miles).

    F1@161 counts a prediction only if its span is exact and its point near; gold without a
    point is set aside there.
    """
    found = {prediction["doc"]: prediction["toponyms"] for prediction in predictions}
    pairs = [_pair(document, found.get(document.article.article_id, [])) for document in gold]
    hits = [hit for pair in pairs for hit in pair.hits]
    answered = [km for wanted, got in hits if (km := _distance_km(wanted, got)) is not None]
    n_near = sum(km <= NEAR_KM for km in answered)
    roles = [w["role"] == g["role"] for w, g in hits if w.get("role") and g.get("role")]
    n_gold, n_predicted = (sum(getattr(p, name) for p in pairs) for name in ("gold", "predicted"))
    return Report(
        documents=len(gold),
        gold=n_gold,
        predicted=n_predicted,
        precision=_share(len(hits), n_predicted),
        recall=_share(len(hits), n_gold),
        f1=_share(2 * len(hits), n_gold + n_predicted),
        accuracy_161=_share(n_near, len(answered)),
        median_km=median(answered) if answered else math.nan,
        unresolved=sum(_has_point(w) and not _has_point(g) for w, g in hits),
        f1_161=_share(2 * n_near, sum(p.located + p.claimed for p in pairs)),
        role_accuracy=_share(sum(roles), len(roles)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """One document's gold and predictions, matched by exact span."""

    hits: list[tuple[Toponym, Toponym]]
    gold: int
    predicted: int
    located: int  # gold with a point
    claimed: int  # predictions with a point that could be right or wrong


def _pair(document: GoldDocument, predicted: Sequence[Toponym]) -> _Pair:
    aside = [_span(t) for t in document.toponyms if t.get("zone") == "boilerplate"]
    wanted = _by_span(t for t in document.toponyms if t.get("zone") != "boilerplate")
    got = _by_span(t for t in predicted if not _overlaps(_span(t), aside))
    pointless = [span for span, t in wanted.items() if not _has_point(t)]
    claimed = [
        span
        for span, t in got.items()
        if _has_point(t) and (_has_point(wanted.get(span, {})) or not _overlaps(span, pointless))
    ]
    return _Pair(
        hits=[(wanted[span], got[span]) for span in wanted if span in got],
        gold=len(wanted),
        predicted=len(got),
        located=len(wanted) - len(pointless),
        claimed=len(claimed),
    )


def _by_span(toponyms: Iterable[Toponym]) -> dict[Span, Toponym]:
    """Return toponyms by span; of two on one span the first with a point is kept."""
    spans: dict[Span, Toponym] = {}
    for toponym in toponyms:
        known = spans.setdefault(_span(toponym), toponym)
        if not _has_point(known) and _has_point(toponym):
            spans[_span(toponym)] = toponym
    return spans


def _span(toponym: Toponym) -> Span:
    return toponym["start"], toponym["end"]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _has_point(toponym: Toponym) -> bool:
    return toponym.get("lat") is not None


def _distance_km(wanted: Toponym, got: Toponym) -> float | None:
    if not (_has_point(wanted) and _has_point(got)):
        return None
    return float(great_circle((wanted["lat"], wanted["lon"]), (got["lat"], got["lon"])).km)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
