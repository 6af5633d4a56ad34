"""The gazetteer's index: files that are mapped into memory, so that opening them reads nothing.

A folder holds:

- `names.marisa`: all names in normal form, each with a number; `ids.marisa`: all place ids. A
  place's row is its id's number;
- `row_of`: the row of each name; a name of several places has `SEVERAL` plus a position in
  `rows`, where their number stands and then they, the likeliest first;
- `forms.marisa`: the cases of Cyrillic names (`inflection.py`), each with the numbers of the
  names that it is of;
- `skeletons.marisa`, `skeleton_row_of`, `skeleton_rows`: the same for the skeletons of names
  (`skeletons.py`);
- `well_known.marisa`: names in normal form that may be looked for in misspellings;
- `numbers`: a fixed record a row (`RECORD`);
- `text_first`, `text`: the spellings of row `r`, one a line, are `text[text_first[r]:...]`, and
  behind an empty line its names in other languages, each behind the language;
- `areas.marisa`, `area_first`, `areas`: codes of countries and divisions, and their areas as WKB;
- `tables.json`: small tables; `index.json`: the size, time and checksum of each other file.

`index_writer.py` writes them.
"""

import json
import math
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie

from geo.errors import GazetteerError
from geo.gazetteer.prior import prior_of
from geo.records import Place

if TYPE_CHECKING:
    from shapely import Geometry

# Longitude and latitude in millionths of a degree, population, error_km; then numbers in TABLES.
RECORD = struct.Struct("<iiqf5H")
TABLES = ("kind", "country_code", "admin1_name", "source", "gazetteer")
# The same for numpy.
_FIELDS = [
    ("longitude", "<i4"),
    ("latitude", "<i4"),
    ("population", "<i8"),
    ("error_km", "<f4"),
    ("tables", "<u2", len(TABLES)),
]
SEVERAL = 1 << 31
# The number of a name, as the trie of cases keeps it.
FORM = "<I"
# A place that is written so beats one of which it is another case, unless that is much likelier.
_OF_FORM = 0.5
# Parts the names of a place from those in other languages.
LABELS = "\n\n"
# A place is a kilobyte, and news names the same ones again.
_MOST_KEPT = 20_000
# What opening files raises that are missing, cut off or not what they should be.
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError)


class Outline(NamedTuple):
    """What is known of a place at the least cost."""

    name: str
    kind: str
    population: int
    gazetteer: str


