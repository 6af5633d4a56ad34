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
    map_ = geo.make_map(geo.geocode(articles))
    return geo.save_map(map_, tmp_path_factory.mktemp("map") / "map.html")


@pytest.fixture
def visited(path: Path, visit: Opener) -> Visit:
    visited = visit(path)
    visited.page.locator(".geo-page[data-ready]").wait_for()
    return visited


def test_it_asks_for_nothing_and_has_no_errors(visited: Visit) -> None:
    assert (visited.requests, visited.problems) == ([visited.page.url], [])


def test_it_is_small_enough_to_mail(path: Path) -> None:
    assert path.stat().st_size <= 800_000


def test_it_has_three_outlets_on_three_days(visited: Visit) -> None:
    assert visited.page.locator('[data-facet="outlet"] .geo-option').count() == 3
    assert "5 articles · 3 outlets · 23 May – 28 August 2014" in visited.page.inner_text("header")


def test_the_towns_are_listed(visited: Visit) -> None:
    names = visited.page.locator(".geo-place-name").all_inner_texts()
    assert set(TOWNS) <= set(names)


def test_regions_and_countries_are_areas(visited: Visit) -> None:
    areas = visited.page.locator("path.geo-area").evaluate_all(
        "all => all.map((one) => one.getAttribute('class'))"
    )
    assert any("geo-area-country" in names for names in areas)
    assert any("geo-area-region" in names for names in areas)
