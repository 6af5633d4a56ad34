"""A user's own table of places: new ones come behind its last row, the rest stays as it is."""

import csv
import io
import re
import unicodedata
import warnings
from collections.abc import Container
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from geo import data
from geo.errors import GazetteerError, InputError
from geo.files import locked, write_bytes
from geo.gazetteer.curated import COLUMNS, read_places
from geo.gazetteer.names import key_of
from geo.gazetteer.romanize import latin_of
from geo.gazetteer.spellings import forms_of
from geo.records import KINDS, Place
from geo.rows import csv_reader, disarm, separator_of


@dataclass(frozen=True, slots=True)
class Added:
    """A new place, and the bytes that it added to its table."""

    place: Place
    row: bytes


def add_place(
    table: Path, name: str, kind: str, latitude: float, longitude: float, *, surface: str = ""
) -> Added:
    """Add a place in degrees (EPSG:4326) to a table, which is made if there is none.

    Its country is that in which the point lies; `surface` is how a text writes the name, if that
    is another way. Raises InputError if the place cannot be, GazetteerError if the table cannot
    be read or hold it, OutputError if it cannot be written.
    """
    from geo.gazetteer.areas import country_at

    name, surface = " ".join(name.split()), " ".join(surface.split())
    _check(name, kind, latitude, longitude)
    cells = {
        "title": name,
        "types": kind,
        "ccodes": country_at(latitude, longitude),
        "variants": surface if _is_variant(surface, name) else "",
        "lon": longitude,
        "lat": latitude,
    }
    table = table.resolve()
    with locked(table):
        taken = {place.place_id for place in read_places(table)} if table.exists() else ()
        place_id = _new_id(name, taken)
        row = _append(table, {"id": place_id, **cells})
        places = {place.place_id: place for place in read_places(table, table.name)}
    return Added(places[place_id], row)


def take_back(table: Path, added: Added) -> None:
    """Remove a place that was added from its table, unless its row was changed since."""
    table = table.resolve()
    with locked(table):
        if table.exists():
            write_bytes(table, b"".join(table.read_bytes().rsplit(added.row, 1)))


def find_table(folder: Path) -> Path | None:
    """Return the folder's table of places; none, with a warning, if that is of another kind."""
    table = folder / data.OWN_PLACES
    if not table.is_file():
        return None
    try:
        read_places(table, table.name)
    except GazetteerError as error:
        warnings.warn(f"{error}; the table beside the articles is not used", stacklevel=2)
        return None
    return table


def _check(name: str, kind: str, latitude: float, longitude: float) -> None:
    if not key_of(name):
        raise InputError(f"{name!r} is no name: it has no letters")
    if kind not in KINDS:
        raise InputError(f"{kind!r} is no kind; use one of {', '.join(KINDS)}")
    check_point(latitude, longitude)


def check_point(latitude: float, longitude: float) -> None:
    """Raise InputError if degrees are no point on the earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InputError(
            f"{latitude}, {longitude} is no point: latitude lies between -90 and 90, "
            "longitude between -180 and 180"
        )


def _new_id(name: str, taken: Container[str]) -> str:
    latin = latin_of(name, "ru" if re.search("[ыэъё]", name.lower()) else "uk")
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", ascii_only)) or "place"
    ids = (f"own:{slug}-{n}" if n > 1 else f"own:{slug}" for n in count(1))
    return next(one for one in ids if one not in taken)


def _is_variant(surface: str, name: str) -> bool:
    """Say whether a text's spelling is neither the name nor a case of it, and fits in a cell."""
    key, spelt = key_of(name), key_of(surface)
    return bool(spelt) and spelt not in {key, *forms_of(key)} and not re.search("[;@]", surface)


def _append(table: Path, cells: dict[str, object]) -> bytes:
    """Write a row behind the others, in the columns and with the line ends that are there."""
    content = table.read_bytes() if table.exists() else f"{','.join(COLUMNS)}\n".encode()
    columns = _columns(content, table)
    if cells["variants"] and "variants" not in columns:
        raise GazetteerError(
            f"{table}, line 1: no column variants, which {cells['variants']!r} needs; "
            "add it to the header"
        )
    end = "\r\n" if b"\r\n" in content else "\n"
    line = io.StringIO()
    writer = csv.writer(
        line, lineterminator="", delimiter=separator_of(content.decode("utf-8-sig"))
    )
    writer.writerow(disarm(cells.get(one, "")) for one in columns)
    is_ended = content.endswith((b"\n", b"\r"))
    text = f"{line.getvalue()}{end}" if is_ended else f"{end}{line.getvalue()}"
    row = text.encode(errors="replace")
    write_bytes(table, content + row)
    return row


def _columns(content: bytes, table: Path) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{table} is not UTF-8; save it as UTF-8 before a place is added"
        ) from error
    return [column.strip() for column in next(csv_reader(text))]
