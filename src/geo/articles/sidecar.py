"""The sidecar: a table that tells what article files do not say of themselves."""

from pathlib import Path

from geo.articles.formats import FIELDS
from geo.errors import InputError
from geo.files import label, read_text
from geo.rows import read_rows


def read_sidecar(path: Path) -> dict[str, dict[str, str]]:
    """Return the sidecar's fields by file name.

    Columns: `file`, and any of id, outlet, published, title, url, language.
    """
    rows: dict[str, dict[str, str]] = {}
    known = ("file", *FIELDS)
    table = read_rows(read_text(path), label(path), known=known, required=("file",))
    for line, row in table:
        file = Path(row.pop("file").strip()).name
        if not file or file in rows:
            problem = f"{file!r} stands twice" if file else "no file"
            raise InputError(f"{path}, line {line}, column file: {problem}; one row a file")
        rows[file] = row
    return rows
