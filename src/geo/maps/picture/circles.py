"""Circles whose size is a number of mentions and whose slices are the outlets' shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

RIM = "#22282e"


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle at a point of the axes, `radius` points large; `slices` are colours and shares.

    A pale one stands for those who only act; of a ring, the position is approximate.
    """

    x: float
    y: float
    radius: float
    slices: Sequence[tuple[str, int]]
    is_pale: bool = False
    is_ring: bool = False


def draw_circles(axes: Axes, circles: Sequence[Circle]) -> None:
    """Draw circles, the smaller ones on top of the larger ones."""
    ordered = sorted(circles, key=lambda circle: -circle.radius)
    _draw(axes, [circle for circle in ordered if not circle.is_ring], gid="circles")
    _draw(axes, [circle for circle in ordered if circle.is_ring], gid="rings")


def _draw(axes: Axes, circles: Sequence[Circle], gid: str) -> None:
    if not circles:
        return
    parts = [(circle, *part) for circle in circles for part in _parts(circle)]
    is_ring = circles[0].is_ring
    collection = PathCollection(
        [path for _, path, _ in parts],
        offsets=[(circle.x, circle.y) for circle, _, _ in parts],
        offset_transform=axes.transData,
        facecolors=[_fill(circle, colour) for circle, _, colour in parts],
        edgecolors=[colour if is_ring else _rim(circle, colour) for circle, _, colour in parts],
        linewidths=1.2 if is_ring else 0.5,
        gid=gid,
        zorder=4,
    )
    # The paths are in points, whatever the resolution.
    points = Affine2D().scale(1 / 72) + axes.figure.dpi_scale_trans
    collection.set_transform(points)
    axes.add_collection(collection, autolim=False)


def _parts(circle: Circle) -> Iterator[tuple[Path, str]]:
    """Yield the slices, clockwise from the top."""
    size = Affine2D().scale(circle.radius)
    if len(circle.slices) == 1:
        yield size.transform_path(Path.unit_circle()), circle.slices[0][0]
        return
    total = sum(share for _, share in circle.slices)
    end = 90.0
    for colour, share in circle.slices:
        start = end - 360 * share / total
        yield size.transform_path(_slice(start, end, circle.is_ring)), colour
        end = start


def _slice(start: float, end: float, is_ring: bool) -> Path:
    return Path.arc(start, end) if is_ring else Path.wedge(start, end)


def _fill(circle: Circle, colour: str) -> tuple[float, ...]:
    if circle.is_ring:
        return (1, 1, 1, 0.75 * (len(circle.slices) == 1))
    if circle.is_pale:
        red, green, blue = (0.3 * part + 0.7 for part in to_rgb(colour))
        return red, green, blue, 1
    return (*to_rgb(colour), 1)


def _rim(circle: Circle, colour: str) -> tuple[float, ...] | str:
    return colour if circle.is_pale else (1, 1, 1, 0.9)
