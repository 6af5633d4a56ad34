"""What a reader sees of a map, in a browser with the network off."""

import folium
import pytest
from map_mentions import HOSTILE, LUHANSK, five_reports, mention, table

from geo.errors import InputError, OutputError
from geo.maps.export import save_map
from geo.maps.mention_map import MentionLayers, make_map
from geo.records import Article


@pytest.fixture(scope="module")
def five_path(tmp_path_factory):
    target = tmp_path_factory.mktemp("maps") / "five.html"
    return save_map(make_map(five_reports(), title="Five reports"), target)


@pytest.fixture
def five(visit, five_path):
    return visit(five_path)


@pytest.fixture
def hostile(visit, tmp_path):
    """A map in which every text that an author or outlet chooses is an attack."""
    texts = {"place_name": HOSTILE, "context": HOSTILE, "reason": HOSTILE, "article_id": "a"}
    rows = table(
        mention(HOSTILE, HOSTILE, "2014-08-04", **(LUHANSK | texts)),
        mention(HOSTILE, HOSTILE, "2014-08-04", article_id="a"),
    )
    article = Article("a", "", title=HOSTILE, url="javascript:alert(1)")
    mapped = make_map(rows, articles=[article], title=HOSTILE)
    return visit(save_map(mapped, tmp_path / "hostile.html"))


def mark(page, name):
    return page.locator(f'.geo-mark[aria-label^="{name}"]')


def open_popup(page, name):
    mark(page, name).focus()
    page.keyboard.press("Enter")
    return page.locator(".leaflet-popup-content")


def test_the_page_asks_for_nothing_but_itself(five):
    assert five.requests == [five.page.url]


def test_the_page_has_no_errors(five):
    open_popup(five.page, "Luhansk").wait_for()
    assert five.problems == []


def test_five_outlets_and_dates_are_five_overlays(five):
    assert five.page.locator(".leaflet-control-layers-overlays input:checked").count() == 5


def test_a_mark_is_named_for_those_who_cannot_see_it(five):
    label = mark(five.page, "Luhansk").get_attribute("aria-label")
    assert label == "Luhansk: 5 mentions, 3 outlets"


def test_an_unchecked_layer_leaves_the_counts(five):
    five.page.get_by_label("2014-05-23 · RT").uncheck()
    label = mark(five.page, "Luhansk").get_attribute("aria-label")
    assert label == "Luhansk: 4 mentions, 3 outlets"


def test_an_unchecked_layer_takes_its_marks_along(five):
    five.page.get_by_label("2014-08-04 · VICE News").uncheck()
    assert mark(five.page, "Shakhtarsk").count() == 0


def test_none_removes_every_mark_and_all_brings_them_back(five):
    five.page.get_by_role("button", name="none").click()
    assert five.page.locator(".geo-mark, .geo-label, .geo-area").count() == 0
    five.page.get_by_role("button", name="all").click()
    assert five.page.locator(".geo-mark").count() == 2


def test_a_region_is_drawn_without_a_pin(five):
    assert mark(five.page, "Luhansk Oblast").count() == 0
    assert five.page.locator("path.geo-area-region").count() == 1
    assert five.page.locator(".geo-label-region").inner_text() == "Luhansk Oblast"


def test_the_label_of_a_region_opens_its_popup(five):
    five.page.locator(".geo-label-region").click()
    assert "Luhansk region (Luhansk Oblast)" in five.page.locator(".geo-story h2").inner_text()


def test_a_sea_is_only_a_name(five):
    assert five.page.locator(".geo-label-water").count() == 1
    assert five.page.locator("path.geo-area-water").count() == 0


def test_a_popup_puts_the_articles_spelling_first(five):
    heading = open_popup(five.page, "Shakhtarsk").locator("h2")
    assert heading.inner_text() == "Shakhtersk (Shakhtarsk)"


def test_escape_closes_a_popup(five):
    popup = open_popup(five.page, "Luhansk")
    popup.wait_for()
    five.page.keyboard.press("Escape")
    popup.wait_for(state="detached")


def test_a_popup_marks_the_mention_in_its_sentence(five):
    quote = open_popup(five.page, "Shakhtarsk").locator("blockquote")
    assert quote.inner_html() == "They left <mark>Shakhtersk</mark> at night."


