"""A small Nominatim on this machine: it speaks HTTP, counts, and misbehaves when told to.

Its answers stand in `data/nominatim.json`: what a real Nominatim said of `data/donbas.osm`.
`make test-nominatim` sets GEO_TEST_NOMINATIM to a real one; then the answers are that one's.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, build_opener

DATA = Path(__file__).parent / "data"
REAL = os.environ.get("GEO_TEST_NOMINATIM", "")


@dataclass
class Server:
    """What a server was asked, and how it is to behave: `replies` come before its answers."""

    domain: str = ""
    names: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    replies: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    hangs_at: str = ""
    is_hanging: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def refuse(self, status: int, *, times: int = 1, **headers: str) -> None:
        """Let the next requests fail; `Retry_After="7"` becomes a header."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.replies += [(status, named, "")] * times

    def reply(self, path: str, agent: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body for a request."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        self.names.append(query["q"])
        self.agents.append(agent)
        if query["q"] == self.hangs_at:
            self.is_hanging.set()
            self.may_go_on.wait(60)
        if self.replies:
            return self.replies.pop(0)
        return 200, {}, ask_real(path) if REAL else json.dumps(recorded(query))


def recorded(query: dict[str, str]) -> list[dict[str, Any]]:
    """Return the recorded answers to a query."""
    answers: dict[str, list[dict[str, Any]]] = json.loads((DATA / "nominatim.json").read_text())
    countries = query.get("countrycodes", "").split(",")
    found = answers.get(query["q"], [])
    return [p for p in found if countries == [""] or p["address"]["country_code"] in countries]


def ask_real(path: str) -> str:
    """Return what the real Nominatim answers; proxies know nothing of this machine."""
    with build_opener(ProxyHandler({})).open(REAL + path, timeout=30) as response:
        return str(response.read(), "utf-8")


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server on a free port."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = server.reply(self.path, self.headers["User-Agent"])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # one who is killed goes without a word
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        server.domain = f"127.0.0.1:{listener.server_port}"
        threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.may_go_on.set()
        listener.shutdown()
