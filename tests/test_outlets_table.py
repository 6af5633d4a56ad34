"""Facts about `data/outlets.csv`, kept by hand, and about finding an outlet in it."""

import csv
import math
import re
from collections import Counter

import pytest
from helpers import ROOT

from geo.gazetteer.names import key_of
from geo.gazetteer.outlets import Outlet, find_outlet
from geo.gazetteer.search import search

HEADER = ["outlet", "aliases", "scope", "ccodes", "admin1", "place", "lon", "lat", "geo_source"]
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")

with (ROOT / "data" / "outlets.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def aliases(row):
    return row["aliases"].split(";") if row["aliases"] else []


def spellings(row):
    return [row["outlet"], *aliases(row)]


def distance_km(row, place):
    lat1, lon1 = math.radians(float(row["lat"])), math.radians(float(row["lon"]))
    lat2, lon2 = math.radians(place.latitude), math.radians(place.longitude)
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def homes(gazetteer, row):
    """The settlements of the gazetteer that a row may mean."""
    places = gazetteer.find(row["place"]) or search(gazetteer, row["place"])
    home = row["ccodes"], row["admin1"]
    return [p for p in places if (p.country_code, p.admin1_name) == home]


def test_header():
    assert list(ROWS[0]) == HEADER


def test_outlets_are_sorted_and_unique():
    names = [row["outlet"] for row in ROWS]
    assert names == sorted(set(names))


def test_there_are_many_outlets():
    assert len(ROWS) >= 3000


def test_no_spelling_stands_twice():
    counts = Counter(s.lower() for row in ROWS for s in spellings(row))
    assert [s for s, n in counts.items() if n > 1] == []


def test_a_name_in_normal_form_belongs_to_one_outlet():
    names = {
        (key_of(s), r["outlet"]) for r in ROWS for s in spellings(r) if not DOMAIN.fullmatch(s)
    }
    counts = Counter(key for key, _ in names)
    assert [key for key, n in counts.items() if n > 1] == []


def test_spellings_have_no_stray_blanks():
    for row in ROWS:
        assert all(name and name == name.strip() for name in spellings(row)), row["outlet"]


def test_names_have_no_commas_and_no_quotes():
    assert [s for row in ROWS for s in spellings(row) if set(s) & set(',"')] == []


def test_domains_are_plain():
    dotted = [a for row in ROWS for a in aliases(row) if "." in a and a.isascii() and a.islower()]
    assert [a for a in dotted if not DOMAIN.fullmatch(a) or a.startswith("www.")] == []


def test_no_domain_stands_for_a_whole_country():
    suffix = re.compile(r"(com?|org|net|gov|edu|ac)\.[a-z]{2}")
    assert [a for row in ROWS for a in aliases(row) if suffix.fullmatch(a)] == []


def test_scopes_are_known():
    assert {row["scope"] for row in ROWS} == {"local", "national", "world"}


def test_country_codes_are_two_capitals():
    assert [r["outlet"] for r in ROWS if not re.fullmatch("[A-Z]{2}", r["ccodes"])] == []


def test_local_outlets_have_a_division():
    assert [r["outlet"] for r in ROWS if r["scope"] == "local" and not r["admin1"]] == []


def test_every_row_has_a_source():
    assert {row["geo_source"] for row in ROWS} == {"GeoNames"}


def test_no_cell_becomes_a_formula():
    texts = [row[column] for row in ROWS for column in HEADER if column not in ("lon", "lat")]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_points_lie_on_earth():
    for row in ROWS:
        assert -90 <= float(row["lat"]) <= 90, row["outlet"]
        assert -180 <= float(row["lon"]) <= 180, row["outlet"]


def test_homes_are_settlements_of_the_gazetteer(gazetteer):
    for row in ROWS:
        near = [p for p in homes(gazetteer, row) if distance_km(row, p) < 50]
        assert any(place.kind == "settlement" for place in near), row["outlet"]


# UN General Assembly resolution 68/262.
def test_outlets_of_crimea_are_at_home_in_ukraine():
    homes = {r["ccodes"] for r in ROWS if r["place"] in ("Kerch", "Sevastopol", "Simferopol")}
    assert homes == {"UA"}


def test_an_outlet_has_scope_and_home():
    assert find_outlet("onlineathens.com") == Outlet(
        name="Athens Banner-Herald",
        scope="local",
        country_code="US",
        admin1_name="Georgia",
        latitude=33.961,
        longitude=-83.378,
    )


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("The Moscow Times", "The Moscow Times"),
        ("moscow times", "The Moscow Times"),
        ("ATHENS BANNER–HERALD", "Athens Banner-Herald"),
        ("St Louis Post-Dispatch", "St. Louis Post-Dispatch"),
        ("Українська правда", "Ukrainska Pravda"),
        ("УКРАИНСКАЯ ПРАВДА", "Ukrainska Pravda"),
        ("Novosti Donbassa", "Novosti Donbassa"),
        ("El Pais", "El País"),
        ("Lenta.ru", "Lenta.ru"),
        ("RT", "RT"),
    ],
)
def test_names_are_found_in_any_spelling(spelling, name):
    assert find_outlet(spelling).name == name


@pytest.mark.parametrize(
    "address",
    [
        "bbc.co.uk",
        "www.bbc.co.uk",
        "news.bbc.co.uk",
        "WWW.BBC.CO.UK",
        " https://www.bbc.co.uk/news/world-1?x=1#top ",
        "http://news.bbc.co.uk:80/2/hi",
        "//bbc.co.uk?page=2",
        "bbc.co.uk//news",
    ],
)
def test_addresses_lead_to_the_domain(address):
    assert find_outlet(address).name == "BBC"


@pytest.mark.parametrize("name", ["", " ", ".", "co.uk", "notbbc.co.uk", "The Times", "Gazette"])
def test_unknown_and_ambiguous_names_lead_nowhere(name):
    assert find_outlet(name) is None


def test_every_spelling_leads_to_its_outlet():
    for row in ROWS:
        assert {find_outlet(s).name for s in spellings(row)} == {row["outlet"]}
