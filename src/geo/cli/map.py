"""`geo map`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli import options
from geo.cli.input import (
    decisions_beside,
    geocode_all,
    places_beside,
    read_all,
    stop_if_empty,
    with_decisions,
)
from geo.cli.output import as_usage, check_output, reporting, tell_table
from geo.errors import InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def map_command(
    paths: options.Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The map to write, .html.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option("--png", help="A static picture to write, .png.")
    ] = None,
    candidates: Annotated[
        Path | None,
        typer.Option(help="The candidates of a mention table, .csv, as geo geocode writes them."),
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
    title: Annotated[str, typer.Option(help="A title for the page.")] = "",
    tiles: Annotated[
        str | None,
        typer.Option(help="Map tiles from the network, by name, such as OpenStreetMap.Mapnik."),
    ] = None,
    sentences: Annotated[
        bool,
        typer.Option(
            "--sentences/--no-sentences", help="Quote the articles' sentences in the map."
        ),
    ] = True,
    labels: Annotated[
        str, typer.Option(help="The language of the names on the map: en, ru or uk.")
    ] = "en",
    show: Annotated[bool, typer.Option("--open", help="Open the map in the browser.")] = False,
) -> None:
    """Draw articles, or mention tables made earlier, on one map: a single HTML file, a picture.

    \b
    Examples:
      geo map data/articles -o map.html --open
      geo map *.txt --metadata articles.csv -o map.html
      geo map mentions.csv --candidates candidates.csv -o map.html --title "August 2014"
      geo map data/articles new.txt --outlet "My paper" --date 2014-08-05 -o map.html
      geo map data/articles --png picture.png
      geo map data/same_day -o map.html --labels uk
    """
    import pandas as pd

    from geo.exports.readers import read_candidates, read_mentions
    from geo.reuse import tables_of
    from geo.rows import holds_mentions

    written = _check_outputs(output, png, [*paths, metadata, places, candidates])
    if tiles:
        from geo.maps.mention_map import find_tiles

        as_usage(find_tiles, tiles)
    if labels != "en":
        from geo.maps.labels import check_language

        as_usage(check_language, labels)
    with reporting() as problems:
        places = places_beside(paths, places)
        decisions = decisions_beside(paths, decisions)
        mentions, texts = [], []
        rivals = [read_candidates(candidates)] if candidates else []
        for path in paths:
            if not holds_mentions(path):
                texts.append(path)
                continue
            try:
                mentions.append(read_mentions(path))
            except InputError as error:
                problems.append(error)
        articles = read_all(texts, metadata, outlet, date, language, problems) if texts else []
        if articles:
            found = geocode_all(
                articles, places, problems, demonyms=demonyms, use_outlet=use_outlet, fresh=fresh
            )
            if found:
                table, others = tables_of(found)
                mentions.append(table)
                rivals.append(others)
        stop_if_empty(mentions, problems)
        table = pd.concat(mentions, ignore_index=True) if len(mentions) > 1 else mentions[0]
        _check_unique(table)
        table = with_decisions(table, decisions, places, articles)
        if output:
            _draw_map(
                table,
                output,
                candidates=pd.concat(rivals, ignore_index=True) if rivals else None,
                title=title,
                tiles=tiles,
                sentences=sentences,
                labels=labels,
            )
        if png:
            _draw_picture(table, png, title=title, labels=labels)
        tell_table(table, articles, *written)
        if show:
            typer.launch(str(written[0].resolve()))


def _check_outputs(output: Path | None, png: Path | None, inputs: list[Path | None]) -> list[Path]:
    """Return the files to write, the map first."""
    if output:
        check_output("--output", output, (".html", ".htm"), inputs)
    if png:
        check_output("--png", png, (".png",), [*inputs, output])
    written = [path for path in (output, png) if path]
    if not written:
        raise typer.BadParameter(
            "name a file to write: -o map.html, --png picture.png, or both",
            param_hint="'--output' / '-o' or '--png'",
        )
    return written


def _draw_map(table: "GeoDataFrame", output: Path, **settings: Any) -> None:
    from geo.maps.export import save_map
    from geo.maps.mention_map import make_map

    save_map(make_map(table, **settings), output)


def _draw_picture(table: "GeoDataFrame", png: Path, **settings: str) -> None:
    from geo.maps.picture import plot_map, save_picture

    save_picture(plot_map(table, **settings), png)


def _check_unique(table: "GeoDataFrame") -> None:
    twice = table["mention_id"][table["mention_id"].duplicated()]
    if len(twice):
        raise InputError(
            f"mention {twice.iloc[0]!r} comes twice: the inputs hold the same article; "
            "give each article once, or ids of their own"
        )
