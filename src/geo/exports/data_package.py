"""A Frictionless data package: tables that say what they hold, whose it is and how it was made."""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.exports.content import Content
from geo.exports.credits import Credit, code_version, licences_of
from geo.exports.schema import MENTION_FIELDS, PLACE_FIELDS, Field
from geo.exports.texts import csv_text, feature_collection, records_of

FILES = ("datapackage.json", "mentions.csv", "places.csv", "areas.geojson")

_MENTIONS_SCHEMA = {
    "fields": MENTION_FIELDS,
    "missingValues": [""],
    "primaryKey": "mention_id",
    "foreignKeys": [{"fields": "place_id", "reference": {"resource": "places", "fields": "id"}}],
}
_PLACES_SCHEMA = {"fields": PLACE_FIELDS, "missingValues": [""], "primaryKey": "id"}


def data_package(content: Content) -> dict[str, bytes]:
    """Return the files of a data package by name."""
    files = {
        "mentions.csv": csv_text(content.mentions.drop(columns="geometry")).encode(),
        "places.csv": csv_text(content.places.drop(columns="geometry")).encode(),
    }
    if not content.areas.empty:
        files["areas.geojson"] = _areas(content)
    descriptor = json.dumps(_descriptor(content, files), ensure_ascii=False, indent=2)
    return {"datapackage.json": f"{descriptor}\n".encode(), **files}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of files; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            # ZIP's first day: archives made at different times are to be the same.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _areas(content: Content) -> bytes:
    table = content.areas
    records = records_of(table.drop(columns="geometry"))
    shapes = [feature["geometry"] for feature in table.geometry.__geo_interface__["features"]]
    return feature_collection(zip(shapes, records, strict=True)).encode()


def _descriptor(content: Content, files: dict[str, bytes]) -> Field:
    return {
        "profile": "data-package",
        "name": "place-mentions",
        "title": "Places that news articles name",
        "description": (
            "One row of mentions.csv is one occurrence of a place name in an article; places.csv "
            "and areas.geojson hold the places. A text that a spreadsheet would take for a "
            "formula has an apostrophe in front. Sentences and titles belong to their outlets."
        ),
        "created": content.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [asdict(licence) for licence in licences_of(content.credits)],
        "sources": [_source(credit) for credit in content.credits],
        "generator": {"name": "geo-notebooks", "version": code_version()},
        "coordinate_decimals": content.decimals,
        "resources": [_resource(name, data) for name, data in files.items()],
    }


def _source(credit: Credit) -> dict[str, str]:
    told = {"title": credit.title, "path": credit.path, "version": credit.version}
    return {key: value for key, value in told.items() if value}


def _resource(name: str, data: bytes) -> dict[str, Any]:
    file = {
        "name": Path(name).stem,
        "path": name,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if name == "areas.geojson":
        return file | {"format": "geojson", "mediatype": "application/geo+json"}
    return file | {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": _MENTIONS_SCHEMA if name == "mentions.csv" else _PLACES_SCHEMA,
    }
