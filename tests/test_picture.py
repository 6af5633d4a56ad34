"""What the static picture shows, read from the figure's parts."""

import re
import subprocess
import sys
import warnings
from datetime import date, timedelta

import nbformat
import pytest
from helpers import ROOT, run_geo
from map_mentions import HOSTILE, LUHANSK, OBLAST, SEA, SHAKHTARSK, five_reports, mention, table
from matplotlib.figure import Figure
from nbclient import NotebookClient

import geo
from geo.errors import InputError
from geo.maps.picture import save_picture
from geo.maps.picture.drawing import to_png
from geo.maps.picture.panels import lay_out
from geo.maps.picture.small_map import COLOURS, OTHERS_COLOUR

KYIV = LUHANSK | {"place_id": "kyiv", "place_name": "Kyiv", "latitude": 50.45, "longitude": 30.52}


def parts(figure: Figure, gid: str) -> list:
    return figure.findobj(lambda artist: artist.get_gid() == gid)


def texts(figure: Figure, gid: str) -> list[str]:
    return [part.get_text() for part in parts(figure, gid)]


def titles(figure: Figure) -> list[str]:
    return [axes.get_title(loc="left") for axes in parts(figure, "panel")]


def n_circles(figure: Figure, gid: str = "circles") -> int:
    """Count the circles on the maps, not those of the legend and the headings."""
    drawn = [part for axes in parts(figure, "panel") for part in axes.collections]
    return sum(len(part.get_offsets()) for part in drawn if part.get_gid() == gid)


def reports(n_outlets: int, n_weeks: int) -> object:
    days = [date(2014, 8, 4) + timedelta(weeks=n) for n in range(n_weeks)]
    return table(
        *(
            mention("Lugansk", f"Outlet {n:02}", day.isoformat(), **LUHANSK)
            for n in range(n_outlets)
            for day in days
        )
    )


@pytest.fixture(scope="module")
def five() -> Figure:
    return geo.plot_map(five_reports(), title="Five reports")


def test_its_colours_are_those_of_the_interactive_map() -> None:
    script = (ROOT / "src/geo/maps/page/colours.js").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-f]{6}", script) == [*COLOURS, OTHERS_COLOUR]


def test_a_column_an_outlet_and_a_row_a_week(five):
    assert texts(five, "column") == ["RT", "The Moscow Times", "VICE News"]
    assert texts(five, "row") == ["19–25 May 2014", "4–10 August 2014", "25–31 August 2014"]
    assert len(parts(five, "panel")) == 9


def test_a_panel_counts_its_mentions(five):
    assert titles(five)[:4] == ["3 mentions", "", "", "1 mention"]


def test_silence_is_said(five):
    assert texts(five, "nothing") == ["no mention"] * 4


def test_all_panels_show_the_same_part_of_the_world(five):
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in parts(five, "panel")}) == 1


def test_every_exact_place_is_a_circle(five):
    assert n_circles(five) == 6


def test_names_stand_at_the_circles(five):
    assert {"Luhansk", "Shakhtarsk", "Luhansk Oblast"} <= set(texts(five, "name"))


def test_sources_are_credited(five):
    assert texts(five, "note")[-1].endswith("Map: Natural Earth; GeoNames (CC BY 4.0).")


def test_mentions_without_a_place_are_counted(five):
    assert "1 mention without a place not drawn." in " ".join(texts(five, "note"))


def test_weeks_that_are_left_out_are_said(five):
    assert "Weeks without mentions are left out." in " ".join(texts(five, "note"))


def test_openstreetmap_is_credited_where_it_was_asked():
    figure = geo.plot_map(table(mention("a", "RT", None, gazetteer="nominatim", **LUHANSK)))
    assert "© OpenStreetMap contributors" in texts(figure, "note")[-1]


def test_a_region_is_an_area_and_no_circle():
    figure = geo.plot_map(table(mention("Luhansk region", "RT", "2014-08-04", **OBLAST)))
    assert [area.get_label() for area in parts(figure, "area")] == ["Luhansk Oblast"]
    assert n_circles(figure) == 0


def test_a_sea_is_only_a_name():
    rows = table(mention("a", "RT", None, **SEA), mention("b", "RT", None, **SHAKHTARSK))
    figure = geo.plot_map(rows)
    assert n_circles(figure) == 1
    assert "Sea of Azov" in " ".join(texts(figure, "name") + texts(figure, "rest"))


def test_an_approximate_position_is_a_ring():
    near = LUHANSK | {"geo_precision": 2}
    figure = geo.plot_map(table(mention("a", "RT", None, **near)))
    assert (n_circles(figure, "rings"), n_circles(figure)) == (1, 0)


def test_a_place_that_only_acts_is_pale():
    rows = table(
        mention("a", "RT", None, **LUHANSK),
        mention("b", "RT", None, role="associative", **SHAKHTARSK),
    )
    (circles,) = parts(geo.plot_map(rows), "panel")[0].collections
    colours = [tuple(colour) for colour in circles.get_facecolor().round(2)]
    assert sorted(colours) == [(0.0, 0.45, 0.7, 1.0), (0.7, 0.83, 0.91, 1.0)]


def test_the_circles_area_grows_with_the_count():
    rows = table(
        *[mention("a", "RT", None, **LUHANSK)] * 9, *[mention("b", "RT", None, **SHAKHTARSK)] * 4
    )
    (circles,) = parts(geo.plot_map(rows), "panel")[0].collections
    large, small = (path.get_extents().width for path in circles.get_paths())
    assert large / small == pytest.approx(1.5)


