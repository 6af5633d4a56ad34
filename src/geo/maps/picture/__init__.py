"""A static picture of the mention table, for print and for pages that show no interactive map."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geopandas import GeoDataFrame

from geo.files import write_bytes
from geo.maps.picture.panels import DIVISIONS, lay_out

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plot_map(
    mentions: GeoDataFrame,
    *,
    title: str = "",
    by: Sequence[str] = DIVISIONS,
    labels: str = "en",
) -> "Figure":
    """Draw the mention table as small maps side by side: a column an outlet, a row a week.

    `by` names what the maps are divided by: "outlet", "week", both or nothing. Many outlets or
    weeks are put together, and the picture says so. All maps show the same part of the world.
    `labels` is the language of the names of places and towns: "en", "ru" or "uk".
    The figure has no place in pyplot; it shows itself as the last line of a notebook's cell,
    and `savefig` writes it.
    """
    # matplotlib takes a third of a second to import.
    from geo.maps.picture.drawing import draw_sheet

    return draw_sheet(lay_out(mentions, [by] if isinstance(by, str) else by, labels), title)


def save_picture(figure: "Figure", path: str | os.PathLike[str]) -> Path:
    """Write a figure as PNG, whole or not at all; the same figure gives the same bytes."""
    from geo.maps.picture.drawing import to_png

    target = Path(path)
    write_bytes(target, to_png(figure))
    return target
