import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.names import normalize
from geo.gazetteer.spellings import respell


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mar'inka", "Mar’inka"),
        ("Mar'inka", "Marinka"),
        ("Savur-Mohyla", "SAVUR – MOHYLA".replace(" – ", "–")),
        ("Шахтёрск", "шахтерск"),
        ("Lugansk  region", "Lugansk\u00a0Region"),
        ("Kupiansk", "Kúpiansk"),
        ("Luhansk", "Lu\u00adhansk"),
    ],
)
def test_spellings_that_are_equal(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(("one", "other"), [("Край", "Краи"), ("Київ", "Кіив")])
def test_cyrillic_letters_keep_their_marks(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


# To the end of Cyrillic: the scripts that are read.
@given(st.text(st.characters(max_codepoint=0x52F)))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


def test_a_region_is_found_under_other_type_words() -> None:
    assert "Lugansk region" in respell("Lugansk Oblast")


def test_the_longest_type_word_is_taken() -> None:
    assert "Gukovo checkpoint" in respell("Gukovo border checkpoint")


def test_a_name_without_a_type_word_stays() -> None:
    assert respell("Luhansk") == ["Luhansk"]


@pytest.mark.parametrize(
    ("one", "other"), [("دلهي", "دِلهي"), ("القدس", "القُدس")], ids=["Delhi", "Jerusalem"]
)
def test_arabic_vowel_signs_make_no_difference(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


def test_signs_of_indian_scripts_belong_to_the_word() -> None:
    assert normalize("दिल्ली") == "दिल्ली"
