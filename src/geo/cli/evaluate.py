"""`geo evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.input import gazetteer_of, resolve_all
from geo.cli.options import OwnPlaces
from geo.cli.output import check_output, reporting


def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="Gold labels, one document a line, .jsonl.")],
    save_predictions: Annotated[
        Path | None, typer.Option(help="Write what was found, in the same format.")
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Only ask for how many the gazetteer has a candidate."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    places: OwnPlaces = None,
) -> None:
    """Compare what is found with gold labels: spans, points within 161 km, roles.

    \b
    Examples:
      geo evaluate data/labels.jsonl
      geo evaluate data/labels.jsonl --coverage
      geo evaluate gold.jsonl --save-predictions predictions.jsonl --json
    """
    if coverage and save_predictions:
        raise typer.BadParameter("--coverage makes no predictions to save; leave one of them out")
    if save_predictions:
        check_output("--save-predictions", save_predictions, (".jsonl",), [gold, places])
    with reporting() as problems:
        from geo.evaluate import as_prediction, cover, read_gold, score, write_predictions

        documents = read_gold(gold)
        if coverage:
            covered = cover(documents, gazetteer_of(places))
            typer.echo(covered.as_json() if json else covered.as_text())
            return
        resolved = resolve_all(
            [document.article for document in documents], gazetteer_of(places), problems
        )
        predictions = [as_prediction(article, found) for article, found in resolved]
        if save_predictions:
            write_predictions(predictions, save_predictions)
        report = score(documents, predictions)
        typer.echo(report.as_json() if json else report.as_text())