def test_a_popup_dates_the_report_in_words(five):
    heading = open_popup(five.page, "Shakhtarsk").locator("h3")
    assert heading.inner_text() == "VICE News · 4 August 2014"


def test_a_popup_leaves_out_what_is_unchecked(five):
    five.page.get_by_label("2014-05-23 · RT").uncheck()
    headings = open_popup(five.page, "Luhansk").locator("h3").all_inner_texts()
    assert "RT · 23 May 2014" not in headings
    assert len(headings) == 4


def test_mentions_without_a_place_are_told(five):
    assert "1 mention without a place" in five.page.locator(".geo-title").inner_text()


def test_places_at_one_point_share_a_mark(visit, tmp_path):
    other = LUHANSK | {"place_id": "raion", "place_name": "Luhansk Airport"}
    rows = table(mention("a", "RT", None, **LUHANSK), mention("b", "RT", None, **other))
    page = visit(save_map(make_map(rows), tmp_path / "map.html")).page
    assert page.locator(".geo-mark").count() == 1
    assert open_popup(page, "Luhansk / Luhansk Airport").locator("h2").count() == 2


def test_hostile_text_is_shown_as_text(hostile):
    page = hostile.page
    assert page.title() == HOSTILE
    assert page.locator(".geo-title h1").inner_text() == HOSTILE
    assert HOSTILE in page.locator(".geo-layer").inner_text()
    assert page.locator(".geo-name").inner_text() == HOSTILE


def test_hostile_text_runs_nothing(hostile):
    hostile.page.locator(".geo-mark").focus()
    hostile.page.keyboard.press("Enter")
    hostile.page.locator(".geo-story mark").wait_for()
    assert hostile.page.locator("img, .geo-story a").count() == 0
    assert hostile.problems == []


def test_a_map_shows_in_a_notebook(visit, tmp_path):
    notebook = tmp_path / "notebook.html"
    notebook.write_text(make_map(five_reports())._repr_html_(), encoding="utf-8")
    visited = visit(notebook)
    visited.page.frame_locator("iframe").locator(".geo-mark").first.wait_for()
    assert visited.problems == []
    assert [url for url in visited.requests if url.startswith("http")] == []


def test_the_layers_work_on_a_map_of_ones_own(visit, tmp_path):
    own = folium.Map(location=(48, 38), tiles=None)
    MentionLayers(five_reports(), fit_view=False).add_to(own)
    folium.Marker((48, 38)).add_to(own)
    visited = visit(save_map(own, tmp_path / "own.html"))
    assert visited.page.locator(".geo-mark").count() == 2
    assert visited.problems == []


def test_tiles_that_fail_are_told(visit, tmp_path):
    mapped = make_map(five_reports(), tiles="OpenStreetMap Mapnik")
    page = visit(save_map(mapped, tmp_path / "tiles.html")).page
    notice = page.locator(".geo-notice")
    notice.wait_for()
    assert "tiles did not load" in notice.inner_text()


def test_on_a_phone_the_layer_control_is_folded(five):
    five.page.set_viewport_size({"width": 400, "height": 800})
    five.page.reload()
    assert not five.page.locator(".leaflet-control-layers-list").is_visible()


def test_only_the_tiles_asked_for_may_be_loaded(tmp_path):
    mapped = make_map(five_reports(), tiles="OpenStreetMap Mapnik")
    text = save_map(mapped, tmp_path / "tiles.html").read_text(encoding="utf-8")
    assert "img-src data: https://tile.openstreetmap.org;" in text


def test_unknown_tiles_are_refused():
    with pytest.raises(InputError) as caught:
        make_map(five_reports(), tiles="Nowhere")
    assert str(caught.value) == (
        "no tile provider is called 'Nowhere'; try one of OpenStreetMap.Mapnik, "
        "OpenTopoMap, Esri.WorldImagery, or leave tiles out for the embedded basemap"
    )


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    (tmp_path / "map.html").mkdir()
    with pytest.raises(OutputError):
        save_map(make_map(five_reports()), tmp_path / "map.html")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_plugins_that_need_the_network_are_refused(tmp_path):
    from folium.plugins import MiniMap

    own = make_map(five_reports())
    MiniMap().add_to(own)
    with pytest.raises(InputError, match=r"A plugin of the map loads .* from the network"):
        save_map(own, tmp_path / "map.html")
