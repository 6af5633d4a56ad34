"""Points that are told by distance and direction: "30 km east of Donetsk"."""

import re
from dataclasses import replace

from geopy.distance import geodesic

from geo.records import AREA_KINDS, Mention, Place

_ODD_SPACE = re.compile("[\u00a0\u2009\u202f]")
_KM_A_MILE, _KM_A_SEA_MILE = 1.609344, 1.852
_DIRECTIONS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_ABBREVIATED = {
    "N": "north",
    "NE": "northeast",
    "E": "east",
    "SE": "southeast",
    "S": "south",
    "SW": "southwest",
    "W": "west",
    "NW": "northwest",
}
_UNITS = ("km", "kilomet", "mile")
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "a dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "a hundred": 100,
    "two hundred": 200,
    "three hundred": 300,
}
_OFFSET = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?|\b(?:{'|'.join(_NUMBERS)}))"
    r"(?:[\s-]|&nbsp;)?(?:k(?:ms?|ilomet(?:er|re)s?)|(?P<mile>(?<=[\s-])(?P<sea>nautical[\s-])?miles?))\b",
    re.IGNORECASE | re.ASCII,
)
# Another number between belongs to another distance, unless it stands in brackets, and another
# clause tells of something else.
_BETWEEN = r"(?:(?!\b(?:and|but|while|when)\b)(?:[^\d().;:!?\n]|(?-i:\n(?=[a-z])))){0,25}?"
_BEHIND = re.compile(
    rf"{_BETWEEN}(?:\([^()\n]{{0,25}}\)|\))?{_BETWEEN}"
    r"\b((?:north|south)?[- ]?(?:east|west)|north|south"
    rf"|(?-i:{'|'.join(_ABBREVIATED)}))(?:ern)?\s+(?:side\s+)?(?:of|from)\s+"
    r"(?:(?:central|downtown)\s+)?"
    r"(?:the\s+(?:(?:[\w-]+\s+){0,2}?(?:city|town|village|settlement|suburb|port|capital)"
    r"(?:\s+of|,)?\s+)?)?$",
    re.IGNORECASE | re.ASCII,
)
_REACH = 80
# The point may be that much of the distance away from where it is put.
_LEAST_ERROR_KM, _ERROR = 3.0, 0.3
_MOST_KM = 400.0


def find_offset(text: str, mention: Mention) -> tuple[float, str] | None:
    """Return the distance in km and the direction that are said before a mention, or None.

    >>> text = "a village 30 km east of Donetsk"
    >>> find_offset(text, Mention(24, 31, "Donetsk"))
    (30.0, 'east')
    """
    before = _ODD_SPACE.sub(" ", text[max(0, mention.start - _REACH) : mention.start])
    lower = before.lower()
    if not any(unit in lower for unit in _UNITS):
        return None  # quickly seen of most
    for match in _OFFSET.finditer(before):
        direction = _BEHIND.fullmatch(before, match.end())
        if direction:
            number = match["number"].lower()
            unit = _KM_A_SEA_MILE if match["sea"] else _KM_A_MILE if match["mile"] else 1
            km = float(_NUMBERS.get(number, number)) * unit
            word = _ABBREVIATED.get(direction[1]) or re.sub("[- ]", "", direction[1].lower())
            return (km, word) if km <= _MOST_KM else None
    return None


def shift(place: Place, km: float, direction: str) -> Place:
    """Return the point at a distance from a place; only a settlement or site has one."""
    if place.kind in AREA_KINDS:
        return place
    bearing = 45 * _DIRECTIONS.index(direction)
    there = geodesic(kilometers=km).destination((place.latitude, place.longitude), bearing)
    return replace(
        place,
        place_id=f"{place.place_id}+{km:.0f}km-{direction}",
        name=f"{km:.0f} km {direction} of {place.name}",
        latitude=round(there.latitude, 4),
        longitude=round(there.longitude, 4),
        error_km=max(_LEAST_ERROR_KM, place.error_km, round(_ERROR * km, 1)),
        population=0,
    )
