"""Online look-up, asked of a small server; `make test-nominatim` asks a real Nominatim."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from helpers import ROOT, run_geo
from nominatim_server import REAL, Server, serving

from geo import data
from geo.errors import InputError, OnlineError, OutputError
from geo.gazetteer import Gazetteer
from geo.gazetteer.geocoder import GazetteerGeocoder
from geo.gazetteer.online import NominatimGazetteer, check_user_agent
from geo.gazetteer.osm_places import SOURCE, to_place
from geo.geocoding import geocode
from geo.records import Article, Mention, Place
from geo.resolve import RankResolver

AGENT = "geo-tests/1.0 (geo@daily.news)"
REFUSAL = "refuses to answer (403); read its rules, and say who you are (user agent)"
BATCH = ["Luhansk", "Donetsk", "Gukovo", "Vyhadane"]
RUN_BATCH = """
import sys
from geo.gazetteer.online import NominatimGazetteer
agent, domain, cache, *names = sys.argv[1:]
online = NominatimGazetteer(
    agent, domain=domain, scheme="http", cache=cache, min_delay_seconds=0
)
print([len(online.find(name, language="en")) for name in names])
"""


@dataclass
class Clock:
    """A clock that only sleeping moves on."""

    now: float = 1000.0
    sleeps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        return self.now


Online = Callable[..., NominatimGazetteer]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def online(server: Server, clock: Clock, tmp_path: Path) -> Online:
    def make(domain: str = server.domain, **options: object) -> NominatimGazetteer:
        options = {"cache": tmp_path / "answers.sqlite", "scheme": "http"} | options
        return NominatimGazetteer(AGENT, domain=domain, sleep=clock.sleep, clock=clock, **options)

    return make


def error_of(find: Callable[..., object], *arguments: str) -> str:
    with pytest.raises(OnlineError) as caught:
        find(*arguments)
    return str(caught.value)


# What is found


def test_a_name_is_found(online: Online) -> None:
    (place,) = online().find("Gukovo", language="en")
    assert place == Place(
        place_id="osm:n4",
        name="Gukovo",
        kind="settlement",
        latitude=48.05133,
        longitude=39.93048,
        country_code="RU",
        admin1_name="Rostov Oblast",
        names=("Gukovo", "Гуково"),
        source=SOURCE,
        gazetteer="nominatim",
    )


@pytest.mark.skipif(not REAL, reason="make test-nominatim asks a real server")
def test_a_real_server_is_asked_directly(online: Online) -> None:
    (place,) = online(domain=REAL.removeprefix("http://")).find("Vyhadane", language="en")
    assert (place.name, place.admin1_name) == ("Vyhadane", "Donetsk Oblast")


def test_the_best_place_comes_first(online: Online) -> None:
    found = online().find("Donetsk", language="en")
    assert [(p.kind, p.country_code) for p in found] == [
        ("settlement", "UA"),
        ("settlement", "RU"),
        ("region", "UA"),
    ]


def test_a_search_keeps_to_countries(online: Online) -> None:
    (place,) = online().find("Donetsk", language="en", country_codes=["RU"])
    assert place.admin1_name == "Rostov Oblast"


@pytest.mark.parametrize(
    ("name", "place_id", "kind"),
    [
        ("Луганск", "osm:n1", "settlement"),
        ("Саур-Могила", "osm:n5", "hill"),
        ("Kalmius", "osm:w1", "water"),
        ("Donetsk Oblast", "osm:r1", "region"),
    ],
)
def test_kinds_and_scripts(online: Online, name: str, place_id: str, kind: str) -> None:
    best = online().find(name, language="en")[0]
    assert (best.place_id, best.kind) == (place_id, kind)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"category": "place", "addresstype": "country"}, "country"),
        ({"category": "boundary", "addresstype": "county"}, "district"),
        ({"category": "barrier", "type": "border_control"}, "border_crossing"),
        ({"category": "amenity", "type": "hospital", "addresstype": "amenity"}, "site"),
        ({"class": "waterway", "type": "dam", "addresstype": "dam"}, "water"),
    ],
)
def test_kinds_of_other_records(told: dict[str, str], kind: str) -> None:
    record = {"name": "A", "lat": "1", "lon": "2", "osm_type": "way", "osm_id": 7} | told
    assert to_place(record).kind == kind


def test_a_country_without_an_id() -> None:
    record = {"name": "Ukraine", "lat": "49", "lon": "31", "address": {"country_code": "ua"}}
    assert to_place(record).place_id == "nominatim:ua"


def test_the_raw_answer_can_be_had(online: Online) -> None:
    (record,) = online().answers("Vyhadane", language="en")
    assert record["display_name"] == "Vyhadane, Donetsk Oblast, Ukraine"


def test_an_empty_name_is_not_asked(online: Online, server: Server) -> None:
    assert (online().find(" "), server.names) == ([], [])


# Answers are kept


def test_a_name_is_asked_once(online: Online, server: Server) -> None:
    first = online().find("Luhansk", language="en")
    assert online().find(" Luhansk\n", language="en") == first
    assert server.names == ["Luhansk"]


def test_an_empty_answer_is_kept(online: Online, server: Server) -> None:
    assert [online().find("Atlantis"), online().find("Atlantis")] == [[], []]
    assert server.names == ["Atlantis"]


def test_another_language_is_another_question(online: Online, server: Server) -> None:
    online().find("Luhansk", language="en")
    online().find("Luhansk", language="uk")
    assert server.names == ["Luhansk", "Luhansk"]


def test_answers_lie_in_the_cache_folder(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEO_CACHE_DIR", str(tmp_path))
    NominatimGazetteer(AGENT, domain=server.domain, scheme="http").find("Luhansk")
    assert (tmp_path / "nominatim.sqlite").stat().st_size


def test_a_batch_that_is_killed_loses_nothing(server: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN_BATCH, AGENT, server.domain, tmp_path / "c", *BATCH]
    server.hangs_at = "Gukovo"
    batch = subprocess.Popen(command)
    assert server.is_hanging.wait(60)
    batch.send_signal(signal.SIGKILL)
    assert batch.wait() == -signal.SIGKILL
    assert server.names == ["Luhansk", "Donetsk", "Gukovo"]

    server.names.clear()
    server.hangs_at = ""
    assert subprocess.check_output(command, text=True) == "[2, 3, 1, 1]\n"
    assert server.names == ["Gukovo", "Vyhadane"]


def test_a_damaged_cache_is_moved_aside(online: Online, tmp_path: Path) -> None:
    cache = tmp_path / "answers.sqlite"
    cache.write_bytes(b"no database" * 1000)
    with pytest.warns(UserWarning, match="was damaged") as caught:
        assert online().find("Luhansk", language="en")
    assert str(caught[0].message) == (
        f"{cache} was damaged; it is now answers.sqlite.damaged, and a new one was begun"
    )
    assert (tmp_path / "answers.sqlite.damaged").read_bytes() == b"no database" * 1000


def test_a_cache_cut_short_is_moved_aside(online: Online, tmp_path: Path) -> None:
    cache = tmp_path / "answers.sqlite"
    online().find("Luhansk", language="en")
    os.truncate(cache, cache.stat().st_size - 5000)
    with pytest.warns(UserWarning, match="was damaged"):
        assert online().find("Luhansk", language="en")


def test_a_damaged_answer_is_asked_again(online: Online, server: Server, tmp_path: Path) -> None:
    online().find("Luhansk", language="en")
    with sqlite3.connect(tmp_path / "answers.sqlite") as database:
        database.execute("UPDATE answers SET answer = '[{'")
    database.close()
    assert online().find("Luhansk", language="en")
    assert server.names == ["Luhansk", "Luhansk"]


def test_a_cache_that_cannot_be_written(online: Online, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        online(cache=tmp_path)
    assert str(caught.value) == (
        f"cannot keep online answers in {tmp_path}: unable to open database file; "
        "free space or choose another file (cache=...)"
    )


# The pace


def test_a_second_lies_between_requests(online: Online, clock: Clock) -> None:
    gazetteer = online()
    for name in BATCH:
        gazetteer.find(name)
    assert clock.sleeps == [1, 1, 1]


def test_kept_answers_do_not_wait(online: Online, clock: Clock) -> None:
    for _ in range(3):
        online().find("Luhansk")
    assert clock.sleeps == []


def test_programs_that_share_a_cache_share_the_pace(online: Online, clock: Clock) -> None:
    online().find("Luhansk")
    clock.now += 0.25
    online().find("Donetsk")
    assert clock.sleeps == [0.75]


def test_threads_share_the_pace(online: Online, clock: Clock) -> None:
    gazetteer = online()
    clock.sleep = clock.sleeps.append  # type: ignore[method-assign]
    gazetteer._sleep = clock.sleep
    threads = [threading.Thread(target=gazetteer.find, args=(name,)) for name in BATCH]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(clock.sleeps) == [1, 2, 3]


def test_a_clock_that_was_wrong_does_not_stop_us(online: Online, clock: Clock) -> None:
    clock.now += 10_000_000
    online().find("Luhansk")
    clock.now = 1000
    online().find("Donetsk")
    assert clock.sleeps == [61]


def test_the_pace_of_the_public_server_cannot_be_raised(tmp_path: Path) -> None:
    gazetteer = NominatimGazetteer(AGENT, cache=tmp_path / "c", min_delay_seconds=0.1)
    assert gazetteer._delay == 1


# Beside the gazetteer


def test_the_geocoder_asks_for_what_the_gazetteer_has_not(
    online: Online, server: Server, gazetteer: Gazetteer
) -> None:
    geocoder = GazetteerGeocoder(gazetteer, online=online())
    assert geocoder.geocode("Vyhadane").raw["gazetteer"] == "nominatim"
    assert geocoder.geocode("Gukovo").raw["gazetteer"] == "curated"
    assert server.names == ["Vyhadane"]


def test_a_resolver_asks_for_a_mention_that_the_gazetteer_has_not(
    online: Online, server: Server, gazetteer: Gazetteer
) -> None:
    article = Article("a", "Near Vyhadane and Gukovo.")
    mentions = [Mention(5, 13, "Vyhadane"), Mention(18, 24, "Gukovo")]
    table = geocode(
        [article], recognizer=lambda _: mentions, resolver=RankResolver(gazetteer, online())
    )
    assert table["gazetteer"].tolist() == ["nominatim", "curated"]
    assert server.names == ["Vyhadane"]


# What goes wrong


def test_a_busy_server_is_asked_again_later(online: Online, server: Server, clock: Clock) -> None:
    server.refuse(429, times=2)
    server.refuse(503)
    assert online().find("Luhansk", language="en")
    assert clock.sleeps == [2, 4, 8]


def test_a_server_says_how_long_to_wait(online: Online, server: Server, clock: Clock) -> None:
    server.refuse(503, Retry_After="17")
    assert online().find("Luhansk", language="en")
    assert clock.sleeps == [17]


def test_nobody_waits_an_hour(online: Online, server: Server, clock: Clock) -> None:
    server.refuse(429, Retry_After="3600")
    assert error_of(online().find, "Luhansk") == (
        f"http://{server.domain} is too busy to answer (429); try again later"
    )
    assert clock.sleeps == []


def test_after_four_tries_it_ends(online: Online, server: Server, clock: Clock) -> None:
    server.refuse(503, times=9)
    assert error_of(online().find, "Luhansk") == (
        f"http://{server.domain} is too busy to answer (503); try again later"
    )
    assert (len(server.names), clock.sleeps) == (4, [2, 4, 8])


def test_a_server_that_stayed_busy_is_left_alone_for_a_while(
    online: Online, server: Server, clock: Clock
) -> None:
    server.refuse(429, Retry_After="3600")
    gazetteer = online()
    told = {error_of(gazetteer.find, name) for name in ("Luhansk", "Gukovo")}
    assert told == {f"http://{server.domain} is too busy to answer (429); try again later"}
    assert server.names == ["Luhansk"]
    clock.now += 3601
    assert gazetteer.find("Luhansk", language="en")


def test_a_refusal_is_taken_at_once_and_for_good(online: Online, server: Server) -> None:
    server.refuse(403)
    gazetteer = online()
    told = [error_of(gazetteer.find, name) for name in BATCH]
    assert told == [f"http://{server.domain} {REFUSAL}"] * 4
    assert server.names == ["Luhansk"]


def test_a_failure_is_not_kept_as_an_answer(online: Online, server: Server) -> None:
    server.refuse(403)
    error_of(online().find, "Luhansk")
    assert online().find("Luhansk", language="en")


def test_a_server_that_is_slow_is_asked_again(online: Online, server: Server, clock: Clock) -> None:
    server.hangs_at = "Luhansk"
    assert error_of(online(timeout=0.05).find, "Luhansk") == (
        f"http://{server.domain} did not answer in time; try again later"
    )
    assert clock.sleeps == [2, 4, 8]


def test_no_server_at_all(online: Online) -> None:
    refused = ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
    assert error_of(online(domain="127.0.0.1:1").find, "Luhansk") == (
        f"cannot ask http://127.0.0.1:1: {refused}; check address and network"
    )


@pytest.mark.parametrize("body", ["<html>Log in</html>", '{"a": 1}', '["a"]', '[{"a": 1}]', "7"])
def test_another_kind_of_server(online: Online, server: Server, body: str) -> None:
    server.replies.append((200, {}, body))
    assert error_of(online().find, "Luhansk") == (
        f"what http://{server.domain} answers is not Nominatim's; check the address"
    )


# Who asks


def test_the_user_agent_is_sent(online: Online, server: Server) -> None:
    online().find("Luhansk")
    assert server.agents == [AGENT]


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "  ",
        "geopy/2.4.1",
        "my-application",
        "My Application",
        "your-app/1.0",
        "my_app/1",
        "my_user_agent/1.0",
        "specify_your_app_name_here",
        "python-requests/2.32",
        "me@example.com",
        "test",
        "карты",
        "a\r\nX: b",
    ],
)
def test_a_user_agent_that_tells_nothing_is_refused(agent: str) -> None:
    with pytest.raises(InputError) as caught:
        check_user_agent(agent)
    assert str(caught.value) == (
        f"the user agent {agent!r} does not tell who asks: name your project and a way to reach "
        "you, in ASCII, such as 'daily-maps/1.0 (maps@daily.news)'"
    )


@pytest.mark.parametrize("agent", [AGENT, "myappeal-maps (a@b.org)", "Latest News Maps", "geo/1"])
def test_a_user_agent_that_tells_who_asks(agent: str) -> None:
    check_user_agent(agent)


def test_the_server_has_an_address() -> None:
    with pytest.raises(InputError) as caught:
        NominatimGazetteer(AGENT, domain="localhost", scheme="ftp")
    assert str(caught.value) == (
        "'ftp://localhost' is no server: give an address such as http://localhost:8088"
    )


# The command line


@pytest.fixture
def by_environment(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer
) -> Server:
    """Let commands ask the server; they share the world's index, but keep their own answers."""
    assert gazetteer.find("Gukovo")  # so that the index is built
    (tmp_path / "indexes").mkdir()
    for built in (data.cache_folder() / "indexes").glob("world-*"):
        (tmp_path / "indexes" / built.name).symlink_to(built)
    monkeypatch.setenv("GEO_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("GEO_NOMINATIM", f"http://{server.domain}")
    monkeypatch.setenv("GEO_USER_AGENT", AGENT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    return server


def test_lookup_finds_online(by_environment: Server) -> None:
    done = run_geo("lookup", "Vyhadane", "--online")
    assert (done.returncode, done.stderr) == (0, "© OpenStreetMap contributors\n")
    assert {"osm:n6", "Nominatim"} <= set(done.stdout.split())
    assert by_environment.names == ["Vyhadane"]


def test_lookup_takes_server_and_agent_as_options(server: Server, by_environment: Server) -> None:
    options = ("--server", f"http://{server.domain}/", "--user-agent", "daily/1 (a@daily.news)")
    assert run_geo("lookup", "Vyhadane", "--online", *options).returncode == 0
    assert by_environment.agents == ["daily/1 (a@daily.news)"]


def test_lookup_asks_no_server_unless_told(by_environment: Server) -> None:
    assert run_geo("lookup", "Vyhadane").returncode == 1
    assert by_environment.names == []


def test_lookup_asks_no_server_for_a_name_known_here(by_environment: Server) -> None:
    assert "gn:558082" in run_geo("lookup", "Gukovo", "--online").stdout
    assert by_environment.names == []


def test_lookup_of_a_name_that_nobody_knows(by_environment: Server) -> None:
    done = run_geo("lookup", "Narnia", "--online")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: no place is called 'Narnia' here; ")
    assert by_environment.names == ["Narnia"]


def test_lookup_says_that_a_server_refuses(by_environment: Server) -> None:
    by_environment.refuse(403)
    done = run_geo("lookup", "Vyhadane", "--online")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: http://{by_environment.domain} {REFUSAL}\n"


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        ("--user-agent=", "Invalid value: the user agent '' does not tell who asks: name your"),
        ("--server=daily.news", "Invalid value: 'daily.news' is no server: give an address such"),
    ],
)
def test_lookup_online_needs_agent_and_server(
    by_environment: Server, option: str, problem: str
) -> None:
    done = run_geo("lookup", "Vyhadane", "--online", option)
    assert done.returncode == 2
    assert problem in done.stderr
    assert by_environment.names == []
