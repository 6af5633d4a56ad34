"""One reader a file format; each yields the fields of its articles as strings."""

import json
import re
import warnings
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from geo.articles import documents
from geo.articles.drafts import Draft
from geo.errors import InputError
from geo.files import STANDARD_INPUT, label, read_text
from geo.rows import Report, read_rows, suggest

# LibYAML, in whose wheels it is, reads ten times as fast. Both make nothing but strings, so that
# a date is checked by us.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

FIELDS = ("id", "outlet", "published", "title", "url", "language")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read_drafts(path: Path, report: Report) -> Iterator[Draft]:
    """Yield the drafts of one file; what cannot be read goes to `report`."""
    try:
        yield from _reader(path)(path, report)
    except InputError as error:
        report(error)


def _reader(path: Path) -> Callable[[Path, Report], Iterator[Draft]]:
    if path == STANDARD_INPUT:
        return _read_markdown
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"{path}: no reader for {path.suffix or 'a file without an ending'!r}; "
            f"give {', '.join(READERS)}"
        )
    return reader


def _read_plain(path: Path, _report: Report) -> Iterator[Draft]:
    text = read_text(path)
    if _FRONT_MATTER.match(text):
        warnings.warn(
            f"{path} begins like front matter, which is text in a .txt; end the name in .md",
            stacklevel=2,
        )
    yield Draft(label(path), path, {"text": text})


def _read_markdown(path: Path, _report: Report) -> Iterator[Draft]:
    text = read_text(path)
    if text.startswith("mention_id,"):
        raise InputError(f"{label(path)} holds a mention table; give it as a file")
    front = _FRONT_MATTER.match(text)
    fields = _front_matter(front.group(1), label(path)) if front else {}
    body = text[front.end() :].strip() if front else text
    yield Draft(label(path), path, {**fields, "text": body})


def _front_matter(block: str, where: str) -> dict[str, str]:
    try:
        fields = yaml.load(block, Loader=_Loader) or {}  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise InputError(
            f"{where}{line}: the front matter is not YAML; write 'key: value' a line, "
            "and quote a value that holds a colon"
        ) from error
    if not isinstance(fields, dict):
        raise InputError(f"{where}: the front matter is no list of 'key: value' lines")
    _warn_of_unknown(fields, where)
    return {key: value for key, value in fields.items() if key in FIELDS and _is_text(value)}


def _warn_of_unknown(fields: dict[str, object], where: str) -> None:
    # Other tools write keys of their own; only what looks like one of ours may be a slip.
    for key in map(str, fields):
        if key not in FIELDS and (key == "date" or get_close_matches(key.lower(), FIELDS, n=1)):
            warnings.warn(
                f"{where}: the key {key!r} is not read; {suggest(key, FIELDS)}", stacklevel=2
            )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _read_csv(path: Path, report: Report) -> Iterator[Draft]:
    where = label(path)
    known = (*FIELDS, "text")
    text = read_text(path)
    rows = read_rows(text, where, known=known, required=("text",), report=report, is_strict=False)
    for line, row in rows:
        yield Draft(f"{where}, line {line}", path, row)


def _read_json_lines(path: Path, report: Report) -> Iterator[Draft]:
    # Texts may hold U+2028 and its like, so only "\n" ends a line.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            try:
                yield _json_draft(line, f"{label(path)}, line {number}", path)
            except InputError as error:
                report(error)


def _json_draft(line: str, where: str, path: Path) -> Draft:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); mend or remove the line") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError(f"{where}: no object with a 'text'; each line is one article")
    row.setdefault("id", row.get("doc"))
    if isinstance(row["id"], int):
        row["id"] = str(row["id"])
    fields = {key: row[key] for key in (*FIELDS, "text") if _is_text(row.get(key))}
    # JSON may escape half a surrogate pair, which no file can hold.
    whole = {key: text.encode(errors="replace").decode() for key, text in fields.items()}
    return Draft(where, path, {"text": "", **whole})


READERS = {
    ".txt": _read_plain,
    ".md": _read_markdown,
    ".csv": _read_csv,
    ".jsonl": _read_json_lines,
    **documents.READERS,
}
