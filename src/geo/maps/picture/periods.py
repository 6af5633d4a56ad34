"""Weeks, or what they become where they are too many: months, quarters, years."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from math import inf

UNDATED = "undated"
# Not those of the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# How many years are one, where even years are too many.
_YEARS = (1, 2, 5, 10, 20, 50, 100, 1_000, 10_000)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time; `first` is the ordinal of its first day."""

    first: int
    label: str


def divide(days: Collection[date | None], most: int) -> tuple[str, dict[date | None, Period]]:
    """Return what the days are divided into ("week"), and the period of each day.

    It is the shortest division that has at most `most` periods. Days that are None come last.

    >>> unit, periods = divide([date(2014, 8, 4), date(2014, 8, 8)], most=6)
    >>> unit, periods[date(2014, 8, 8)].label
    ('week', '4–10 August 2014')
    """
    known = {day for day in days if day}
    undated: dict[date | None, Period] = {}
    if None in days:
        undated[None] = Period(date.max.toordinal() + 1, UNDATED)
    for unit, period_of in _divisions():
        periods = {day: period_of(day) for day in known}
        if len(set(periods.values())) <= max(1, most - len(undated)):
            return unit, periods | undated
    raise AssertionError("all days are within 10,000 years")


def _divisions() -> Iterator[tuple[str, Callable[[date], Period]]]:
    yield "week", _week
    yield "month", _month
    yield "quarter", _quarter
    for count in _YEARS:
        yield "year" if count == 1 else f"{count} years", partial(_years, count=count)


def _week(day: date) -> Period:
    first = day.toordinal() - day.weekday()
    last = min(first + 6, date.max.toordinal())
    return Period(first, span(date.fromordinal(first), date.fromordinal(last)))


def _month(day: date) -> Period:
    return Period(day.replace(day=1).toordinal(), f"{_name(day)} {day.year}")


def _quarter(day: date) -> Period:
    first = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
    last = first.replace(month=first.month + 2)
    return Period(first.toordinal(), f"{_name(first)}–{_name(last)} {day.year}")


def _years(day: date, count: int) -> Period:
    start = day.year // count * count
    first, last = max(start, 1), min(start + count - 1, date.max.year)
    return Period(date(first, 1, 1).toordinal(), f"{first}–{last}" if count > 1 else f"{first}")


def leaves_gaps(unit: str, periods: Sequence[Period]) -> bool:
    """Tell whether a whole week, month, quarter or year between two periods is missing."""
    longest = {"week": 7, "month": 31, "quarter": 92, "year": 366}.get(unit, inf)
    dated = [period.first for period in periods if period.label != UNDATED]
    return any(later - earlier > longest for earlier, later in pairwise(dated))


def span(first: date, last: date) -> str:
    """Say two days as one: "4–10 August 2014".

    >>> span(date(2014, 12, 29), date(2015, 1, 4))
    '29 December 2014 – 4 January 2015'
    """
    end = f"{last.day} {_name(last)} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {_name(first)} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {_name(first)} – {end}"
    return f"{first.day}–{end}"


def _name(day: date) -> str:
    return _MONTHS[day.month - 1]
