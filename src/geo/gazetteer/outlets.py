"""News outlets and where they are at home: a hint which place a bare name means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo import data
from geo.gazetteer.names import key_of

_SCHEME = re.compile("^([a-z]+:)?//")
_PATH = re.compile("[/?#:]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, broadcaster or site, and the town of its newsroom.

    `scope` is local, national or world. Only the home of a local one tells much about the
    places that it names.
    """

    name: str
    scope: str
    country_code: str
    admin1_name: str
    latitude: float
    longitude: float


def find_outlet(name: str) -> Outlet | None:
    """Return the outlet of a name, a web domain or an address; None if it is not known.

    >>> find_outlet("https://www.onlineathens.com/news").name
    'Athens Banner-Herald'
    >>> find_outlet("athens banner herald").admin1_name
    'Georgia'
    """
    lines = _lines()
    for spelling in (name.strip().lower(), *_domains(name)):
        if line := lines.get(spelling):
            return _outlet(line)
    # Keys take longer to make than the table to read, so only an inexact name asks for them.
    line = _lines_by_key().get(key_of(name))
    return _outlet(line) if line else None


def _domains(address: str) -> Iterator[str]:
    """Yield the domain of an address, then those above: news.bbc.co.uk, bbc.co.uk, co.uk."""
    host = _PATH.split(_SCHEME.sub("", address.strip().lower()), maxsplit=1)[0]
    # No domain is longer.
    while "." in host and " " not in host and len(host) <= 253:
        yield host
        host = host.partition(".")[2]


def _outlet(line: str) -> Outlet:
    import csv

    (row,) = csv.reader([line])
    name, _, scope, country, admin1, _, longitude, latitude, _ = row
    return Outlet(name, scope, country, admin1, float(latitude), float(longitude))


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """Return the table's lines by name and domain, the names in small letters.

    To read them as CSV would take three times as long; names have neither commas nor quotes,
    and a test holds that.
    """
    lines = data.path("outlets.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {spelling: line for line in lines for spelling in _spellings(line)}


@lru_cache(maxsize=1)
def _lines_by_key() -> dict[str, str]:
    """Return the table's lines by names in normal form; domains have none."""
    return {key_of(s): line for s, line in _lines().items() if " " in s or "." not in s}


def _spellings(line: str) -> list[str]:
    name, aliases, _ = line.lower().split(",", 2)
    return [name, *aliases.split(";")] if aliases else [name]
