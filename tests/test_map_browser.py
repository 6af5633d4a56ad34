"""What a reader sees and does on a map, in a browser with the network off."""

import folium
import pytest
from axe import violations
from map_mentions import HOSTILE, LUHANSK, five_reports, many_reports, mention, table

import geo
from geo.columns import CANDIDATE_COLUMNS
from geo.errors import InputError, OutputError
from geo.maps.export import save_map
from geo.maps.mention_map import MentionLayer, make_map


@pytest.fixture(scope="module")
def five_path(tmp_path_factory):
    target = tmp_path_factory.mktemp("maps") / "five.html"
    return save_map(make_map(five_reports(), title="Five reports"), target)


@pytest.fixture
def five(visit, five_path):
    visited = visit(five_path)
    visited.page.locator(".geo-page[data-ready]").wait_for()
    return visited


@pytest.fixture
def page(five):
    return five.page


def open_map(visit, mentions, folder, **options):
    """Draw mentions and open the map."""
    visited = visit(save_map(make_map(mentions, **options), folder / "map.html"))
    visited.page.locator(".geo-page[data-ready]").wait_for()
    return visited


def shown(page):
    return int(page.locator(".geo-count").get_attribute("data-shown"))


def outlet(page, name):
    return page.locator('[data-facet="outlet"] .geo-option').filter(has_text=name)


def open_place(page, place_id):
    page.locator(f'.geo-place[data-place="{place_id}"]').click()
    return page.locator(".geo-story")


def point_of(page, latitude, longitude):
    """Return where on the screen a point of the map is."""
    return page.evaluate(
        """([latitude, longitude]) => {
          const name = Object.keys(window).find((key) => /^map_[0-9a-f]{32}$/.test(key));
          const map = window[name];
          const box = map.getContainer().getBoundingClientRect();
          const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
          return { x: x + box.x, y: y + box.y };
        }""",
        [latitude, longitude],
    )


def click_point(page, latitude, longitude):
    at = point_of(page, latitude, longitude)
    page.mouse.click(at["x"], at["y"])


# The page


def test_the_page_asks_for_nothing_but_itself(five):
    assert five.requests == [five.page.url]


def test_the_page_has_no_errors(five):
    open_place(five.page, "luhansk")
    outlet(five.page, "RT").get_by_role("checkbox").click()
    assert five.problems == []


def test_the_heading_says_what_when_and_whose(page):
    heading = page.locator(".geo-heading")
    assert heading.locator("h1").inner_text() == "Five reports"
    assert "5 articles · 3 outlets · 23 May – 28 August 2014" in heading.inner_text()


# Filters


def test_a_cleared_outlet_leaves_the_counts(page):
    before = shown(page)
    outlet(page, "VICE News").get_by_role("checkbox").click()
    assert shown(page) == before - 2
    assert page.locator('.geo-place[data-place="luhansk"] .geo-number').inner_text() == "4"


def test_none_only_and_all(page):
    everything = shown(page)
    page.get_by_role("button", name="Outlets: none").click()
    assert shown(page) == 0
    page.get_by_role("button", name="VICE News: only this").click()
    assert shown(page) == 2
    page.get_by_role("button", name="Outlets: all").click()
    assert shown(page) == everything


def test_typed_dates_cut_off_the_rest(page):
    page.locator(".geo-from").fill("2014-08-05")
    page.locator(".geo-from").blur()
    assert shown(page) == 1


def test_a_day_past_the_other_end_takes_it_along(page):
    page.locator(".geo-to").fill("2014-08-04")
    page.locator(".geo-from").fill("2014-08-10")
    page.locator(".geo-from").blur()
    assert page.locator(".geo-to").input_value() == "2014-08-10"


def test_the_handles_move_by_keyboard(page):
    page.locator(".geo-handle-from").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".geo-from").input_value() == "2014-05-24"
    assert page.locator(".geo-handle-from").get_attribute("aria-valuetext") == "24 May 2014"
    page.keyboard.press("Home")
    assert shown(page) == 9


