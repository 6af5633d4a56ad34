"""`geo export`."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli import options
from geo.cli.input import gazetteer_of
from geo.cli.output import as_usage, check_output, reporting, tell_table


def export_command(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="MENTIONS",
            help="A mention table that geo geocode wrote: .csv, .jsonl or .geojson.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="The file to write; its ending chooses the format: .csv, .jsonl, .geojson, .gpkg "
            "(GeoPackage), .parquet (GeoParquet), .lpf.json (Linked Places); .zip or a folder "
            "(Frictionless data package).",
            show_default=False,
        ),
    ],
    format: Annotated[  # noqa: A002 - what the option is called everywhere
        str,
        typer.Option(
            help="The format, whatever the ending: csv, jsonl, geojson, gpkg, parquet, "
            "linked-places or datapackage.",
            show_default=False,
        ),
    ] = "",
    round: Annotated[  # noqa: A002
        int | None,
        typer.Option(
            metavar="N",
            help="Keep N decimals of all points: 0 is about 100 km, 1 about 10 km, 2 about 1 km. "
            "Names, ids and sentences still tell the place; areas stay as they are.",
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a .csv so that Excel reads it as UTF-8.")
    ] = False,
    places: options.OwnPlaces = None,
) -> None:
    """Write a mention table for other programs: QGIS, spreadsheets, gazetteers, archives.

    \b
    Examples:
      geo export mentions.csv -o mentions.gpkg
      geo export mentions.csv -o places.lpf.json
      geo export mentions.csv -o for-excel.csv --bom
      geo export mentions.csv -o package --round 1
    """
    from geo.exports.formats import check_options, export, find_format
    from geo.exports.readers import read_mentions
    from geo.exports.rounding import check_decimals

    kind = as_usage(find_format, output, format)
    as_usage(check_options, kind, bom=bom)
    if round is not None:
        as_usage(check_decimals, round)
    _check_path(output, kind, [table, places])
    with reporting():
        mentions = read_mentions(table)
        gazetteer = gazetteer_of(places) if places else None
        export(mentions, output, format=kind, round=round, bom=bom, gazetteer=gazetteer)
        tell_table(mentions, [], output)


def _check_path(output: Path, kind: str, inputs: list[Path | None]) -> None:
    if kind != "datapackage" or not output.is_dir():
        check_output("--output", output, (output.suffix.lower(),), inputs)
        return
    # A data package may replace an older one, but not what it is made from.
    if output.resolve() in {path.resolve().parent for path in inputs if path}:
        problem = f"{str(output)!r} holds a table that this command reads; name another folder"
        raise typer.BadParameter(problem, param_hint="--output")
