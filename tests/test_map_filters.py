"""Every filter of the map, alone and in pairs, against a pandas query of the same table."""

import unicodedata
from collections.abc import Callable
from itertools import combinations
from urllib.parse import urlencode

import pandas as pd
import pytest
from map_mentions import many_reports

import geo

MENTIONS = many_reports(with_events=True)
SHOWN = pd.DataFrame(MENTIONS[MENTIONS["status"] != "rejected"].drop(columns="geometry"))

Query = Callable[[pd.DataFrame], pd.Series]


def fold(texts: pd.Series) -> pd.Series:
    bare = texts.fillna("").map(lambda text: unicodedata.normalize("NFKD", text))
    return bare.str.replace(r"[\u0300-\u036f]", "", regex=True).str.lower()


def holds(table: pd.DataFrame, words: str) -> pd.Series:
    columns = ("place_name", "surface", "context")
    return pd.concat(
        [fold(table[c]).str.contains(words, regex=False) for c in columns], axis=1
    ).any(axis=1)


# What stands in the fragment, and what it asks for.
FILTERS: dict[str, tuple[list[tuple[str, str]], Query]] = {
    "outlet": (
        [("outlet", "RT"), ("outlet", "")],
        lambda table: table["outlet"].isna() | table["outlet"].isin(["RT", ""]),
    ),
    "no outlet": ([("none", "outlet")], lambda table: table["outlet"].eq("nobody")),
    "dates": (
        [("from", "2014-08-04"), ("to", "2014-08-11")],
        lambda table: table["published_date"].between("2014-08-04", "2014-08-11"),
    ),
    "last days": ([("from", "2014-08-15")], lambda table: table["published_date"] >= "2014-08-15"),
    "role": ([("role", "associative")], lambda table: table["role"].eq("associative")),
    "precision": (
        [("precision", "2"), ("precision", "0")],
        lambda table: table["geo_precision"].isna() | table["geo_precision"].eq(2),
    ),
    "status": (
        [("status", "verified"), ("status", "corrected")],
        lambda table: table["status"].isin(["verified", "corrected"]),
    ),
    "kind": (
        [("kind", "hill"), ("kind", "region"), ("kind", "")],
        lambda table: table["place_kind"].isna() | table["place_kind"].isin(["hill", "region"]),
    ),
    "certainty": (
        [("certainty", "70"), ("certainty", "none")],
        lambda table: table["score"].isna() | table["score"].between(0.7, 0.8999),
    ),
    "words": ([("q", "KYIV")], lambda table: holds(table, "kyiv")),
    "words of a sentence": ([("q", "sentence 7 ")], lambda table: holds(table, "sentence 7 ")),
}
# One field of the fragment holds one of these two.
SAME_FIELD = [{"outlet", "no outlet"}, {"dates", "last days"}, {"words", "words of a sentence"}]
PAIRS = [pair for pair in combinations(FILTERS, 2) if set(pair) not in SAME_FIELD]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return geo.save_map(geo.make_map(MENTIONS), tmp_path_factory.mktemp("maps") / "many.html")


@pytest.fixture(scope="module")
def page(browser, path):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".geo-page[data-ready]").wait_for()
    # All places in one list.
    page.evaluate("document.querySelectorAll('.geo-grow').forEach((more) => more.click())")
    yield page
    context.close()


def counts_by(column: pd.Series) -> dict[str, int]:
    return {str(key): int(count) for key, count in column.value_counts().items()}


def shown_by(page, names: list[str], *, basis: str = "") -> dict[str, object]:
    """Set the filters by the fragment; return what the page tells then."""
    fields = [field for name in names for field in FILTERS[name][0]]
    fragment = urlencode([*fields, *([("basis", basis)] if basis else [])])
    page.evaluate(
        """(fragment) => new Promise((resolve) => {
          if (location.hash === `#${fragment}`) resolve();
          addEventListener('hashchange', () => resolve(), { once: true });
          location.hash = fragment;
        })""",
        fragment,
    )
    return page.evaluate(
        """() => {
          const number = (node) => Number(node.textContent.replaceAll(',', ''));
          const outlets = document.querySelectorAll('[data-facet=outlet] .geo-option');
          const places = document.querySelectorAll('.geo-place');
          return {
            shown: Number(document.querySelector('.geo-count').dataset.shown),
            outlets: Object.fromEntries([...outlets].map((row) => (
              [row.querySelector('input').value, number(row.querySelector('.geo-number'))]
            ))),
            places: Object.fromEntries([...places].map((row) => (
              [row.dataset.place, number(row.querySelector('.geo-number'))]
            ))),
          };
        }"""
    )


def expected(names: list[str]) -> dict[str, object]:
    """Ask pandas the same."""
    table = SHOWN.assign(outlet=SHOWN["outlet"].fillna(""))
    passes = {name: FILTERS[name][1](table) for name in names}
    kept = table[pd.concat(passes.values(), axis=1).all(axis=1)]
    others = [passed for name, passed in passes.items() if "outlet" not in name]
    outlets = table[pd.concat(others, axis=1).all(axis=1)] if others else table
    places = kept["place_id"].fillna("~" + kept["surface"])
    return {
        "shown": len(kept),
        "outlets": dict.fromkeys(table["outlet"].unique(), 0) | counts_by(outlets["outlet"]),
        "places": counts_by(places),
    }


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_alone(page, name):
    assert shown_by(page, [name]) == expected([name])


@pytest.mark.parametrize("names", PAIRS, ids=" and ".join)
def test_filters_in_pairs(page, names):
    assert shown_by(page, list(names)) == expected(list(names))


def test_event_dates_are_another_basis(page):
    days = SHOWN.dropna(subset="event_start_date")
    kept = days[days["event_end_date"].ge("2014-08-04") & days["event_start_date"].le("2014-08-11")]
    assert 0 < len(kept) < len(days)
    assert shown_by(page, ["dates"], basis="event")["shown"] == len(kept)
