"""Spellings that no table has reach their place; other words reach none."""

import pytest
from helpers import run_geo

from geo.gazetteer import Gazetteer
from geo.gazetteer.search import search_variants
from geo.gazetteer.skeletons import read_skeletons, skeleton_of
from geo.gazetteer.variants import Variant, find_variants
from geo.records import Place

# A spelling, then what comes first: the place, and the division or country it lies in.
SPELLINGS = """
Dniepropetrovsk | Dnipro | Dnipropetrovsk Oblast
Zaporijia | Zaporizhzhia | Zaporizhzhia Oblast
Severodonezk | Sievierodonetsk | Luhansk Oblast
Sewerodonezk | Sievierodonetsk | Luhansk Oblast
Schtschastja | Shchastia | Luhansk Oblast
Shchastja | Shchastia | Luhansk Oblast
Tchassiv Iar | Chasiv Yar | Donetsk Oblast
Tschassiw Jar | Chasiv Yar | Donetsk Oblast
Lougansk | Luhansk | Luhansk Oblast
Kostiantynovka | Kostiantynivka | Donetsk Oblast
Kostjantynivka | Kostiantynivka | Donetsk Oblast
Konstantinivka | Kostiantynivka | Donetsk Oblast
Antrazit | Antratsyt | Luhansk Oblast
Altschewsk | Alchevsk | Luhansk Oblast
Altchevsk | Alchevsk | Luhansk Oblast
Wowtschansk | Vovchansk | Kharkiv Oblast
Chersson | Kherson | Kherson Oblast
Artjomowsk | Bakhmut | Donetsk Oblast
Artiomovsk | Bakhmut | Donetsk Oblast
Nowoasowsk | Novoazovsk | Donetsk Oblast
Kurahovo | Kurakhove | Donetsk Oblast
Donjezk | Donetsk | Donetsk Oblast
Dnjepropetrowsk | Dnipro | Dnipropetrovsk Oblast
Djankoy | Dzhankoy | Crimea
Staro-Mykhailovka | Staromykhailivka | Donetsk Oblast
Velyka Novosyolka | Velyka Novosilka | Donetsk Oblast
Yekaterinbourg | Yekaterinburg | Sverdlovsk Oblast
Bobrouisk | Bobruysk | Mogilev Region
Stanitsa Luhanskaya | Stanytsia Luhanska | Luhansk Oblast
Stanytsya Luganska | Stanytsia Luhanska | Luhansk Oblast
Debaltzevo | Debaltseve | Donetsk Oblast
Jenakijewe | Yenakiieve | Donetsk Oblast
Makiejevka | Makiivka | Donetsk Oblast
Mykolajiw | Mykolaiv | Mykolaiv Oblast
Sloviyansk | Sloviansk | Donetsk Oblast
Kramatorskk | Kramatorsk | Donetsk Oblast
Kramotorsk | Kramatorsk | Donetsk Oblast
Lysytchansk | Lysychansk | Luhansk Oblast
Lyssytschansk | Lysychansk | Luhansk Oblast
Roubijne | Rubizhne | Luhansk Oblast
Charzyssk | Khartsyzk | Donetsk Oblast
Ilowajsk | Ilovaisk | Donetsk Oblast
Amwrossijiwka | Amvrosiivka | Donetsk Oblast
Volnovakhka | Volnovakha | Donetsk Oblast
Popassna | Popasna | Luhansk Oblast
Wuhledar | Vuhledar | Donetsk Oblast
Krementchoug | Kremenchuk | Poltava Oblast
Tscherkasy | Cherkasy | Cherkasy Oblast
Novograd-Volynskyi | Zvyahel | Zhytomyr Oblast
Kamianets-Podolsky | Kamyanets-Podilskyi | Khmelnytskyi Oblast
Novoshahtinsk | Novoshakhtinsk | Rostov Oblast
Kamensk-Shahtinsky | Kamensk-Shakhtinsky | Rostov Oblast
Naberejnye Tchelny | Naberezhnyye Chelny | Tatarstan
Baranavitchy | Baranovichi | Brest Region
Molodetchno | Maladziečna | Minsk Region
Oust-Kamenogorsk | Ust-Kamenogorsk | East Kazakhstan Region
Johanesburg | Johannesburg | Gauteng
Phillipines | Philippines | PH
Missisippi | Mississippi | Mississippi
Tallahasee | Tallahassee | Florida
Massachussets | Massachusetts | Massachusetts
Kyrgzstan | Kyrgyzstan | KG
Liechenstein | Liechtenstein | LI
Mogadishou | Mogadishu | Banaadir
Khartoom | Khartoum | Khartoum
Tripolli | Tripoli | Tripoli
Connecticutt | Connecticut | Connecticut
Minneapolois | Minneapolis | Minnesota
Yasynovata | Yasynuvata | Donetsk Oblast
Staromichajliwka | Staromykhailivka | Donetsk Oblast
Snizhnoye | Snizhne | Donetsk Oblast
Amvrosiivska | Amvrosiivka | Donetsk Oblast
Krasnogoriwka | Krasnohorivka | Donetsk Oblast
Avdeivka | Avdiivka | Donetsk Oblast
Avdiyevka | Avdiivka | Donetsk Oblast
Droujkivka | Druzhkivka | Donetsk Oblast
Zolotoje | Zolote | Luhansk Oblast
Loutouguine | Lutuhyne | Luhansk Oblast
Petrowsk-Sabaikalskij | Petrovsk-Zabaykal’skiy | Zabaykalsky Krai
"""
# Capitalised words of news that look like names of towns somewhere.
WORDS = """
Americans Ukrainians Nigerians Australian Republicans Senators Tuesday Medvedev Commissioner
Superintendent Neighbors Everybody Hospitals Johnsons Thousands Businesses Investigators
"""


