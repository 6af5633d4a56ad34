"""Opens map pages in a headless Chromium without a network, and measures them there."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import playwright.sync_api as playwright
import psutil
from map_pages import Page
from xstatic.pkg import leaflet

ROOT = Path(__file__).parents[1]
NPM_FOLDER = ROOT / "build" / "benchmark-npm"
LOADS_WITHIN_S = 120
CHANGES = 10
# A page that is ready sooner is opened so many times, for medians.
OPENINGS, SLOW_S = 3, 10
VIEWPORT = playwright.ViewportSize(width=1280, height=800)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-precise-memory-info",
)

# What folium's pages ask for, in the version they ask for or the nearest that npm has.
PACKAGES = (
    "jquery@3.7.1",
    "jquery-ui-dist@1.12.1",
    "bootstrap@5.2.2",
    "leaflet.awesome-markers@2.0.5",
    "leaflet.markercluster@1.1.0",
    "leaflet-timedimension@1.1.1",
    "iso8601-js-period@0.2.1",
    "moment@2.18.1",
)
FILES = {
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery.min.js": "jquery/dist/jquery.min.js",
    "jquery-ui.min.js": "jquery-ui-dist/jquery-ui.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": (
        "leaflet-timedimension/dist/leaflet.timedimension.control.css"
    ),
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "moment.min.js": "moment/min/moment.min.js",
}


class BrowserError(Exception):
    """The page did not do what was to be measured; the message says what."""


def install_packages() -> bool:
    """Put what folium's pages load into `NPM_FOLDER`; tell whether it is all there."""
    if not _is_complete() and (npm := shutil.which("npm")):
        NPM_FOLDER.mkdir(parents=True, exist_ok=True)
        (NPM_FOLDER / "package.json").write_text("{}", encoding="utf-8")
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock")
        subprocess.run(
            [npm, "install", *options, *PACKAGES], cwd=NPM_FOLDER, check=False, capture_output=True
        )
    return _is_complete()


def _is_complete() -> bool:
    return all((NPM_FOLDER / "node_modules" / path).is_file() for path in FILES.values())


def find_browser() -> str:
    """Return the path of a Chromium."""
    find = [sys.executable, str(ROOT / "scripts" / "find_browser.py")]
    found = subprocess.run(find, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    if not found:
        raise SystemExit("these measurements need a Chromium")
    return found


def localise(page: Path) -> None:
    """Let a page load from this machine what it would load from the network.

    Styles that are not here, those of icon fonts and code samples, are left out.
    """
    head, end, body = page.read_text(encoding="utf-8").partition("</head>")
    head = re.sub(
        r'(<script src|<link rel="stylesheet" href)="(https?://[^"]+)"', _local_link, head
    )
    page.write_text(head + end + body, encoding="utf-8")


def _local_link(match: re.Match[str]) -> str:
    name = match[2].rpartition("/")[2]
    npm, own = NPM_FOLDER / "node_modules", Path(leaflet.BASE_DIR)
    path = npm / FILES[name] if name in FILES else own / name
    return f'{match[1]}="{path.as_uri() if path.is_file() else "data:,"}"'


def measure_page(path: Path, page: Page, browser_path: str) -> dict[str, float]:
    """Open a page in a browser of its own; raise BrowserError if that takes too long."""
    with _open_browser(browser_path) as browser:
        _open_tab(browser).goto("about:blank")  # the first page of a browser takes longer
        ready = [_measure_opening(browser, path, page)]
        while len(ready) < OPENINGS and ready[0]["ready_s"] < SLOW_S:
            ready.append(_measure_opening(browser, path, page))
        return {key: median(run[key] for run in ready) for key in ready[0]}


@contextmanager
def _open_browser(path: str) -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        except playwright.Error as error:
            raise BrowserError(error.message.splitlines()[0]) from error
        finally:
            browser.close()


def _open_tab(browser: playwright.Browser) -> playwright.Page:
    """Return a tab in a process of its own, that can reach files only."""
    context = browser.new_context(viewport=VIEWPORT, offline=True)
    context.set_default_timeout(LOADS_WITHIN_S * 1000)
    return context.new_page()


def _measure_opening(browser: playwright.Browser, path: Path, page: Page) -> dict[str, float]:
    tab = _open_tab(browser)
    result = {"ready_s": _ready_seconds(tab, path, page)}
    result |= _memory(browser, tab)
    result["change_ms"] = _change_milliseconds(tab, page)
    tab.context.close()
    return result


def _ready_seconds(tab: playwright.Page, path: Path, page: Page) -> float:
    """Return the time from the start of the navigation until the marks are painted."""
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    watch = f"window.mapTiming.watch({json.dumps(page.drawn)});"
    script = Path(__file__).with_name("map_timing.js").read_text(encoding="utf-8")
    tab.add_init_script(script=f"{script}\n{watch}")
    try:
        tab.goto(path.as_uri())
        if problems:
            raise BrowserError(f"did not load: {'; '.join(problems)}")
        painted = float(_left_behind(tab, "painted"))
    except playwright.TimeoutError as error:
        raise BrowserError(f"did not load in {LOADS_WITHIN_S} s") from error
    if page.own_mark:
        entries = f"performance.getEntriesByName({json.dumps(page.own_mark)})"
        painted = float(tab.evaluate(f"{entries}[0].startTime"))
    return painted / 1e3


def _left_behind(tab: playwright.Page, name: str) -> str:
    """Return what map_timing.js leaves in an attribute, once it does."""
    tab.wait_for_selector(f"html[data-{name}]", state="attached")
    return tab.locator("html").get_attribute(f"data-{name}") or ""


def _memory(browser: playwright.Browser, tab: playwright.Page) -> dict[str, float]:
    """Return the memory of scripts after a collection, and that of the page's whole process."""
    tab.context.new_cdp_session(tab).send("HeapProfiler.collectGarbage")
    heap = float(tab.evaluate("performance.memory.usedJSHeapSize"))
    listed = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [process["id"] for process in listed if process["type"] == "renderer"]
    resident = max(psutil.Process(pid).memory_info().rss for pid in pids)
    return {"heap_mb": heap / 1e6, "rss_mb": resident / 1e6}


def _change_milliseconds(tab: playwright.Page, page: Page) -> float:
    """Return the median time from a change of the filter to the next painted frame."""
    arguments = json.dumps([page.clicks, CHANGES, page.state])[1:-1]
    # Not waited for here, because evaluating has no time limit.
    tab.evaluate(f"void window.mapTiming.change({arguments})")
    try:
        return median(json.loads(_left_behind(tab, "taken")))
    except playwright.TimeoutError as error:
        raise BrowserError(f"{CHANGES} filter changes took over {LOADS_WITHIN_S} s") from error