class Index:
    """An index opened from its folder; raises GazetteerError if it is damaged or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            _check_files(folder)
            self._open(folder)
        except _DAMAGE as error:
            raise GazetteerError(f"the index in {folder} is damaged") from error

    def _open(self, folder: Path) -> None:
        self._names = _trie(folder / "names.marisa")
        self._ids = _trie(folder / "ids.marisa")
        self._area_codes = _trie(folder / "areas.marisa")
        self._forms = _forms(folder / "forms.marisa")
        self._number = self._names.get
        self.place = lru_cache(maxsize=_MOST_KEPT)(self._read_place)
        self._row_of, self._rows = _numbers(folder / "row_of"), _numbers(folder / "rows")
        self._well_known = _trie(folder / "well_known.marisa")
        self._skeletons = _trie(folder / "skeletons.marisa")
        self._skeleton_row_of = _numbers(folder / "skeleton_row_of")
        self._skeleton_rows = _numbers(folder / "skeleton_rows")
        self._text_first, self._text = _numbers(folder / "text_first"), _mapped(folder / "text")
        self._area_first, self._areas = _numbers(folder / "area_first"), _mapped(folder / "areas")
        self._records = _mapped(folder / "numbers")
        kept = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        self._tables = [kept["tables"][name] for name in TABLES]
        self._codes: dict[str, list[str]] = kept["codes"]
        self._countries: dict[str, str] = kept["countries"]

    def __len__(self) -> int:
        return len(self._ids)

    def __reduce__(self) -> tuple[type["Index"], tuple[Path]]:
        # Another process maps the same files.
        return Index, (self._folder,)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the names in normal form, or those that begin with `prefix`."""
        return iter(self._names.iterkeys(prefix))

    def well_known(self, prefix: str) -> list[str]:
        """Return the names of well-known places that begin with `prefix`."""
        return list(self._well_known.keys(prefix))

    def beginnings(self, key: str) -> list[str]:
        """Return the names in normal form that `key` begins with, the shortest first."""
        found = self._names.prefixes(key)
        if not key.isascii():
            found = sorted({*found, *self._forms.prefixes(key)}, key=len)
        return list(found)

    def rows(self, key: str) -> list[int]:
        """Return the rows of a name in normal form, the likeliest place first.

        A form of several names has the places of one behind those of another.
        """
        rows = _listed(self._number(key), self._row_of, self._rows)
        if key.isascii() or key not in self._forms:
            return rows
        named = [_listed(number, self._row_of, self._rows) for (number,) in self._forms[key]]
        if not rows and len(named) == 1:
            return named[0]
        likely = {id(one): prior_of(self.place(one[0])) - _OF_FORM for one in named}
        if rows:
            likely[id(rows)] = prior_of(self.place(rows[0]))
            named = [rows, *named]
        named.sort(key=lambda one: -likely[id(one)])
        return list(dict.fromkeys(chain.from_iterable(named)))

    def names_of(self, key: str) -> set[str]:
        """Return the names in normal form that this one is, or is a case of."""
        numbers = self._forms.get(key) or []
        named = {self._names.restore_key(number) for (number,) in numbers}
        return named | {key} if key in self._names else named

    def skeleton_rows(self, skeleton: str) -> list[int]:
        """Return the rows of the places with a name of this skeleton, the likeliest first."""
        number = self._skeletons.get(skeleton)
        return _listed(number, self._skeleton_row_of, self._skeleton_rows)

    def row(self, place_id: str) -> int | None:
        """Return the row of a place id, or None."""
        row: int | None = self._ids.get(place_id)
        return row

    def _read_place(self, row: int) -> Place:
        """Make the record of a row."""
        x, y, population, error_km, kind, country_code, admin1_name, source, gazetteer = (
            RECORD.unpack_from(self._records, row * RECORD.size)
        )
        kinds, country_codes, admin1_names, sources, gazetteers = self._tables
        text = self._text[self._text_first[row] : self._text_first[row + 1]].decode()
        spelt, _, labels = text.partition(LABELS)
        names = spelt.split("\n")
        return Place(
            place_id=self._ids.restore_key(row),
            name=names[0],
            kind=kinds[kind],
            latitude=y / 1e6,
            longitude=x / 1e6,
            country_code=country_codes[country_code],
            admin1_name=admin1_names[admin1_name],
            names=tuple(names),
            labels=tuple(_label(line) for line in labels.split("\n")) if labels else (),
            population=population,
            error_km=round(error_km, 3),
            source=sources[source],
            gazetteer=gazetteers[gazetteer],
        )

    def outline(self, row: int) -> Outline:
        """Read a few fields of a row, which takes less time than the whole place."""
        _, _, population, _, kind, _, _, _, gazetteer = RECORD.unpack_from(
            self._records, row * RECORD.size
        )
        first, end = self._text_first[row], self._text_first[row + 1]
        line_end = self._text.find(b"\n", first, end)
        name = self._text[first : end if line_end < 0 else line_end].decode()
        kinds, *_, gazetteers = self._tables
        return Outline(name, kinds[kind], population, gazetteers[gazetteer])

    def country_row(self, code: str) -> int | None:
        """Return the row of the country with an ISO 3166-1 code, or None."""
        return self.row(self._countries[code]) if code in self._countries else None

    def nearest_rows(self, latitude: float, longitude: float, limit: int) -> list[int]:
        """Return the rows of the settlements nearest to a point, the nearest first."""
        import numpy as np

        rows, y, x = self._settlements
        here_y, here_x = math.radians(latitude), math.radians(longitude)
        # The haversine of the angle between them grows with the distance; no more is needed.
        haversine = (
            np.sin((y - here_y) / 2) ** 2
            + np.cos(y) * math.cos(here_y) * np.sin((x - here_x) / 2) ** 2
        )
        nearest: list[int] = rows[np.argsort(haversine)[:limit]].tolist()
        return nearest

    def largest_rows(self, bounds: tuple[float, float, float, float], limit: int) -> list[int]:
        """Return the rows of the settlements with the most people, the largest first.

        `bounds` are (min_longitude, min_latitude, max_longitude, max_latitude).
        """
        import numpy as np

        records = np.frombuffer(self._records, dtype=_FIELDS)
        rows, *_ = self._settlements
        x, y = records["longitude"][rows], records["latitude"][rows]
        west, south, east, north = (edge * 1e6 for edge in bounds)
        inside = rows[(west <= x) & (x <= east) & (south <= y) & (y <= north)]
        populations = records["population"][inside]
        if len(inside) > limit:  # to sort all of them would take much longer
            found = np.argpartition(-populations, limit)[:limit]
            inside, populations = inside[found], populations[found]
        largest: list[int] = inside[np.lexsort([inside, -populations])].tolist()
        return largest

    @cached_property
    def _settlements(self) -> tuple[Any, Any, Any]:
        """The rows of all settlements, and their latitudes and longitudes in radians."""
        import numpy as np

        records = np.frombuffer(self._records, dtype=_FIELDS)
        kinds = records["tables"][:, TABLES.index("kind")]
        rows = np.flatnonzero(kinds == self._tables[0].index("settlement"))
        y, x = (np.radians(records[name][rows] / 1e6) for name in ("latitude", "longitude"))
        return rows, y, x

    def area(self, code: str) -> "Geometry | None":
        """Return the area of a country or division by its code, as `UA` or `UA.05`."""
        import shapely

        number = self._area_codes.get(code)
        if number is None:
            return None
        return shapely.from_wkb(
            self._areas[self._area_first[number] : self._area_first[number + 1]]
        )

    def area_codes(self, place_id: str) -> list[str]:
        """Return the codes of the countries and divisions that make up the area of a place."""
        return list(self._codes.get(place_id, []))


