"""`geo review` and `geo merge`."""

import shutil
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from itertools import cycle
from pathlib import Path
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo import data
from geo.cli import options
from geo.cli.input import (
    decisions_beside,
    gazetteer_of,
    geocode_all,
    places_beside,
    read_all,
    stop_if_empty,
)
from geo.cli.output import check_output, plain, reporting
from geo.errors import GeoError, InputError
from geo.files import STANDARD_INPUT
from geo.records import KINDS

if TYPE_CHECKING:
    from geo.decisions import Decision
    from geo.review import Choice, Review

_HELP = """\
1-9  the place in the list        r  no place's name          x  nobody can tell which place
a    decide for: this mention, this name in the article, in the outlet, everywhere
/    search the gazetteer         c  type coordinates         n  new place of your own
t    note for the next decision   s  skip    u  undo          q  quit"""

_KEYS = "  for this mention; 1-9 r x a / c n t s u q, ? for help"


def review_command(
    paths: options.Paths,
    decisions: options.Decisions = None,
    who: Annotated[
        str, typer.Option(help="Who decides; else the name that you are logged in as.")
    ] = "",
    metadata: options.Metadata = None,
    outlet: options.Outlet = "",
    date: options.Date = "",
    language: options.Language = "",
    places: options.OwnPlaces = None,
    demonyms: options.Demonyms = False,
) -> None:
    """Decide the least certain mentions, one key each; they are kept in decisions.csv.

    Each decision is on the disk before the next mention is shown: quit at any time, go on later.
    New places go into --places, or places.csv beside the articles.
    geo geocode and geo map use the decisions that lie beside the articles.

    \b
    Examples:
      geo review data/articles
      geo review article.txt --decisions ours.csv --who Ann
    """
    from geo.decisions import apply_and_tell, change_decisions, read_decisions
    from geo.files import check_writable
    from geo.reuse import tables_of
    from geo.review import Review, user_name

    with reporting() as problems:
        if STANDARD_INPUT in paths:
            raise InputError("standard input is where you press keys; give a file or a folder")
        if not sys.stdin.isatty():
            raise InputError("geo review asks for keys; start it in a terminal, not in a pipe")
        places = places_beside(paths, places)
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        table = decisions_beside(paths, decisions, may_be_new=True) or folder / data.DECISIONS
        check_writable(table)
        own_table = places or folder / data.OWN_PLACES
        articles = read_all(paths, metadata, outlet, date, language, problems)
        stop_if_empty(articles, problems)
        found = geocode_all(
            articles, places, problems, demonyms=demonyms, use_outlet=False, fresh=False
        )
        stop_if_empty(found, problems)
        mentions, candidates = tables_of(found)
        known, gazetteer = read_decisions(table), gazetteer_of(places)
        for text in apply_and_tell(mentions, known, gazetteer, articles)[1]:
            _say(f"{table}: {text}")
        review = Review(
            mentions,
            candidates,
            known,
            gazetteer,
            save=partial(change_decisions, table),
            who=who or user_name(),
            places=own_table,
            articles=articles,
        )
        _go_through(review)
        _say(f"{len(review.remaining)} mentions left; decisions are in {table}")


def merge_command(
    tables: Annotated[list[Path], typer.Argument(help="Tables of decisions, two or more.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The table to write, .csv.")],
) -> None:
    """Bring the decisions of several people together; conflicts are listed and left out.

    \b
    Examples:
      geo merge ann.csv bob.csv -o decisions.csv
    """
    from geo.decisions import merge_decisions, read_decisions, write_decisions
    from geo.files import locked

    check_output("--output", output, (".csv",), [])
    with reporting() as problems:
        if len(tables) < 2:
            raise InputError("there is nothing to merge; name two tables or more")
        if output.exists() and output.resolve() not in {table.resolve() for table in tables}:
            raise InputError(
                f"{output} is there already, and its decisions would be lost; "
                "give it as one of the tables too, or write another file"
            )
        missing = [table for table in tables if not table.is_file()]
        if missing:
            raise InputError(f"there is no file {missing[0]}; check the path")
        is_input = output.exists()
        with locked(output.resolve()) if is_input else nullcontext():
            agreed, conflicts = merge_decisions([read_decisions(table) for table in tables])
            problems.extend(map(_conflict, conflicts))
            if conflicts and is_input:
                raise InputError(
                    f"{output} stays as it was, for what it says of a conflict would be lost; "
                    "change one of each two rows and merge again, or write another file"
                )
            write_decisions(agreed, output)
        _say(f"{len(agreed)} decisions in {output}")
        if conflicts:
            _say("To settle the conflicts, change one of each two rows and merge again.")


