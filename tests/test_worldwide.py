"""Names of the world gazetteer in a text: what is taken for a place, and what is not."""

import pytest
from helpers import find, resolve, resolver

from geo.gazetteer import Gazetteer
from geo.records import Article, Mention

FOUND = [
    ("Shelling hit Khartoum and El Fasher.", ["Khartoum", "El Fasher"]),
    ("He moved from Houston, Texas, to Ouagadougou.", ["Houston", "Texas", "Ouagadougou"]),
    ("Deputies of Los Angeles County met.", ["Los Angeles County"]),
    ("A ship in the Gulf of Aden was hit.", ["Gulf of Aden"]),
    ("Kharkiv's mayor spoke in Poltava.", ["Kharkiv", "Poltava"]),
    ("A man from Waco, Tex., was held.", ["Waco", "Tex."]),
    ("Floods hit Uttar Pradesh.", ["Uttar Pradesh"]),
    ("Snow fell on St. Louis and St. Paul.", ["St. Louis", "St. Paul"]),
    ("Storms hit Martha's Vineyard and Lee's Summit.", ["Martha's Vineyard", "Lee's Summit"]),
    ("Crime in Oklahoma city rose.", ["Oklahoma"]),
    ("He was born in Rio de Janeiro.", ["Rio de Janeiro"]),
]
NO_PLACES = [
    "James Baker resigned. Baker said nothing.",  # a town and a man
    "We met in March. But August was hot.",  # towns called so
    "The reading public of the nice city.",  # Reading, Nice
    "Ukrainian and Texan voters.",  # demonyms
    "Mr. Houston left.",
    "@Boston replied.",
    "Then Dr. Carmel and J. Austin spoke.",
    "Oh, he said. Ok. Ma went home.",
]


@pytest.mark.parametrize(("text", "surfaces"), FOUND)
def test_places_of_the_world_are_found(
    text: str, surfaces: list[str], gazetteer: Gazetteer
) -> None:
    assert [mention.surface for mention in find(text, gazetteer)] == surfaces


@pytest.mark.parametrize("text", NO_PLACES)
def test_other_words_are_not(text: str, gazetteer: Gazetteer) -> None:
    assert find(text, gazetteer) == []


def test_the_city_comes_before_the_state_around_it(gazetteer: Gazetteer) -> None:
    assert resolve("Shells fell on Khartoum.", gazetteer)["Khartoum"].place.kind == "settlement"


@pytest.mark.parametrize(
    ("text", "name", "country_code"),
    [
        ("Pakistan's government in Islamabad shut its airspace.", "Islamabad", "PK"),
        ("In Israel, rockets fell on Nazareth.", "Nazareth", "IL"),
        ("The bombing of Bethlehem shocked the West Bank.", "Bethlehem", "PS"),
    ],
)
def test_an_old_name_of_a_large_town_does_not_win(
    text: str, name: str, country_code: str, gazetteer: Gazetteer
) -> None:
    assert resolve(text, gazetteer)[name].place.country_code == country_code


def test_a_famous_building_wins_over_towns_of_its_name(gazetteer: Gazetteer) -> None:
    mention = Mention(17, 28, "White House")
    article = Article("a", "Officials at the White House said nothing.")
    assert resolver(gazetteer)(article, [mention])[0].place.country_code == "US"


def test_the_container_decides(gazetteer: Gazetteer) -> None:
    found = resolve("A fire broke out in Paris, Texas.", gazetteer)
    assert found["Paris"].place.admin1_name == "Texas"


def test_an_abbreviation_is_the_place_that_is_written_so(gazetteer: Gazetteer) -> None:
    assert resolve("He lives in Erie, Pa.", gazetteer)["Pa."].place.name == "Pennsylvania"
