"""What a picture shows, before it is drawn: a grid of panels, each with its places."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from geo.errors import InputError
from geo.maps.labels import translate
from geo.maps.picture.periods import Period, divide, leaves_gaps, span
from geo.maps.shown import shown_rows
from geo.records import AREA_KINDS, ASSOCIATIVE, NEAR

DIVISIONS = ("outlet", "week")
# So many rows and columns can still be read, and so many colours be told apart.
MOST_ROWS, MOST_COLUMNS, MOST_COLOURS = 6, 6, 12
OTHERS = "other outlets"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a panel; `shares` counts its mentions by the number of the outlet."""

    name: str
    kind: str
    place_id: str
    latitude: float
    longitude: float
    precision: float
    is_pale: bool
    shares: dict[int, int]

    @property
    def count(self) -> int:
        return sum(self.shares.values())

    @property
    def is_area(self) -> bool:
        return self.kind in AREA_KINDS and not self.place_id.endswith(NEAR)


@dataclass(frozen=True, slots=True)
class Panel:
    """One small map; the most mentioned of its marks come first."""

    row: int
    column: int
    title: str
    marks: Sequence[Mark]
    n_unlocated: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole picture; `marks` are those of all panels together, `labels` a language."""

    panels: Sequence[Panel]
    row_headings: Sequence[str]
    column_headings: Sequence[str]
    outlets: Sequence[str]
    marks: Sequence[Mark]
    summary: str
    notes: Sequence[str]
    labels: str
    shows_osm: bool

    @property
    def n_rows(self) -> int:
        return 1 + max(panel.row for panel in self.panels)

    @property
    def n_columns(self) -> int:
        return 1 + max(panel.column for panel in self.panels)


def lay_out(mentions: GeoDataFrame, by: Sequence[str], labels: str = "en") -> Sheet:
    """Divide the mention table into panels, and note what was left out or put together.

    Places are named in the language of `labels`.
    """
    for name in by:
        if name not in DIVISIONS:
            raise InputError(f"by={name!r} is no division; use 'outlet', 'week', both or ()")
    rows = translate(shown_rows(mentions), labels)
    most = MOST_COLUMNS if "outlet" in by else MOST_COLOURS
    outlets, outlet_note = _number_outlets(rows, most)
    columns = outlets if "outlet" in by else [""]
    rows["column"] = rows["outlet_number"] if "outlet" in by else 0
    periods, period_notes = _number_periods(rows, "week" in by)
    is_grid = len(columns) > 1 and len(periods) > 1
    panels = list(_panels(rows, periods, columns, is_grid=is_grid))
    n_unlocated = int((~rows["is_placed"]).sum())
    unlocated_note = f"{count_of(n_unlocated, 'mention')} without a place not drawn."
    return Sheet(
        panels=panels if is_grid else _wrapped(panels),
        row_headings=periods if is_grid else (),
        column_headings=columns if is_grid else (),
        outlets=outlets,
        marks=_marks(rows),
        summary=_summary(rows, outlets),
        notes=[*period_notes, outlet_note, unlocated_note if n_unlocated else ""],
        labels=labels,
        shows_osm="gazetteer" in mentions and bool(mentions["gazetteer"].eq("nominatim").any()),
    )


def count_of(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _number_outlets(rows: pd.DataFrame, most: int) -> tuple[list[str], str]:
    """Add `outlet_number`; return the outlets' names in the order of their numbers, and a note."""
    sizes = Counter(rows["outlet"])
    kept = sorted(sizes)
    note = ""
    if len(sizes) > most:
        kept = sorted(sorted(sizes, key=lambda outlet: (-sizes[outlet], outlet))[: most - 1])
        note = f"The {len(sizes) - len(kept)} outlets with the fewest mentions are put together."
    number_of = {outlet: number for number, outlet in enumerate(kept)}
    rows["outlet_number"] = [number_of.get(outlet, len(kept)) for outlet in rows["outlet"]]
    names = [outlet or "unknown outlet" for outlet in kept]
    return [*names, OTHERS] if note else names or [""], note


def _number_periods(rows: pd.DataFrame, wanted: bool) -> tuple[list[str], list[str]]:
    """Add `row`; return the labels of the rows, and notes."""
    rows["row"] = 0
    if not wanted or rows.empty:
        return [""], []
    days = [_day(text) for text in rows["published_date"]]
    unit, period_of = divide(days, MOST_ROWS)
    periods = sorted(set(period_of.values()))
    rows["row"] = [periods.index(period_of[day]) for day in days]
    return [period.label for period in periods], list(_period_notes(unit, periods))


def _period_notes(unit: str, periods: Sequence[Period]) -> Iterator[str]:
    if unit != "week":
        yield f"More than {MOST_ROWS} weeks: drawn by {unit}."
    if leaves_gaps(unit, periods):
        yield f"{unit.capitalize()}s without mentions are left out."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _panels(
    rows: pd.DataFrame, periods: list[str], columns: list[str], *, is_grid: bool
) -> Iterator[Panel]:
    some = dict(iter(rows.groupby(["row", "column"])))
    for row, period in enumerate(periods):
        for column, outlet in enumerate(columns):
            own = some.get((row, column), rows[:0])
            n_placed = int(own["is_placed"].sum())
            title = (
                []
                if is_grid
                else [
                    name for name, names in ((outlet, columns), (period, periods)) if len(names) > 1
                ]
            )
            if n_placed:
                title.append(count_of(n_placed, "mention"))
            yield Panel(row, column, " · ".join(title), _marks(own), len(own) - n_placed)


def _wrapped(panels: list[Panel]) -> list[Panel]:
    """Put panels of one row or one column into a block."""
    width = 2 if len(panels) == 4 else 3
    return [replace(p, row=n // width, column=n % width) for n, p in enumerate(panels)]


def _marks(rows: pd.DataFrame) -> list[Mark]:
    """Return the places of some mentions; exact places at one point are one mark."""
    placed = rows[rows["is_placed"]]
    points = placed[["latitude", "longitude"]].round(4).itertuples(index=False, name=None)
    keys = [
        place_id if kind in AREA_KINDS else point
        for place_id, kind, point in zip(
            placed["place_id"], placed["place_kind"], points, strict=True
        )
    ]
    groups: dict[Any, list[Any]] = {}
    for key, row in zip(keys, placed.itertuples(index=False), strict=True):
        groups.setdefault(key, []).append(row)
    return sorted(map(_mark, groups.values()), key=lambda mark: (-mark.count, mark.name))


def _mark(rows: list[Any]) -> Mark:
    names = Counter(row.place_name or row.surface for row in rows)
    first = rows[0]
    return Mark(
        name=" / ".join(name for name, _ in names.most_common()),
        kind=first.place_kind,
        place_id=first.place_id,
        latitude=first.latitude,
        longitude=first.longitude,
        precision=min((3.0 if isnan(row.geo_precision) else row.geo_precision) for row in rows),
        is_pale=all(row.role == ASSOCIATIVE for row in rows),
        shares=dict(sorted(Counter(row.outlet_number for row in rows).items())),
    )


def _summary(rows: pd.DataFrame, outlets: list[str]) -> str:
    n_outlets = rows["outlet"].nunique()
    days = [day for day in map(_day, rows["published_date"].unique()) if day]
    parts = [
        count_of(len(rows), "mention"),
        count_of(rows["article_id"].nunique(), "article"),
        count_of(n_outlets, "outlet") if n_outlets != 1 else outlets[0],
        span(min(days), max(days)) if days else "",
    ]
    return " · ".join(filter(None, parts)) if len(rows) else "no mention"
