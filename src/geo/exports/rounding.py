"""Coordinates made coarser, wherever an export might tell them."""

import re
import warnings
from collections.abc import Callable, Collection
from functools import cache, partial

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.tables import as_mention_table

Hide = Callable[[str], str]

MOST_DECIMALS = 6

# A point with so few decimals is only near its place, or in its region.
_LEAST_PRECISION = {0: 3, 1: 2}
# Half the diagonal of a square of one degree at the equator.
_HALF_DEGREE_KM = 78.6
_DIGITS = r"([.,·]|%2[Ee])(\d+)(?!\d)"
# A number; what follows it may mark it as a coordinate.
_DECIMAL = re.compile(rf"(?<![\d.])(\d{{1,3}}){_DIGITS}(?=(\s*[°º]|\s?[NSEW]\b)?)")
# What may stand between the two numbers of a pair; "km" makes none.
_BETWEEN = (
    r"((?:[^\w%]|_|%\w\w|[^\W\d_](?![^\W\d_])"
    # Atomic, for "latlatlat" may be read as words in very many ways.
    r"|(?>(?i:and|та|l(?:at|on|ng)[a-z]*|(?:широт|долгот|довгот)\w*))){1,16})"
)
_DEGREES = r"(?:deg(?:rees?|\.)?|градус\w*|[°ºd:])"
_MINUTES = r"(?:min(?:utes?|\.)?|минут\w*|хвилин\w*|['′’m:])"
_SEXAGESIMAL = re.compile(
    r"(?:(?<![^\W\d_])([NSEW])\s*)?(?<!\d)(\d{1,3})"
    rf"(?:\s*{_DEGREES}\s*|[\s-])"
    r"(\d{1,2}(?:[.,]\d+)?)"
    rf"(?:(?:\s*{_MINUTES}\s*|[\s-])"
    r"(?:(\d{1,2}(?:[.,]\d+)?)(?:\s*(?:[\"″”s]|''|′′))?)?)?"
    r"(?(1)|(?:\s*([NSEW])\b)?)"  # a side behind, if there is none in front
)
# Without one of these, degrees and minutes are any two numbers.
_MARK = re.compile(r"[°º]|d.*m|градус")
# "12-13 S street" has none.
_SIDE = re.compile(r"^[NSEW]|[NSEW]$")
_SIDE_AT_ONCE = re.compile(r"^[NSEW]\d|[\d\"″”'′][NSEW]$")
# What stands before or behind a coordinate with colons: another. A time of day has none.
_LAST = re.compile(r"(\d{1,3})[:d°º][^,;/\s]{2,12}[\s,;/]{1,3}-?$")
_NEXT = re.compile(r"[\s,;/]{1,3}-?(\d{1,3})[:d°º]")
# The points of decisions, and their numbers in a table that was rounded before.
_POINT_ID = re.compile(r"point:[-\d.,]+")
_IDS = ("article_id", "mention_id", "place_id")


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
        column: [hide(text) if text else text for text in mentions[column]]
        for column in mentions.select_dtypes("object").columns.difference(_IDS)
    }
    rounded = mentions.assign(
        place_id=_numbered(mentions["place_id"]),
        latitude=points["latitude"],
        longitude=points["longitude"],
        geo_precision=mentions["geo_precision"].clip(lower=least),
        **texts,
    )
    _warn_of_ids(rounded, hide)
    return as_mention_table(rounded)


def _numbered(place_ids: pd.Series) -> pd.Series:
    """Return place ids; those made from points that a person placed are numbers."""
    points = filter(_POINT_ID.fullmatch, place_ids.dropna().unique())
    numbers = {point: f"point:{number}" for number, point in enumerate(points, start=1)}
    return place_ids.map(lambda place_id: numbers.get(place_id, place_id))


def _warn_of_ids(mentions: pd.DataFrame, hide: Hide) -> None:
    ids = ((column, text) for column in _IDS for text in mentions[column].dropna().unique())
    telling = next((f"{column} {text!r}" for column, text in ids if hide(text) != text), "")
    if telling:
        warnings.warn(
            f"{telling} may tell a finer point: ids are not rounded, so give it another",
            stacklevel=2,
        )


