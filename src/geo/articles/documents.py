"""Articles in documents: web pages, Word files and PDFs, by libraries of an extra."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geo.articles.drafts import Draft
from geo.articles.guesses import Guess, guesses_of
from geo.articles.pages import read_page
from geo.errors import InputError
from geo.files import read_bytes
from geo.rows import Report

# A library's name for its import, where it has another one for its installation.
_PACKAGES = {"docx": "python-docx"}
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
_LARGEST_WORD = 200 << 20
_LARGEST_PDF = 100 << 20
# Word repeats a text box for older versions of itself.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

Fields = dict[str, str]
Parts = tuple[Fields, dict[str, Guess]]


def _reader(read: Callable[[bytes, str], Parts], mend: str) -> Callable[[Path, Report], Any]:
    """Return a reader of files from one of bytes; whatever a library throws is told in a line."""

    def read_file(path: Path, _report: Report) -> Iterator[Draft]:
        data = read_bytes(path)
        try:
            with _silence():
                fields, guessed = read(data, str(path))
        except InputError:
            raise
        except ImportError as error:
            raise _missing(path, error.name or str(error)) from error
        except Exception as error:
            raise InputError(f"{path} is damaged or of another format; {mend}") from error
        yield _draft(path, fields, guessed, mend)

    return read_file


def _missing(path: Path, module: str) -> InputError:
    return InputError(
        f"{path} needs the package {_PACKAGES.get(module, module)}, which is not installed; "
        'install it with: pip install "geo-notebooks[documents]"'
    )


def _draft(path: Path, fields: Fields, guessed: dict[str, Guess], mend: str) -> Draft:
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", fields["text"])).strip()
    text = text.encode(errors="replace").decode()
    if not text:
        raise InputError(f"{path}: no text of an article was found; {mend}")
    lines = {key: one_line(value) for key, value in fields.items() if key != "text"}
    guesses = {key: Guess(one_line(g.value), one_line(g.why)) for key, g in guessed.items()}
    return Draft(str(path), path, {**lines, "text": text}, guesses)


def one_line(text: str) -> str:
    """Return a text on one line, with plain spaces and nothing invisible.

    >>> one_line(" Shells\\tfall \\x00 on\\nDonetsk ")
    'Shells fall on Donetsk'
    """
    visible = (letter if letter.isprintable() else " " for letter in _INVISIBLE.sub("", text))
    return " ".join("".join(visible).split())


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what the libraries log to themselves; what matters is told in our words."""
    loggers = [logging.getLogger(name) for name in ("pypdf", "trafilatura", "htmldate")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _read_word(data: bytes, where: str) -> Parts:
    import docx

    # A small file may unpack to more than the memory holds.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        n_bytes = sum(part.file_size for part in archive.infolist())
    if n_bytes > _LARGEST_WORD:
        raise InputError(
            f"{where} unpacks to {n_bytes >> 20} MB, and {_LARGEST_WORD >> 20} MB are read at "
            "most; take its pictures out, or copy the text into a .txt file"
        )
    document = docx.Document(io.BytesIO(data))
    paragraphs = (paragraph.strip() for paragraph in _paragraphs(document.element.body))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return {"text": text, "title": document.core_properties.title or ""}, guesses_of(text)


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the paragraphs of a Word file in order, those in tables and boxes too."""
    from docx.oxml.ns import qn

    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    run, gone = qn("w:r"), (qn("w:moveFrom"), _FALLBACK)
    for paragraph in body.iter(qn("w:p")):
        parts = [
            signs.get(part.tag) or part.text or ""
            for part in paragraph.iter(qn("w:t"), *signs)
            if part.getparent().tag == run
            and next(part.iterancestors(qn("w:p"))) is paragraph
            and next(part.iterancestors(*gone), None) is None
        ]
        yield "".join(parts)


def _read_pdf(data: bytes, where: str) -> Parts:
    import pypdf.errors

    if len(data) > _LARGEST_PDF:
        raise InputError(
            f"{where} has {len(data) >> 20} MB, and {_LARGEST_PDF >> 20} MB are read at most; "
            "take its pictures out, or copy the text into a .txt file"
        )
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        opens = not reader.is_encrypted or bool(reader.decrypt(""))
    except pypdf.errors.DependencyError:
        opens = False
    if not opens:
        raise InputError(f"{where} is encrypted; save it without a password")
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    text = "\n\n".join(join_lines(lines))
    title = reader.metadata.title if reader.metadata else ""
    return {"text": text, "title": title or ""}, guesses_of(text)


def join_lines(lines: list[str]) -> list[str]:
    """Return the paragraphs that lines of print make: a short line is the last of its own.

    >>> join_lines(["Shells fell near Do-", "netsk.", "A house burnt down.", "7"])
    ['Shells fell near Donetsk.', 'A house burnt down.']
    """
    lengths = sorted(len(line) for line in lines if line.strip()) or [0]
    full = 0.75 * lengths[len(lengths) * 9 // 10]
    paragraphs: list[list[str]] = [[]]
    for line in (line.strip() for line in lines):
        # A number alone is that of the page.
        if line and not line.isdecimal():
            _add_line(paragraphs[-1], line)
        if len(line) < full and not line.isdecimal():
            paragraphs.append([])
    return ["".join(parts) for parts in paragraphs if parts]


def _add_line(parts: list[str], line: str) -> None:
    if parts and not _HYPHEN.search(parts[-1]):
        parts.append(" ")
    elif parts and line[0].islower():  # a name keeps its hyphen: Interfax-Ukraine
        parts[-1] = _HYPHEN.sub("", parts[-1])
    parts.append(line)


_PAGE = "copy the article's text into a .txt file"
_WORD = "open it and save it as .docx again"
_PDF = "if it is a scan, have its text recognised (OCR); else copy the text into a .txt file"

READERS = {
    ".html": _reader(read_page, _PAGE),
    ".htm": _reader(read_page, _PAGE),
    ".docx": _reader(_read_word, _WORD),
    ".pdf": _reader(_read_pdf, _PDF),
}