def test_dragging_over_the_histogram_chooses_its_days(page):
    box = page.locator(".geo-histogram").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.mouse.up()
    assert shown(page) == 4  # 4 August


def test_steps_go_from_report_to_report_and_stop_at_the_last(page):
    later = page.get_by_role("button", name="Later")
    counts = []
    for _ in range(4):
        later.click()
        counts.append(shown(page))
    assert counts == [4, 4, 1, 1]
    page.get_by_role("button", name="Earlier").click()
    assert page.locator(".geo-told").inner_text() == "4 August 2014"


def test_playing_ends_by_itself(page):
    page.locator(".geo-unit").select_option("week")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Play").wait_for()
    assert page.locator(".geo-told").inner_text() == "25 August – 31 August 2014"


def test_a_search_finds_spellings(page):
    page.get_by_label("Search places, spellings and sentences").fill("shakhtersk")
    page.locator('.geo-count[data-shown="1"]').wait_for()


def test_a_result_of_the_search_opens_at_the_first_press(page):
    page.get_by_label("Search places, spellings and sentences").fill("shakhtersk")
    page.locator('.geo-count[data-shown="1"]').wait_for()
    page.locator(".geo-list .geo-place").first.click(delay=150)
    page.locator(".has-story").wait_for()


def test_back_undoes_and_reset_shows_all(page):
    everything = shown(page)
    outlet(page, "RT").get_by_role("checkbox").click()
    outlet(page, "VICE News").get_by_role("checkbox").click()
    page.go_back()
    page.locator('.geo-count[data-shown="4"]').wait_for()
    page.get_by_role("button", name="Reset").click()
    assert shown(page) == everything
    assert page.get_by_role("button", name="Reset").is_disabled()


def test_forward_goes_forward_again(page):
    outlet(page, "RT").get_by_role("checkbox").click()
    page.locator('.geo-count[data-shown="4"]').wait_for()
    page.go_back()
    page.locator('.geo-count[data-shown="9"]').wait_for()
    page.go_forward()
    page.locator('.geo-count[data-shown="4"]').wait_for()


def test_a_moved_map_does_not_spoil_what_back_undoes(page):
    page.locator(".leaflet-control-zoom-in").click()
    outlet(page, "RT").get_by_role("checkbox").click()
    page.locator('.geo-count[data-shown="4"]').wait_for()
    page.go_back()
    page.locator('.geo-count[data-shown="9"]').wait_for()
    assert "outlet" not in page.url


def test_a_year_is_typed_digit_by_digit(page):
    page.locator(".geo-to").focus()
    page.keyboard.type("08102014")
    page.locator('.geo-count[data-shown="8"]').wait_for()
    assert page.locator(".geo-from").input_value() == "2014-05-23"


def test_a_link_opens_the_same_view_again(visit, page):
    outlet(page, "RT").get_by_role("checkbox").click()
    open_place(page, "luhansk")
    again = visit_same(visit, page.url)
    assert shown(again) == shown(page)
    assert again.locator(".geo-story h2").inner_text() == "Luhansk"
    assert again.url == page.url


def visit_same(visit, url):
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    page = visit(Path(unquote(parts.path)), fragment=parts.fragment).page
    page.locator(".geo-page[data-ready]").wait_for()
    return page


# Marks and areas


def test_a_mark_has_the_colour_of_its_outlet(page):
    outlet(page, "VICE News").get_by_role("button", name="only").click()
    at = point_of(page, 48.05, 38.45)
    picture = page.screenshot(clip={**at, "width": 1, "height": 1})
    assert colour_of(picture) == (0, 158, 115)


def colour_of(picture):
    from io import BytesIO

    from PIL import Image

    return Image.open(BytesIO(picture)).convert("RGB").getpixel((0, 0))


def test_a_click_on_a_mark_opens_its_place(page):
    click_point(page, 48.05, 38.45)
    assert page.locator(".geo-story h2").inner_text() == "Shakhtarsk"


