"""Print the path of a Chromium for the browser tests, getting one if need be.

In this order: $GEO_BROWSER, a Chromium or Chrome on the PATH, Playwright's own (downloaded if it
is not there yet), and, as root on Debian, the distribution's package. If none can be had, a
sentence on standard error says so, and nothing is printed: the browser tests are then skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LONGEST_DOWNLOAD_SECONDS = 600


def main() -> None:
    """Print the first browser found."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: os.environ.get("GEO_BROWSER", ""),
        on_path,
        playwrights_own,
        download_playwrights_own,
        install_debian_package,
    )
    browser = next(filter(None, (way() for way in ways)), "")
    if browser:
        print(browser)
    else:
        tell(
            "No Chromium was found and none could be installed, so the browser tests are skipped; "
            "install Chromium, or set GEO_BROWSER to one."
        )


def on_path() -> str:
    """Return a browser on the PATH, or ""."""
    return next(filter(None, map(shutil.which, NAMES)), "")


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


def install_debian_package() -> str:
    """Install Debian's Chromium, as root; return it, or ""."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return ""
    tell("Installing the distribution's Chromium ...")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return on_path()


def run(command: list[str]) -> bool:
    """Run a command without its output; say whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            env=environment,
            timeout=LONGEST_DOWNLOAD_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def tell(message: str) -> None:
    """Say something on standard error; standard output is for the path alone."""
    print(message, file=sys.stderr)


if __name__ == "__main__":
    main()
