"""The command line, a module each: `geo map`, `geocode`, `explain`, `export`, `lookup`, `evaluate`.

Exit codes: 0; 1 if some input failed or a name was not found; 2 for a wrong call. What is heavy
is imported by the command that needs it, so that `geo --help` is quick.
"""

from typing import Annotated

import typer

import geo
from geo.cli.evaluate import evaluate_command
from geo.cli.explain import explain_command
from geo.cli.export import export_command
from geo.cli.geocode import geocode_command
from geo.cli.lookup import lookup_command
from geo.cli.map import map_command
from geo.cli.review import merge_command, review_command

app = typer.Typer(
    name="geo",
    help="Find the places named in news articles, resolve them, and map them by date and outlet.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Find the places named in news articles, resolve them, and map them by date and outlet."""
    if version:
        typer.echo(f"geo {geo.__version__}")
        raise typer.Exit


app.command("map")(map_command)
app.command("geocode")(geocode_command)
app.command("explain")(explain_command)
app.command("export")(export_command)
app.command("lookup")(lookup_command)
app.command("evaluate")(evaluate_command)
app.command("review")(review_command)
app.command("merge")(merge_command)
