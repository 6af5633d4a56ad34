"""The mention table: one row a mention, the contract between finding places and showing them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Any

import geopandas as gpd
import pandas as pd
from sentencex import get_sentence_boundaries

from geo.columns import CANDIDATE_COLUMNS, COLUMNS
from geo.language import Paragraphs, language_of
from geo.parts import find_parts
from geo.records import AREA_KINDS, Article, Mention, Place, Resolution

CRS = "EPSG:4326"

# A longer text is parted into sentences part by part, and a longer sentence is cut.
_LONGEST_PART, _LONGEST_SENTENCE = 10_000, 1_000

# A point that may lie further off than this is near its place, not on it.
_NEAR_KM = 2.0
# And off further than this, it is only somewhere in a mountain range.
_WIDE_KM = 25.0

_PLACE_COLUMNS = COLUMNS[COLUMNS.index("place_id") : COLUMNS.index("longitude") + 1]
_NUMBERS = {
    "start": "int64",
    "end": "int64",
    "latitude": "float64",
    "longitude": "float64",
    "geo_precision": "Int64",
    "score": "float64",
}


def mention_table(
    resolved: Iterable[tuple[Article, Sequence[Resolution]]],
) -> gpd.GeoDataFrame:
    """Return the GeoDataFrame of all mentions, EPSG:4326, with the columns `COLUMNS`.

    Unresolved mentions stay in it, with an empty geometry. Dates are ISO strings.
    """
    columns: dict[str, list[Any]] = {column: [] for column in COLUMNS}
    for article, resolutions in resolved:
        for row in mention_rows(article, resolutions):
            for column, values in columns.items():
                values.append(row.get(column))
    return as_mention_table(pd.DataFrame(columns, dtype=object))


def as_mention_table(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a frame with the mention table's columns as one: types set, points made."""
    frame = frame.reindex(columns=list(COLUMNS))
    texts = [column for column in COLUMNS if column not in _NUMBERS]
    frame = frame.astype(_NUMBERS).astype(dict.fromkeys(texts, "object"))
    frame[texts] = frame[texts].where(frame[texts].notna(), None)
    points = gpd.points_from_xy(frame["longitude"], frame["latitude"], crs=CRS)
    geometry = gpd.GeoSeries(points, index=frame.index).where(frame["latitude"].notna(), None)
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=CRS)


def candidate_table(
    resolved: Iterable[tuple[Article, Sequence[Resolution]]],
) -> pd.DataFrame:
    """Return the top candidates of each mention, one a row, the best with rank 1."""
    rows = [row for article, found in resolved for row in candidate_rows(article, found)]
    return as_candidate_table(pd.DataFrame(rows, columns=list(CANDIDATE_COLUMNS), dtype=object))


def as_candidate_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the candidate table's columns as one: types set."""
    numbers = {column: _NUMBERS[column] for column in CANDIDATE_COLUMNS if column in _NUMBERS}
    return frame.astype({"rank": "int64", **numbers})


def candidate_rows(article: Article, resolutions: Sequence[Resolution]) -> Iterator[dict[str, Any]]:
    """Yield the rows of an article in the candidate table."""
    for resolution in resolutions:
        for rank, candidate in enumerate(resolution.candidates, start=1):
            yield (
                {"mention_id": _mention_id(article, resolution.mention), "rank": rank}
                | _place_fields(candidate.place)
                | {"score": candidate.score}
            )


def precision_of(place: Place) -> int:
    """Return how exact a place's point is: 1 the place itself, 2 near it or its district, 3 wider.

    These are the classes of ACLED's geo_precision.
    """
    if place.kind in AREA_KINDS:
        return 2 if place.kind == "district" else 3
    if place.error_km > _WIDE_KM:
        return 3
    return 2 if place.error_km > _NEAR_KM else 1


def mention_rows(article: Article, resolutions: Sequence[Resolution]) -> Iterator[dict[str, Any]]:
    """Yield the rows of an article in the mention table."""
    sentences, paragraphs = _Sentences(article), Paragraphs(article)
    for resolution in resolutions:
        mention, place = resolution.mention, resolution.place
        yield {
            "mention_id": _mention_id(article, mention),
            "article_id": article.article_id,
            "outlet": article.outlet,
            "published_date": article.published_date and article.published_date.isoformat(),
            "title": article.title or None,
            "url": article.url or None,
            "language": paragraphs.language_at(mention.start),
            "start": mention.start,
            "end": mention.end,
            "surface": mention.surface,
            "context": sentences.around(mention),
            "role": mention.role,
            **place_columns(place),
            "score": resolution.score,
            "reason": resolution.reason,
            "status": "machine",
        }


def place_columns(place: Place | None) -> dict[str, Any]:
    """Return what the mention table says of a place, or of none."""
    if place is None:
        return dict.fromkeys((*_PLACE_COLUMNS, "geo_precision", "gazetteer"))
    return _place_fields(place) | {
        "geo_precision": precision_of(place),
        "gazetteer": place.gazetteer,
    }


def _place_fields(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.place_id,
        "place_name": place.name,
        "place_kind": place.kind,
        "country_code": place.country_code or None,
        "admin1_name": place.admin1_name or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _mention_id(article: Article, mention: Mention) -> str:
    return f"{article.article_id}:{mention.start}-{mention.end}"


class _Sentences:
    """The sentences of an article, to look one up by a mention.

    A long text is read in parts, and only those with mentions: in a line without spaces, time
    grows faster than the line.
    """

    def __init__(self, article: Article) -> None:
        self._text, self._language = article.text, language_of(article)
        self._parts = list(find_parts(article.text, _LONGEST_PART))
        self._part = -1
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._last = (0, 0, "")

    def around(self, mention: Mention) -> str:
        """Return the sentence, or the run of sentences, that holds a mention."""
        self._read(bisect_right(self._parts, (mention.start, inf)) - 1)
        first = bisect_right(self._starts, mention.start) - 1
        last = bisect_left(self._ends, mention.end)
        start = self._starts[first] if first >= 0 else self._parts[self._part][0]
        end = self._ends[last] if last < len(self._ends) else self._parts[self._part][1]
        return self._cut(start, max(end, mention.end))

    def _cut(self, start: int, end: int) -> str:
        # All mentions of a sentence share one text, or a long list would not fit into memory.
        if self._last[:2] != (start, end):
            self._last = (start, end, self._text[start:end].strip())
        return self._last[2]

    def _read(self, part: int) -> None:
        if part == self._part:
            return
        self._part = part
        first, end = self._parts[part]
        bounds = list(_find_sentences(self._text[first:end], self._language))
        self._starts = [first + start for start, _ in bounds]
        self._ends = [first + stop for _, stop in bounds]


def _find_sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of the sentences of a text; one without end is cut."""
    # A lone surrogate is no text elsewhere; a question mark in its place keeps the offsets.
    language, text = (one.encode(errors="replace").decode() for one in (language, text))
    for boundary in get_sentence_boundaries(language, text):
        first, end = boundary["start_index"], boundary["end_index"]
        for start, stop in find_parts(text[first:end], _LONGEST_SENTENCE):
            yield first + start, first + stop
