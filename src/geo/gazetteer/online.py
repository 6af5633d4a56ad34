"""Places by name from a Nominatim server, for names that the offline gazetteer lacks.

Nothing here runs unless somebody makes a `NominatimGazetteer`.
"""

import json
import math
import re
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from geo import data
from geo.errors import InputError, OnlineError
from geo.gazetteer.answers import Answer, Answers
from geo.gazetteer.osm_places import to_place
from geo.gazetteer.search import codes_of
from geo.http import connect
from geo.records import Place

CREDIT = "© OpenStreetMap contributors"
PUBLIC_SERVER = "nominatim.openstreetmap.org"

_WAITS_SECONDS = (2, 4, 8, 0)  # after each try; nothing comes after the last
_LONGEST_WAIT_SECONDS = 60
_PAUSE_SECONDS = 60  # for a server that stayed too busy
_PLACEHOLDER = re.compile(
    r"(geopy|python|mozilla|curl)\b.*|specify.*|test|.*\bexample\b.*"
    r"|((my|your|the|some|an?)[ _-]*)?(app|application|user[ _-]*agent)([ _/-].*)?",
    re.IGNORECASE,
)


class NominatimGazetteer:
    """Places by name from a Nominatim server; what it answers is kept on disk and asked once.

    `user_agent` tells the server who asks: your project and a way to reach you. `domain` and
    `scheme` name the server. `cache` is the file of answers, by default in the user's cache
    folder; programs that share it share the pace. The public server is asked once a second at
    most, whatever `min_delay_seconds` says.

    The places are OpenStreetMap contributors' (ODbL): show `CREDIT` where you show them.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        domain: str = PUBLIC_SERVER,
        scheme: str = "https",
        cache: str | Path | None = None,
        timeout: float = 10,
        min_delay_seconds: float = 1,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        from geopy.geocoders import Nominatim

        check_user_agent(user_agent)
        self._server = f"{scheme}://{domain.strip('/')}"
        split_server(self._server)
        self._nominatim = Nominatim(
            user_agent=user_agent.strip(),
            domain=domain,
            scheme=scheme,
            timeout=timeout,
            adapter_factory=connect(asked=True),
        )
        self._delay = max(min_delay_seconds, 1 if "openstreetmap.org" in domain.lower() else 0)
        self._answers = Answers(Path(cache) if cache else _default_cache())
        self._sleep, self._clock = sleep, clock
        self._refusal, self._refused_until = "", 0.0

    def find(
        self,
        name: str,
        *,
        country_codes: str | Collection[str] = (),
        language: str | None = None,
        limit: int = 10,
    ) -> list[Place]:
        """Return the places of a name, the best first; none if the server knows none.

        `country_codes` keeps to some countries ("UA"); `language` is that of the names ("en").
        Raises OnlineError if the server refuses or cannot be reached.
        """
        found = self.answers(name, country_codes=country_codes, language=language, limit=limit)
        return [to_place(record) for record in found]

    def answers(
        self,
        name: str,
        *,
        country_codes: str | Collection[str] = (),
        language: str | None = None,
        limit: int = 10,
    ) -> Answer:
        """Return what the server says of a name, as Nominatim's own records."""
        asked = {
            "query": " ".join(name.split()),
            "country_codes": sorted(code.lower() for code in codes_of(country_codes)),
            "language": language or "",
            "limit": limit,
        }
        if not asked["query"]:
            return []
        question = json.dumps({"server": self._server, **asked}, ensure_ascii=False)
        answer = self._answers.get(question)
        if answer is None:
            answer = self._ask(asked)
            self._answers.put(question, answer)
        return answer

    def _ask(self, asked: dict[str, Any]) -> Answer:
        """Ask, and ask a busy server again later; one that refused is left alone."""
        from geopy.exc import GeocoderServiceError

        if self._clock() < self._refused_until:
            raise OnlineError(self._refusal)
        for wait in _WAITS_SECONDS:
            try:
                return self._ask_once(asked)
            except GeocoderServiceError as error:
                asked_for = _retry_after(error)
                if not wait or not _may_pass(error) or asked_for > _LONGEST_WAIT_SECONDS:
                    raise self._failure(error) from error
                self._sleep(max(wait, asked_for))
        raise AssertionError("the last wait is 0")

    def _ask_once(self, asked: dict[str, Any]) -> Answer:
        from geopy.exc import GeocoderParseError, GeocoderQueryError

        now = self._clock()
        turn = self._answers.take_turn(self._server, now, self._delay)
        if turn > now:
            self._sleep(turn - now)
        details = {"exactly_one": False, "addressdetails": True, "namedetails": True}
        try:
            found = [place.raw for place in self._nominatim.geocode(**asked, **details) or []]
            for record in found:
                to_place(record)
        except GeocoderQueryError:
            raise  # it is a ValueError too
        except (AttributeError, KeyError, TypeError, ValueError, GeocoderParseError) as error:
            raise OnlineError(
                f"what {self._server} answers is not Nominatim's; check the address"
            ) from error
        return found

    def _failure(self, error: Exception) -> OnlineError:
        """Say why a server gave no answer, and remember if it refused."""
        from geopy.exc import GeocoderTimedOut

        status = _status(error)
        if status in (401, 403):
            end = f"refuses to answer ({status}); read its rules, and say who you are (user agent)"
            pause = math.inf
        elif status in (429, 503):
            end = f"is too busy to answer ({status}); try again later"
            pause = max(_PAUSE_SECONDS, _retry_after(error))
        elif isinstance(error, GeocoderTimedOut):
            return OnlineError(f"{self._server} did not answer in time; try again later")
        else:
            return OnlineError(f"cannot ask {self._server}: {error}; check address and network")
        self._refusal, self._refused_until = f"{self._server} {end}", self._clock() + pause
        return OnlineError(self._refusal)


def check_user_agent(user_agent: str) -> None:
    """Raise InputError unless a user agent tells who asks."""
    agent = user_agent.strip()
    if not agent or _PLACEHOLDER.fullmatch(agent) or not (agent.isascii() and agent.isprintable()):
        raise InputError(
            f"the user agent {user_agent!r} does not tell who asks: name your project and a way "
            "to reach you, in ASCII, such as 'daily-maps/1.0 (maps@daily.news)'"
        )


def split_server(server: str) -> tuple[str, str]:
    """Return scheme and domain of a server's address; raises InputError if it has none.

    >>> split_server("http://localhost:8088/")
    ('http', 'localhost:8088')
    """
    scheme, _, domain = server.partition("://")
    if scheme not in ("http", "https") or not domain.strip("/"):
        raise InputError(f"{server!r} is no server: give an address such as http://localhost:8088")
    return scheme, domain.strip("/")


def _default_cache() -> Path:
    return data.cache_folder() / "nominatim.sqlite"


def _status(error: Exception) -> int | None:
    return getattr(error.__cause__, "status_code", None)


def _may_pass(error: Exception) -> bool:
    from geopy.exc import GeocoderRateLimited, GeocoderTimedOut

    # geopy calls 503 and 504 timed out too.
    return isinstance(error, GeocoderRateLimited | GeocoderTimedOut)


def _retry_after(error: Exception) -> float:
    """Return the seconds that a server asks to wait."""
    from geopy.adapters import get_retry_after

    return float(get_retry_after(getattr(error.__cause__, "headers", {})) or 0)
