"""Text from strangers is only ever text, in every field that the map shows."""

import pandas as pd
import pytest
from browser import Visit, watch
from hostile_strings import STRINGS
from map_mentions import mention, table

import geo
from geo.columns import CANDIDATE_COLUMNS


def hostile_row(number, text):
    return mention(
        text,
        text,
        "2014-08-04",
        article_id=f"a{number} {text}",
        mention_id=str(number),
        start=number,
        title=text,
        url=text,
        language=text,
        context=f"In {text} it was quiet.",
        reason=text,
        gazetteer=text,
        place_id=text,
        place_name=text,
        place_kind=text,
        admin1_name=text,
        country_code=text,
        latitude=40 + number / 10,
        longitude=30,
        geo_precision=1,
    )


def rival_row(number, text):
    names = dict.fromkeys(("place_id", "place_name", "place_kind", "admin1_name"), f"rival {text}")
    place = {"country_code": text, "latitude": 1.0, "longitude": 1.0, "score": 0.1}
    return {"mention_id": str(number), "rank": 2} | names | place


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    rows = table(*(hostile_row(*pair) for pair in enumerate(STRINGS)))
    unlocated = mention(STRINGS[0], STRINGS[0], None, article_id="unlocated", mention_id="x")
    rivals = pd.DataFrame([rival_row(*pair) for pair in enumerate(STRINGS)])
    map_ = geo.make_map(
        pd.concat([rows, table(unlocated)], ignore_index=True),
        candidates=rivals.reindex(columns=CANDIDATE_COLUMNS),
        title=" ".join(STRINGS),
    )
    name = "<img src=x onerror=window.ran=1>.html"
    return geo.save_map(map_, tmp_path_factory.mktemp("hostile") / name)


@pytest.fixture(scope="module")
def hostile(browser, path):
    """The map, opened once for all strings."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    visited = Visit(context.new_page())
    watch(visited)
    visited.page.goto(path.as_uri())
    visited.page.locator(".geo-page[data-ready]").wait_for()
    yield visited
    context.close()


def words(text):
    """Leave out what a browser shows as nothing or as a space."""
    return " ".join(text.replace("\ufeff", " ").split())


def ran_nothing(visited):
    made = visited.page.locator("img, iframe, video, form, math, base, link, [onerror], [onload]")
    return (
        visited.problems == []
        and visited.requests == [visited.page.url.split("#")[0]]
        and visited.page.evaluate("window.ran") is None
        and made.count() == 0
    )


def test_there_are_forty():
    assert len(set(STRINGS)) >= 40


def test_the_heading_and_the_lists_show_them_all(hostile):
    page = hostile.page
    page.get_by_text("More filters").click()
    page.get_by_text("Sources and downloads").click()
    shown = {
        "title": words(page.locator("h1").text_content()),
        "outlets": words(page.locator('[data-facet="outlet"]').text_content()),
        "kinds": words(page.locator('[data-facet="kind"]').text_content()),
        "places": words(page.locator(".geo-list").text_content()),
        "articles": words(page.locator(".geo-about").text_content()),
    }
    missing = [
        (where, text)
        for where, all_ in shown.items()
        for text in STRINGS
        if words(text) not in all_
    ]
    assert missing == []
    assert words(page.title()) == words(" ".join(STRINGS))
    assert ran_nothing(hostile)


@pytest.mark.parametrize("number", range(len(STRINGS)), ids=lambda number: f"string {number}")
def test_a_story_shows_them_and_runs_nothing(hostile, number):
    page, text = hostile.page, STRINGS[number]
    page.evaluate(
        "(text) => [...document.querySelectorAll('.geo-place')]"
        ".find((one) => one.dataset.place === text).click()",
        text,
    )
    story = page.locator(".geo-story")
    story.locator("mark").wait_for()
    parts = {
        "place": "h2",
        "headline": ".geo-headline",
        "mark": "mark",
        "reason": ".geo-reason",
        "rivals": ".geo-rivals",
        "spelling": "dd",
    }
    missing = [
        name
        for name, selector in parts.items()
        if words(text) not in words(story.locator(selector).first.text_content())
    ]
    assert missing == []
    story.locator("summary").click()
    story.locator(".geo-rivals button").focus()
    assert story.locator("a").count() == 0
    page.keyboard.press("Escape")
    assert ran_nothing(hostile)


@pytest.mark.parametrize("text", STRINGS)
def test_a_fragment_runs_nothing(hostile, text):
    field = f"q={text}&outlet={text}&place={text}&from={text}&at={text}"
    hostile.page.evaluate("(fragment) => { location.hash = fragment; }", field)
    hostile.page.wait_for_timeout(20)
    assert ran_nothing(hostile)


def test_a_hostile_link_opens_the_map(visit, path):
    visited = visit(path, fragment="&".join(f"q={text}" for text in STRINGS))
    visited.page.locator(".geo-page[data-ready]").wait_for()
    assert visited.page.evaluate("window.ran") is None
    assert visited.problems == []


def test_a_search_for_one_shows_it_as_text(hostile):
    search = hostile.page.get_by_label("Search places, spellings and sentences")
    for text in STRINGS[:20]:
        search.fill(text)
        assert search.input_value() == text
    assert ran_nothing(hostile)
