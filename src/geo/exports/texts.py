"""Mention tables as text: CSV, JSON Lines and GeoJSON."""

import json
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.files import write_text
from geo.rows import csv_of

Record = dict[str, Any]

_INTEGERS = ("start", "end", "geo_precision")


def write_mentions(mentions: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write a mention table as .csv, .jsonl or .geojson, whole or not at all.

    Text that a spreadsheet would run as a formula gets an apostrophe in front in CSV;
    `read_mentions` takes it away again.
    """
    path = Path(path)
    write_text(path, TEXTS[format_of(path)](mentions))


def format_of(path: Path) -> str:
    """Return the ending of a mention table's file; raises InputError if it is none."""
    ending = path.suffix.lower()
    if ending not in TEXTS:
        raise InputError(
            f"cannot use {path}: unknown format {path.suffix!r}; end the name in {', '.join(TEXTS)}"
        )
    return ending


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV in which no cell can become a formula."""
    return csv_of([table.columns, *_rows(table)])


def records_of(table: pd.DataFrame) -> list[Record]:
    """Return the rows of a table as plain values; what is missing is None."""
    columns = list(table.columns)
    records = [dict(zip(columns, row, strict=True)) for row in _rows(table)]
    for column, record in product(_INTEGERS, records):
        if record.get(column) is not None:
            record[column] = int(record[column])
    return records


def _rows(table: pd.DataFrame) -> Any:
    """Return the rows of a table as plain values; what is missing is None."""
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def _csv(mentions: gpd.GeoDataFrame) -> str:
    return csv_text(_without_geometry(mentions))


def _json_lines(mentions: gpd.GeoDataFrame) -> str:
    records = records_of(_without_geometry(mentions))
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def _geojson(mentions: gpd.GeoDataFrame) -> str:
    records = records_of(_without_geometry(mentions))
    return feature_collection((_point(record), record) for record in records)


def feature_collection(features: Iterable[tuple[Record | None, Record]]) -> str:
    """Return GeoJSON (RFC 7946) of geometries with their properties."""
    members = [
        {"type": "Feature", "geometry": geometry, "properties": properties}
        for geometry, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": members}, ensure_ascii=False)


def _without_geometry(mentions: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(mentions.drop(columns="geometry"))


def _point(record: Record) -> Record | None:
    if record["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}


TEXTS: dict[str, Callable[[gpd.GeoDataFrame], str]] = {
    ".csv": _csv,
    ".jsonl": _json_lines,
    ".geojson": _geojson,
}
