"""Gold labels, and predictions in their format.

A gold document is a JSON line {"doc", "text", "toponyms": [{"start", "end", "surface", "lat",
"lon", ...}]}; offsets count code points, null coordinates mean unresolved. Toponyms may carry
"role", "kind", "type", "geonameid" and "zone".
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.articles import parse_day
from geo.errors import InputError
from geo.files import read_text, write_text
from geo.gazetteer.names import key_of
from geo.records import LITERAL, Article, Mention, Resolution

Span = tuple[int, int]
Toponym = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article with its labels."""

    article: Article
    toponyms: tuple[Toponym, ...]


class GoldSpans:
    """A recogniser that knows the mentions: the gold spans, to test a resolver alone.

    `demonyms` are the words in normal form that name a people, as `Gazetteer.demonyms()` has them.
    """

    def __init__(self, documents: Iterable[GoldDocument], demonyms: Collection[str] = ()) -> None:
        self._toponyms = {d.article.article_id: once_a_span(counted(d)) for d in documents}
        self._demonyms = demonyms

    def __call__(self, article: Article) -> list[Mention]:
        """Return an article's gold spans as mentions, in reading order."""
        return [
            Mention(
                start=toponym["start"],
                end=toponym["end"],
                surface=toponym["surface"],
                role=toponym.get("role") or LITERAL,
                demonym=key_of(toponym["surface"]) in self._demonyms,
            )
            for toponym in self._toponyms[article.article_id]
        ]


def read_gold(path: str | Path) -> list[GoldDocument]:
    """Read gold labels; raises InputError naming the line that is wrong."""
    documents: dict[str, GoldDocument] = {}
    for number, line in enumerate(read_text(Path(path)).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        document = _gold_document(line, where)
        if document.article.article_id in documents:
            raise InputError(
                f"{where}: document {document.article.article_id!r} comes twice; "
                "give each an id of its own"
            )
        documents[document.article.article_id] = document
    return list(documents.values())


def _gold_document(line: str, where: str) -> GoldDocument:
    try:
        row = json.loads(line)
        text, toponyms = row["text"], row["toponyms"]
        if not isinstance(text, str):
            raise TypeError(f"text {text!r} is no string")
        wrong = [t for t in toponyms if not _stands_there(t, text)]
        for toponym in toponyms:
            _check_point(toponym, where)
        article = Article(
            article_id=str(row["doc"]),
            text=text,
            outlet=str(row.get("outlet") or ""),
            published_date=parse_day(row.get("published") or "", where),
            title=str(row.get("title") or ""),
            language=str(row.get("language") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
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


def _stands_there(toponym: Toponym, text: str) -> bool:
    start, end = toponym["start"], toponym["end"]
    return 0 <= start < end and bool(text[start:end] == toponym["surface"])


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


def is_aside(toponym: Toponym) -> bool:
    """Return whether a gold toponym is not to be scored: it stands in a page's furniture."""
    return toponym.get("zone") == "boilerplate"


def counted(document: GoldDocument) -> list[Toponym]:
    """Return the toponyms of a document that are scored."""
    return [toponym for toponym in document.toponyms if not is_aside(toponym)]


def once_a_span(toponyms: Iterable[Toponym]) -> list[Toponym]:
    """Return toponyms in reading order; of two on one span the first with a point is kept."""
    spans: dict[Span, Toponym] = {}
    for toponym in toponyms:
        known = spans.setdefault(span(toponym), toponym)
        if not has_point(known) and has_point(toponym):
            spans[span(toponym)] = toponym
    return [spans[key] for key in sorted(spans)]


def span(toponym: Toponym) -> Span:
    """Return where a toponym begins and ends."""
    return toponym["start"], toponym["end"]


def has_point(toponym: Toponym) -> bool:
    """Return whether a toponym is located."""
    return toponym.get("lat") is not None
