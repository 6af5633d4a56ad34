"""What commands say: tables, what was written, warnings and problems."""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from geo.columns import TOLD
from geo.errors import GeoError, InputError
from geo.records import Article

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Checked = TypeVar("Checked")

# Columns are as wide as their widest cell, so rows are kept; a million of them would not fit.
_MOST_ROWS = 5_000


def check_output(
    option: str, path: Path, endings: Sequence[str], others: Iterable[Path | None]
) -> None:
    """Stop before any work is done if an output cannot be meant, or would replace an input."""
    problem = ""
    if path.suffix.lower() not in endings:
        problem = f"{str(path)!r} should end in {' or '.join(endings)}"
    elif not path.parent.is_dir():
        problem = f"there is no folder {str(path.parent)!r}; make it first"
    elif path.is_dir():
        problem = f"{str(path)!r} is a folder; name a file in it"
    elif path.resolve() in {other.resolve() for other in others if other}:
        problem = f"{str(path)!r} is read or written by this command too; name another file"
    if problem:
        raise typer.BadParameter(problem, param_hint=option)


def as_usage(check: Callable[..., Checked], *values: object, **settings: object) -> Checked:
    """Return what a check of options says; an error of it is a wrong call."""
    try:
        return check(*values, **settings)
    except InputError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def reporting() -> Iterator[list[GeoError]]:
    """Say warnings and problems on standard error, once each, and end with the right exit code."""
    problems: list[GeoError] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            yield problems
        except GeoError as error:
            problems.append(error)
        finally:
            _say(caught, problems)
    if problems:
        raise typer.Exit(1)


def _say(caught: Sequence[warnings.WarningMessage], problems: Sequence[GeoError]) -> None:
    for message in dict.fromkeys(str(w.message) for w in caught if w.category is UserWarning):
        typer.secho(f"Warning: {plain(message)}", fg="yellow", err=True)
    for problem in problems:
        typer.secho(f"Error: {plain(str(problem))}", fg="red", err=True)


def tell_table(table: "GeoDataFrame", articles: Sequence[Article], *outputs: Path) -> None:
    """Say what was found and where it is."""
    tell(table[[*TOLD]].itertuples(index=False, name=None), articles, *outputs)


def tell(rows: Iterable[Sequence[str | None]], articles: Sequence[Article], *outputs: Path) -> None:
    """Say what was found and where it is; `rows` are the cells `TOLD` of a mention table."""
    shown = [row for row in rows if row[-1] != "rejected"]
    places = [place_id for _, _, _, place_id, _ in shown if place_id]
    layers = {(outlet or "", day or "") for _, outlet, day, _, _ in shown}
    ids = {article.article_id for article in articles} | {row[0] for row in shown}
    n_unplaced = len(shown) - len(places)
    unplaced = f" ({n_unplaced} without a place)" if n_unplaced else ""
    typer.echo(
        f"{_count(len(shown), 'mention')} of {_count(len(set(places)), 'place')}"
        f"{unplaced}, in {_count(len(ids), 'article')} on "
        f"{_count(len(layers), 'outlet-and-date layer')}: {' and '.join(map(str, outputs))}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def show(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # In a pipe there is no terminal to fit into.
    console = Console(width=None if sys.stdout.isatty() else 240)
    rest = iter(rows)
    page = list(islice(rest, _MOST_ROWS))
    is_first = True
    while page or is_first:
        table = Table(box=None, pad_edge=False, show_header=is_first)
        for name in header:
            table.add_column(name, overflow="fold")
        for row in page:
            table.add_row(*(Text(plain(cell)) for cell in row))
        console.print(table)
        page, is_first = list(islice(rest, _MOST_ROWS)), False


def plain(text: str) -> str:
    """Return a text in one line and without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
