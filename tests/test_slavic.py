"""Russian and Ukrainian: gold texts, all cases of names, traps, roles, languages."""

import csv
import json
from pathlib import Path

import pytest
from geopy.distance import great_circle
from helpers import find, resolve, run_geo

import geo
from geo import data
from geo.gazetteer import Gazetteer
from geo.gazetteer.inflection import inflect
from geo.gazetteer.labels import name_in
from geo.gazetteer.names import key_of
from geo.gazetteer.ukrainian import ukrainian_spellings
from geo.gazetteer.world import open_world
from geo.language import Paragraphs, tell_language
from geo.records import AREA_KINDS, ASSOCIATIVE, LITERAL, Article, Place

LANGUAGES = ("ru", "uk")
INFLECTIONS = Path(__file__).with_name("data") / "inflections.csv"
# An area's point is only its label's.
NEAR_KM, NEAR_AREA_KM = 25, 161
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative")
# A sentence for each case, behind one that says where this is.
SENTENCES = {
    "ru": {
        "nominative": "{} — место, о котором снова говорят.",
        "genitive": "Очевидцы добрались из {} лишь к вечеру.",
        "dative": "Колонна приближается к {} с юга.",
        "accusative": "Журналисты приехали в {} утром.",
        "instrumental": "Над {} стоит чёрный дым.",
        "locative": "По данным агентства, в {} слышны взрывы.",
    },
    "uk": {
        "nominative": "{} — місце, про яке знову говорять.",
        "genitive": "Очевидці дісталися з {} лише надвечір.",
        "dative": "Завдяки {} вдалося зібрати кошти.",
        "accusative": "Журналісти приїхали в {} вранці.",
        "instrumental": "Над {} стоїть чорний дим.",
        "locative": "За даними агентства, у {} чути вибухи.",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gold_texts(language: str) -> None:
    done = run_geo("evaluate", data.path(f"labels_{language}.jsonl"), "--json")
    figures = json.loads(done.stdout)
    assert figures["documents"] >= 85
    assert figures["f1"] >= 0.92
    assert figures["role_accuracy"] >= 0.85
    assert figures["accuracy_161_all"] >= 0.95


def test_every_case_of_sixty_places(gazetteer: Gazetteer) -> None:
    wrong, n = [], 0
    for row in csv.DictReader(INFLECTIONS.open(encoding="utf-8")):
        for case in CASES:
            for form in (one for spelt in row[case].split("|") for one in spellings(spelt)):
                n += 1
                if not is_found(form, case, row, gazetteer):
                    wrong.append(f"{row['language']} {case} {form}")
    assert n > 720
    assert len(wrong) <= 0.03 * n, "\n".join(wrong)


def spellings(form: str) -> set[str]:
    """Return a form with each apostrophe, and without ё."""
    return {form.replace("'", sign) for sign in "'’ʼ"} | {form.replace("ё", "е")}


def is_found(form: str, case: str, row: dict[str, str], gazetteer: Gazetteer) -> bool:
    """Say whether a form in a text that names the place's region leads to the place."""
    place = gazetteer[row["place_id"]]
    text = f"{around(place, row['language'], gazetteer)}.\n\n{SENTENCES[row['language']][case]}"
    found = resolve(text.format(form), gazetteer).get(form)
    if found is None or found.place is None:
        return False
    points = [(one.latitude, one.longitude) for one in (found.place, place)]
    return great_circle(*points).km < (NEAR_AREA_KM if place.kind in AREA_KINDS else NEAR_KM)


def around(place: Place, language: str, gazetteer: Gazetteer) -> str:
    """Return what a place lies in, as far as it has a name in the language."""
    country = gazetteer.country(place.country_code)
    regions = [p for p in gazetteer.find(place.admin1_name) if p.place_id != place.place_id]
    return ". ".join(name_in(one, language) for one in (country, *regions[:1]) if one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бойцы батальона «Донбасс» вошли в Марьинку.", ["Марьинку"]),
        ("Батальйон «Шахтарськ» вийшов з-під Іловайська.", ["Іловайська"]),
        ("Фильм «Иваново детство» показали в Киеве.", ["Киеве"]),
        ("Об этом пишет «Московский комсомолец».", []),
        ("Прес-центр АТО повідомив про обстріл Авдіївки.", ["Авдіївки"]),
        ("Силы АТО заняли Лисичанск Луганской обл.", ["Лисичанск", "Луганской обл."]),
        ("У м. Щастя та с. Трьохізбенка немає світла.", ["Щастя", "Трьохізбенка"]),
        ("В г. Ростове-на-Дону и в Кривом Роге ждут.", ["Ростове-на-Дону", "Кривом Роге"]),
        ("Президент РФ говорил с президентом США.", ["РФ", "США"]),
        ("Представники ДНР прибули до Мінська.", ["ДНР", "Мінська"]),
        ("В СНБО и Нацбанке молчат, у Держприкордонслужбі теж.", []),
        ("Нападающий «Шахтёра» Владимир Полтавец забил дважды.", []),
        ("На Луганщині та в Донецькій області тривають бої.", ["Луганщині", "Донецькій області"]),
        ("Об этом пишет BBC. Горловка осталась без воды.", ["Горловка"]),
        ("Tesla и Киев договорились.", ["Киев"]),
        ("Приняли Владимира Зеленского, а во Владимире Иванова ждут.", ["Владимире"]),
    ],
)
def test_places_and_traps(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert [mention.surface for mention in find(text, gazetteer)] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Киев заявил о готовности к переговорам.", ASSOCIATIVE),
        ("Москва відкинула ці звинувачення.", ASSOCIATIVE),
        ("Армия Украины отступила.", ASSOCIATIVE),
        ("Міністр оборони Польщі подав у відставку.", ASSOCIATIVE),
        ("МИД РФ выразил протест.", ASSOCIATIVE),
        ("По данным ЦРУ США, их было двое.", ASSOCIATIVE),
        ("Минобороны РФ молчит.", ASSOCIATIVE),
        ("Взрыв прогремел в Киеве.", LITERAL),
        ("Минометный обстрел Донецка продолжался.", LITERAL),
        ("Мінометний обстріл Донецька тривав.", LITERAL),
        ("На сході України чути вибухи.", LITERAL),
        ("Жители Донецка прячутся в подвалах.", LITERAL),
        ("Донецк обстреляли ночью.", LITERAL),
        ("На границе с Россией очередь.", LITERAL),
        ("Переговоры с Россией прерваны.", ASSOCIATIVE),
        ("ДОНЕЦК, 4 августа (Интерфакс) — Ночь прошла спокойно.", LITERAL),
        ("Москву накрыл снегопад.", LITERAL),
        ("Больница Киева сгорела.", LITERAL),
        ("Ракета поразила Киев.", LITERAL),
        ("Киев посетил Обама.", LITERAL),
        ("По мнению Москвы, это ошибка.", ASSOCIATIVE),
        ("Обстрел со стороны России продолжается.", ASSOCIATIVE),
        ("Вторжение России началось.", ASSOCIATIVE),
        ("В Москве опровергли эти данные.", ASSOCIATIVE),
        ("Вашингтон осудил удар.", ASSOCIATIVE),
        ("Минск — против.", ASSOCIATIVE),
        ("Минск, вероятно, не согласится.", ASSOCIATIVE),
        ("Київ просить допомоги.", ASSOCIATIVE),
        ("Москва атакована дронами.", LITERAL),
        ("Берлин засыпало снегом.", LITERAL),
        ("В Лондоне говорят по-английски.", LITERAL),
        ("Экспорт России упал.", ASSOCIATIVE),
        ("Мозаика Киева поражает туристов.", LITERAL),
    ],
)
def test_roles(text: str, role: str, gazetteer: Gazetteer) -> None:
    assert [mention.role for mention in find(text, gazetteer)] == [role]


