"""Maps with the names of places in a language that somebody has chosen."""

import pandas as pd
import pytest
from axe import violations
from helpers import run_geo
from map_mentions import HOSTILE, SHAKHTARSK, mention, table

import geo
from geo.columns import CANDIDATE_COLUMNS
from geo.errors import InputError
from geo.maps.basemap import read_basemap
from geo.maps.labels import translate
from geo.maps.payload import build_payload
from geo.maps.rivals import find_rivals
from geo.maps.shown import shown_rows

DONETSK = {
    "place_id": "gn:709717",
    "place_name": "Donetsk",
    "place_kind": "settlement",
    "admin1_name": "Donetsk Oblast",
    "latitude": 48.023,
    "longitude": 37.802,
    "geo_precision": 1,
}
OWN = SHAKHTARSK | {"place_id": "my:1", "place_name": "Nowa Wioska", "admin1_name": HOSTILE}


def reports():
    return table(
        mention("Донецком", "A", "2014-08-04", language="ru", **DONETSK),
        mention("Novaya Vioska", "B", "2014-08-04", language="en", **OWN),
        mention("Novorossiya", "B", "2014-08-04", language="en"),
    )


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("en", ["Donetsk", "Donetsk Oblast"]),
        ("ru", ["Донецк", "Донецкая область"]),
        ("uk", ["Донецьк", "Донецька область"]),
    ],
)
def test_a_place_and_its_division_are_named_in_the_language(labels, names):
    first = translate(shown_rows(reports()), labels).iloc[0]
    assert [first["place_name"], first["admin1_name"]] == names


def test_what_has_no_name_in_the_language_keeps_its_own():
    _, own, unlocated = translate(shown_rows(reports()), "uk").itertuples()
    assert (own.place_name, own.admin1_name) == ("Nowa Wioska", HOSTILE)
    assert (unlocated.place_name, unlocated.surface) == ("", "Novorossiya")


def test_a_city_that_is_a_division_is_one_in_the_language():
    row = DONETSK | {"place_id": "gn:524901", "admin1_name": "Moscow", "country_code": "RU"}
    rows = shown_rows(table(mention("Moscow", "A", None) | row))
    assert translate(rows, "ru")["admin1_name"].tolist() == ["Москва"]


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError) as caught:
        geo.make_map(reports(), labels="de")
    assert str(caught.value) == "'de' is no language of labels; use one of en, ru, uk"


def test_a_payload_keeps_the_names_of_the_table():
    places = build_payload(reports(), labels="uk").head["places"]
    assert places["name"] == ["Донецьк", "Nowa Wioska", "Novorossiya"]
    assert places["table_name"] == ["Donetsk", "Nowa Wioska", "Novorossiya"]


def test_english_labels_need_no_second_names():
    assert "table_name" not in build_payload(reports()).head["places"]


def test_rivals_are_named_in_the_language():
    rival = DONETSK | {"mention_id": "a:0-7", "country_code": "UA", "rank": 2, "score": 0.1}
    candidates = pd.DataFrame([rival]).reindex(columns=CANDIDATE_COLUMNS)
    rows = shown_rows(table(mention("Buk", "A", None, mention_id="a:0-7")))
    places = find_rivals(rows, candidates, "ru").places
    assert (places["name"], places["admin1"]) == (["Донецк"], ["Донецкая область"])


def test_the_towns_of_the_basemap_are_named_in_the_language():
    towns = {town.name for town in read_basemap((36.0, 47.0, 40.0, 51.0), "uk").towns}
    assert {"Харків", "Воронеж", "Луганськ"} <= towns
    assert "Kharkiv" not in towns


def test_an_empty_table_is_an_empty_map_in_any_language():
    assert build_payload(reports().iloc[:0], labels="uk").head["places"]["name"] == []


def test_a_picture_is_labelled_in_the_language():
    figure = geo.plot_map(reports(), by=(), labels="ru")
    texts = [part.get_text() for part in figure.findobj(lambda part: part.get_gid() == "name")]
    assert "Донецк" in texts


def test_the_command_names_the_languages_that_there_are(tmp_path):
    done = run_geo("map", "-", "-o", "m.html", "--labels", "de", cwd=tmp_path, stdin=b"In Kyiv.")
    assert done.returncode == 2
    assert "'de' is no language of labels; use one of en, ru, uk" in done.stderr


# The page


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return geo.save_map(
        geo.make_map(reports(), labels="uk"), tmp_path_factory.mktemp("labels") / "map.html"
    )


def open_page(visit, path):
    page = visit(path).page
    page.locator(".geo-page[data-ready]").wait_for()
    return page


@pytest.fixture
def page(visit, path):
    return open_page(visit, path)


def listed(page):
    return page.locator(".geo-list .geo-place-name").all_inner_texts()


def test_the_list_and_the_panel_are_in_the_language(page):
    page.locator('.geo-place[data-place="gn:709717"]').click()
    assert page.locator(".geo-story h2").inner_text() == "Донецьк"
    facts = page.locator(".geo-story h2 + p").inner_text()
    assert facts.startswith("Donetsk · settlement · Донецька область, Україна · 48.023, 37.802")


@pytest.mark.parametrize("query", ["Донецьк", "donetsk", "донецком"])
def test_the_search_finds_a_place_by_label_name_and_spelling(page, query):
    page.locator(".geo-search").fill(query)
    page.locator(".geo-count[data-shown='1']").wait_for()
    assert listed(page) == ["Донецьк"]


def test_the_command_labels_its_map(visit, tmp_path):
    options = ("--labels", "ru", "-o", "m.html")
    run_geo("map", "-", *options, cwd=tmp_path, stdin=b"Shelling was heard near Donetsk.")
    assert listed(open_page(visit, tmp_path / "m.html")) == ["Донецк"]


def test_only_names_in_the_language_are_read_so(page):
    names = page.locator(".geo-list .geo-place-name")
    langs = dict(zip(listed(page), names.evaluate_all("all => all.map(n => n.lang)"), strict=True))
    assert langs == {"Донецьк": "uk", "Nowa Wioska": "", "Novorossiya": ""}


def test_what_is_taken_away_has_the_names_of_the_table(page, tmp_path):
    page.get_by_text("Sources and downloads").click()
    with page.expect_download() as download:
        page.locator(".geo-save-csv").click()
    download.value.save_as(tmp_path / "shown.csv")
    shown = geo.read_mentions(tmp_path / "shown.csv")
    assert shown["place_name"].tolist() == ["Donetsk", "Nowa Wioska", None]
    assert shown["admin1_name"][0] == "Donetsk Oblast"
    assert shown["language"].tolist() == ["ru", "en", "en"]


def test_axe_finds_nothing_serious(page):
    page.locator('.geo-place[data-place="gn:709717"]').click()
    assert violations(page) == []
