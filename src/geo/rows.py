"""CSV tables, read strictly: an unknown column or a broken row is said, never guessed."""

import csv
import io
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from geo.errors import InputError

Report = Callable[[InputError], None]


def raise_error(error: InputError) -> None:
    """The strictest report: the first error ends the reading."""
    raise error


def read_rows(
    text: str,
    where: str,
    *,
    known: tuple[str, ...],
    required: tuple[str, ...],
    report: Report = raise_error,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV text; a broken row goes to `report` instead."""
    # Texts in a cell may be longer than the module's default of 131,072 characters.
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [cell.strip() for cell in next(reader, [])]
    check_header(header, where, known=known, required=required)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            report(InputError(f"{where}, line {line}: {error}; mend the quotes of this row"))
            return
        if cells is None:
            return
        if len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
        elif cells:
            report(
                InputError(
                    f"{where}, line {line}: {len(cells)} cells where the header has "
                    f"{len(header)}; quote a text that holds commas"
                )
            )


def check_header(
    header: list[str], where: str, *, known: tuple[str, ...], required: tuple[str, ...]
) -> None:
    """Raise InputError unless a header has all required columns and no unknown or double one."""
    missing = [column for column in required if column not in header]
    if missing:
        raise InputError(f"{where}, line 1: no column {', '.join(missing)}; add it to the header")
    for column in header:
        if column not in known:
            guess = get_close_matches(column, known, n=1)
            hint = f"; did you mean {guess[0]!r}?" if guess else ""
            raise InputError(
                f"{where}, line 1: unknown column {column!r}{hint} "
                f"Known are {', '.join(known)}; rename or remove it"
            )
        if header.count(column) > 1:
            raise InputError(f"{where}, line 1: column {column!r} stands twice; remove one")