def error_of(decimals: int | None) -> float:
    """Return how many km further off a point may be for its rounding."""
    return 0 if decimals is None else round(_HALF_DEGREE_KM * 10**-decimals, 3)


def hider(mentions: pd.DataFrame, decimals: int | None) -> Hide:
    """Return what rounds, in a text, numbers that may be coordinates near those of a table.

    >>> table = pd.DataFrame({"latitude": [48.567], "longitude": [39.317]})
    >>> hider(table, 1)("at 48.56712, 39.31703, among 48,567 people")
    'at 48.6, 39.3, among 48,567 people'
    """
    if decimals is None or mentions["latitude"].isna().all():
        return str
    latitudes, longitudes = (_degrees(mentions[column]) for column in ("latitude", "longitude"))
    steps = (
        (_pair(latitudes, longitudes), partial(_round_pair, decimals)),
        (_pair(longitudes, latitudes), partial(_round_pair, decimals)),
        (_DECIMAL, partial(_round_decimal, decimals, latitudes | longitudes)),
        (_SEXAGESIMAL, partial(_round_sexagesimal, decimals, latitudes | longitudes)),
    )

    @cache  # mentions share sentences
    def hide(text: str) -> str:
        for pattern, replacement in steps:
            text = pattern.sub(replacement, text)
        return text

    return hide


def _degrees(coordinates: pd.Series) -> frozenset[int]:
    """Return the whole degrees of coordinates, and those beside them."""
    whole = coordinates.dropna().abs().astype(int).unique()
    return frozenset(int(one) + near for one in whole for near in (-1, 0, 1))


def _pair(*axes: Collection[int]) -> re.Pattern[str]:
    """Return what matches a coordinate of one axis beside one of the other."""
    one, other = (rf"({'|'.join(map(str, axis))}){_DIGITS}" for axis in axes)
    return re.compile(rf"(?<![\d.]){one}{_BETWEEN}{other}")


def _round_pair(decimals: int, match: re.Match[str]) -> str:
    *one, between, whole, point, digits = match.groups()
    return f"{_rounded(decimals, *one)}{between}{_rounded(decimals, whole, point, digits)}"


def _round_decimal(decimals: int, degrees: Collection[int], match: re.Match[str]) -> str:
    whole, point, digits, mark = match.groups()
    # Three digits behind a comma are thousands: "48,567 people".
    is_long = len(digits) > (3 if point == "," else 2)
    if int(whole) not in degrees or not (mark or is_long):
        return match[0]
    return _rounded(decimals, whole, point, digits)


def _rounded(decimals: int, whole: str, point: str, digits: str) -> str:
    if len(digits) <= decimals:
        return f"{whole}{point}{digits}"
    return f"{float(f'{whole}.{digits}'):.{decimals}f}".replace(".", point)


def _round_sexagesimal(decimals: int, degrees: Collection[int], match: re.Match[str]) -> str:
    before, *parts, behind = match.groups()
    if int(parts[0]) not in degrees or not _is_sexagesimal(degrees, match):
        return match[0]
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts)
    value = f"{whole + minutes / 60 + seconds / 3600:.{decimals}f}°"
    rest = " " if match[0].endswith(" ") else ""
    return " ".join(filter(None, (before, value, behind))) + rest


def _is_sexagesimal(degrees: Collection[int], match: re.Match[str]) -> bool:
    """Say whether degrees and minutes are that, and no time of day or numbers of houses."""
    side = _SIDE_AT_ONCE if "-" in match[0] else _SIDE
    if _MARK.search(match[0]) or side.search(match[0]):
        return True
    around = (
        _LAST.search(match.string[: match.start()][-20:]),
        _NEXT.match(match.string, match.end()),
    )
    return ":" in match[0] and any(one and int(one[1]) in degrees for one in around)