def test_a_region_is_an_area_and_a_click_on_it_opens_it(page):
    assert page.locator("path.geo-area-region").count() == 1
    click_point(page, 48.3, 38.95)
    assert page.locator(".geo-story h2").inner_text() == "Luhansk Oblast"


def test_a_region_that_is_filtered_away_is_not_drawn(page):
    outlet(page, "VICE News").get_by_role("button", name="only").click()
    assert not page.locator("path.geo-area-region").is_visible()


def test_places_at_one_point_share_a_mark_and_name_each_other(visit, tmp_path):
    other = LUHANSK | {"place_id": "airport", "place_name": "Luhansk Airport"}
    rows = table(mention("a", "RT", None, **LUHANSK), mention("b", "RT", None, **other))
    page = open_map(visit, rows, tmp_path).page
    click_point(page, 48.567, 39.317)
    page.get_by_role("button", name="Luhansk Airport").click()
    assert page.locator(".geo-story h2").inner_text() == "Luhansk Airport"


# The panel


def test_the_story_quotes_with_the_name_marked(page):
    quote = open_place(page, "shakhtarsk").locator("blockquote")
    assert quote.inner_html() == "They left <mark>Shakhtersk</mark> at night."


def test_the_story_counts_spellings_by_outlet_and_names_the_silent(page):
    story = open_place(page, "shakhtarsk").inner_text()
    assert "Shakhtersk 1" in story
    assert "Silent here: RT, The Moscow Times" in story


def test_the_story_counts_spellings_by_outlet_and_language(visit, tmp_path):
    spelt = (("Луганском", "ru"), ("Луганськом", "uk"), ("Луганском", "ru"), ("Luhansk", ""))
    rows = table(*(mention(name, "A", None, language=one, **LUHANSK) for name, one in spelt))
    lines = open_place(open_map(visit, rows, tmp_path).page, "luhansk").locator("dd div")
    told = ["Luhansk 1", "Russian: Луганском 2", "Ukrainian: Луганськом 1"]
    assert lines.all_inner_texts() == told
    assert lines.locator("[lang]").evaluate_all("all => all.map((one) => one.lang)") == ["ru", "uk"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("verified", "checked by a person"),
        ("corrected", "corrected by a person"),
        ("unresolvable", "nobody can tell which place is meant"),
    ],
)
def test_the_story_says_what_a_person_decided(visit, tmp_path, status, said):
    rows = table(mention("Luhansk", "A", None, status=status, reason=HOSTILE, **LUHANSK))
    story = open_place(open_map(visit, rows, tmp_path).page, "luhansk")
    assert said in story.locator(".geo-facts").inner_text()
    assert story.locator(".geo-reason").inner_text() == HOSTILE


def test_where_all_is_in_one_language_none_is_named(visit, tmp_path):
    rows = five_reports().assign(language="en")
    story = open_place(open_map(visit, rows, tmp_path).page, "shakhtarsk")
    assert "Shakhtersk 1" in story.inner_text()
    assert "English" not in story.inner_text()


def test_the_story_goes_by_date_and_outlet(page):
    headings = open_place(page, "luhansk").locator("h3").all_inner_texts()
    assert headings == [
        "23 May 2014 · RT",
        "4 August 2014 · RT",
        "4 August 2014 · The Moscow Times",
        "4 August 2014 · VICE News",
        "28 August 2014 · The Moscow Times",
    ]


def test_the_story_keeps_in_step_with_the_filters(page):
    story = open_place(page, "luhansk")
    outlet(page, "RT").get_by_role("button", name="only").click()
    assert story.locator("h3").count() == 2


def test_escape_closes_the_story_and_gives_the_focus_back(page):
    open_place(page, "luhansk")
    page.keyboard.press("Escape")
    assert page.locator(".geo-story").is_hidden()
    assert page.evaluate("document.activeElement.dataset.place") == "luhansk"


