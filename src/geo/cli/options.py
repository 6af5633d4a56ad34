"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Files (.txt, .md, .csv, .jsonl, .html, .docx, .pdf), folders of them, or - for "
        "standard input.",
        show_default=False,
        readable=False,  # one file that cannot be read never stops the others
    ),
]
Metadata = Annotated[
    Path | None,
    typer.Option(help="A CSV that tells of files: file, id, outlet, published, title, url."),
]
Outlet = Annotated[str, typer.Option(help="The outlet of articles that do not name theirs.")]
Date = Annotated[str, typer.Option(help="The day, as 2014-08-04, of articles without a date.")]
Language = Annotated[
    str,
    typer.Option(
        help="The language of articles that do not tell theirs (en, ru, uk); else it is told "
        "from each paragraph.",
        show_default=False,
    ),
]
OwnPlaces = Annotated[
    Path | None,
    typer.Option(
        "--places",
        help="A table of your own places, in the columns of places.csv; else places.csv in "
        "the folder of the articles, if there is one.",
        show_default=False,
    ),
]
Decisions = Annotated[
    Path | None,
    typer.Option(
        help="What people decided; else decisions.csv beside the articles, if there is one.",
        show_default=False,
    ),
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Geocode articles again that have not changed.")
]
Online = Annotated[
    bool,
    typer.Option("--online", help="Ask a Nominatim server for a name that is not known here."),
]
UserAgent = Annotated[
    str,
    typer.Option(
        help="Tells the server who asks: your project and a way to reach you.",
        envvar="GEO_USER_AGENT",
    ),
]
Server = Annotated[
    str,
    typer.Option(help="The Nominatim server for --online.", envvar="GEO_NOMINATIM"),
]
Demonyms = Annotated[
    bool,
    typer.Option("--demonyms", help='Also words for people, as "Ukrainian" for Ukraine.'),
]
UseOutlet = Annotated[
    bool,
    typer.Option(
        "--use-outlet", help="Let an outlet's home and its other articles count for a place."
    ),
]
