"""What goes into an export: the mentions made ready, and their places, areas and credits."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import geopandas as gpd
import pandas as pd

from geo.articles import parse_day
from geo.columns import COLUMNS, OPTIONAL_COLUMNS
from geo.errors import InputError
from geo.exports.credits import Credit, credits_of
from geo.exports.places import area_table, place_table
from geo.exports.rounding import Hide, check_decimals, error_of, hider, round_mentions
from geo.files import whole
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.tables import as_mention_table, place_columns

_DATES = ("published_date", "event_start_date", "event_end_date")


@dataclass(frozen=True)
class Content:
    """All that an export may hold; what a format does not need is never made.

    `decimals` are those of the coordinates, or None if these are as they were.
    """

    mentions: gpd.GeoDataFrame
    decimals: int | None
    created: datetime
    own_gazetteer: Gazetteer | None

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return self.own_gazetteer or load_gazetteer()

    @cached_property
    def hide(self) -> Hide:
        """What takes points that are finer than those of the mentions out of a text."""
        return hider(self.mentions, self.decimals)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        return place_table(self.mentions, self.gazetteer, self.hide, error_of(self.decimals))

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        return area_table(self.places, self.gazetteer)

    @cached_property
    def credits(self) -> list[Credit]:
        return credits_of(self.mentions["gazetteer"].dropna(), has_areas=not self.areas.empty)


def make_content(
    mentions: gpd.GeoDataFrame, decimals: int | None, gazetteer: Gazetteer | None
) -> Content:
    """Check a mention table and make it ready: texts clean, dates days, points rounded."""
    if decimals is not None:
        check_decimals(decimals)
    _check(mentions)
    table = _cleaned(as_mention_table(mentions.reset_index(drop=True)))
    if decimals is not None:
        table = round_mentions(table, decimals)
    return Content(_without_rejected(table), decimals, _now(), gazetteer)


def _check(mentions: pd.DataFrame) -> None:
    missing = [c for c in COLUMNS if c not in mentions and c not in OPTIONAL_COLUMNS]
    if missing:
        raise InputError(
            f"the mention table lacks the columns {', '.join(missing)}; pass the table that "
            "geo.geocode or geo.read_mentions made"
        )
    if mentions.empty:
        raise InputError(
            "the mention table holds no mention, so nothing was written; geocode articles that "
            "name places"
        )
    ids = mentions["mention_id"]
    if ids.isna().any():
        raise InputError("the mention table has a row without a mention_id; give each row one")
    twice = ids[ids.duplicated()]
    if len(twice):
        raise InputError(
            f"mention {twice.iloc[0]!r} comes twice in the table; give each article an id of "
            "its own"
        )


def _cleaned(mentions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    texts = [c for c in mentions.select_dtypes(exclude="number") if c != "geometry"]
    for column in texts:
        known = {text: _clean(text) for text in mentions[column].unique()}
        mentions[column] = pd.Series(map(known.get, mentions[column]), dtype=object)
    for column in _DATES:
        days = map(_day, mentions[column], mentions["mention_id"], [column] * len(mentions))
        mentions[column] = pd.Series(days, dtype=object)
    return mentions


def _clean(text: object) -> str | None:
    """Return what every format can hold; empty is missing."""
    return None if text is None else whole(str(text)) or None


def _without_rejected(mentions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Take the place from mentions that have none, as decisions do; a status may be set by hand."""
    gone = mentions["status"].isin(["rejected", "unresolvable"])
    mentions.loc[gone, list(place_columns(None))] = None
    mentions.loc[gone, "score"] = 0.0
    return as_mention_table(mentions)


def _day(text: str | None, mention_id: str, column: str) -> str | None:
    day = parse_day(text or "", f"mention {mention_id!r}, column {column}")
    return day.isoformat() if day else None


def _now() -> datetime:
    """Return the time of the export; SOURCE_DATE_EPOCH sets it, to make one again byte for byte.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"SOURCE_DATE_EPOCH is {seconds!r}, which is no time; set it to the seconds since "
            "1970, or unset it"
        ) from error
    return moment.replace(microsecond=0)
