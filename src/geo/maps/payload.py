"""What the page of a map needs to know: few columns of numbers, and the texts they count into.

A `Payload` is made of the mention table, one row a mention, ordered by article:

- `head`: a dict that JSON can hold: `title`, `version`, `shows_osm` (OpenStreetMap is credited
  then), `bounds` (where the map opens: west, south, east, north in degrees), `outlets`,
  `languages`, `labels` (the language that places are named in), and, as dicts of equally long
  lists, `articles` (by day, outlet and id, each with the `count` of its mentions), `places` and
  `rival_places`; `rivals` (lists of [rival place, score in thousandths], the first empty),
  `outlines` (place number to rings, see shapes.py) and `basemap`;
- `columns`: whole numbers, one a mention: `place`; `spelling`, counted in its place's spellings;
  `language`, counted in `languages`; `role` (1 is associative); `precision` (0 is unknown);
  `status`, counted in `statuses`; `score` in thousandths, or NO_SCORE; `start` and `length` in
  the article's text; `context` and `reason`, counted in the texts; `nth`, which occurrence of
  the spelling in the sentence is meant; `rival`, counted in `rivals`; and, in tables with event
  dates, `event_start` and `event_end`, days or NO_DAY;
- `texts`: sentences and reasons, each once; the first is empty.

Where `labels` is not English, `places` have `table_name` and `table_admin1` too, as in the table.

Days are counted from 1970-01-01. A mention without a point belongs to a place without
coordinates that bears its spelling, so that it is counted, filtered and listed like the others.
Mentions that a person has rejected are not places, so they are nowhere in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.columns import STATUSES
from geo.maps.basemap import encode_basemap, read_basemap
from geo.maps.extent import frame_points
from geo.maps.labels import translate
from geo.maps.layers import Bounds
from geo.maps.outlines import read_outlines
from geo.maps.rivals import find_rivals
from geo.maps.shown import shown_rows
from geo.records import AREA_KINDS, ASSOCIATIVE, NEAR

NO_SCORE = 2**16 - 1
NO_DAY = -(2**31)

_EPOCH = date(1970, 1, 1).toordinal()
# With fewer places, the view that they span says little.
_FEW = 3
_WORLD = (-180.0, -60.0, 180.0, 75.0)


@dataclass(frozen=True)
class Payload:
    """What the page is told; the module says how."""

    head: dict[str, Any]
    columns: dict[str, NDArray[np.integer[Any]]]
    texts: list[str]


def build_payload(
    mentions: GeoDataFrame,
    *,
    candidates: pd.DataFrame | None = None,
    title: str = "",
    sentences: bool = True,
    labels: str = "en",
) -> Payload:
    """Turn the mention table into a payload; without `sentences`, the articles' words stay out.

    Raises InputError if there are no names in the language of `labels`.
    """
    rows = _in_order(shown_rows(mentions))
    if not sentences:
        rows["context"] = ""
    places = rows.drop_duplicates("place").sort_values("place")
    spelling, spellings = _numbered_within(rows["place"], rows["words"])
    context, reason, texts = _texts(rows["context"], rows["reason"])
    language, languages = pd.factorize(rows["language"], sort=True)
    rivals = find_rivals(rows, candidates, labels)
    columns = {
        "place": _smallest(rows["place"]),
        "spelling": _smallest(spelling),
        "language": _smallest(language),
        "role": rows["role"].eq(ASSOCIATIVE).to_numpy(dtype="u1"),
        "precision": rows["geo_precision"].fillna(0).clip(0, 3).to_numpy(dtype="u1"),
        "status": _codes(rows["status"], STATUSES),
        "score": _thousandths(rows["score"]),
        "start": rows["start"].fillna(0).clip(0, 2**32 - 1).to_numpy(dtype="u4"),
        "length": _smallest((rows["end"] - rows["start"]).fillna(0).clip(0, 2**16)),
        "context": _smallest(context),
        "nth": rows["nth"].clip(0, 255).to_numpy(dtype="u1"),
        "reason": _smallest(reason),
        "rival": _smallest(rivals.number),
        **_event_days(rows),
    }
    bounds = _bounds(rows)
    head = {
        "title": title,
        "version": version("geo-notebooks"),
        "shows_osm": "nominatim" in rows["gazetteer"].unique(),
        "bounds": bounds,
        "outlets": sorted(rows["outlet"].unique()),
        "languages": list(languages),
        "labels": labels,
        "statuses": list(STATUSES),
        "articles": _articles(rows),
        "places": _places(places, labels) | {"spellings": spellings},
        "rival_places": rivals.places,
        "rivals": rivals.lists,
        "outlines": read_outlines(places["place_id"], places["place_kind"], bounds or _WORLD),
        "basemap": encode_basemap(read_basemap(bounds or _WORLD, labels)),
    }
    return Payload(head, columns, texts)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort the rows by article; add `day`, `words`, and numbers: `article`, `place`."""
    rows = rows.assign(
        day=_days(rows["published_date"]),
        words=_on_words(rows["surface"], lambda surface: " ".join(surface.split())),
    )
    # Undated articles come last.
    rows["undated"] = rows["day"].eq(NO_DAY)
    keys = ["undated", "day", "outlet", "article_id"]
    rows["article"] = rows.groupby(keys, sort=True).ngroup()
    rows = rows.sort_values(["article", "start"], kind="stable", ignore_index=True)
    # What is no place of a gazetteer is told apart by its spelling.
    known = rows["place_id"].where(rows["place_id"].ne(""), "\2" + rows["words"])
    rows["place_key"] = known.where(rows["is_placed"], "\1" + rows["words"])
    # A person may have put one of several mentions of a place elsewhere.
    point = ["place_key", "latitude", "longitude"]
    rows["place"] = rows.groupby(point, sort=False, dropna=False).ngroup()
    return rows


