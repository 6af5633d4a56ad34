"""`geo review` and `geo merge`."""

import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli import options
from geo.cli.input import (
    beside,
    gazetteer_of,
    geocode_all,
    places_beside,
    read_all,
    stop_if_empty,
)
from geo.cli.output import check_output, plain, reporting
from geo.errors import InputError
from geo.files import STANDARD_INPUT

if TYPE_CHECKING:
    from geo.review import Choice, Review

_HELP = """\
1-9  the place in the list        r  no place's name          x  nobody can tell which place
a    decide for: this mention, this name in the article, in the outlet, everywhere
/    search the gazetteer         c  type coordinates         s  skip    u  undo    q  quit"""
_SCOPES = {
    "mention": "this mention",
    "article": "this name in this article",
    "outlet": "this name in this outlet's articles",
    "all": "this name everywhere",
}


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
    geo geocode and geo map use the decisions that lie beside the articles.

    \b
    Examples:
      geo review data/articles
      geo review article.txt --decisions ours.csv --who Ann
    """
    from geo.decisions import FILE_NAME, read_decisions, write_decisions
    from geo.reuse import tables_of
    from geo.review import Review

    with reporting() as problems:
        if STANDARD_INPUT in paths:
            raise InputError("standard input is where you press keys; give a file or a folder")
        places = places_beside(paths, places)
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        table = beside(paths, FILE_NAME, decisions, "--decisions") or folder / FILE_NAME
        articles = read_all(paths, metadata, outlet, date, language, problems)
        stop_if_empty(articles, problems)
        found = geocode_all(
            articles, places, problems, demonyms=demonyms, use_outlet=False, fresh=False
        )
        stop_if_empty(found, problems)
        mentions, candidates = tables_of(found)
        review = Review(
            mentions,
            candidates,
            read_decisions(table),
            gazetteer_of(places),
            save=lambda decided: write_decisions(decided, table),
            who=who or getpass.getuser(),
        )
        for orphan in review.orphans:
            _say(f"Not used: the decision on {orphan.decision.surface!r}: {orphan.why}")
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

    check_output("--output", output, (".csv",), tables)
    with reporting() as problems:
        missing = [table for table in tables if not table.is_file()]
        if missing:
            raise InputError(f"there is no file {missing[0]}; check the path")
        agreed, conflicts = merge_decisions([read_decisions(table) for table in tables])
        write_decisions(agreed, output)
        _say(f"{len(agreed)} decisions in {output}")
        for conflict in conflicts:
            said = "; ".join(
                f"{one.who or 'somebody'}: {one.status} {one.place_name or one.place_id}".strip()
                for one in conflict
            )
            about = conflict[0]
            where = f" in {about.article_id}" if about.article_id else ""
            problems.append(
                InputError(f"conflict about {about.surface!r}{where}, left out: {said}")
            )


def _go_through(review: "Review") -> None:
    scope = "mention"
    while (row := review.current) is not None:
        choices = review.choices(row)
        _show(row, choices, scope, len(review.remaining))
        while True:
            key = typer.getchar().lower()
            if key in ("q", "\x03", "\x04", ""):
                return
            if key == "a":
                names = list(_SCOPES)
                scope = names[(names.index(scope) + 1) % len(names)]
                _say(f"  for {_SCOPES[scope]}")
                continue
            try:
                done = _press(review, row, choices, key, scope)
            except InputError as error:
                _say(f"  {error}")
                continue
            if done:
                scope = "mention"
                break


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
        last = review.undo()
        _say(f"  taken back: {last.surface!r}" if last else "  nothing to take back")
    elif key == "/":
        choices[:] = review.find(row, typer.prompt("  Search"))
        _show_choices(choices)
        return False
    elif key == "c":
        latitude, longitude = _point(typer.prompt("  Latitude, longitude"))
        review.put_at(row, latitude, longitude, scope=scope)
    else:
        _say(_HELP)
        return False
    return True


def _point(text: str) -> tuple[float, float]:
    try:
        latitude, longitude = map(float, text.replace(",", " ").split())
    except ValueError as error:
        raise InputError(f"{text!r} is no point; type it as 48.57, 39.31") from error
    return latitude, longitude


def _show(row: dict[str, Any], choices: Iterable["Choice"], scope: str, n_left: int) -> None:
    surface, sentence = row["surface"], row["context"]
    _say(f"\n[{n_left} left] {row['article_id']}, {row['outlet'] or 'no outlet'}")
    _say(f"  {sentence.replace(surface, f'>>{surface}<<', 1)}")
    now = row["place_name"] or "no place"
    _say(f"  {surface}: {now}, score {row['score']:.2f} ({row['reason']})")
    _show_choices(choices)
    _say(f"  for {_SCOPES[scope]}; 1-9 r x a / c s u q, ? for help")


def _show_choices(choices: Iterable["Choice"]) -> None:
    for number, choice in enumerate(choices, start=1):
        place = choice.place
        score = "" if choice.score is None else f", score {choice.score:.2f}"
        km = "" if choice.km is None else f", {choice.km:.0f} km from there"
        decided = ", decided so elsewhere" if choice.decided else ""
        lies_in = f" ({place.kind}; {place.lies_in or 'no country'})"
        _say(f"  {number}  {place.name}{lies_in}{score}{km}{decided}")


def _say(text: str) -> None:
    for line in text.split("\n"):
        typer.echo(plain(line))
