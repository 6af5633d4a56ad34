import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from helpers import find, recognizer

from geo import data
from geo.evaluate import read_gold
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.recognize import CrfRecognizer, crf, lexicon, words
from geo.recognize import recognizer as recognizers
from geo.recognize.crf import Crf
from geo.recognize.furniture import find_furniture
from geo.recognize.tokens import split
from geo.records import Article

ARTICLES = [document.article for document in read_gold(data.path("labels.jsonl"))]


def surfaces(text: str, gazetteer: Gazetteer) -> list[str]:
    return [mention.surface for mention in find(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops left Luhansk.", ["Luhansk"]),
        ("in the Lugansk  region on", ["Lugansk  region"]),
        ("in the Lugansk\u00a0Region of\nUkraine", ["Lugansk\u00a0Region", "Ukraine"]),
        ("the Gukovo border checkpoint was", ["Gukovo border checkpoint"]),
        ("the Rostov Region’s border guards", ["Rostov Region"]),
        ("Donets and Lugansk Regions", ["Donets", "Lugansk Regions"]),
        ("Luhansk, Donetsk and Kharkiv Oblasts", ["Luhansk", "Donetsk", "Kharkiv Oblasts"]),
        ("a Kiev-backed operation", ["Kiev"]),
        ("pro-Moscow rebels", ["Moscow"]),
        ("SAVUR-MOHYLA FALLS", ["SAVUR-MOHYLA"]),
        ("taken to [Lugansk].”", ["Lugansk"]),
        ("the U.S. and the UK", ["U.S.", "UK"]),
        ("the Kremlin said", ["Kremlin"]),
        ("The train from Rostov-on-Don was late.", ["Rostov-on-Don"]),
        ("Cars drove along U.S. 82 to Paris.", ["Paris"]),
        ("бои под городом Луганск", ["Луганск"]),
        ("Peace in Paris. Moscow denied it.", ["Paris", "Moscow"]),
        ("In Georgia President Saakashvili spoke.", ["Georgia"]),
        ("Fighting in Donetsk. Airport staff fled.", ["Donetsk"]),
        ("the Donetsk-Luhansk border", ["Donetsk", "Luhansk"]),
        ("In \u200bDonetsk and Luhansk regions", ["Donetsk", "Luhansk regions"]),
        ("“Your support helps us,” he said in Horlivka.", ["Horlivka"]),
        ("“Does Kiev not support us?” a man in Donetsk asked.", ["Kiev", "Donetsk"]),
        ("a talk in The Hague", ["Hague"]),
        ("the Lugansk \u200b region", ["Lugansk \u200b region"]),
        ("the _Luhansk_ front", ["Luhansk"]),
        ("near Mar’inka and Mar'yinka", ["Mar’inka", "Mar'yinka"]),
    ],
)
def test_finds(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert surfaces(text, gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Moscow Times reports",
        "the Kyiv Post said",
        "Harriet Salem and Mr Donetsk",
        "told us that we",
        "a Buk missile and Grad rockets",
        "the Organization for Security and Co-operation in Europe",
        "US$10,000 a month",
        "luhansk in lower case",
        "Novo-Donetsk is unknown",
        "Georgia Smith came",
        "thanked @Kiev",
        "Minsk agreements",
        "the Azov Regiment and the Azov regiment",
        "the Donbass battalion",
        "Shakhtar Donetsk won",
    ],
)
def test_finds_no_place_in(text: str, gazetteer: Gazetteer) -> None:
    assert surfaces(text, gazetteer) == []


def test_a_name_does_not_run_over_an_empty_line(gazetteer: Gazetteer) -> None:
    assert surfaces("in Lugansk\n\nRegion", gazetteer) == ["Lugansk"]


def test_a_typo_of_spaces_keeps_the_offsets(gazetteer: Gazetteer) -> None:
    text = "in  Lugansk \n region"
    mention = find(text, gazetteer)[0]
    assert text[mention.start : mention.end] == mention.surface == "Lugansk \n region"


def test_page_furniture_holds_no_mentions(gazetteer: Gazetteer) -> None:
    text = "Near Gukovo.\n\nSign up for our free weekly newsletter. Never miss news from Russia."
    assert surfaces(text, gazetteer) == ["Gukovo"]


def test_a_long_line_is_an_article_even_if_it_speaks_of_a_newsletter() -> None:
    assert not list(find_furniture("The newsletter of the mine in Donetsk. " * 20))


