"""The whole picture: its panels on a grid, with headings, legend and credits.

All lengths are in points; a picture is 720 points wide, which GitHub shows at 1,000 pixels.
"""

import io
from collections.abc import Sequence
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from shapely import Geometry

from geo.maps.outlines import gazetteer_of_areas
from geo.maps.picture.background import Background
from geo.maps.picture.circles import Circle, draw_circles
from geo.maps.picture.frame import find_frame
from geo.maps.picture.legend import (
    break_lines,
    draw_legend,
    height_of,
    mark_entries,
    outlet_entries,
)
from geo.maps.picture.panels import OTHERS, Mark, Panel, Sheet
from geo.maps.picture.small_map import COLOURS, INK, OTHERS_COLOUR, QUIET, SmallMap
from geo.maps.picture.writing import PLAIN, fit, quiet, wrap

WIDTH, DPI = 720.0, 200
MARGIN, GAP = 18.0, 9.0
INNER = WIDTH - 2 * MARGIN
CREDITS = ("Natural Earth", "GeoNames (CC BY 4.0)")
OSM_CREDIT = "© OpenStreetMap contributors"
TITLE, HEADING, NARROW_HEADING, SMALL = 14.0, 9.0, 7.5, 7.0
# Lowest and highest height by width of a panel, by the number of columns.
_RATIOS = {1: (0.5, 0.7), 2: (0.6, 0.95), 3: (0.7, 1.1)}
_NARROW_RATIOS = (0.8, 1.25)
# Above and below a panel: its title, and what lies beyond the map.
_TITLE_ROOM, _REST_ROOM = 12.0, 13.0


class Picture(Figure):
    """A figure that shows itself in a notebook, without pyplot."""

    def _repr_png_(self) -> tuple[bytes, dict[str, float]]:
        return to_png(self), {"width": 100 * self.get_figwidth()}

    def draw(self, renderer: Any) -> None:
        with quiet():
            super().draw(renderer)


def to_png(figure: Figure) -> bytes:
    """Return a figure as PNG: the same bytes for the same figure, whatever the user's settings."""
    content = io.BytesIO()
    with matplotlib.style.context("default"):
        figure.savefig(content, format="png", dpi=DPI, metadata={"Software": None})
    return content.getvalue()


def draw_sheet(sheet: Sheet, title: str) -> Picture:
    """Draw a sheet on a figure that is as high as it needs to be."""
    with matplotlib.style.context("default"), quiet():
        columns = sheet.n_columns
        areas = _find_areas(sheet.marks)
        frame = find_frame(sheet.marks, areas, _RATIOS.get(columns, _NARROW_RATIOS))
        width = (INNER - GAP * (columns - 1)) / columns
        background = Background(frame, sheet.labels)
        size = width, width * frame.ratio
        small = SmallMap(background, areas, _colours(sheet.outlets), size, _most(sheet))
        return _Page(sheet, small, title).picture


def _find_areas(marks: Sequence[Mark]) -> dict[str, Geometry]:
    gazetteer = gazetteer_of_areas(mark.kind for mark in marks)
    found = {mark.place_id: gazetteer.area(mark.place_id) for mark in marks if mark.is_area}
    return {place_id: area for place_id, area in found.items() if area is not None}


def _colours(outlets: Sequence[str]) -> list[str]:
    has_others = outlets[-1] == OTHERS
    return [*COLOURS[: len(outlets) - has_others], *[OTHERS_COLOUR] * has_others]


def _most(sheet: Sheet) -> int:
    counts = (mark.count for panel in sheet.panels for mark in panel.marks if not mark.is_area)
    return max(counts, default=1)


