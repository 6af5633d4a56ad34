"""A map in JupyterLab and in Notebook 7 can be used, and asks for nothing from outside."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from jupyter_apps import copy_notebook, served
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Route, expect

NOTEBOOK = "02-who-reported-what-where-and-when.ipynb"
# Under which path each program opens a notebook.
PATHS = {"jupyterlab": "lab/tree/", "notebook": "notebooks/"}

PAGE = ".geo-page[data-ready]"
COUNT = ".geo-count"
SHOWN = "data-shown"
A_NUMBER = re.compile(r"^\d+$")
FILTER = 'fieldset.geo-facet[data-facet="outlet"] label input[type=checkbox]'

OUTPUT = ".jp-OutputArea-output"
RUN_OR_TO_BE_RUN = re.compile(r"\[[\d*]+\]:")
SECONDS_FOR_A_KERNEL = 90
MILLISECONDS_TO_ANSWER = 30_000
MILLISECONDS_TO_LOAD = 90_000
MILLISECONDS_TO_RUN = 180_000


@dataclass
class Opened:
    """The map of a notebook that has been run, and what was asked of other machines."""

    map: FrameLocator
    asked_outside: list[str]


@pytest.fixture(scope="module", params=PATHS)
def opened(
    request: pytest.FixtureRequest,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Opened]:
    """Open the notebook in each program, and run it with the menu."""
    pytest.importorskip(request.param)
    request.getfixturevalue("gazetteer")  # its index is built once, before the clock runs
    folder = tmp_path_factory.mktemp(request.param)
    copy_notebook(NOTEBOOK, folder)
    with served(request.param, folder) as address:
        context = browser.new_context(
            viewport={"width": 1280, "height": 1000}, service_workers="block"
        )
        context.set_default_timeout(MILLISECONDS_TO_LOAD)
        asked_outside = refuse_outside(context)
        page = context.new_page()
        page.goto(address.format(f"{PATHS[request.param]}notebooks/{NOTEBOOK}"))
        run_all(page, address.format("api/sessions"))
        yield Opened(map_in(page), asked_outside)
        context.close()


def refuse_outside(context: BrowserContext) -> list[str]:
    """Block what leaves this machine; return the list in which it will be noted."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(leaves_this_machine, refuse)
    return asked


def leaves_this_machine(url: str) -> bool:
    return urlsplit(url).hostname not in {"127.0.0.1", "localhost"}


def run_all(page: Page, sessions: str) -> None:
    """Choose Run > Run All Cells once the kernel answers: before, a dialog would ask for one."""
    page.locator(".jp-Notebook-cell").first.wait_for()
    wait_for_kernel(page, sessions)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    prompt = page.locator(".jp-CodeCell .jp-InputPrompt").first
    expect(prompt).to_have_text(RUN_OR_TO_BE_RUN, timeout=MILLISECONDS_TO_ANSWER)


def wait_for_kernel(page: Page, sessions: str) -> None:
    """Wait until the server says that the page is connected with a kernel at rest."""
    deadline = time.monotonic() + SECONDS_FOR_A_KERNEL
    while time.monotonic() < deadline:
        kernels = [session["kernel"] for session in page.request.get(sessions).json()]
        if any(k["connections"] and k["execution_state"] == "idle" for k in kernels):
            return
        page.wait_for_timeout(300)
    raise AssertionError("the notebook got no kernel")


def map_in(page: Page) -> FrameLocator:
    """Wait until the map is drawn, and bring it into view; say so if a cell fails."""
    frame = page.locator(f"{OUTPUT} iframe")
    failure = page.locator(OUTPUT, has_text="Traceback (most recent call last)")
    frame.or_(failure).first.wait_for(state="attached", timeout=MILLISECONDS_TO_RUN)
    assert failure.all_text_contents() == []
    frame.scroll_into_view_if_needed()
    frame.content_frame.locator(PAGE).wait_for()
    return frame.content_frame


def shown(opened: Opened) -> str:
    """Return how much the map says that it shows."""
    count = opened.map.locator(COUNT)
    expect(count).to_have_attribute(SHOWN, A_NUMBER, timeout=MILLISECONDS_TO_ANSWER)
    return count.get_attribute(SHOWN) or ""


def test_a_filter_of_the_map_changes_its_count(opened: Opened) -> None:
    before = shown(opened)
    opened.map.locator(FILTER).first.click()
    count = opened.map.locator(COUNT)
    expect(count).not_to_have_attribute(SHOWN, before, timeout=MILLISECONDS_TO_ANSWER)
    assert shown(opened)


def test_nothing_is_asked_of_other_machines(opened: Opened) -> None:
    assert opened.asked_outside == []
