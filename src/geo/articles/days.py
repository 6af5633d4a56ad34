"""Days as people write them, in English, Russian and Ukrainian."""

import re
from datetime import date

_MONTHS = (
    "january jan января січня",
    "february feb февраля лютого",
    "march mar марта березня",
    "april apr апреля квітня",
    "may мая травня",
    "june jun июня червня",
    "july jul июля липня",
    "august aug августа серпня",
    "september sept sep сентября вересня",
    "october oct октября жовтня",
    "november nov ноября листопада",
    "december dec декабря грудня",
)
_NUMBER = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()}

_YEAR, _DAY = "(?P<y>(?:19|20)[0-9]{2})(?![0-9])", "(?P<d>[0-9]{1,2})"
_NAME = f"(?P<m>{'|'.join(_NUMBER)})"
# Which of two numbers between slashes is the month, nobody can tell.
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![0-9]){_YEAR}(?P<s>[-/])(?P<m>[0-9]{{1,2}})(?P=s){_DAY}(?![0-9])",
        rf"(?<![0-9.]){_DAY}\.(?P<m>[0-9]{{1,2}})\.{_YEAR}",
        rf"(?<![0-9]){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAME}\.?,?\s+{_YEAR}",
        rf"\b{_NAME}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
]


def days_in(text: str) -> list[str]:
    """Return the days that a text names in full, as ISO, in its order; none of the future.

    >>> days_in("Aug. 17 2014; 18 серпня 2014 р.; 03/04/2014")
    ['2014-08-17', '2014-08-18']
    """
    found = sorted((m for p in _PATTERNS for m in p.finditer(text)), key=lambda m: m.start())
    return [day for match in found if (day := _iso(match))]


def _iso(match: re.Match[str]) -> str | None:
    month = match["m"].lower()
    try:
        day = date(int(match["y"]), _NUMBER.get(month) or int(month), int(match["d"]))
    except ValueError:
        return None
    return day.isoformat() if day <= date.today() else None
