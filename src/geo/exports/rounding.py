"""Coordinates made coarser, wherever an export might tell them."""

import re
from collections.abc import Callable, Collection
from functools import cache

import geopandas as gpd
import numpy as np

from geo.errors import InputError
from geo.tables import as_mention_table

MOST_DECIMALS = 6

# A point with so few decimals is only near its place, or in its region.
_LEAST_PRECISION = {0: 3, 1: 2}
# Half the diagonal of a square of one degree at the equator.
_HALF_DEGREE_KM = 78.6
# Three digits behind a comma are thousands: "48,567 people".
_DECIMAL = re.compile(r"(?<![\d.])(\d{1,3})([.]\d{3,}|,\d{4,})(?!\d)")
_SEXAGESIMAL = re.compile(
    r"(?<!\d)(\d{1,3})(?:\s*[°º]\s*|[\s-])(\d{1,2}(?:[.,]\d+)?)"
    r"(?:(?:\s*['′’]\s*|[\s-])(?:(\d{1,2}(?:[.,]\d+)?)(?:\s*(?:[\"″”]|''|′′))?)?)?"
    r"\s*([NSEW]\b)?"
)
# Names are matched by ids, which stay as they are.
_TEXTS = (
    "title",
    "url",
    "surface",
    "context",
    "place_name",
    "admin1_name",
    "reason",
    "date_text",
)


def check_decimals(decimals: int) -> None:
    """Raise InputError unless coordinates can be rounded to so many decimals."""
    if not 0 <= decimals <= MOST_DECIMALS:
        raise InputError(
            f"coordinates cannot be rounded to {decimals!r} decimals; give a number from 0 to "
            f"{MOST_DECIMALS}, such as 2 for about 1 km"
        )


def round_mentions(mentions: gpd.GeoDataFrame, decimals: int) -> gpd.GeoDataFrame:
    """Return a mention table with coarser points, and texts that tell no finer ones.

    `geo_precision` says so where the point is now only near its place.
    """
    hide = hider(mentions, decimals)
    points = mentions[["latitude", "longitude"]].round(decimals) + 0.0  # no -0.0
    least = _LEAST_PRECISION.get(decimals, 1)
    texts = {
        column: [hide(text) if text else text for text in mentions[column]] for column in _TEXTS
    }
    precision = mentions["geo_precision"].clip(lower=least)
    return as_mention_table(
        mentions.assign(
            latitude=points["latitude"],
            longitude=points["longitude"],
            geo_precision=precision,
            **texts,
        )
    )


def error_of(decimals: int | None) -> float:
    """Return how many km further off a point may be for its rounding."""
    return 0 if decimals is None else round(_HALF_DEGREE_KM * 10**-decimals, 3)


def hider(mentions: gpd.GeoDataFrame, decimals: int | None) -> Callable[[str], str]:
    """Return what rounds, in a text, numbers that may be coordinates near those of a table.

    >>> table = gpd.GeoDataFrame({"latitude": [48.567], "longitude": [39.317]})
    >>> hider(table, 1)("at 48.56712, 39.31703, among 48,567 people")
    'at 48.6, 39.3, among 48,567 people'
    """
    if decimals is None:
        return str
    degrees = _degrees(mentions)

    @cache  # mentions share sentences
    def hide(text: str) -> str:
        text = _DECIMAL.sub(lambda match: _round_decimal(match, degrees, decimals), text)
        return _SEXAGESIMAL.sub(lambda match: _round_sexagesimal(match, degrees, decimals), text)

    return hide


def _degrees(mentions: gpd.GeoDataFrame) -> frozenset[int]:
    """Return the whole degrees of a table's coordinates, and those beside them."""
    known = mentions[["latitude", "longitude"]].to_numpy(dtype=float).ravel()
    whole = np.unique(np.abs(known[~np.isnan(known)]).astype(int))
    return frozenset(int(one) + near for one in whole for near in (-1, 0, 1))


def _round_decimal(match: re.Match[str], degrees: Collection[int], decimals: int) -> str:
    whole, rest = match.groups()
    if int(whole) not in degrees or len(rest) - 1 <= decimals:
        return match[0]
    rounded = f"{float(f'{whole}.{rest[1:]}'):.{decimals}f}"
    return rounded.replace(".", rest[0])


def _round_sexagesimal(match: re.Match[str], degrees: Collection[int], decimals: int) -> str:
    whole, minutes, seconds, side = match.groups()
    if int(whole) not in degrees or not (side or "°" in match[0] or "º" in match[0]):
        return match[0]
    parts = [float((part or "0").replace(",", ".")) for part in (whole, minutes, seconds)]
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    return f"{value:.{decimals}f}°" + (f" {side}" if side else "")
