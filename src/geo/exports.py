"""Mention tables as files: CSV, JSON Lines and GeoJSON, and back."""

import csv
import io
import json
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.files import read_text, write_text
from geo.rows import check_header, read_rows
from geo.tables import COLUMNS, as_mention_table

FORMATS = (".csv", ".jsonl", ".geojson")

# What a spreadsheet would take for a formula, and what we made of such a text before.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_INTEGERS = ("start", "end", "geo_precision")


def write_mentions(mentions: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write a mention table as .csv, .jsonl or .geojson, whole or not at all.

    Text that a spreadsheet would run as a formula gets an apostrophe in front in CSV;
    `read_mentions` takes it away again.
    """
    path = Path(path)
    check_format(path)
    table = pd.DataFrame(mentions.drop(columns="geometry"))
    if path.suffix == ".csv":
        write_text(path, csv_text(table))
    elif path.suffix == ".jsonl":
        write_text(path, "".join(f"{line}\n" for line in _json_lines(table)))
    else:
        write_text(path, _geojson(mentions))


def check_format(path: Path) -> None:
    """Raise InputError unless a mention table can be written to the path."""
    if path.suffix not in FORMATS:
        raise InputError(
            f"cannot write {path}: unknown format {path.suffix!r}; end the name in "
            f"{', '.join(FORMATS)}"
        )


def read_mentions(path: str | Path) -> gpd.GeoDataFrame:
    """Read a mention table that `write_mentions` wrote; raises InputError naming what is wrong."""
    path = Path(path)
    check_format(path)
    text = read_text(path)
    try:
        records = _READERS[path.suffix](text, str(path))
        return as_mention_table(pd.DataFrame(records, columns=list(COLUMNS)))
    except (ValueError, TypeError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path} is no mention table: {error}; make it with geo geocode"
        ) from error


def is_mention_table(path: Path) -> bool:
    """Say whether a file holds mentions rather than articles, by how it begins."""
    if path.suffix == ".geojson":
        return True
    if path.suffix not in FORMATS or not path.is_file():
        return False
    with path.open("rb") as file:
        return b"mention_id" in file.read(200).split(b"\n")[0]


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV in which no cell can become a formula."""
    texts = table.select_dtypes(include="object").columns
    table = table.assign(**{column: table[column].map(_disarm) for column in texts})
    out = io.StringIO()
    table.to_csv(out, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    return out.getvalue()


def _disarm(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _arm(value: str) -> str:
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def _json_lines(table: pd.DataFrame) -> list[str]:
    return [json.dumps(record, ensure_ascii=False) for record in _records(table)]


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    plain = table.astype(object).where(table.notna(), None)
    return [
        {key: int(v) if key in _INTEGERS and v is not None else v for key, v in record.items()}
        for record in plain.to_dict("records")
    ]


def _geojson(mentions: gpd.GeoDataFrame) -> str:
    properties = _records(pd.DataFrame(mentions.drop(columns="geometry")))
    features = [
        {"type": "Feature", "geometry": _point(record), "properties": record}
        for record in properties
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _point(record: dict[str, object]) -> dict[str, object] | None:
    if record["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}


def _read_csv(text: str, where: str) -> list[dict[str, str | None]]:
    rows = read_rows(text, where, known=COLUMNS, required=COLUMNS)
    return [{key: _arm(cell) or None for key, cell in row.items()} for _, row in rows]


def _read_json_lines(text: str, where: str) -> list[dict[str, object]]:
    records = [json.loads(line) for line in text.split("\n") if line.strip()]
    return [_checked(record, where) for record in records]


def _read_geojson(text: str, where: str) -> list[dict[str, object]]:
    return [_checked(feature["properties"], where) for feature in json.loads(text)["features"]]


def _checked(record: dict[str, object], where: str) -> dict[str, object]:
    check_header(list(record), where, known=COLUMNS, required=COLUMNS)
    return record


_READERS = {".csv": _read_csv, ".jsonl": _read_json_lines, ".geojson": _read_geojson}
