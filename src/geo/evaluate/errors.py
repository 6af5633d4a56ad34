"""The worst errors: what to look at first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo.evaluate.gold import has_point, span
from geo.evaluate.matching import Matched, Pair
from geo.records import Article

_Surface = TypeVar("_Surface")

_AROUND = 40  # characters of context on each side


@dataclass(frozen=True, slots=True)
class PointError:
    """A mention whose place is a wrong one, and how far off."""

    article_id: str
    surface: str
    place_id: str
    latitude: float
    longitude: float
    km: float
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
    wrong = [
        (hit, document.article)
        for document in matched
        for hit in document.hits()
        if hit.km is not None and not hit.is_right
    ]
    wrong.sort(key=lambda found: -(found[0].km or 0))
    return Errors(
        points=[_point_error(hit, article) for hit, article in wrong[:limit]],
        missed=_most(_missed(matched), limit),
        extra=_most(_extra(matched), limit),
        bounds=_most(_bounds(matched), limit),
        unresolved=_most(_unresolved(matched), limit),
    )


def _point_error(hit: Pair, article: Article) -> PointError:
    return PointError(
        article_id=article.article_id,
        surface=hit.wanted["surface"],
        place_id=hit.got.get("place_id") or "",
        latitude=hit.got["lat"],
        longitude=hit.got["lon"],
        km=hit.km or 0,
        context=_context(article.text, hit.wanted["start"], hit.wanted["end"]),
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
