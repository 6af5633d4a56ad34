"""The sidecar: a table that tells what article files do not say of themselves."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from geo.articles.formats import FIELDS
from geo.errors import InputError
from geo.files import label, read_text
from geo.rows import read_rows


@dataclass(frozen=True, slots=True)
class SidecarRow:
    """What a sidecar says of one file, and where, for messages."""

    where: str
    file: PurePosixPath
    fields: dict[str, str]


NOTHING = SidecarRow("", PurePosixPath(), {})


def read_sidecar(path: Path) -> list[SidecarRow]:
    """Return the rows of a sidecar; raises InputError naming what is wrong.

    Columns: `file`, and any of id, outlet, published, title, url, language.
    """
    rows: list[SidecarRow] = []
    known = ("file", *FIELDS)
    for line, row in read_rows(read_text(path), label(path), known=known, required=("file",)):
        where = f"{path}, line {line}"
        file = PurePosixPath(row.pop("file").strip().replace("\\", "/"))
        if not file.name:
            raise InputError(f"{where}, column file: empty; name the file that the row tells of")
        if any(file == other.file for other in rows):
            raise InputError(f"{where}, column file: {str(file)!r} stands twice; one row a file")
        rows.append(SidecarRow(where, file, {key: cell.strip() for key, cell in row.items()}))
    return rows


def find_row(rows: list[SidecarRow], path: Path) -> SidecarRow:
    """Return the row that tells of a path: the one whose `file` is its longest ending."""
    fitting = [row for row in rows if path.parts[-len(row.file.parts) :] == row.file.parts]
    return max(fitting, key=lambda row: len(row.file.parts), default=NOTHING)