def test_a_few_places_far_away_are_named_below():
    rows = [mention("a", "RT", None, **LUHANSK)] * 6 + [mention("b", "RT", None, **SHAKHTARSK)] * 6
    far = [mention("c", "RT", None, **KYIV | {"place_name": "Far", "longitude": -3.7})]
    figure = geo.plot_map(table(*rows, *far))
    assert texts(figure, "rest") == ["also Far"]
    assert n_circles(figure) == 2


def test_a_place_that_only_acts_does_not_widen_the_map():
    rows = table(
        mention("a", "RT", None, **LUHANSK), mention("b", "RT", None, role="associative", **KYIV)
    )
    assert texts(geo.plot_map(rows), "rest") == ["also Kyiv"]


def test_rejected_mentions_are_left_out():
    rows = table(
        mention("a", "RT", None, **LUHANSK),
        mention("b", "VICE", None, status="rejected", **SHAKHTARSK),
    )
    assert texts(geo.plot_map(rows), "summary") == ["1 mention · 1 article · RT"]


def test_one_outlet_in_one_week_is_one_map():
    figure = geo.plot_map(reports(1, 1))
    assert (len(parts(figure, "panel")), texts(figure, "row")) == (1, [])


def test_one_outlet_has_its_weeks_side_by_side():
    figure = geo.plot_map(reports(1, 2))
    assert titles(figure) == ["4–10 August 2014 · 1 mention", "11–17 August 2014 · 1 mention"]


def test_too_many_weeks_become_months():
    figure = geo.plot_map(reports(2, 7))
    assert texts(figure, "row") == ["August 2014", "September 2014"]
    assert "More than 6 weeks: drawn by month." in " ".join(texts(figure, "note"))


def test_too_many_outlets_are_put_together():
    sheet = lay_out(reports(40, 2), ("outlet", "week"))
    assert (len(sheet.panels), sheet.column_headings[-1]) == (12, "other outlets")
    assert sheet.notes[-2] == "The 35 outlets with the fewest mentions are put together."


@pytest.mark.parametrize("years", [3, 40, 400, 9_000])
def test_there_are_never_too_many_rows(years):
    rows = [
        mention("a", "RT", f"{n:04}-12-31", **LUHANSK) for n in range(1, years, years // 30 + 1)
    ]
    assert lay_out(table(*rows, mention("b", "RT", None)), ["week"]).n_rows <= 3


def test_outlets_share_a_circle_where_they_share_a_map():
    rows = table(mention("a", "RT", None, **LUHANSK), mention("b", "VICE", None, **LUHANSK))
    (circles,) = parts(geo.plot_map(rows, by="week"), "panel")[0].collections
    assert len(circles.get_paths()) == 2


def test_undated_reports_come_last():
    rows = table(mention("a", "RT", None, **LUHANSK), mention("b", "VICE", "2014-08-04", **LUHANSK))
    assert texts(geo.plot_map(rows), "row") == ["4–10 August 2014", "undated"]


def test_an_empty_table_is_drawn_and_says_so():
    figure = geo.plot_map(five_reports()[:0])
    assert texts(figure, "nothing") == texts(figure, "summary") == ["no mention"]


def test_a_table_without_any_place_says_so():
    figure = geo.plot_map(table(mention("Nowhere", "RT", None)))
    assert texts(figure, "nothing") == ["1 mention, no place known"]


@pytest.mark.parametrize(
    "text", ["$\\frac{", "<b>", HOSTILE, "a\n\tb\x00", "北京", "\ud800", "$" * 999]
)
def test_any_text_is_drawn_as_it_is(text):
    names = LUHANSK | {"place_name": text}
    rows = table(mention(text, text, None, **names), mention(text, "RT", "2014-08-04", **names))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert to_png(geo.plot_map(rows, title=text)).startswith(b"\x89PNG")


def test_a_long_name_stays_in_its_column():
    rows = reports(2, 2)
    rows["outlet"] = rows["outlet"] + " of a Very Long Name" * 9
    figure = geo.plot_map(rows)
    ends = [part.get_window_extent().x1 for part in parts(figure, "column")]
    assert ends[1] < figure.bbox.x1
    assert ends[0] < parts(figure, "panel")[1].bbox.x0


def test_an_unknown_division_is_said():
    with pytest.raises(InputError) as caught:
        geo.plot_map(five_reports(), by="month")
    assert str(caught.value) == "by='month' is no division; use 'outlet', 'week', both or ()"


def test_the_same_table_gives_the_same_bytes(tmp_path):
    pictures = [save_picture(geo.plot_map(five_reports()), tmp_path / f"{n}.png") for n in "ab"]
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


def test_pyplot_is_left_alone():
    code = (
        "import sys; sys.path.insert(0, 'tests'); import geo, map_mentions as m;"
        "geo.plot_map(m.five_reports()); assert 'matplotlib.pyplot' not in sys.modules"
    )
    root = geo.__file__.rsplit("/src/", 1)[0]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_a_notebook_shows_the_picture(tmp_path):
    code = "import geo\ngeo.plot_map(geo.geocode([geo.Article('a', 'Shelling near Luhansk.')]))"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (output,) = notebook.cells[0].outputs
    assert "image/png" in output["data"]


def test_the_command_writes_a_picture_and_a_map(tmp_path):
    options = ("--outlet", "A", "--date", "2014-08-05", "--png", "p.png", "-o", "m.html")
    done = run_geo("map", "-", *options, cwd=tmp_path, stdin=b"Shelling was heard near Gukovo.")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(": m.html and p.png\n")
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_a_map_or_a_picture_must_be_asked_for(tmp_path):
    done = run_geo("map", "-", cwd=tmp_path, stdin=b"Near Gukovo.")
    assert done.returncode == 2
    assert "name a file to write: -o map.html, --png picture.png, or both" in " ".join(
        done.stderr.replace("│", " ").split()
    )