def _label(line: str) -> tuple[str, str]:
    language, _, name = line.partition(" ")
    return language, name


def _listed(number: int | None, row_of: memoryview, rows: memoryview) -> list[int]:
    if number is None:
        return []
    row: int = row_of[number]
    if row < SEVERAL:
        return [row]
    first = row - SEVERAL + 1
    return rows[first : first + rows[first - 1]].tolist()


def _check_files(folder: Path) -> None:
    """Raise ValueError if a file is not as it was written."""
    kept = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    if kept["crc32"] != checksum(kept["files"]):
        raise ValueError("index.json changed")
    for name, known in kept["files"].items():
        if not _is_whole(folder / name, known):
            raise ValueError(f"{name} changed")


def checksum(files: Mapping[str, Mapping[str, int]]) -> int:
    """Return the checksum of the stamps of files."""
    return zlib.crc32(json.dumps(files, sort_keys=True).encode())


def stamp(path: Path) -> dict[str, int]:
    """Return size, time and checksum of a file."""
    status = path.stat()
    crc32 = zlib.crc32(path.read_bytes())
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "crc32": crc32}


def _is_whole(path: Path, known: Mapping[str, int]) -> bool:
    """Say whether a file is as it was written; it is read only if its time changed."""
    status = path.stat()
    if status.st_size != known["size"]:
        return False
    return status.st_mtime_ns == known["mtime_ns"] or stamp(path)["crc32"] == known["crc32"]


def _trie(path: Path) -> marisa_trie.Trie:
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def _forms(path: Path) -> marisa_trie.RecordTrie:
    trie = marisa_trie.RecordTrie(FORM)
    trie.mmap(str(path))
    return trie


def _mapped(path: Path) -> Any:
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _numbers(path: Path) -> memoryview:
    return memoryview(_mapped(path)).cast("I")