def test_names_of_the_users_own_table_are_inflected() -> None:
    own = Place("own:1", "Залесянка", "settlement", 48.1, 37.2, names=("Залесянка",))
    mine = Gazetteer([own], open_world())
    assert find("Взрыв прогремел в Залесянке.", mine)[0].surface == "Залесянке"
    assert mine.find("Залесянкой") == [own]
    assert "залесянкой" not in mine.well_known("залесян")


def test_names_in_three_languages_are_one_place() -> None:
    texts = ("Shells fell on Donetsk.", "Снаряды упали на Донецк.", "Снаряди впали на Донецьк.")
    articles = [geo.Article(str(n), text, outlet="A") for n, text in enumerate(texts)]
    mentions = geo.geocode(articles)
    assert set(mentions["place_id"]) == {"gn:709717"}
    assert list(mentions["language"]) == ["en", "ru", "uk"]


def test_a_paragraph_in_another_language_tells_its_own() -> None:
    text = "Взрыв прогремел в Киеве рано утром.\n\nУ Харкові теж чути вибухи, пише мер.\n\nКиев"
    paragraphs = Paragraphs(Article("a", text))
    positions = text.index("Киеве"), text.index("Харкові"), text.rindex("Киев")
    assert [paragraphs.language_at(position) for position in positions] == ["ru", "uk", "ru"]
    given = Paragraphs(Article("a", text, language="ru"))
    assert given.language_at(text.index("Харкові")) == "ru"


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "en"), ("Shelling in Київ", "en"), ("На фронте без перемен", "ru"),
     ("На фронт прибула допомога", "uk"), ("Президент прибув до Одеси", "uk")],
)  # fmt: skip
def test_short_texts_tell_their_language(text: str, language: str) -> None:
    assert tell_language(text) == language


