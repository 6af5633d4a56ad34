"""What the columns of exported tables hold, as Frictionless Table Schema fields."""

from typing import Any

from geo.columns import COLUMNS
from geo.exports.readers import ALLOWED, RANGES
from geo.gazetteer.curated import COLUMNS as PLACE_COLUMNS

Field = dict[str, Any]

_TYPES = {
    "published_date": "date",
    "start": "integer",
    "end": "integer",
    "latitude": "number",
    "longitude": "number",
    "geo_precision": "integer",
    "score": "number",
    "event_start_date": "date",
    "event_end_date": "date",
    "lon": "number",
    "lat": "number",
    "error_km": "number",
    "population": "integer",
}
_RANGES = RANGES | {"lon": RANGES["longitude"], "lat": RANGES["latitude"]}
_NEEDED = frozenset({"mention_id", "article_id", "start", "end", "surface", "role", "status"})
_DESCRIPTIONS = {
    "published_date": "day of publication of the article",
    "start": "where the name begins in the article, in code points",
    "end": "where it ends",
    "surface": "the name as the article writes it",
    "context": "the sentence; the article's words belong to its outlet",
    "role": "literal: something is or happens there; associative: stands for a government or team",
    "latitude": "degrees, EPSG:4326",
    "longitude": "degrees, EPSG:4326",
    "geo_precision": "1 exact point, 2 near or district, 3 region or wider",
    "score": "probability that the point is right if the words name a place",
    "reason": "why this place",
    "gazetteer": "the table that the place comes from",
    "variants": "other names, separated by ;, with the language behind @ where it is known",
    "fclasses": "GeoNames feature class",
    "types": "kind of place",
    "ccodes": "ISO 3166-1 code of the country",
    "parent_name": "first-level division",
    "lon": "longitude in degrees, EPSG:4326",
    "lat": "latitude in degrees, EPSG:4326",
    "error_km": "how far the point may lie from the truth",
    "geo_source": "where the point comes from",
}


def _field(name: str, *, is_needed: bool, is_id: bool) -> Field:
    constraints: Field = {"required": True} if is_needed else {}
    if is_id:
        constraints["unique"] = True
    if name in _RANGES:
        low, high = _RANGES[name]
        constraints |= {"minimum": low, "maximum": high}
    if name in ALLOWED:
        constraints["enum"] = [value for value in ALLOWED[name] if value]
    told = {"description": _DESCRIPTIONS[name]} if name in _DESCRIPTIONS else {}
    limits = {"constraints": constraints} if constraints else {}
    return {"name": name, "type": _TYPES.get(name, "string"), **told, **limits}


MENTION_FIELDS = [
    _field(name, is_needed=name in _NEEDED, is_id=name == "mention_id") for name in COLUMNS
]
PLACE_FIELDS = [
    _field(name, is_needed=name in ("id", "title"), is_id=name == "id")
    for name in (*PLACE_COLUMNS, "gazetteer")
]
AREA_FIELDS = [_field(name, is_needed=True, is_id=name == "id") for name in ("id", "title")]
