"""A Chromium for the tests of pages, as pytest fixtures."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Visit:
    """A page that is open, what it asked for, and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start $GEO_BROWSER, a Chromium on the path or playwright's own, else skip the test."""
    found = os.environ.get("GEO_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"no browser: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open files with the network off."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)

    def open_file(path: Path, fragment: str = "") -> Visit:
        visited = Visit(context.new_page())
        watch(visited)
        visited.page.goto(f"{path.as_uri()}#{fragment}" if fragment else path.as_uri())
        return visited

    yield open_file
    context.close()


def watch(visited: Visit) -> None:
    """Note requests, and console errors, exceptions and dialogs as problems."""
    page, problems = visited.page, visited.problems
    page.on("request", lambda request: visited.requests.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)

    def refuse(dialog) -> None:
        problems.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
