"""Take the README's picture of the map: docs/map.png.

usage: python scripts/take_preview.py build/map.html docs/map.png

Needs the browser of the tests; $GEO_BROWSER names it, else scripts/find_browser.py finds it.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 800
SHOWN = "Luhansk"


def main(page_path: Path, picture: Path) -> None:
    """Open the page, open the story of one place, and take a picture."""
    find = [sys.executable, Path(__file__).with_name("find_browser.py")]
    browser_path = subprocess.run(find, capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(page_path.resolve().as_uri())
        page.locator(".geo-page[data-ready]").wait_for()
        page.locator(f".geo-place:has(:text-is('{SHOWN}'))").click()
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
