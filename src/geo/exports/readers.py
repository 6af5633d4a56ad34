"""Mention tables read from CSV, JSON Lines and GeoJSON, perhaps edited since."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.articles import parse_day
from geo.columns import CANDIDATE_COLUMNS, COLUMNS, OPTIONAL_COLUMNS, STATUSES
from geo.errors import InputError
from geo.exports.texts import Record, format_of
from geo.files import read_text
from geo.records import ASSOCIATIVE, KINDS, LITERAL
from geo.rows import arm, check_header, read_number, read_rows
from geo.tables import as_mention_table

_REQUIRED = tuple(column for column in COLUMNS if column not in OPTIONAL_COLUMNS)

ALLOWED: dict[str, tuple[str | None, ...]] = {
    "role": (LITERAL, ASSOCIATIVE),
    "status": STATUSES,
    "place_kind": (None, *KINDS),
}
RANGES = {
    "start": (0, 10**12),
    "end": (0, 10**12),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "geo_precision": (1, 3),
    "score": (0, 1),
}
_CANDIDATE_RANGES = {column: RANGES[column] for column in ("latitude", "longitude", "score")}
_CANDIDATE_RANGES["rank"] = (1, 10**6)


def read_mentions(path: str | Path) -> gpd.GeoDataFrame:
    """Read a mention table that `write_mentions` wrote, perhaps edited since.

    Raises InputError naming line (or feature), column and value of what is wrong.
    """
    path = Path(path)
    ending = format_of(path)
    # JSON Lines of no mentions are an empty file.
    text = read_text(path, may_be_empty=ending == ".jsonl")
    records = [_checked(record, where) for where, record in _READERS[ending](text, str(path))]
    # With pyarrow installed, pandas' own texts cannot hold half a character.
    return as_mention_table(pd.DataFrame(records, columns=list(COLUMNS), dtype=object))


def read_candidates(path: str | Path) -> pd.DataFrame:
    """Read a candidate table that `geo geocode --candidates` wrote.

    Raises InputError naming line, column and value of what is wrong.
    """
    where = str(path)
    rows = read_rows(
        read_text(Path(path)), where, known=CANDIDATE_COLUMNS, required=CANDIDATE_COLUMNS
    )
    records = []
    for line, row in rows:
        record: Record = {key: arm(cell) or None for key, cell in row.items()}
        for column, (low, high) in _CANDIDATE_RANGES.items():
            record[column] = read_number(
                row[column], f"{where}, line {line}, column {column}", low, high
            )
        records.append(record)
    return pd.DataFrame(records, columns=list(CANDIDATE_COLUMNS))


def _read_csv(text: str, where: str) -> Iterator[tuple[str, Record]]:
    for line, row in read_rows(text, where, known=COLUMNS, required=_REQUIRED):
        yield f"{where}, line {line}", {key: arm(cell) or None for key, cell in row.items()}


def _read_json_lines(text: str, where: str) -> Iterator[tuple[str, Record]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{where}, line {number}", _parse(line, f"{where}, line {number}")


def _read_geojson(text: str, where: str) -> Iterator[tuple[str, Record]]:
    features = _parse(text, where).get("features")
    if not isinstance(features, list):
        raise InputError(f"{where} holds no list of features; make it with geo geocode")
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        yield f"{where}, feature {number}", properties if isinstance(properties, dict) else {}


def _parse(text: str, where: str) -> Record:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); mend or remove it") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: no JSON object; make the table with geo geocode")
    return record


_READERS: dict[str, Callable[[str, str], Iterator[tuple[str, Record]]]] = {
    ".csv": _read_csv,
    ".jsonl": _read_json_lines,
    ".geojson": _read_geojson,
}


def _checked(record: Record, where: str) -> Record:
    """Return a record of which every value is one that the table may hold."""
    check_header(list(record), where, known=COLUMNS, required=_REQUIRED)
    for column, allowed in ALLOWED.items():
        if record[column] not in allowed:
            raise InputError(
                f"{where}, column {column}: {record[column]!r} is not one of "
                f"{', '.join(str(value) for value in allowed if value)}"
            )
    for column, (low, high) in RANGES.items():
        if record[column] is not None:
            record[column] = read_number(record[column], f"{where}, column {column}", low, high)
    for column in ("mention_id", "article_id", "surface", "start", "end"):
        if record[column] in (None, ""):
            raise InputError(f"{where}, column {column}: empty; a mention needs it")
    if (record["latitude"] is None) != (record["longitude"] is None):
        raise InputError(f"{where}: latitude without longitude, or the reverse; give both or none")
    parse_day(str(record["published_date"] or ""), f"{where}, column published_date")
    return record
