"""The curated gazetteer: a table kept by hand, in Linked Places' columns."""

from pathlib import Path

from geo.errors import GazetteerError, InputError
from geo.files import read_text
from geo.records import KINDS, Place
from geo.rows import arm, read_number, read_rows

COLUMNS = (
    "id",
    "title",
    "fclasses",
    "types",
    "ccodes",
    "parent_name",
    "variants",
    "lon",
    "lat",
    "error_km",
    "population",
    "geo_source",
)
# Columns of countries.csv and divisions.csv that a record has no field for.
OTHER_COLUMNS = ("code", "demonyms")
REQUIRED = ("id", "title", "types", "lon", "lat")


def read_places(path: Path, gazetteer: str = "curated") -> list[Place]:
    """Read a table of places; raises GazetteerError naming line, column and value.

    `gazetteer` is the name under which its places appear in mention tables.
    """
    places: dict[str, Place] = {}
    known = (*COLUMNS, *OTHER_COLUMNS)
    try:
        rows = read_rows(read_text(path), str(path), known=known, required=REQUIRED)
        for line, row in rows:
            cells = {key: arm(cell.strip()) for key, cell in row.items()}
            place = _place(cells, f"{path}, line {line}", gazetteer)
            if place.place_id in places:
                raise GazetteerError(
                    f"{path}, line {line}, column id: {place.place_id!r} stands twice; "
                    "an id names one place"
                )
            places[place.place_id] = place
    except InputError as error:
        raise GazetteerError(str(error)) from error
    return list(places.values())


def _place(row: dict[str, str], where: str, gazetteer: str) -> Place:
    for column in ("id", "title"):
        if not row[column]:
            raise GazetteerError(f"{where}, column {column}: empty; a place needs one")
    if row["types"] not in KINDS:
        raise GazetteerError(
            f"{where}, column types: {row['types']!r} is no kind; use one of {', '.join(KINDS)}"
        )
    # "Rostov Oblast" is one, "Sahel" is none. Own tables need not tell.
    is_division = row["types"] == "region" and row.get("fclasses", "") in ("A", "")
    variants = _variants(row.get("variants", ""))
    return Place(
        place_id=row["id"],
        name=row["title"],
        kind=row["types"],
        latitude=_number(row, "lat", where, -90, 90),
        longitude=_number(row, "lon", where, -180, 180),
        # A sea between two countries belongs to neither.
        country_code="" if ";" in row.get("ccodes", "") else row.get("ccodes", ""),
        admin1_name=row["title"] if is_division else row.get("parent_name", ""),
        names=(row["title"], *(name for name, _ in variants)),
        labels=tuple({language: name for name, language in reversed(variants) if language}.items()),
        population=int(_number(row, "population", where, 0, 10**10)),
        error_km=_number(row, "error_km", where, 0, 20_000),
        source=row.get("geo_source", ""),
        gazetteer=gazetteer,
    )


def _variants(cell: str) -> list[tuple[str, str]]:
    """Return names with their languages: Linked Places puts these behind an @, "Донецк@ru"."""
    parts = (part.partition("@") for part in cell.split(";"))
    return [(name.strip(), language.strip()) for name, _, language in parts if name.strip()]


def _number(row: dict[str, str], column: str, where: str, low: float, high: float) -> float:
    text = row.get(column, "")
    if not text and column not in REQUIRED:
        return 0
    return read_number(text, f"{where}, column {column}", low, high)
