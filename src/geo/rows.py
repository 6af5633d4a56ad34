"""CSV tables, read strictly: an unknown column or a broken row is said, never guessed."""

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from geo.errors import GeoError, InputError

Report = Callable[[GeoError], None]


# The formats of mention tables that are text.
MENTION_FORMATS = (".csv", ".jsonl", ".geojson")
# What other programs call a column of ours.
_MEANT = {
    "body": "text",
    "date": "published",
    "day": "published",
    "headline": "title",
    "link": "url",
    "publisher": "outlet",
    "source": "outlet",
}
# What a spreadsheet would take for a formula, and what we made of such a text before; signs of
# full width count in some languages. `maps/page/download.js` has the same.
_FORMULA = re.compile("'*(?:[\t\r\n]|[ \u00a0\ufeff]*[=+@＝＋－＠-])")


def disarm(value: object) -> object:
    """Return a cell's value; a text that a spreadsheet would run gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    # What holds NUL is no text file, and a bare carriage return would end the row.
    value = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{value}" if _FORMULA.match(value) else value


def arm(value: str) -> str:
    """Return the text that `disarm` was given."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def csv_of(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV in which no cell can become a formula; None is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([disarm(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_reader(text: str) -> Any:
    """Return a reader of a CSV text's cells, as strict as can be."""
    # Texts in a cell may be longer than the module's default of 131,072 characters.
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator_of(text))


def separator_of(text: str) -> str:
    """Return what stands between the cells of a table, by its header.

    Where numbers have a decimal comma, spreadsheets write semicolons.
    """
    header = text.partition("\n")[0]
    return next((sign for sign in ",;\t" if sign in header), ",")


def raise_error(error: GeoError) -> None:
    """The strictest report: the first error ends the reading."""
    raise error


def read_rows(
    text: str,
    where: str,
    *,
    known: tuple[str, ...],
    required: tuple[str, ...],
    report: Report = raise_error,
    is_strict: bool = True,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV text; a broken row goes to `report` instead.

    An unknown column is an error, or, if not `is_strict`, told.
    """
    reader = csv_reader(text)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        # Spreadsheets write empty columns behind the last.
        n_columns = len(header)
        while header and not header[-1]:
            header.pop()
        check_header(
            header, f"{where}, line 1", known=known, required=required, is_strict=is_strict
        )
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return
            if len(cells) == n_columns and not any(cells[len(header) :]):
                cells = cells[: len(header)]
            if len(cells) == len(header):
                yield line, dict(zip(header, cells, strict=True))
            elif cells:
                report(
                    InputError(
                        f"{where}, line {line}: {len(cells)} cells where the header has "
                        f"{len(header)}; quote a text that holds commas"
                    )
                )
    except csv.Error as error:
        line = reader.line_num
        report(
            InputError(
                f"{where}, line {line}: {error}; mend the quotes of the row that ends here "
                "(the rows after it were not read)"
            )
        )


def check_header(
    header: list[str],
    where: str,
    *,
    known: tuple[str, ...],
    required: tuple[str, ...],
    is_strict: bool = True,
) -> None:
    """Raise InputError unless a header has all required columns and no unknown or double one."""
    for column in header:
        if column not in known and is_strict:
            raise InputError(
                f"{where}: unknown column {column!r}; remove or rename it; {suggest(column, known)}"
            )
        if column not in known:
            hint = suggest(column, known)
            warnings.warn(f"{where}: the column {column!r} is not read; {hint}", stacklevel=2)
        elif header.count(column) > 1:
            raise InputError(f"{where}: column {column!r} stands twice; remove one")
    missing = [column for column in required if column not in header]
    if missing:
        raise InputError(f"{where}: no column {', '.join(missing)}; add it to the header")


def suggest(name: str, known: tuple[str, ...]) -> str:
    """Return what may have been meant by an unknown name."""
    guess = _MEANT.get(name.lower(), "")
    if guess not in known:
        guess = next(iter(get_close_matches(name, known, n=1)), "")
    meant = f"did you mean {guess!r}? " if guess else ""
    return f"{meant}known are {', '.join(known)}"


def holds_mentions(path: Path) -> bool:
    """Say whether a file is a mention table, by its first line."""
    if path.suffix.lower() not in MENTION_FORMATS:
        return False
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline(10_000)
    except OSError:
        return False  # who reads it will say why it cannot be read
    is_geojson = path.suffix.lower() == ".geojson"
    return is_geojson or re.match(r'"?mention_id\b|\{"mention_id":', first) is not None


def read_number(value: object, where: str, low: float, high: float) -> float:
    """Return a value as a number from `low` to `high`; raises InputError naming it."""
    text = str(value)
    try:
        # A comma in a coordinate is a decimal one; in a larger number it may part thousands.
        number = float(text.replace(",", ".") if high <= 180 else text)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise InputError(
            f"{where}: {value!r} is no number from {low} to {high}; "
            "write a decimal number such as 48.57"
        )
    return number
