"""What all tests share: no network, and one gazetteer."""

import os
import socket

import pytest
from browser import browser, visit
from helpers import ROOT

from geo.gazetteer import Gazetteer, load_gazetteer

__all__ = ["browser", "visit"]

# The world's index is built once for all tests, not into the home folder of who runs them.
os.environ.setdefault("GEO_CACHE_DIR", str(ROOT / "build" / "cache"))

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test asked the network for {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()