def test_what_follows_furniture_is_furniture_only_if_it_speaks_like_it() -> None:
    text = "Support us\nWe need you for our work in Russia.\nTroops left Luhansk."
    assert [text[a:b] for a, b in find_furniture(text)] == text.split("\n")[:2]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Shelling was heard in Luhansk.", "literal"),
        ("Kiev troops advanced.", "associative"),
        ("The pro-Moscow rebels left.", "associative"),
        ("A Kiev-backed unit came.", "associative"),
        ("Ukraine's army fled.", "associative"),
        ("They crossed Ukraine's eastern border.", "literal"),
        ("Moscow denied it.", "associative"),
        ("He flew to Moscow.", "literal"),
        ("The Donetsk People's Republic met.", "associative"),
        ("Experts from Australia came.", "associative"),
        ("Trucks came from Russia.", "literal"),
        ("US officials agreed.", "associative"),
        ("Fighting in eastern Ukraine went on.", "literal"),
        ("The Kremlin is silent.", "associative"),
        ("DONETSK, Ukraine (Reuters) — Shells fell.", "literal"),
        ("LUHANSK, Ukraine - Shells fell.", "literal"),
        ("KIEV, July 17 — Shells fell.", "literal"),
        ("‘We stay in Donetsk’ he said.", "literal"),
        ("Ukraine and Russia signed a deal.", "associative"),
        ("The war between Ukraine and Russia went on.", "associative"),
        ("Makiivka (held by rebels) was quiet.", "literal"),
    ],
)
def test_role(text: str, role: str, gazetteer: Gazetteer) -> None:
    assert find(text, gazetteer)[0].role == role


def test_a_comma_alone_makes_no_list(gazetteer: Gazetteer) -> None:
    roles = [m.role for m in find("In Donetsk, Kiev denied it.", gazetteer)]
    assert roles == ["literal", "associative"]


def test_names_in_a_list_share_a_role(gazetteer: Gazetteer) -> None:
    roles = [m.role for m in find("Experts from Australia and the Netherlands came.", gazetteer)]
    assert roles == ["associative", "associative"]


def test_the_names_of_no_places_are_sorted_and_unique() -> None:
    lines = data.path("not_places.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = [line.partition(",")[0] for line in lines]
    assert names == sorted(set(names))


def test_threads_may_share_a_recogniser(gazetteer: Gazetteer) -> None:
    shared = CrfRecognizer(gazetteer)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(shared, ARTICLES * 2))
    assert found == [recognizer(gazetteer)(article) for article in ARTICLES * 2]


def test_a_recogniser_goes_to_another_process(gazetteer: Gazetteer) -> None:
    # No code is loaded that was not ours before: this is what multiprocessing does.
    copy = pickle.loads(pickle.dumps(recognizer(gazetteer)))  # noqa: S301
    assert copy(ARTICLES[0]) == recognizer(gazetteer)(ARTICLES[0])


def test_texts_read_in_parts_keep_their_offsets(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognizers, "_LONGEST_TEXT", 50)
    long = Article("long", "Shells fell near Luhansk and Donetsk.\n\n" * 5)
    batch = [ARTICLES[0], long, Article("none", ""), ARTICLES[1]]
    found = CrfRecognizer(gazetteer).read_all(batch)
    assert found == [CrfRecognizer(gazetteer)(article) for article in batch]
    assert [long.text[m.start : m.end] for m in found[1]] == ["Luhansk", "Donetsk"] * 5


def test_what_is_forgotten_changes_nothing(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crf, "_MOST_KEPT", 3)
    monkeypatch.setattr(lexicon, "_MOST_KEPT", 3)
    assert CrfRecognizer(gazetteer).read_all(ARTICLES) == recognizer(gazetteer).read_all(ARTICLES)


@pytest.mark.parametrize("length", [1, 2, 16, 17, 60])
def test_the_field_gives_the_marginals_of_all_paths(length: int) -> None:
    random = np.random.default_rng(length)
    weights, transitions = random.normal(size=(length, 2)), random.normal(size=(2, 2))
    names = [f"word={n}" for n in range(length)]
    model = Crf(
        "AB",
        transitions,
        names,
        weights.astype(np.float32),
        fields=["word"],
        expand=lambda field, value: [f"{field}={value}"],
    )
    found = model.label_probabilities([[*range(length), 0]], [length, 1])
    # The plain forward-backward algorithm, on logarithms.
    forward, backward = [weights[0]], [np.zeros(2)]
    for n in range(1, length):
        forward.append(np.logaddexp(*(forward[-1][:, None] + transitions)) + weights[n])
        after = transitions + weights[length - n] + backward[-1]
        backward.append(np.logaddexp(after[:, 0], after[:, 1]))
    logs = np.array(forward) + np.array(backward[::-1])
    expected = np.exp(logs - np.logaddexp(logs[:, :1], logs[:, 1:]))
    assert found[:length] == pytest.approx(expected, abs=1e-5)
    assert found[length] == pytest.approx(np.exp(weights[0]) / np.exp(weights[0]).sum(), abs=1e-5)


@pytest.mark.parametrize("name", [n for n, v in vars(words).items() if isinstance(v, frozenset)])
def test_every_listed_word_is_one_token(name: str) -> None:
    assert [word for word in getattr(words, name) if split(f"{word} ").surfaces != [word]] == []


def test_the_name_of_ones_own_table_tells_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = "id,title,types,lon,lat\nmy:1,Zubrivka,settlement,38.9,48.6\n"
    found = []
    for name in ("mine.csv", "demonym region.csv"):
        path = tmp_path_factory.mktemp("own") / name
        path.write_text(rows)
        found.append(find("Shells fell near Zubrivka.", load_gazetteer(path)))
    assert found[0] == found[1] != []
