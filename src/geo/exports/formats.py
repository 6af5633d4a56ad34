"""Mention tables written in any format that other programs read."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from geo.errors import InputError
from geo.exports.content import Content, make_content
from geo.exports.data_package import FILES, data_package, zipped
from geo.exports.geopackage import geopackage
from geo.exports.geoparquet import geoparquet
from geo.exports.linked_places import linked_places
from geo.exports.texts import TEXTS
from geo.files import write_bytes, write_folder
from geo.gazetteer import Gazetteer

# The ending of a file's name chooses its format; a name without one is a folder.
_ENDINGS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".geojson": "geojson",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".json": "linked-places",
    ".zip": "datapackage",
}
FORMATS = tuple(_ENDINGS.values())


def export(
    mentions: gpd.GeoDataFrame,
    path: str | Path,
    *,
    format: str = "",  # noqa: A002 - what the option is called everywhere
    round: int | None = None,  # noqa: A002
    bom: bool = False,
    gazetteer: Gazetteer | None = None,
) -> None:
    """Write a mention table for other programs, whole or not at all.

    The ending of `path` chooses the format, unless `format` names it: csv, jsonl, geojson, gpkg
    (GeoPackage), parquet (GeoParquet), linked-places (.lpf.json, .json), datapackage (.zip, or a
    folder). `round` keeps so many decimals of all points: 1 is about 10 km, 2 about 1 km; names
    and ids still tell the place. `bom` begins a CSV file so that Excel reads it as UTF-8.
    `gazetteer` is the one that the places came from, if it is not the shipped one.

    Raises InputError or OutputError, and leaves nothing half written.
    """
    path = Path(path)
    kind = find_format(path, format)
    check_options(kind, bom=bom)
    content = make_content(mentions, round, gazetteer)
    if kind == "datapackage" and path.suffix.lower() != ".zip":
        write_folder(path, data_package(content), sign=FILES[0], known=FILES)
    else:
        mark = "\ufeff".encode() if bom else b""
        write_bytes(path, mark + _WRITERS[kind](content))


def find_format(path: Path, format: str = "") -> str:  # noqa: A002
    """Return the format of an export; raises InputError if there is none."""
    if format and format not in FORMATS:
        raise InputError(f"there is no format {format!r}; use one of {', '.join(FORMATS)}")
    if not format and (path.is_dir() or not path.suffix):
        return "datapackage"
    if not format and path.suffix.lower() not in _ENDINGS:
        raise InputError(
            f"cannot tell the format of {str(path)!r} by its ending; end it in "
            f"{', '.join(_ENDINGS)}, or name a folder, "
            "or say which format it is with --format (in Python format=)"
        )
    kind = _ENDINGS.get(path.suffix.lower(), format)
    if format and format != kind:
        raise InputError(
            f"{str(path)!r} ends as {kind} does, and is to be {format}; choose another ending"
        )
    return kind


def check_options(kind: str, *, bom: bool) -> None:
    """Raise InputError if a format cannot be written as asked."""
    if bom and kind != "csv":
        raise InputError(f"a byte order mark is for csv only, not for {kind}; leave it out")


def _text(kind: str) -> Callable[[Content], bytes]:
    return lambda content: TEXTS[f".{kind}"](content.mentions).encode()


_WRITERS: dict[str, Callable[[Content], bytes]] = {
    "csv": _text("csv"),
    "jsonl": _text("jsonl"),
    "geojson": _text("geojson"),
    "gpkg": geopackage,
    "parquet": geoparquet,
    "linked-places": linked_places,
    "datapackage": lambda content: zipped(data_package(content)),
}