def _conflict(decisions: tuple["Decision", ...]) -> InputError:
    about, said = decisions[0], "; ".join(map(_verdict, decisions))
    where = f" in {about.article_id}" if about.article_id else ""
    return InputError(f"conflict about {about.surface!r}{where}, left out: {said}")


def _verdict(decision: "Decision") -> str:
    point = "" if decision.latitude is None else f"{decision.latitude}, {decision.longitude}"
    where = f"({decision.place_id or point})" if decision.place_id or point else ""
    words = (decision.status, decision.place_name, where)
    return f"{decision.who or 'somebody'}: {' '.join(filter(None, words))}"


def _go_through(review: "Review") -> None:
    from geo.decisions import SCOPE_WORDS

    while (row := review.current) is not None:
        choices, scopes = review.choices(row), cycle(SCOPE_WORDS)
        scope = next(scopes)
        _show(review, row, choices)
        while True:
            key = typer.getchar().lower()
            if key in ("q", "\x03", "\x04", ""):
                return
            if key == "a":
                scope = next(scopes)
                _say(f"  for {SCOPE_WORDS[scope]}")
                continue
            try:
                if _press(review, row, choices, key, scope):
                    break
            except GeoError as error:
                _say(f"  {error}")
            except typer.Abort:  # Ctrl-C in an answer takes back the question only
                _say("  left as it is")


def _press(
    review: "Review", row: dict[str, Any], choices: list["Choice"], key: str, scope: str
) -> bool:
    """Do what a key stands for; say whether the next mention is to be shown."""
    if key.isdigit() and 0 < int(key) <= len(choices):
        review.choose(row, choices[int(key) - 1].place, scope)
    elif key == "r":
        review.reject(row, scope)
    elif key == "x":
        review.give_up(row, scope)
    elif key == "s":
        review.skip(row)
    elif key == "u":
        _say(f"  taken back: {review.undo() or 'nothing, there is none of yours'}")
    elif key == "c":
        review.put_at(row, *_ask_point(), scope=scope)
    elif key == "n":
        _add_place(review, row, scope)
    elif key == "t":
        review.note = _ask("Note, kept with the next decision")
        return False
    elif key == "/":
        choices[:] = _search(review, row) or review.choices(row)
        _show_choices(choices)
        _say(_KEYS)
        return False
    else:
        _say(_HELP)
        return False
    return True


def _search(review: "Review", row: dict[str, Any]) -> list["Choice"]:
    if not (name := _ask("Search")):
        return []
    found = review.find(row, name)
    if not found:
        _say(f"  the gazetteer has no place called {name!r}")
    return found


def _ask(question: str) -> str:
    answer: str = typer.prompt(f"  {question}", default="", show_default=False)
    return answer.strip()


def _add_place(review: "Review", row: dict[str, Any], scope: str) -> None:
    name = typer.prompt("  Name", default=plain(row["surface"]))
    question = f"  Kind ({', '.join(KINDS)})"
    kind = typer.prompt(question, default=KINDS[0], value_proc=_read_kind)
    place = review.add_place(row, name, kind, *_ask_point(), scope=scope)
    _say(f"  {place.name} is now {place.place_id} in your table of places; from the next run on")
    _say("  every text that names it means it, unless it says which other place it means")


def _read_kind(text: str) -> str:
    if text not in KINDS:
        raise typer.BadParameter(f"{text!r} is no kind")  # and it is asked again
    return text


def _ask_point() -> tuple[float, float]:
    point: tuple[float, float] = typer.prompt(
        "  Latitude, longitude", default="", show_default=False, value_proc=_read_point
    )
    return point


def _read_point(text: str) -> tuple[float, float]:
    from geo.review import parse_point

    if not text.strip():
        raise typer.Abort
    try:
        return parse_point(text)
    except InputError as error:
        raise typer.BadParameter(str(error)) from error


def _show(review: "Review", row: dict[str, Any], choices: Iterable["Choice"]) -> None:
    before, surface, after = review.around(row)
    _say(f"\n[{len(review.remaining)} left] {row['article_id']}, {row['outlet'] or 'no outlet'}")
    _say(f"  {before}>>{surface}<<{after}")
    now = row["place_name"] or "no place"
    _say(f"  {surface}: {now}, score {row['score']:.2f} ({row['reason']})")
    _show_choices(choices)
    _say(_KEYS)


def _show_choices(choices: Iterable["Choice"]) -> None:
    for number, choice in enumerate(choices, start=1):
        _say(f"  {number}  {choice.describe()}")


def _say(text: str) -> None:
    # Between words, which a terminal does not heed.
    wrap = TextWrapper(
        shutil.get_terminal_size().columns,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in text.split("\n"):
        typer.echo(wrap.fill(plain(line)))
