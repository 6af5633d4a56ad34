"""All network use goes through `geo.http`, which refuses unless asked."""

import ast
from pathlib import Path

import pytest

from geo.errors import OnlineError
from geo.http import connect

SOURCE = Path(__file__).parents[1] / "src" / "geo"
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "geopy.adapters", "geopy.geocoders", "http", "httpx",
    "imaplib", "poplib", "pycurl", "requests", "smtplib", "socket", "socketserver", "ssl",
    "urllib.request", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
# What reads an answer, what takes `connect`'s adapter, and what never connects.
HARMLESS = {
    "geopy.adapters.get_retry_after",
    "geopy.geocoders.Nominatim",
    "geopy.geocoders.base.Geocoder",
}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "http.py")


def modules_of(path: Path) -> set[str]:
    """Return every module that a file imports, and what is named from it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_only_http_can_reach_the_network(path: Path) -> None:
    used = {m for m in modules_of(path) for n in NETWORK if f"{m}.".startswith(f"{n}.")}
    assert not used - HARMLESS


def test_the_network_is_refused_unless_asked_for() -> None:
    with pytest.raises(OnlineError) as caught:
        connect()
    assert str(caught.value) == (
        "geo uses the network only when it is asked to; ask for it (--online, or a "
        "NominatimGazetteer of your own), or work offline"
    )