def test_names_without_a_place_are_listed_and_counted(page):
    assert page.get_by_role("heading", name="Without a place on the map 1, 1 mention").is_visible()
    assert "Novorossiya" in page.locator(".geo-list").inner_text()


def test_only_web_addresses_become_links(visit, tmp_path):
    rows = table(
        mention("Luhansk", "A", None, title="good", url="https://x.org/", **LUHANSK),
        mention("Luhansk", "B", None, title="bad", url="javascript:alert(1)", **LUHANSK),
    )
    story = open_place(open_map(visit, rows, tmp_path).page, "luhansk")
    assert story.locator("a").evaluate_all("all => all.map((one) => one.href)") == [
        "https://x.org/"
    ]
    assert story.get_by_text("bad").is_visible()


def test_rivals_are_told_with_their_scores(visit, tmp_path):
    row = mention("Lugansk", "RT", None, mention_id="a:0-7", **LUHANSK)
    rival = {"place_id": "x", "place_name": "Lugansk", "country_code": "KZ", "score": 0.01}
    rival |= {"latitude": 52.0, "longitude": 77.0, "rank": 2, "place_kind": "settlement"}
    candidates = table(mention("x", "RT", None))[[]].assign(
        **{column: [rival.get(column)] for column in CANDIDATE_COLUMNS}
    )
    candidates["mention_id"] = "a:0-7"
    page = open_map(visit, table(row), tmp_path, candidates=candidates).page
    story = open_place(page, "luhansk")
    story.get_by_text("What else: Lugansk").click()
    button = story.get_by_role("button", name="Lugansk, Kazakhstan · settlement · 0.01")
    button.hover()
    assert button.is_visible()


# Downloads


@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_the_shown_mentions_can_be_taken_away_and_drawn_again(visit, tmp_path, ending):
    mentions = many_reports(60)
    page = open_map(visit, mentions, tmp_path).page
    page.get_by_role("button", name="RT: only this").click()
    page.get_by_text("Sources and downloads").click()
    with page.expect_download() as download:
        page.locator(f".geo-save-{ending}").click()
    download.value.save_as(tmp_path / f"shown.{ending}")
    back = geo.read_mentions(tmp_path / f"shown.{ending}").set_index("mention_id").sort_index()
    rt = mentions[(mentions["outlet"] == "RT") & (mentions["status"] != "rejected")]
    rt = rt.set_index("mention_id").sort_index()
    columns = ("surface", "language", "context", "place_id", "latitude", "status", "end")
    for column in (*columns, "published_date"):
        assert back[column].equals(rt[column]), column


# Where it opens


def test_a_map_shows_in_a_notebook_and_its_filters_work(visit, tmp_path):
    notebook = tmp_path / "notebook.html"
    notebook.write_text(make_map(five_reports())._repr_html_(), encoding="utf-8")
    visited = visit(notebook)
    frame = visited.page.frame_locator("iframe")
    frame.locator(".geo-page[data-ready]").wait_for()
    frame.get_by_role("button", name="VICE News: only this").click()
    assert frame.locator(".geo-count").get_attribute("data-shown") == "2"
    assert visited.problems == []
    assert [url for url in visited.requests if url.startswith("http")] == []


def test_the_layer_works_on_a_map_of_ones_own(visit, tmp_path):
    own = folium.Map(location=(48, 38), tiles=None)
    MentionLayer(five_reports(), fit_view=False).add_to(own)
    folium.Marker((48, 38)).add_to(own)
    visited = visit(save_map(own, tmp_path / "own.html"))
    visited.page.locator(".geo-page[data-ready]").wait_for()
    assert shown(visited.page) == 9
    assert visited.page.locator(".leaflet-marker-icon").count() == 1
    assert visited.problems == []