class _Page:
    """Lays out the parts of a picture from top to bottom."""

    def __init__(self, sheet: Sheet, small: SmallMap, title: str) -> None:
        self.sheet, self.small, self.title = sheet, small, title
        # In a grid each column is one outlet, and its heading has the colour.
        named = () if sheet.column_headings or len(sheet.outlets) == 1 else sheet.outlets
        self.legend = [
            *break_lines(outlet_entries(small, named), INNER),
            *break_lines(mark_entries(small, _most(sheet)), INNER),
        ]
        self.legend_height = sum(map(height_of, self.legend))
        self.notes = wrap(" ".join(_notes(sheet, small)), INNER, SMALL)
        self.row_height = (
            bool(sheet.row_headings) * 2 * HEADING + _TITLE_ROOM + small.height + _REST_ROOM
        )
        self.height = self._down(sheet.n_rows) + 2 + self.legend_height
        self.height += 6 + 10 * len(self.notes) + 6 + MARGIN / 2
        self.picture = Picture(figsize=(WIDTH / 72, self.height / 72), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.picture)
        self._draw()

    def _down(self, row: int) -> float:
        """Return how far from the top a row of panels begins."""
        down = MARGIN + 1.5 * TITLE * bool(self.title.strip()) + 1.6 * HEADING
        down += (2.2 if self.sheet.column_headings else 0.6) * HEADING
        return down + row * self.row_height

    def _draw(self) -> None:
        down = MARGIN
        if self.title.strip():
            text = fit(self.title, INNER, TITLE, "bold")
            self._write(MARGIN, down + TITLE, text, size=TITLE, weight="bold")
            down += 1.5 * TITLE
        summary = fit(self.sheet.summary, INNER, HEADING)
        self._write(MARGIN, down + HEADING, summary, size=HEADING, color=QUIET, gid="summary")
        self._head_columns()
        for row, heading in enumerate(self.sheet.row_headings):
            self._head_row(row, heading)
        for panel in self.sheet.panels:
            self._draw_panel(panel)
        self._draw_foot()

    def _left(self, column: int) -> float:
        return MARGIN + column * (self.small.width + GAP)

    def _head_columns(self) -> None:
        for column, heading in enumerate(self.sheet.column_headings):
            left, down = self._left(column), self._down(0) - 4
            size = HEADING if len(self.sheet.column_headings) < 5 else NARROW_HEADING
            text = fit(heading, self.small.width - 11, size, "bold")
            self._write(left + 11, down, text, size=size, weight="bold", gid="column")
            dot = self._axes(left, down + 2, 8, 8, gid="dot")
            dot.set_axis_off()
            dot.set(xlim=(0, 8), ylim=(0, 8))
            draw_circles(dot, [Circle(4, 4, 3.6, [(self.small.colours[column], 1)])])

    def _head_row(self, row: int, heading: str) -> None:
        down = self._down(row)
        up = 1 - (down + 2) / self.height
        ends = [MARGIN / WIDTH, 1 - MARGIN / WIDTH]
        line = Line2D(ends, [up, up], color="#c9ced3", linewidth=0.6)
        self.picture.add_artist(line)
        self._write(MARGIN, down + 1.6 * HEADING, heading, size=HEADING, weight="bold", gid="row")

    def _draw_panel(self, panel: Panel) -> None:
        left = self._left(panel.column)
        down = self._down(panel.row + 1) - _REST_ROOM
        axes = self._axes(left, down, self.small.width, self.small.height, gid="panel")
        axes.set(xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set(color="#b9bfc5", linewidth=0.5)
        is_head = not self.sheet.row_headings
        size = HEADING if is_head else SMALL
        title = fit(panel.title, self.small.width, size)
        if len(self.sheet.panels) > 1:
            color = INK if is_head else QUIET
            axes.set_title(title, loc="left", pad=3, color=color, fontsize=size, **PLAIN)
        self.small.draw(axes, panel)

    def _draw_foot(self) -> None:
        down = self._down(self.sheet.n_rows) + 2 + self.legend_height
        axes = self._axes(MARGIN, down, INNER, self.legend_height, gid="legend")
        axes.set_axis_off()
        axes.set(xlim=(0, INNER), ylim=(0, self.legend_height))
        draw_legend(axes, self.legend)
        down += 6
        for line in self.notes:
            down += 10
            self._write(MARGIN, down, line, size=SMALL, color=QUIET, gid="note")

    def _axes(self, left: float, down: float, width: float, height: float, gid: str) -> Axes:
        """Return axes whose lower left corner is so far from the left and from the top."""
        bottom = self.height - down
        rectangle = (left / WIDTH, bottom / self.height, width / WIDTH, height / self.height)
        axes = self.picture.add_axes(rectangle)
        axes.set_gid(gid)
        return axes

    def _write(self, left: float, down: float, text: str, **style: Any) -> None:
        """Write a text whose base line is so far from the top."""
        style = PLAIN | {"color": INK, "va": "baseline"} | style
        self.picture.text(left / WIDTH, 1 - down / self.height, text, **style)


def _notes(sheet: Sheet, small: SmallMap) -> list[str]:
    """Return what is left out of the picture, and who is to be credited."""
    also = "“also”: beyond the map, or no room for the name."
    may_lack_name = any(mark.is_area or small.hides(mark) for mark in sheet.marks)
    sources = [*CREDITS, *[OSM_CREDIT] * sheet.shows_osm]
    notes = [*sheet.notes, also if may_lack_name else ""]
    return [*filter(None, notes), f"Map: {'; '.join(sources)}."]