def _on_words(column: pd.Series, change: Callable[[str], Any]) -> pd.Series:
    """Apply a function to a column in which texts repeat, once to each text."""
    numbers, texts = pd.factorize(column)
    changed = pd.Series([change(text) for text in texts], dtype=object)
    return pd.Series(changed.to_numpy()[numbers], index=column.index)


def _days(column: pd.Series) -> pd.Series:
    return _on_words(column, _day).astype("int64")


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text[:10]).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY


def _event_days(rows: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Return the days of the events, if any is told."""
    start = _days(rows["event_start_date"])
    end = _days(rows["event_end_date"])
    if start.eq(NO_DAY).all():
        return {}
    end = end.where(end.ne(NO_DAY), start)
    return {"event_start": start.to_numpy(dtype="i4"), "event_end": end.to_numpy(dtype="i4")}


def _numbered_within(group: pd.Series, texts: pd.Series) -> tuple[Any, list[list[str]]]:
    """Number the texts within each group, from 0; return also the texts of each group."""
    text, names = pd.factorize(texts)
    # Whole numbers are told apart faster than texts.
    pair, pairs = pd.factorize(group.to_numpy() * len(names) + text)
    lists: list[list[str]] = [[] for _ in range(1 + int(group.max()) if len(group) else 0)]
    numbers = []
    for own, name in zip(*divmod(pairs, max(1, len(names))), strict=True):
        numbers.append(len(lists[own]))
        lists[own].append(names[name])
    return np.array(numbers, dtype=int)[pair], lists


def _texts(*columns: pd.Series) -> tuple[Any, ...]:
    """Return each column as numbers into the texts, and the texts, the empty one first."""
    together = pd.concat([pd.Series([""]), *columns], ignore_index=True)
    numbers, texts = pd.factorize(together)
    cuts = np.cumsum([1, *map(len, columns)])
    return *np.split(numbers, cuts)[1:-1], list(texts)


def _codes(column: pd.Series, values: Sequence[str]) -> Any:
    numbers = {value: number for number, value in enumerate(values)}
    return column.map(numbers).fillna(0).to_numpy(dtype="u1")


def _thousandths(score: pd.Series) -> Any:
    whole = (score.clip(0, 1) * 1000).round()
    return whole.fillna(NO_SCORE).to_numpy(dtype="u2")


def _smallest(numbers: Any) -> Any:
    """Return whole numbers in as few bytes as hold the largest."""
    numbers = np.asarray(numbers)
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _articles(rows: pd.DataFrame) -> dict[str, list[Any]]:
    first = rows.drop_duplicates("article")
    return {
        "id": first["article_id"].tolist(),
        "outlet": _codes_of(first["outlet"]),
        "day": [None if day == NO_DAY else day for day in first["day"].tolist()],
        "title": first["title"].tolist(),
        "url": first["url"].tolist(),
        "count": np.bincount(rows["article"], minlength=len(first)).tolist(),
    }


def _codes_of(column: pd.Series) -> list[int]:
    numbers, _ = pd.factorize(column, sort=True)
    return list(map(int, numbers))


def _places(first: pd.DataFrame, labels: str) -> dict[str, list[Any]]:
    """Describe each place once; an unlocated one has no id, kind and coordinates."""
    placed = first["is_placed"]
    columns: dict[str, list[Any]] = {}
    if labels != "en":
        columns["table_name"] = _names(first)
        columns["table_admin1"] = first["admin1_name"].where(placed, "").tolist()
        first = translate(first, labels)
    columns["name"] = _names(first)
    for key, column in _PLACE_COLUMNS.items():
        columns[key] = first[column].where(placed, "").tolist()
    for key in ("latitude", "longitude"):
        rounded = first[key].round(5).astype(object)
        columns[key] = rounded.where(placed, None).tolist()
    return columns | {"drawn": _drawn(first)}


def _names(first: pd.DataFrame) -> list[str]:
    """Return the names of places, those of unlocated ones as they are spelt."""
    is_named = first["is_placed"] & first["place_name"].ne("")
    return list(first["place_name"].where(is_named, first["words"]))


def _drawn(places: pd.DataFrame) -> list[str]:
    """Say how each place is drawn: as a point, inferred, as an area, or not at all."""
    is_area = places["place_kind"].isin(AREA_KINDS)
    conditions = [~places["is_placed"], places["place_id"].str.endswith(NEAR), is_area]
    return [str(way) for way in np.select(conditions, ["none", "inferred", "area"], "point")]


_PLACE_COLUMNS = {
    "id": "place_id",
    "kind": "place_kind",
    "country": "country_code",
    "admin1": "admin1_name",
    "gazetteer": "gazetteer",
}


def _bounds(rows: pd.DataFrame) -> Bounds | None:
    """Frame the marks where things happened; if they are few, with the points of such areas."""
    placed = rows[rows["is_placed"]]
    marks = placed[~placed["place_kind"].isin(AREA_KINDS)]
    happened = placed["role"].ne(ASSOCIATIVE)
    literal = marks[happened[marks.index]]
    choices = (literal if literal["place"].nunique() >= _FEW else placed[:0], placed[happened])
    framed = next((some for some in choices if len(some)), placed)
    if framed.empty:
        return None
    counts = np.bincount(framed["place"])
    first = framed.drop_duplicates("place")
    points = first[["longitude", "latitude"]].to_numpy()
    west, south, east, north = frame_points(points, counts[first["place"]])
    return round(west, 3), round(south, 3), round(east, 3), round(north, 3)
