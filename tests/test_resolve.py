import pytest
from helpers import find, resolve, resolver

from geo.gazetteer import Gazetteer
from geo.records import Article, Mention
from geo.resolve import RankResolver

UKRAINIAN = "Horlivka and Makiivka lie near Donetsk."
RUSSIAN = "Gukovo and Kamensk-Shakhtinsky lie near Donetsk."


@pytest.mark.parametrize(("text", "country"), [(UKRAINIAN, "UA"), (RUSSIAN, "RU")])
def test_neighbours_decide_between_namesakes(text: str, country: str, gazetteer: Gazetteer) -> None:
    place = resolve(text, gazetteer)["Donetsk"].place
    assert place is not None
    assert place.country_code == country


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit Donetsk, Rostov region.",
        "A shell hit the Russian town of Donetsk.",
        "A shell hit Donetsk (Russia).",
        "The Russian border crossing point “Donetsk” was shut.",
    ],
)
def test_a_qualifier_decides(text: str, gazetteer: Gazetteer) -> None:
    place = resolve(f"Horlivka and Makiivka were quiet. {text}", gazetteer)["Donetsk"].place
    assert place is not None
    assert place.country_code == "RU"


def test_what_lies_in_a_name_decides_too(gazetteer: Gazetteer) -> None:
    text = "Georgia's president flew from Tbilisi to Atlanta, Georgia."
    found = resolver(gazetteer)(Article("a", text), find(text, gazetteer))
    assert [r.place and r.place.country_code for r in found] == ["GE", "GE", "US", "US"]
    assert "the text says that 'Atlanta' lies there" in found[-1].reason


def test_a_plural_is_no_people_of_itself(gazetteer: Gazetteer) -> None:
    assert "people" not in resolve("Snow fell in the Balkans.", gazetteer)["Balkans"].reason


def test_a_shared_type_word_makes_it_the_region(gazetteer: Gazetteer) -> None:
    place = resolve("Lugansk and Donetsk Regions", gazetteer)["Lugansk"].place
    assert place is not None
    assert place.name == "Luhansk Oblast"


def test_the_reason_names_the_rival(gazetteer: Gazetteer) -> None:
    reason = resolve(RUSSIAN, gazetteer)["Donetsk"].reason
    assert reason == (
        "Donetsk, Rostov Oblast, RU (not Donetsk, Donetsk Oblast, UA): "
        "2 other places of this article lie within 150 km"
    )


def test_the_reason_tells_todays_name(gazetteer: Gazetteer) -> None:
    assert (
        "'Shakhtersk' is another name for it"
        in resolve("Fighting near Shakhtersk, Horlivka and Makiivka.", gazetteer)[
            "Shakhtersk"
        ].reason
    )


def test_an_unknown_name_stays_unresolved(gazetteer: Gazetteer) -> None:
    mention = Mention(0, 6, "Narnia")
    (resolution,) = RankResolver(gazetteer)(Article("a", "Narnia"), [mention])
    assert resolution.place is None
    assert resolution.reason == "no gazetteer knows 'Narnia'"


def test_scores_lie_between_0_and_1(gazetteer: Gazetteer) -> None:
    assert all(0 <= r.score <= 1 for r in resolve(UKRAINIAN, gazetteer).values())


def test_a_lonely_name_with_namesakes_scores_lower(gazetteer: Gazetteer) -> None:
    lonely = resolve("Yalta.", gazetteer)["Yalta"]
    supported = resolve("Yalta, Mangush and Mariupol.", gazetteer)["Yalta"]
    assert lonely.score < supported.score


def test_a_place_is_no_evidence_for_itself(gazetteer: Gazetteer) -> None:
    reason = resolve("Luhansk fell. Lugansk was hit.", gazetteer)["Lugansk"].reason
    assert "within" not in reason
