"""The panels in JupyterLab and in Voila: paste, geocode, correct, save; and the files hold it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jupyter_apps import copy_notebook, served, served_by_voila
from playwright.sync_api import Browser, Page, expect
from test_jupyter import refuse_outside, run_all

from geo.decisions import read_decisions
from geo.exports.readers import read_mentions

TEXT = "Shells fell on Rubezhnoye. Calm in Kiev.\n\nThe Moscow Times\n17 August 2014"
MILLISECONDS = 120_000
HOSTILE = "<img src=x onerror=window.hacked=1>"


@dataclass
class Opened:
    page: Page
    build: Path
    asked_outside: list[str]


def write_articles(folder: Path) -> None:
    """Write what the notebook "Review and correct" finds already there."""
    folder.mkdir(parents=True)
    head = f"---\noutlet: {HOSTILE!r}\ntitle: {HOSTILE!r}\npublished: 2014-08-17\n---\n"
    (folder / "one.md").write_text(f"{head}{HOSTILE} Shells fell on Rubezhnoye. Calm in Kiev.\n")
    places = f'id,title,types,variants,lon,lat\nmy:1,"{HOSTILE}",site,Rubezhnoye,38.4,49.0\n'
    (folder / "places.csv").write_text(places)


def opened(program: str, notebook: str, browser: Browser, folder: Path) -> Iterator[Opened]:
    copy_notebook(notebook, folder)
    write_articles(folder / "build" / "review")
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, service_workers="block")
    context.set_default_timeout(MILLISECONDS)
    asked, page = refuse_outside(context), context.new_page()
    if program == "voila":
        with served_by_voila(folder / "notebooks" / notebook, folder) as address:
            page.goto(address)
            yield Opened(page, folder / "build", asked)
    else:
        with served("jupyterlab", folder) as address:
            page.goto(address.format(f"lab/tree/notebooks/{notebook}"))
            run_all(page, address.format("api/sessions"))
            yield Opened(page, folder / "build", asked)
    context.close()


@pytest.fixture(params=["jupyterlab", "voila"])
def form(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    pytest.importorskip(request.param)
    request.getfixturevalue("gazetteer")  # its index is built once, before the clock runs
    yield from opened(request.param, "03-geocode-your-own-text.ipynb", browser, tmp_path)


@pytest.fixture(params=["jupyterlab", "voila"])
def review(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    pytest.importorskip(request.param)
    request.getfixturevalue("gazetteer")  # its index is built once, before the clock runs
    yield from opened(request.param, "09-review-and-correct.ipynb", browser, tmp_path)


def besides_icons(asked: list[str]) -> list[str]:
    """Return what was asked but for the icon font that every page of Voila asks for."""
    return [url for url in asked if "fontawesome" not in url]


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def correct(page: Page, surface: str) -> None:
    """Pick a mention in the list, search its name, and take the first place."""
    page.locator("select option", has_text=f" {surface} ").first.wait_for(state="attached")
    label = page.locator("select option", has_text=f" {surface} ").first.text_content()
    page.locator("select[multiple], select[size]").first.select_option(label=label)
    expect(page.locator("mark")).to_have_text(surface)
    page.get_by_role("radio").first.check()
    press(page, "It is this place")
    expect(page.locator("select option", has_text=f" {surface} ")).to_have_count(0)


def test_paste_geocode_correct_save(form: Opened) -> None:
    page = form.page
    page.locator("textarea:not(.jp-mod-hidden):visible").last.fill(TEXT)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Outlet guessed: The Moscow Times")).to_be_visible()
    press(page, "Geocode")
    correct(page, "Rubezhnoye")
    for words, name in (("Save map", "map.html"), ("Save table", "mentions.csv")):
        press(page, words)
        expect(page.get_by_text("Saved").last).to_contain_text(name)
    press(page, "Save decisions")
    expect(page.get_by_text("Saved").last).to_contain_text("decisions.csv")

    (decision,) = read_decisions(form.build / "my-articles" / "decisions.csv")
    assert (decision.surface, decision.place_name) == ("Rubezhnoye", "Rubizhne")
    table = read_mentions(form.build / "my-map" / "mentions.csv").set_index("surface")
    assert table["status"].to_dict() == {"Rubezhnoye": "verified", "Kiev": "machine"}
    assert set(table["outlet"]) == {"The Moscow Times"}
    assert set(table["published_date"]) == {"2014-08-17"}
    assert "<title>" in (form.build / "my-map" / "map.html").read_text(encoding="utf-8")
    assert not besides_icons(form.asked_outside)


def test_review_and_correct(review: Opened) -> None:
    page = review.page
    page.locator("mark").wait_for()
    # Strangers' names are text in the list, beside the choices and in the table.
    expect(page.locator("select option", has_text=HOSTILE)).to_have_count(1)
    page.locator("select[multiple], select[size]").first.select_option(index=0)
    expect(page.get_by_text("2 mentions left")).to_be_visible()
    correct(page, "Rubezhnoye")
    expect(page.get_by_text("1 mention left")).to_be_visible()
    press(page, "Save table")
    expect(page.get_by_text("Saved").last).to_contain_text("mentions.csv")
    (decision,) = read_decisions(review.build / "review" / "decisions.csv")
    assert (decision.surface, decision.place_id) == ("Rubezhnoye", "my:1")
    table = read_mentions(review.build / "reviewed" / "mentions.csv").set_index("surface")
    assert table["status"].to_dict() == {"Rubezhnoye": "verified", "Kiev": "machine"}
    assert not page.evaluate("window.hacked")
    assert not besides_icons(review.asked_outside)
