"""What commands read: articles and a gazetteer."""

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo.cli.output import as_usage
from geo.errors import GeoError, InputError
from geo.records import Article, Resolution

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

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

    `settings` are options of `geo.tables.resolve`.
    """
    from geo.tables import resolve

    if settings.get("use_outlet"):
        _warn_of_unknown_homes(articles)
    return resolve(_progress(articles), gazetteer=gazetteer, problems=problems, **settings)


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