def test_a_narrow_map_has_the_sheet_on_a_wide_screen(visit, tmp_path):
    own = folium.Map(location=(48, 38), tiles=None, width=500, height=500)
    MentionLayer(five_reports()).add_to(own)
    page = visit(save_map(own, tmp_path / "own.html")).page
    page.locator(".geo-page[data-ready]").wait_for()
    assert page.locator(".geo-page").bounding_box()["width"] == 500
    assert not page.locator(".geo-side").is_visible()


def test_a_layer_of_another_layer_is_refused(tmp_path):
    own = folium.Map(tiles=None)
    group = folium.FeatureGroup().add_to(own)
    MentionLayer(five_reports()).add_to(group)
    with pytest.raises(InputError, match=r"add the MentionLayer to the folium\.Map itself"):
        save_map(own, tmp_path / "own.html")


def test_a_second_layer_is_refused(tmp_path):
    own = make_map(five_reports())
    MentionLayer(five_reports()).add_to(own)
    with pytest.raises(InputError, match="a map takes one MentionLayer"):
        save_map(own, tmp_path / "own.html")


def test_reports_of_two_centuries_have_a_timeline(visit, tmp_path):
    rows = table(mention("a", "A", "1783-02-01", **LUHANSK), mention("b", "B", "2014-08-04"))
    visited = open_map(visit, rows, tmp_path)
    assert shown(visited.page) == 2
    assert visited.problems == []


def test_an_empty_table_is_a_map_that_says_so(visit, tmp_path):
    visited = open_map(visit, five_reports().iloc[:0], tmp_path)
    assert "0 mentions" in visited.page.locator(".geo-count").inner_text()
    assert visited.problems == []


def test_tiles_that_fail_are_told(visit, tmp_path):
    visited = open_map(visit, five_reports(), tmp_path, tiles="OpenStreetMap Mapnik")
    notice = visited.page.locator(".geo-notice")
    notice.wait_for()
    assert "tiles did not load" in notice.inner_text()


def test_tiles_of_ones_own_layers_may_be_loaded(tmp_path):
    own = make_map(five_reports())
    group = folium.FeatureGroup().add_to(own)
    folium.TileLayer("https://tiles.example.org/{z}/{x}/{y}.png", attr="x").add_to(group)
    text = save_map(own, tmp_path / "own.html").read_text(encoding="utf-8")
    assert "img-src data: https://tiles.example.org;" in text


def test_only_the_tiles_asked_for_may_be_loaded(tmp_path):
    mapped = make_map(five_reports(), tiles="OpenStreetMap Mapnik")
    text = save_map(mapped, tmp_path / "tiles.html").read_text(encoding="utf-8")
    assert "img-src data: https://tile.openstreetmap.org;" in text


# For everybody


def test_on_a_phone_the_panel_is_a_sheet(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".geo-side").wait_for(state="hidden")
    sheet = page.get_by_role("button", name="Filters and places")
    sheet.click()
    assert sheet.get_attribute("aria-expanded") == "true"
    outlet(page, "VICE News").get_by_role("button", name="only").click()
    assert shown(page) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    assert violations(page) == []
    if width < 700:
        page.get_by_role("button", name="Filters and places").click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations(page) == []
    open_place(page, "luhansk")
    assert violations(page) == []


def test_everything_is_reached_by_keyboard_alone(page):
    """A tour: filter an outlet, choose a day, search, open a place, read it, close it, save."""
    press = page.keyboard.press

    def tab_to(selector):
        for _ in range(80):
            press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    tab_to(".geo-search")
    page.keyboard.type("Luhansk")
    assert shown(page) == 6
    tab_to('[data-facet="outlet"] input')
    press("Space")
    assert shown(page) == 3
    tab_to(".geo-place")
    press("Enter")
    assert page.locator(".geo-story h2").inner_text() == "Luhansk"
    press("Escape")
    assert page.evaluate("document.activeElement.className") == "geo-place"
    tab_to(".geo-from")
    tab_to(".geo-handle-from")
    press("End")
    assert shown(page) == 1
    tab_to(".leaflet-container")
    press("+")


# What is refused


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