def first(gazetteer: Gazetteer, name: str) -> Place:
    """Return the likeliest place, be the spelling known by now or not."""
    known = gazetteer.find(name)
    return known[0] if known else find_variants(gazetteer, name)[0].place


@pytest.mark.parametrize("line", SPELLINGS.strip().splitlines())
def test_a_spelling_that_no_table_has_reaches_its_place(line: str, gazetteer: Gazetteer) -> None:
    spelling, *expected = (part.strip() for part in line.split("|"))
    place = first(gazetteer, spelling)
    assert [place.name, place.admin1_name or place.country_code] == expected


def test_it_is_said_which_name_a_transliteration_is_near_to(gazetteer: Gazetteer) -> None:
    variant = find_variants(gazetteer, "Tschassiw Jar")[0]
    assert (variant.known_as, variant.how) == ("Chasiv Jar", "transliteration")


def test_it_is_said_which_name_is_misspelt(gazetteer: Gazetteer) -> None:
    variant = find_variants(gazetteer, "Johanesburg")[0]
    assert (variant.known_as, variant.how) == ("Johannesburg", "misspelling")


@pytest.mark.parametrize("word", WORDS.split())
def test_other_words_have_no_variants(word: str, gazetteer: Gazetteer) -> None:
    assert find_variants(gazetteer, word) == []


@pytest.mark.parametrize(
    "name",
    ["Donetsk", "", "Kyi", "M04", "Sector 14", "東京都市", "High St", "West St.", "Kievska Street"],
)
def test_known_short_and_numbered_names_and_roads_have_none(
    name: str, gazetteer: Gazetteer
) -> None:
    assert find_variants(gazetteer, name) == []


def test_there_are_ten_at_most(gazetteer: Gazetteer) -> None:
    assert len(find_variants(gazetteer, "Alexandrivka")) == 10


def test_own_places_have_variants_without_an_index() -> None:
    own = Place("my:1", "Щурове", "settlement", 49.0, 37.7, "UA")
    assert find_variants(Gazetteer([own]), "Schtschurowe") == [
        Variant(own, "Щурове", "transliteration")
    ]


def test_own_places_are_misspelt_too() -> None:
    own = Place("my:1", "Nowa Wioska", "settlement", 48.6, 38.9, "PL")
    assert find_variants(Gazetteer([own]), "Nova Wioska")[0].place == own


def test_the_russian_and_the_ukrainian_name_have_one_skeleton() -> None:
    assert skeleton_of("Степановка", "UA") == skeleton_of("Степанівка", "UA") != ""


def test_a_name_is_read_by_the_habits_of_three_languages() -> None:
    assert {"qerson", "herson", "werson"} <= set(read_skeletons("Cherson"))


def test_a_bulgarian_letter_is_read_as_in_bulgaria() -> None:
    assert (skeleton_of("Търнища", "BG"), skeleton_of("Тырнища")) == ("tarniwta", "tirniwa")


def test_a_container_and_a_country_are_heeded(gazetteer: Gazetteer) -> None:
    variants = search_variants(gazetteer, "Pokrowske, Dnipropetrovsk Oblast", "UA")
    assert {v.place.admin1_name for v in variants} == {"Dnipropetrovsk Oblast"}


def test_look_up_says_what_a_name_is_read_as() -> None:
    done = run_geo("lookup", "Yasynovata")
    assert (done.returncode, done.stderr) == (
        0,
        "'Yasynovata' is read as Yasynuvata, by transliteration\n",
    )
    assert done.stdout.splitlines()[1].startswith("Yasynuvata ")
