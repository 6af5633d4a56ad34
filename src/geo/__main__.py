"""`python -m geo` is `geo`."""

from geo.cli import app

app()
