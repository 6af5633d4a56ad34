"""What the page of a map needs to know, as plain data that JSON can hold.

The payload is a dict:

- `title`, `dates` (first and last, ISO), `counts` (mentions, articles, outlets, unresolved);
- `outlets`: names, sorted; `articles`: outlet, date, title, url;
- `layers`: one for each outlet and date that occur together: outlet (its number), date, label;
- `places`: name, kind, country, admin1, latitude, longitude, precision, is_area, and `area`,
  a GeoJSON geometry or None;
- `mentions`: columns of equal length, one entry a mention with a place. `place`, `layer` and
  `article` count into the lists above; `surface`, `context` and `reason` into `texts`, because
  sentences repeat; `associative` is 0 or 1; `score` is a percentage or None;
- `unresolved`: [surface, how often] of the mentions without a place;
- `basemap`: GeoJSON feature collections by name;
- `shows_osm`: whether a place comes from OpenStreetMap, whose contributors are credited then.

Mentions that a person has rejected are not places, so they are nowhere in it.
"""

import json
import math
import warnings
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.errors import GazetteerError, InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.maps.basemap import basemap_features
from geo.records import AREA_KINDS, ASSOCIATIVE, Article

TEXT_COLUMNS = (
    "article_id",
    "outlet",
    "published_date",
    "surface",
    "context",
    "role",
    "place_id",
    "place_name",
    "place_kind",
    "country_code",
    "admin1_name",
    "reason",
    "status",
)
NUMBER_COLUMNS = ("latitude", "longitude", "geo_precision", "score")

Bounds = tuple[float, float, float, float]

# How far, in degrees, detail reaches beyond the outermost mark.
DETAIL_MARGIN = 3.0

# Degrees: how much an outline is simplified near the marks, and far from them. The nearer
# one keeps an area's coast on the basemap's; the other keeps the page small.
NEAR_TOLERANCE = 0.01
FAR_TOLERANCE = 0.1


def build_payload(
    mentions: GeoDataFrame, articles: Iterable[Article] = (), title: str = ""
) -> dict[str, Any]:
    """Turn the mention table into the payload described above."""
    rows = plain_rows(mentions)
    placed = rows[rows["is_placed"]]
    outlets = sorted(set(rows["outlet"]))
    layers = _layers(rows, outlets)
    sources = _articles(rows, outlets, articles)
    bounds = _bounds(placed)
    places = _places(placed, bounds)
    columns, texts = _mention_columns(placed, layers, list(sources), list(places))
    dates = sorted(set(rows["published_date"]) - {""})
    return {
        "title": title,
        "dates": [dates[0], dates[-1]] if dates else [],
        "counts": {
            "mentions": len(rows),
            "articles": len(sources),
            "outlets": len(outlets),
            "unresolved": int((~rows["is_placed"]).sum()),
        },
        "outlets": outlets,
        "articles": list(sources.values()),
        "layers": list(layers.values()),
        "places": list(places.values()),
        "mentions": columns,
        "texts": texts,
        "unresolved": _unresolved(rows),
        "basemap": basemap_features(bounds),
        "shows_osm": "gazetteer" in mentions and bool(mentions["gazetteer"].eq("nominatim").any()),
    }


def to_script_json(value: Any) -> str:
    """Write JSON that may stand inside a `<script>` element and inside JavaScript.

    >>> to_script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def plain_rows(mentions: GeoDataFrame) -> pd.DataFrame:
    """Copy what the map shows; a missing text becomes "", and `is_placed` is added."""
    missing = [c for c in (*TEXT_COLUMNS, *NUMBER_COLUMNS) if c not in mentions.columns]
    if missing:
        raise InputError(
            f"The mention table lacks the columns {', '.join(missing)}; "
            "pass the table that geo made."
        )
    kept = mentions[mentions["status"].ne("rejected")]
    texts = {name: [_text(value) for value in kept[name]] for name in TEXT_COLUMNS}
    rows = pd.DataFrame(texts, dtype=object)
    for name in NUMBER_COLUMNS:
        numbers = pd.to_numeric(kept[name], errors="coerce")
        rows[name] = numbers.to_numpy(dtype=float, na_value=math.nan)
    rows["published_date"] = rows["published_date"].str[:10]
    has_point = rows["latitude"].notna() & rows["longitude"].notna()
    rows["is_placed"] = has_point & rows["place_id"].ne("")
    return rows


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _layers(rows: pd.DataFrame, outlets: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Describe each (outlet, date) that occurs, by date and then outlet, undated last."""
    counts = Counter(zip(rows["outlet"], rows["published_date"], rows["is_placed"], strict=True))
    pairs = {(outlet, date) for outlet, date, _ in counts}
    ordered = sorted(pairs, key=lambda pair: (pair[1] == "", pair[1], pair[0]))
    return {
        (outlet, date): {
            "outlet": outlets.index(outlet),
            "date": date,
            "label": _label(outlet, date, counts[outlet, date, True]),
        }
        for outlet, date in ordered
    }