def test_a_paragraph_that_may_be_in_either_language_is_in_the_articles() -> None:
    text = "У Харкові чути вибухи, пише мер міста.\n\nПрезидент Порошенко, Донбас, Одеса, Киев"
    paragraphs = Paragraphs(Article("a", text))
    assert tell_language("Донбас, Херсон", "uk") == "uk"
    assert paragraphs.language_at(text.index("Донбас")) == "uk"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Обстрелы в Донецкой и Луганской областях.", ["Donetsk Oblast", "Luhansk Oblast"]),
        ("У Донецькій та Луганській областях бої.", ["Donetsk Oblast", "Luhansk Oblast"]),
        ("В Брянской и Курской сбиты дроны.", ["Bryansk Oblast", "Kursk Oblast"]),
        ("Главы Донецкой и Луганской народных республик.", ["Donetsk Oblast", "Luhansk Oblast"]),
        ("На станции станицы Курской пусто.", ["Kurskaya"]),
        ("У Донецьку пролунали вибухи.", ["Donetsk"]),
        ("Снаряды упали в Шахтёрском р-не.", ["Shakhtarsk Raion"]),
        ("Потяг до Луганська скасовано.", ["Luhansk"]),
        ("Мітинг у Мінську розігнали.", ["Minsk"]),
        ("Возле Курской АЭС упал беспилотник.", ["Kursk Nuclear Power Plant"]),
        (
            "В Белгородской и Воронежской областях сбиты БПЛА.",
            ["Belgorod Oblast", "Voronezh Oblast"],
        ),
    ],
)
def test_names_share_their_type_word_or_leave_it_away(text: str, names: list[str]) -> None:
    assert list(geo.geocode([Article("a", text)])["place_name"]) == names


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Ризі", "Riga"), ("Відня", "Vienna"), ("Берна", "Bern"), ("Парижем", "Paris"),
        ("Гааге", "The Hague"), ("Тирана", "Tirana"), ("Вашингтону", "Washington, D.C."),
        ("Иерусалимом", "Jerusalem"),
    ],
)  # fmt: skip
def test_a_form_means_the_likeliest_place_first(form: str, name: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.find(form)[0].name == name


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("пермь", "перм"), ("елец", "єлець"), ("прокопьевск", "прокопєвськ"), ("мадрид", "мадрид"),
        ("владивосток", "владивосток"), ("приморск", "приморськ"), ("осиповичи", "осиповичі"),
    ],
)  # fmt: skip
def test_ukrainian_spellings_of_russian_names(russian: str, ukrainian: str) -> None:
    assert ukrainian in ukrainian_spellings(russian)


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("gn:698740", ["Odesa", "Одесса", "Одеса"]),
        ("gn:709717", ["Donetsk", "Донецк", "Донецьк"]),
        ("gn:2761369", ["Vienna", "Вена", "Відень"]),
        ("gn:480060", ["Tver", "Тверь", "Твер"]),
        ("gn:524901", ["Moscow", "Москва", "Москва"]),
    ],
)
def test_a_place_has_a_name_in_each_language(
    place_id: str, names: list[str], gazetteer: Gazetteer
) -> None:
    assert [name_in(gazetteer[place_id], one) for one in ("en", "ru", "uk")] == names


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Кривий Ріг", "Кривому Розі"),
        ("Ростов-на-Дону", "Ростова-на-Дону"),
        ("Нью-Йорк", "Нью-Йорком"),
        ("Каменск-Шахтинский", "Каменске-Шахтинском"),
        ("Донецкая область", "Донецкой областью"),
        ("Сполучені Штати Америки", "Сполучених Штатів Америки"),
        ("Саур-Могила", "Саур-Могилой"),
        ("Египет", "Египта"),
        ("Єгипет", "Єгипту"),
        ("Сіверський Донець", "Сіверському Дінці"),
        ("Курильские острова", "Курильских островов"),
        ("Карловы Вары", "Карловых Варах"),
        ("Баренцево море", "Баренцевым морем"),
        ("Луганская область", "Луганской областях"),
        ("Волновахский район", "Волновахском районах"),
        ("Чернобыльская АЭС", "Чернобыльской АЭС"),
        ("Ямало-Ненецкий автономный округ", "Ямало-Ненецкого автономных округов"),
        ("Ош", "Оше"),
    ],
)
def test_several_words_go_together(name: str, form: str) -> None:
    assert key_of(form) in inflect(key_of(name))
