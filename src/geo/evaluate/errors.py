"""The worst errors: what to look at first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo.evaluate.gold import has_point, span
from geo.evaluate.matching import Matched, Pair

_Surface = TypeVar("_Surface")

_AROUND = 40  # characters of context on each side


@dataclass(frozen=True, slots=True)
class PointError:
    """A mention whose place is a wrong one, how far off, and how often in the article."""

    article_id: str
    surface: str
    place_id: str
    latitude: float
    longitude: float
    km: float
    times: int
    context: str


@dataclass(frozen=True, slots=True)
class Errors:
    """The largest point errors, and the surfaces most often wrong, with their numbers.

    `missed` overlap no prediction, `extra` no gold; `bounds` are gold surfaces with those found
    instead, such as ("Rapides Parish", "Rapides"); `unresolved` were found, but not located.
    """

    points: list[PointError]
    missed: list[tuple[str, int]]
    extra: list[tuple[str, int]]
    bounds: list[tuple[tuple[str, str], int]]
    unresolved: list[tuple[str, int]]


def worst_errors(matched: Sequence[Matched], limit: int) -> Errors:
    """Return up to `limit` errors of each sort, the worst first.

    A point far off is no error if the place lies around the gold point.
    """
    points = [error for document in matched for error in _point_errors(document)]
    return Errors(
        points=sorted(points, key=lambda error: -error.km)[:limit],
        missed=_most(_missed(matched), limit),
        extra=_most(_extra(matched), limit),
        bounds=_most(_bounds(matched), limit),
        unresolved=_most(_unresolved(matched), limit),
    )


def _point_errors(document: Matched) -> Iterator[PointError]:
    """Yield the wrong points of a document, each once for a surface."""
    same: dict[tuple[str, float], list[Pair]] = {}
    for hit in document.hits():
        if hit.km is not None and not hit.is_right:
            same.setdefault((hit.wanted["surface"], hit.km), []).append(hit)
    for (surface, km), hits in same.items():
        wanted, got = hits[0].wanted, hits[0].got
        yield PointError(
            article_id=document.article.article_id,
            surface=surface,
            place_id=got.get("place_id") or "",
            latitude=got["lat"],
            longitude=got["lon"],
            km=km,
            times=len(hits),
            context=_context(document.article.text, *span(wanted)),
        )


def _context(text: str, start: int, end: int) -> str:
    """Return the whole words around a span, in one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())


def _missed(matched: Iterable[Matched]) -> Iterator[str]:
    for document in matched:
        touched = {span(pair.wanted) for pair in document.pairs}
        yield from (t["surface"] for t in document.wanted if span(t) not in touched)


def _extra(matched: Iterable[Matched]) -> Iterator[str]:
    for document in matched:
        touched = {span(pair.got) for pair in document.pairs}
        text = document.article.text
        yield from (text[t["start"] : t["end"]] for t in document.got if span(t) not in touched)


def _bounds(matched: Iterable[Matched]) -> Iterator[tuple[str, str]]:
    for document in matched:
        exact = {span(hit.wanted) for hit in document.hits()}
        for pair in document.pairs:
            if span(pair.wanted) not in exact and span(pair.got) not in exact:
                start, end = span(pair.got)
                yield pair.wanted["surface"], document.article.text[start:end]


def _unresolved(matched: Iterable[Matched]) -> Iterator[str]:
    for document in matched:
        for hit in document.hits():
            if has_point(hit.wanted) and not has_point(hit.got):
                yield hit.wanted["surface"]


def _most(surfaces: Iterable[_Surface], limit: int) -> list[tuple[_Surface, int]]:
    return Counter(surfaces).most_common(limit)
