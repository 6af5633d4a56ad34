"""Facts about `data/raions.csv`, kept by hand, and what texts make of raions and short names."""

import csv
import re
from collections import Counter

import pytest
from geopy.distance import great_circle
from helpers import ROOT, resolve
from test_places_table import CYRILLIC, HEADER, variants

from geo.gazetteer import Gazetteer, normalize

DATA = ROOT / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read("raions.csv")
CODES = {(row["ccodes"], row["title"]): row["code"] for row in read("divisions.csv")}
SOURCE = re.compile(r"point of (its centre|a town of it|its city), ([^:]+): GeoNames .+")


def test_columns_are_those_of_the_curated_places() -> None:
    assert (DATA / "raions.csv").read_text(encoding="utf-8").split("\n")[0] == HEADER


def test_ids_are_sorted_and_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))


def test_ids_tell_country_and_division() -> None:
    for row in ROWS:
        code = CODES[row["ccodes"], row["parent_name"]].replace(".", "-").lower()
        assert row["id"].startswith(f"geo:{code}-"), row["id"]


def test_no_row_repeats_another_place_of_the_curated_tables() -> None:
    curated = [*read("places.csv"), *read("geography.csv")]
    known = {(normalize(row["title"]), row["parent_name"]) for row in curated}
    assert [r["id"] for r in ROWS if (normalize(r["title"]), r["parent_name"]) in known] == []
    assert {row["id"] for row in ROWS} & {row["id"] for row in curated} == set()


def test_no_spelling_stands_twice_in_a_row() -> None:
    for row in ROWS:
        assert max(Counter([row["title"], *variants(row)]).values()) == 1, row["id"]


def test_cyrillic_variants_give_their_language_and_no_others_do() -> None:
    names = [name for row in ROWS for name in variants(row)]
    assert [n for n in names if n.endswith(("@ru", "@uk")) != bool(CYRILLIC.search(n))] == []


def test_what_lies_in_ukraine_has_russian_and_ukrainian_names() -> None:
    rows = [row for row in ROWS if row["ccodes"] == "UA"]
    assert [r["id"] for r in rows if not ("@ru" in r["variants"] and "@uk" in r["variants"])] == []


def test_a_point_is_that_of_a_town_in_the_same_division(gazetteer: Gazetteer) -> None:
    for row in ROWS:
        found = SOURCE.fullmatch(row["geo_source"])
        assert found, row["id"]
        here = float(row["lat"]), float(row["lon"])
        towns = [p for p in gazetteer.find(found[2]) if p.country_code == row["ccodes"]]
        near = [p for p in towns if great_circle(here, (p.latitude, p.longitude)).km < 1]
        # Where a city is its own division, or the division's name is the city's.
        parents = {row["parent_name"], "Minsk City", "Gomel Oblast", "Brest"}
        assert parents & {p.admin1_name for p in near}, row["id"]


def test_all_raions_of_today_are_here() -> None:
    districts = [row for row in [*ROWS, *read("places.csv")] if row["fclasses"] == "A"]
    count = Counter(row["ccodes"] for row in districts if row["types"] == "district")
    # Those of Ukraine until 2020 and the new ones that had no namesake before.
    assert count["UA"] >= 490 + 17
    assert count["BY"] == 118
    assert count["RU"] >= 200


# Name, as a text has it, and the point of what it means.
POINTS = [
    ("Ізюмський район", 49.21, 37.28),
    ("Изюмском районе", 49.21, 37.28),
    ("Куп'янського району", 49.71, 37.61),
    ("Шебекинском районе", 50.41, 36.91),
    ("Шебекинском округе", 50.41, 36.91),
    ("Суджанський район", 51.19, 35.27),
    ("Конотопському районі", 51.24, 33.20),
    ("Речицкого района", 52.37, 30.39),
    ("Синельниківському районі", 48.32, 35.52),
]
SHORT_NAMES = [
    ("Брянщине", "Bryansk Oblast"),
    ("Курщині", "Kursk Oblast"),
    ("Бєлгородщині", "Belgorod Oblast"),
    ("Запоріжчині", "Zaporizhzhia Oblast"),
    ("Гомельщине", "Gomel Region"),
    ("Ленобласти", "Leningrad Oblast"),
    ("Запорожской АЭС", "Zaporizhzhia Nuclear Power Plant"),
    ("ЗАЕС", "Zaporizhzhia Nuclear Power Plant"),
    ("Оренбуржье", "Orenburg Oblast"),
]


@pytest.mark.parametrize(("name", "latitude", "longitude"), POINTS)
def test_a_raion_lies_at_its_centre(
    name: str, latitude: float, longitude: float, gazetteer: Gazetteer
) -> None:
    place = gazetteer.find(name)[0]
    assert place.kind == "district"
    assert great_circle((place.latitude, place.longitude), (latitude, longitude)).km < 50


@pytest.mark.parametrize(("name", "title"), SHORT_NAMES)
def test_a_short_name_in_any_case(name: str, title: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.find(name)[0].name == title


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("Взрыв прогремел в Изюмском районе.", "Изюмском районе", "Izium Raion"),
        ("Обстріл Ізюмського району тривав.", "Ізюмського району", "Izium Raion"),
        ("Ночью на Брянщине сбили беспилотник.", "Брянщине", "Bryansk Oblast"),
        ("На Запоріжчині поранено двох людей.", "Запоріжчині", "Zaporizhzhia Oblast"),
        ("У Шевченківському районі Києва сталася пожежа.", "Шевченківському районі", "Kyiv City"),
        ("В Киевском районе Харькова взрыв.", "Киевском районе", "Kharkiv Oblast"),
    ],
)
def test_texts_that_name_them(text: str, surface: str, expected: str, gazetteer: Gazetteer) -> None:
    place = resolve(text, gazetteer)[surface].place
    assert place is not None
    assert expected in {place.name, place.admin1_name}


def test_an_oblast_is_labelled_with_its_full_name(gazetteer: Gazetteer) -> None:
    assert dict(gazetteer["gn:500059"].labels) == {
        "ru": "Рязанская область",
        "uk": "Рязанська область",
    }
