"""A user's own table of places: new ones come behind its last row, the rest stays as it is."""

import csv
import io
import re
import unicodedata
import warnings
from collections.abc import Container, Iterator
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

# How the ids of places begin that were added here.
OWN = "own:"


@dataclass(frozen=True, slots=True)
class Added:
    """A new place, and its line in its table, without the line's end."""

    place: Place
    line: bytes


def add_place(
    table: Path,
    name: str,
    kind: str,
    latitude: float,
    longitude: float,
    *,
    surface: str = "",
    taken: Container[str] = (),
) -> Added:
    """Add a place in degrees (EPSG:4326) to a table, which is made if there is none.

    Its country is that in which the point lies; `surface` is how a text writes the name, if that
    is another way; `taken` are ids that it must not get. Raises InputError if the place cannot
    be, GazetteerError if the table cannot be read or hold it, OutputError if it cannot be written.
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
        there = {place.place_id for place in read_places(table)} if table.exists() else ()
        place_id = next(one for one in _ids(name) if one not in there and one not in taken)
        line = _append(table, {"id": place_id, **cells})
        places = {place.place_id: place for place in read_places(table, table.name)}
    return Added(places[place_id], line)


def take_back(table: Path, added: Added) -> None:
    """Remove a place that was added from its table, unless its line was changed since."""
    table = table.resolve()
    with locked(table):
        lines = table.read_bytes().splitlines(keepends=True) if table.exists() else []
        bare = [line.rstrip(b"\r\n") for line in lines]
        if added.line not in bare:
            return
        last = len(bare) - 1 - bare[::-1].index(added.line)
        was_unended = last > 0 and lines[last] == added.line
        del lines[last]
        if was_unended:  # then the line before was ended to add it
            lines[-1] = bare[last - 1]
        write_bytes(table, b"".join(lines))


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


def _ids(name: str) -> Iterator[str]:
    latin = latin_of(name, "ru" if re.search("[ыэъё]", name.lower()) else "uk")
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", ascii_only)) or "place"
    yield f"{OWN}{slug}"
    yield from (f"{OWN}{slug}-{n}" for n in count(2))


def _is_variant(surface: str, name: str) -> bool:
    """Say whether a text's spelling is neither the name nor a case of it, and fits in a cell."""
    key, spelt = key_of(name), key_of(surface)
    return bool(spelt) and spelt not in {key, *forms_of(key)} and not re.search("[;@]", surface)


def _append(table: Path, cells: dict[str, object]) -> bytes:
    """Write a line behind the others, in the columns and with the line ends that are there."""
    content = table.read_bytes() if table.exists() else f"{','.join(COLUMNS)}\n".encode()
    columns = _columns(content, table)
    if cells["variants"] and "variants" not in columns:
        raise GazetteerError(
            f"{table}, line 1: no column variants, which {cells['variants']!r} needs; "
            "add it to the header"
        )
    end = b"\r\n" if b"\r\n" in content else b"\n"
    row = io.StringIO()
    separator = separator_of(content.decode("utf-8-sig"))
    writer = csv.writer(row, lineterminator="", delimiter=separator)
    writer.writerow(disarm(cells.get(one, "")) for one in columns)
    line = row.getvalue().encode(errors="replace")
    is_ended = content.endswith((b"\n", b"\r"))
    write_bytes(table, content + (line + end if is_ended else end + line))
    return line


def _columns(content: bytes, table: Path) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{table} is not UTF-8; save it as UTF-8 before a place is added"
        ) from error
    return [column.strip() for column in next(csv_reader(text))]