def _label(outlet: str, date: str, count: int) -> str:
    return f"{date or 'undated'} · {outlet or 'unknown outlet'} ({count})"


def _articles(
    rows: pd.DataFrame, outlets: list[str], articles: Iterable[Article]
) -> dict[str, dict[str, Any]]:
    known = {article.article_id: article for article in articles}
    first_rows = rows.drop_duplicates("article_id").itertuples()
    return {
        row.article_id: {
            "outlet": outlets.index(row.outlet),
            "date": row.published_date,
            "title": known[row.article_id].title if row.article_id in known else "",
            "url": known[row.article_id].url if row.article_id in known else "",
        }
        for row in first_rows
    }


def _places(placed: pd.DataFrame, bounds: Bounds) -> dict[str, dict[str, Any]]:
    """Describe each place once, with the best precision that a mention of it has."""
    precision = placed.groupby("place_id")["geo_precision"].min()
    gazetteer = gazetteer_of_areas(placed["place_kind"])
    return {
        row.place_id: {
            "name": row.place_name or row.surface,
            "kind": row.place_kind,
            "country": row.country_code,
            "admin1": row.admin1_name,
            "latitude": round(row.latitude, 5),
            "longitude": round(row.longitude, 5),
            "precision": _integer(precision[row.place_id]),
            "is_area": row.place_kind in AREA_KINDS,
            "area": _area(row, gazetteer, bounds),
        }
        for row in placed.drop_duplicates("place_id").itertuples()
    }


def gazetteer_of_areas(kinds: Iterable[str]) -> Gazetteer:
    """Return the gazetteer that has the areas; an empty one if none is needed or to be had."""
    if AREA_KINDS.isdisjoint(kinds):
        return Gazetteer()
    try:
        return load_gazetteer()
    except GazetteerError as error:
        warnings.warn(f"the map is drawn without areas: {error}", stacklevel=2)
        return Gazetteer()


def _integer(number: float) -> int | None:
    return None if math.isnan(number) else round(number)


def _area(row: Any, gazetteer: Gazetteer, bounds: Bounds) -> dict[str, Any] | None:
    """Find the outline of a row's place, fine within `bounds` and coarse elsewhere."""
    if row.place_kind not in AREA_KINDS:
        return None
    shape = gazetteer.area(row.place_id)
    if shape is None:
        return None
    near = shapely.box(*bounds)
    if row.place_kind == "bloc" and shape.contains(near):
        return None  # all of the map in the colour of Europe would say nothing
    fine = shape.simplify(NEAR_TOLERANCE).intersection(near)
    outline = fine.union(shape.simplify(FAR_TOLERANCE).difference(near))
    rounded = shapely.set_precision(outline, 0.001)
    return None if rounded.is_empty else dict(shapely.geometry.mapping(rounded))


def _mention_columns(
    placed: pd.DataFrame,
    layers: dict[tuple[str, str], Any],
    article_ids: list[str],
    place_ids: list[str],
) -> tuple[dict[str, list[Any]], list[str]]:
    layer_numbers = _numbers(layers)
    article_numbers, place_numbers = _numbers(article_ids), _numbers(place_ids)
    pairs = zip(placed["outlet"], placed["published_date"], strict=True)
    texts = list(dict.fromkeys([*placed["surface"], *placed["context"], *placed["reason"]]))
    text_numbers = _numbers(texts)
    columns: dict[str, list[Any]] = {
        "place": [place_numbers[i] for i in placed["place_id"]],
        "layer": [layer_numbers[pair] for pair in pairs],
        "article": [article_numbers[i] for i in placed["article_id"]],
        "surface": [text_numbers[t] for t in placed["surface"]],
        "context": [text_numbers[t] for t in placed["context"]],
        "reason": [text_numbers[t] for t in placed["reason"]],
        "associative": [int(role == ASSOCIATIVE) for role in placed["role"]],
        "score": [_integer(score * 100) for score in placed["score"]],
    }
    return columns, texts


def _numbers(keys: Iterable[Any]) -> dict[Any, int]:
    return {key: number for number, key in enumerate(keys)}


def _unresolved(rows: pd.DataFrame) -> list[list[Any]]:
    surfaces = (" ".join(surface.split()) for surface in rows.loc[~rows["is_placed"], "surface"])
    return [[surface, count] for surface, count in Counter(surfaces).most_common()]


def _bounds(placed: pd.DataFrame) -> Bounds:
    """Frame the marks, or the areas' points if there are no marks, with a margin."""
    is_mark = ~placed["place_kind"].isin(AREA_KINDS)
    framed = placed[is_mark] if is_mark.any() else placed
    if framed.empty:
        return (0.0, 0.0, 0.0, 0.0)  # nothing needs detail, the coarse world will do
    return (
        max(framed["longitude"].min() - DETAIL_MARGIN, -180.0),
        max(framed["latitude"].min() - DETAIL_MARGIN, -90.0),
        min(framed["longitude"].max() + DETAIL_MARGIN, 180.0),
        min(framed["latitude"].max() + DETAIL_MARGIN, 90.0),
    )
