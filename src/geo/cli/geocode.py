"""`geo geocode`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli import options
from geo.cli.explain import show_explanations
from geo.cli.input import (
    decisions_beside,
    gazetteer_of,
    geocode_all,
    places_beside,
    read_all,
    resolve_all,
    stop_if_empty,
    with_decisions,
)
from geo.cli.output import check_output, reporting, show, tell, tell_table
from geo.rows import MENTION_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

    from geo.records import Article
    from geo.reuse import Found


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
    from geo.files import write_text
    from geo.reuse import candidates_csv, found_in, tables_of

    with reporting() as problems:
        places = places_beside(paths, places)
        decisions = decisions_beside(paths, decisions)
        inputs = [*paths, metadata, places, decisions]
        if output:
            check_output("--output", output, MENTION_FORMATS, inputs)
        if candidates:
            check_output("--candidates", candidates, (".csv",), [*inputs, output])
        articles = read_all(paths, metadata, outlet, date, language, problems)
        stop_if_empty(articles, problems)
        settings = {"demonyms": demonyms, "use_outlet": use_outlet}
        if explain:
            resolved = resolve_all(articles, gazetteer_of(places), problems, **settings)
            found = [found_in(article, some) for article, some in resolved]
        else:
            found = geocode_all(articles, places, problems, fresh=fresh, **settings)
        stop_if_empty(found, problems)
        if candidates:
            write_text(candidates, candidates_csv(found))
        if output:
            _write(found, decisions, places, output, articles)
        elif not explain:
            _show_mentions(with_decisions(tables_of(found)[0], decisions, places, articles))
        if explain:
            show_explanations(resolved)


def _write(
    found: "Sequence[Found]",
    decisions: Path | None,
    places: Path | None,
    output: Path,
    articles: "Sequence[Article]",
) -> None:
    from geo.files import write_text
    from geo.reuse import mentions_csv, tables_of

    if output.suffix.lower() == ".csv" and not decisions:
        # Without pandas, whose import takes longer than all else of a second run.
        write_text(output, mentions_csv(found))
        tell((row for one in found for row in one.told), articles, output)
        return
    from geo.exports.texts import write_mentions

    table = with_decisions(tables_of(found)[0], decisions, places, articles)
    write_mentions(table, output)
    tell_table(table, articles, output)


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
                f"{row.score:.2f}" if row.status == "machine" else row.status,
            ]
            for row in table.itertuples()
        ),
    )
