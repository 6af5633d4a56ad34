"""`geo geocode`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli import options
from geo.cli.explain import show_explanations
from geo.cli.input import (
    beside,
    gazetteer_of,
    geocode_all,
    places_beside,
    read_all,
    resolve_all,
    stop_if_empty,
    with_decisions,
)
from geo.cli.output import check_output, reporting, show, tell

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def geocode_command(
    paths: options.Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write .csv, .jsonl or .geojson instead of showing."),
    ] = None,
    candidates: Annotated[
        Path | None, typer.Option(help="Also write the candidates of each mention, .csv.")
    ] = None,
    metadata: options.Metadata = None,
    outlet: options.Outlet = "",
    date: options.Date = "",
    language: options.Language = "",
    places: options.OwnPlaces = None,
    demonyms: options.Demonyms = False,
    use_outlet: options.UseOutlet = False,
    decisions: options.Decisions = None,
    fresh: options.Fresh = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why, and what else each mention may mean.")
    ] = False,
) -> None:
    """Find the places of articles; show them, or write the mention table.

    \b
    Examples:
      geo geocode article.txt
      geo geocode data/articles -o mentions.csv
      geo geocode article.txt --explain
      echo "Shelling near Gukovo." | geo geocode - --outlet "My paper" --date 2014-08-05
    """
    from geo.exports import FORMATS, csv_text, write_mentions
    from geo.files import write_text
    from geo.reuse import found_in, tables_of

    inputs = [*paths, metadata, places]
    if output:
        check_output("--output", output, FORMATS, inputs)
    if candidates:
        check_output("--candidates", candidates, (".csv",), [*inputs, output])
    with reporting() as problems:
        places = places_beside(paths, places)
        decisions = beside(paths, "decisions.csv", decisions, "--decisions")
        articles = read_all(paths, metadata, outlet, date, language, problems)
        stop_if_empty(articles, problems)
        settings = {"demonyms": demonyms, "use_outlet": use_outlet}
        if explain:
            resolved = resolve_all(articles, gazetteer_of(places), problems, **settings)
            found = [found_in(article, some) for article, some in resolved]
        else:
            found = geocode_all(articles, places, problems, fresh=fresh, **settings)
        stop_if_empty(found, problems)
        table, others = tables_of(found)
        table = with_decisions(table, decisions, places)
        if candidates:
            write_text(candidates, csv_text(others))
        if output:
            write_mentions(table, output)
            tell(table, articles, output)
        elif not explain:
            _show_mentions(table)
        if explain:
            show_explanations(resolved)


def _show_mentions(table: "GeoDataFrame") -> None:
    show(
        ["article", "mention", "role", "place", "lies in", "latitude", "longitude", "score"],
        (
            [
                row.article_id,
                row.surface,
                row.role,
                row.place_name or "?",
                ", ".join(filter(None, (row.admin1_name, row.country_code))),
                "" if row.place_id is None else f"{row.latitude:.4f}",
                "" if row.place_id is None else f"{row.longitude:.4f}",
                f"{row.score:.2f}",
            ]
            for row in table.itertuples()
        ),
    )
