"""Print the path of a Chromium for the browser tests, getting one if need be.

In this order: $GEO_BROWSER, a Chromium or Chrome on the PATH, Playwright's own (downloaded if it
is not there yet), and, as root on Debian, the distribution's package. If none can be had, a
sentence on standard error says so, and nothing is printed: the browser tests are then skipped.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from programs import install_debian_packages, on_path, run, tell

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def main() -> None:
    """Print the first browser found."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: os.environ.get("GEO_BROWSER", ""),
        lambda: on_path(NAMES),
        playwrights_own,
        download_playwrights_own,
        debians,
    )
    browser = next(filter(None, (way() for way in ways)), "")
    if browser:
        print(browser)
    else:
        tell(
            "No Chromium was found and none could be installed, so the browser tests are skipped; "
            "install Chromium, or set GEO_BROWSER to one."
        )


def playwrights_own() -> str:
    """Return the browser that Playwright has downloaded before, or ""."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""


def download_playwrights_own() -> str:
    """Let Playwright download its browser; return it, or "" if that fails."""
    tell("No Chromium on the PATH: asking Playwright for one ...")
    return (
        playwrights_own()
        if run([sys.executable, "-m", "playwright", "install", "chromium"])
        else ""
    )


def debians() -> str:
    """Install the distribution's Chromium if that can be done; return it, or ""."""
    install_debian_packages("chromium")
    return on_path(NAMES)


if __name__ == "__main__":
    main()
