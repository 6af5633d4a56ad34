"""What the marks of a picture mean, in as few lines as fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from geo.maps.picture.circles import Circle, draw_circles
from geo.maps.picture.small_map import AREA, INK, SmallMap
from geo.maps.picture.writing import PLAIN, fit, width_of

SIZE = 7.0
_LINE = 15.0
_GREY = "#6b747c"
_RADIUS = 3.6
_LONGEST_NAME = 180.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample, which is a circle or else an area, and its meaning."""

    text: str
    circle: Circle | None
    # How far off the next entry is.
    gap: float = 14.0

    @property
    def sample_width(self) -> float:
        return 2 * self.circle.radius if self.circle else 14.0

    @property
    def width(self) -> float:
        return self.sample_width + 4 + width_of(self.text, SIZE)


def outlet_entries(small: SmallMap, outlets: Sequence[str]) -> list[Entry]:
    """Return the outlets with their colours."""
    return [
        Entry(fit(outlet, _LONGEST_NAME, SIZE), Circle(0, 0, _RADIUS, [(colour, 1)]))
        for outlet, colour in zip(outlets, small.colours, strict=False)
    ]


def mark_entries(small: SmallMap, most: int) -> list[Entry]:
    """Return the kinds of marks, first some sizes up to the largest."""

    def sample(radius: float = _RADIUS) -> Circle:
        return Circle(0, 0, radius, [(_GREY, 1)])

    *counts, last = _sample_counts(most)
    unit = "mention" if last == 1 else "mentions"
    return [
        *(Entry(f"{n:,}", sample(small.radius_of(n)), gap=8) for n in counts),
        Entry(f"{last:,} {unit}", sample(small.radius_of(last))),
        Entry("only stands for a government, army or people", replace(sample(), is_pale=True)),
        Entry("position is approximate", replace(sample(), is_ring=True)),
        Entry("a whole region or country", None),
    ]


def _sample_counts(most: int) -> list[int]:
    """Return one, the most, and between them a round number.

    >>> _sample_counts(7), _sample_counts(120)
    ([1, 2, 7], [1, 50, 120])
    """
    power = 10 ** int(log10(max(most / 2, 1)))
    middle = max(n * power for n in (1, 2, 5) if n == 1 or n * power <= most / 2)
    return sorted({1, middle, most} if middle < most else {1, most})


def break_lines(entries: Sequence[Entry], width: float) -> list[list[Entry]]:
    """Return the entries in lines that are at most so wide."""
    lines: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        if entry.width > left:
            lines.append([])
            left = width
        lines[-1].append(entry)
        left -= entry.width + entry.gap
    return lines


def height_of(line: Sequence[Entry]) -> float:
    """Return how high a line is, in points; a large circle needs room."""
    radii = [entry.circle.radius for entry in line if entry.circle]
    return max(_LINE, 2 * max(radii, default=0) + 4)


def draw_legend(axes: Axes, lines: Sequence[Sequence[Entry]]) -> None:
    """Draw the lines, the last at the bottom of axes whose units are points."""
    bottom = 0.0
    for line in reversed(lines):
        _draw_line(axes, line, bottom + height_of(line) / 2)
        bottom += height_of(line)


def _draw_line(axes: Axes, line: Sequence[Entry], y: float) -> None:
    x = 0.0
    for entry in line:
        if entry.circle:
            draw_circles(axes, [replace(entry.circle, x=x + entry.circle.radius, y=y)])
        else:
            axes.add_patch(_area_sample(x, y, entry.sample_width))
        text_left = x + entry.sample_width + 4
        style = PLAIN | {"size": SIZE, "color": INK, "va": "center_baseline", "gid": "legend"}
        axes.text(text_left, y, entry.text, **style)
        x += entry.width + entry.gap


def _area_sample(x: float, y: float, width: float) -> Rectangle:
    red, green, blue = to_rgb(AREA)
    return Rectangle(
        (x, y - 4),
        width,
        8,
        facecolor=(red, green, blue, 0.13),
        edgecolor=(red, green, blue, 0.65),
        linewidth=0.6,
    )
