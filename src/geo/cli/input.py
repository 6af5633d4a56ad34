"""What commands read: articles and a gazetteer."""

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo import data
from geo.cli.output import as_usage
from geo.errors import GeoError, InputError
from geo.files import STANDARD_INPUT
from geo.records import Article, Resolution

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.gazetteer import Gazetteer
    from geo.reuse import Found

_MOST_NAMED = 5


def read_all(
    paths: Sequence[Path],
    metadata: Path | None,
    outlet: str,
    date: str,
    language: str,
    problems: list[GeoError],
) -> list[Article]:
    """Read articles; inputs that cannot be read are added to `problems`."""
    from geo.articles import check_language, parse_day, read_articles

    as_usage(parse_day, date, "--date")
    as_usage(check_language, language, "--language")
    return read_articles(
        paths,
        metadata=metadata,
        outlet=outlet,
        published=date,
        language=language,
        problems=problems,
    )


def resolve_all(
    articles: Sequence[Article], gazetteer: "Gazetteer", problems: list[GeoError], **settings: Any
) -> list[tuple[Article, Sequence[Resolution]]]:
    """Resolve articles under a progress bar; those that fail are added to `problems`.

    `settings` are options of `geo.geocoding.resolve`.
    """
    from geo.geocoding import resolve

    if settings.get("use_outlet"):
        _warn_of_unknown_homes(articles)
    return list(resolve(_progress(articles), gazetteer=gazetteer, problems=problems, **settings))


def geocode_all(
    articles: Sequence[Article],
    places: Path | None,
    problems: list[GeoError],
    *,
    demonyms: bool,
    use_outlet: bool,
    fresh: bool,
) -> list["Found"]:
    """Return what is found in each article, for `geo.reuse.tables_of`.

    Those that were geocoded before and have not changed are not geocoded again.
    """
    from geo.reuse import geocode_changed

    if use_outlet:
        _warn_of_unknown_homes(articles)
    found, n_kept = geocode_changed(
        articles,
        places,
        problems,
        demonyms=demonyms,
        use_outlet=use_outlet,
        fresh=fresh,
        track=_progress,
    )
    if n_kept:
        typer.echo(f"{n_kept} of {len(articles)} articles have not changed", err=True)
    return found


def beside(
    paths: Sequence[Path], name: str, given: Path | None, option: str, *, may_be_new: bool = False
) -> Path | None:
    """Return the table of a user that was given, or the one that lies beside the articles."""
    if given:
        if not (may_be_new or given.is_file()):
            raise InputError(f"{option}: there is no file {given}; check the path")
        return given
    folders = [path if path.is_dir() else path.parent for path in paths if path != STANDARD_INPUT]
    once = {folder.resolve(): folder for folder in folders}.values()
    found = sorted(folder / name for folder in once if (folder / name).is_file())
    if len(found) > 1:
        raise InputError(
            f"several {name} lie beside the articles ({', '.join(map(str, found))}); "
            f"name one with {option}, or give one folder at a time"
        )
    return next(iter(found), None)


def decisions_beside(
    paths: Sequence[Path], given: Path | None, *, may_be_new: bool = False
) -> Path | None:
    """Return the table of decisions that was given, or lies beside the articles.

    Those that lie deeper in a folder are told.
    """
    name = data.DECISIONS
    found = beside(paths, name, given, "--decisions", may_be_new=may_be_new)
    deeper = [table for path in paths if path.is_dir() for table in path.glob(f"*/**/{name}")]
    if deeper and not given:
        warnings.warn(
            f"{', '.join(map(str, deeper))}: only decisions in the folder that you name are used; "
            "name the other folder, or the table with --decisions (geo merge makes one of several)",
            stacklevel=2,
        )
    return found


def places_beside(paths: Sequence[Path], given: Path | None) -> Path | None:
    """Return the user's table of places, which may lie beside the articles.

    What is no such table is left alone, and told if it lies in a folder of articles.
    """
    found = beside(paths, data.OWN_PLACES, given, "--places")
    if not found or given:
        return found
    from geo.gazetteer.own_places import find_table

    if found.parent in paths:
        return find_table(found.parent)
    with warnings.catch_warnings(action="ignore"):
        return find_table(found.parent)


def with_decisions(
    table: "GeoDataFrame",
    decisions: Path | None,
    places: Path | None,
    articles: Iterable[Article] = (),
) -> "GeoDataFrame":
    """Return a mention table with what people decided; decisions that fit no more are told."""
    if not decisions:
        return table
    from geo.decisions import apply_and_tell, read_decisions

    known = read_decisions(decisions)
    decided, unused = apply_and_tell(table, known, gazetteer_of(places), articles)
    for text in unused:
        warnings.warn(f"{decisions}: {text}", stacklevel=2)
    return decided


def _warn_of_unknown_homes(articles: Iterable[Article]) -> None:
    from geo.gazetteer.outlets import find_outlet

    outlets = dict.fromkeys(
        article.outlet
        for article in articles
        if not (find_outlet(article.outlet) or find_outlet(article.url))
    )
    if "" in outlets:
        warnings.warn("--use-outlet: an article without outlet gets nothing from it", stacklevel=2)
    named = [repr(outlet) for outlet in outlets if outlet]
    if named:
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        warnings.warn(
            f"--use-outlet: no home is known of {', '.join(named[:_MOST_NAMED])}{more}, "
            "so only their other articles count",
            stacklevel=2,
        )


def gazetteer_of(places: Path | None) -> "Gazetteer":
    from geo.gazetteer import load_gazetteer

    return load_gazetteer(places)


def stop_if_empty(found: Sequence[object], problems: Sequence[GeoError]) -> None:
    """End the command before it writes nothing; the problems say why, where there are any."""
    if not found and problems:
        raise typer.Exit(1)
    if not found:
        raise InputError("the input holds no article, so nothing was written")


def _progress(articles: Sequence[Article]) -> Iterable[Article]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    quiet = not console.is_terminal
    return track(articles, "Geocoding", console=console, transient=True, disable=quiet)
