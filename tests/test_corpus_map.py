"""The corpus on one map, as `make map` makes it, in a browser with the network off."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visit
from helpers import ROOT, SHARED

import geo

TOWNS = ("Donetsk", "Luhansk", "Gukovo border checkpoint", "Shakhtarsk", "Mariupol")
Opener = Callable[[Path], Visit]


def digests() -> list[geo.Article]:
    return geo.read_articles([ROOT / "data" / "articles"])


def originals() -> list[geo.Article]:
    files = sorted((SHARED / "articles").glob("*.txt"))
    return geo.read_articles(files, metadata=ROOT / "data" / "articles.csv")


needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
SOURCES = [
    pytest.param(digests, id="digests"),
    pytest.param(originals, id="originals", marks=needs_shared),
]


@pytest.fixture(scope="module", params=SOURCES)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = request.param()
    map_ = geo.make_map(geo.geocode(articles), articles=articles)
    return geo.save_map(map_, tmp_path_factory.mktemp("map") / "map.html")


def test_it_asks_for_nothing_and_has_no_errors(path: Path, visit: Opener) -> None:
    visited = visit(path)
    assert (visited.requests, visited.problems) == ([visited.page.url], [])


def test_it_has_five_layers(path: Path, visit: Opener) -> None:
    assert visit(path).page.locator(".leaflet-control-layers-overlays label").count() == 5


def test_the_towns_are_on_it(path: Path, visit: Opener) -> None:
    page = visit(path).page
    marks = [page.locator(f'.geo-mark[aria-label^="{town}:"]') for town in TOWNS]
    assert all(mark.is_visible() for mark in marks)


def test_regions_and_countries_are_no_marks(path: Path, visit: Opener) -> None:
    names = visit(path).page.locator(".geo-mark").evaluate_all("all => all.map(m => m.ariaLabel)")
    assert not [name for name in names if "Oblast:" in name or "Ukraine:" in name]
