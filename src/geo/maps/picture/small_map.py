"""One panel of a picture: areas, circles and names over the basemap."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.patheffects import withStroke
from shapely import Geometry

from geo.maps.picture.background import Background, outline
from geo.maps.picture.circles import Circle, draw_circles
from geo.maps.picture.names import Box, Room, beside, upon
from geo.maps.picture.panels import Mark, Panel, count_of
from geo.maps.picture.writing import PLAIN, fit, fit_list, one_line, width_of

INK, QUIET, AREA, AREA_INK, SEA_INK = "#22282e", "#5d666f", "#a8742a", "#6a4a1b", "#3f6f8f"
# Those of the interactive map (colours.js): Okabe and Ito's, then some of Tol's.
COLOURS = (
    *("#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#5b5b5b"),
    *("#882255", "#999933", "#44aa99", "#aa4499"),
)
OTHERS_COLOUR = "#9aa0a6"
APPROXIMATE = 2
NAME_SIZE = 6.5
_RIM = withStroke(linewidth=1.6, foreground=(1, 1, 1, 0.8))
_LEAST_RADIUS = 2.4
# A circle is at most an eighth of the panel wide, and of this.
_WIDEST = 300.0
# Points of the panel that are taken for each name; more would hide the map.
_ROOM_A_NAME = 1_500


class SmallMap:
    """What all panels share, so that they can be compared."""

    def __init__(
        self,
        background: Background,
        areas: Mapping[str, Geometry],
        colours: Sequence[str],
        size: tuple[float, float],
        most: int,
    ) -> None:
        self.background, self.colours = background, colours
        self.frame = frame = background.frame
        self.width, self.height = size
        largest = min(self.width, self.height, _WIDEST) / 16
        self._unit = min(3.2, largest / sqrt(max(most, 1)))
        in_frame = {name: area for name, area in areas.items() if area.intersects(frame.box)}
        outlines = {name: outline(area, frame) for name, area in in_frame.items()}
        self._outlines = {name: path for name, path in outlines.items() if path}
        self._seen = {name: area.intersection(frame.box) for name, area in in_frame.items()}

    def radius_of(self, count: int) -> float:
        """Return the radius of a circle in points; its area grows with the count."""
        return max(_LEAST_RADIUS, self._unit * sqrt(count))

    def hides(self, mark: Mark) -> bool:
        """Tell whether a place lies beyond the map."""
        return mark.place_id not in self._outlines and not self.frame.holds(mark)

    def draw(self, axes: Axes, panel: Panel) -> None:
        """Draw a panel. What of it cannot be seen on the map is named below."""
        axes.set_xlim(self.frame.west, self.frame.east)
        axes.set_ylim(self.frame.south, self.frame.north)
        axes.set_autoscale_on(False)
        self.background.draw(axes, self.width)
        areas = [mark for mark in panel.marks if mark.place_id in self._outlines]
        for mark in sorted(areas, key=lambda mark: -self._seen[mark.place_id].area):
            self._draw_area(axes, mark)
        circles = [mark for mark in panel.marks if not mark.is_area and self.frame.holds(mark)]
        draw_circles(axes, [self._circle(mark) for mark in circles])
        named = self._name(axes, panel, circles)
        self._tell_rest(axes, [mark for mark in panel.marks if id(mark) not in named])
        if not panel.marks:
            self._tell_nothing(axes, panel)

    def _circle(self, mark: Mark) -> Circle:
        slices = [(self.colours[outlet], count) for outlet, count in mark.shares.items()]
        return Circle(
            mark.longitude,
            mark.latitude,
            self.radius_of(mark.count),
            slices,
            is_pale=mark.is_pale,
            is_ring=mark.precision >= APPROXIMATE,
        )

    def _place(self, mark: Mark) -> tuple[float, float]:
        return self._to_points(mark.longitude, mark.latitude)

    def _to_points(self, longitude: float, latitude: float) -> tuple[float, float]:
        frame = self.frame
        return (
            (longitude - frame.west) / (frame.east - frame.west) * self.width,
            (latitude - frame.south) / (frame.north - frame.south) * self.height,
        )

    def _draw_area(self, axes: Axes, mark: Mark) -> None:
        is_wide = mark.kind in {"country", "bloc"}
        strength = (0.03, 0.05) if is_wide else (0.05, 0.13)
        axes.add_artist(
            PathPatch(
                self._outlines[mark.place_id],
                facecolor=(*to_rgb(AREA), strength[not mark.is_pale]),
                edgecolor=(*to_rgb(AREA), 0.25 if is_wide else 0.65),
                linewidth=0.6,
                linestyle=(0, (3, 2)) if mark.is_pale else "-",
                gid="area",
                label=one_line(mark.name),
                zorder=2,
            )
        )

    def _name(self, axes: Axes, panel: Panel, circles: Sequence[Mark]) -> set[int]:
        """Write names where there is room; return the ids of the marks that a reader can see."""
        shown = {id(mark) for mark in circles}
        room = Room(self.width, self.height, map(self._box_of, circles))
        left = max(3, int(self.width * self.height / _ROOM_A_NAME))
        for mark in panel.marks:
            if left and self._write(axes, room, mark):
                shown.add(id(mark))
                left -= 1
        if panel.marks:  # else the middle says that there is nothing
            self._write_towns(axes, room, {mark.name for mark in panel.marks})
        return shown

    def _box_of(self, mark: Mark) -> Box:
        x, y = self._place(mark)
        radius = self.radius_of(mark.count)
        return x - radius, y - radius, x + radius, y + radius

    def _write(self, axes: Axes, room: Room, mark: Mark) -> bool:
        text = fit(mark.name, self.width * 0.6, NAME_SIZE)
        if mark.is_area and mark.count > 1:
            text += f" {mark.count}"
        width, height = width_of(text, NAME_SIZE) + 1, NAME_SIZE * 1.15
        box = room.take(self._choices(mark, width, height))
        if box is None:
            return False
        ink = SEA_INK if mark.kind == "water" else AREA_INK if mark.is_area else INK
        style = "italic" if mark.is_area else "normal"
        self.write(axes, box, text, color=ink, style=style, gid="name")
        return True

    def _choices(self, mark: Mark, width: float, height: float) -> Iterator[Box]:
        if not mark.is_area:
            if self.frame.holds(mark):
                yield from beside(*self._place(mark), self.radius_of(mark.count), width, height)
        elif mark.place_id in self._seen:
            yield from upon(self._inside(self._seen[mark.place_id]), width, height)
        elif self.frame.holds(mark):
            yield from beside(*self._place(mark), -height / 2, width, height)

    def _inside(self, area: Geometry) -> list[tuple[float, float]]:
        """Return points of an area's largest visible part, from its middle outwards."""
        part = max(shapely.get_parts(area), key=shapely.area)
        middle = shapely.maximum_inscribed_circle(part, tolerance=0.05).coords[0]
        west, south, east, north = part.bounds
        grid = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 13))
        others = np.stack(grid, axis=-1).reshape(-1, 2)
        others = others[shapely.contains_xy(part, others)]
        order = np.argsort(np.hypot(*(others - middle).T), kind="stable")
        return [self._to_points(*point) for point in (middle, *others[order])]

    def _write_towns(self, axes: Axes, room: Room, named: set[str]) -> None:
        """Name a few towns that no report names, to tell where this is."""
        left = 4
        for town in self.background.towns:
            x, y = self._to_points(town.longitude, town.latitude)
            if not left or town.name in named or not 0 < x < self.width or not 0 < y < self.height:
                continue
            width = width_of(town.name, NAME_SIZE - 1) + 1
            box = room.take(beside(x, y, 0.5, width, NAME_SIZE))
            if box:
                axes.plot(town.longitude, town.latitude, ".", color=QUIET, markersize=1.5)
                self.write(axes, box, town.name, color=QUIET, size=NAME_SIZE - 1, gid="town")
                left -= 1

    def write(self, axes: Axes, box: Box, text: str, **style: Any) -> None:
        """Write a text into a box of the panel, with a light rim that parts it from the map."""
        left, bottom, _, top = box
        axes.text(
            left / self.width,
            (bottom + top) / 2 / self.height,
            text,
            transform=axes.transAxes,
            va="center_baseline",
            zorder=6,
            path_effects=[_RIM],
            **(PLAIN | {"size": NAME_SIZE} | style),
        )

    def _tell_rest(self, axes: Axes, rest: Sequence[Mark]) -> None:
        if not rest:
            return
        items = [f"{m.name} {m.count}" if m.count > 1 else m.name for m in rest]
        text = fit_list("also ", items, self.width, NAME_SIZE)
        axes.text(
            0,
            -3 / self.height,
            text,
            transform=axes.transAxes,
            va="top",
            color=QUIET,
            gid="rest",
            **PLAIN,
            size=NAME_SIZE,
        )

    def _tell_nothing(self, axes: Axes, panel: Panel) -> None:
        text = "no mention"
        if panel.n_unlocated:
            text = f"{count_of(panel.n_unlocated, 'mention')}, no place known"
        axes.text(
            0.5,
            0.5,
            text,
            transform=axes.transAxes,
            ha="center",
            va="center",
            path_effects=[_RIM],
            color=QUIET,
            gid="nothing",
            **PLAIN,
            size=NAME_SIZE + 1,
        )
