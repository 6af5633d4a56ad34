"""Points told by distance and direction: "30 km east of Donetsk"."""

import math

import pytest
from geopy.distance import geodesic
from helpers import resolve

from geo.gazetteer import Gazetteer
from geo.records import AREA_KINDS, Mention, Place
from geo.resolve.offsets import find_offset, shift
from geo.tables import precision_of

TOWN = Place("t", "Donetsk", "settlement", 48.0, 37.8, "UA")


def offset(text: str) -> tuple[float, str] | None:
    """Return what a text says of Donetsk."""
    start = text.index("Donetsk")
    found = find_offset(text, Mention(start, start + 7, "Donetsk"))
    return found and (round(found[0], 2), found[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a village 30 km east of Donetsk", (30, "east")),
        ("30km north of Donetsk", (30, "north")),
        ("30 kms west of Donetsk", (30, "west")),
        ("a 30-kilometre drive south of Donetsk", (30, "south")),
        ("20 miles south-west of Donetsk", (32.19, "southwest")),
        ("a mine one mile north of Donetsk", (1.61, "north")),
        ("about 12.5 kilometres (8 miles) north-west of Donetsk", (12.5, "northwest")),
        ("some 30 km (18.6 miles) to the south east of Donetsk", (30, "southeast")),
        ("two km east of Donetsk", (2, "east")),
        ("15 miles NW of Donetsk", (24.14, "northwest")),
        ("12 nautical miles south of Donetsk", (22.22, "south")),
        ("two hundred km S of Donetsk", (200, "south")),
        ("Twenty miles north of Donetsk", (32.19, "north")),
        ("a dozen kilometers from the front, 7.25 km west of Donetsk", (7.25, "west")),
        ("30 to 40 km northeast of Donetsk", (40, "northeast")),
        ("30 km, or 19 miles, east of Donetsk", (30.58, "east")),
        ("5 km off the road, 20 km east of Donetsk", (20, "east")),
        ("30 km due north of central Donetsk", (30, "north")),
        ("30 km north of the city of Donetsk", (30, "north")),
        ("30 km north of the besieged city of Donetsk", (30, "north")),
        ("30 km north of the regional capital, Donetsk", (30, "north")),
        ("30\u00a0km east of Donetsk", (30, "east")),
        ("30 km\neast of Donetsk", (30, "east")),
    ],
)
def test_an_offset_is_read(text: str, expected: tuple[float, str]) -> None:
    assert offset(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in Donetsk",
        "30 km from Donetsk",
        "east of Donetsk",
        "They marched 30 km. East of Donetsk, shells fell.",
        "They marched 30 km! East of Donetsk, shells fell.",
        "The front is 30 km long; east of Donetsk it is calm.",
        "The front is 30 km long\nEast of Donetsk it is calm.",
        "He ran 10 km and lives east of Donetsk.",
        "The pipeline is 1,200 km long east of Donetsk",
        "a crowd of 30 east of Donetsk",
        "at 30 km/h in Donetsk",
        "30 kilograms east of Donetsk",
        "999 km east of Donetsk",
        "30 km east of Luhansk and Donetsk",
    ],
)
def test_there_is_no_offset_in(text: str) -> None:
    assert offset(text) is None


@pytest.mark.parametrize(
    ("direction", "bearing"),
    [
        ("north", 0),
        ("northeast", 45),
        ("east", 90),
        ("southeast", 135),
        ("south", 180),
        ("southwest", 225),
        ("west", 270),
        ("northwest", 315),
    ],
)
def test_the_bearing_is_that_of_the_word(direction: str, bearing: int) -> None:
    moved = shift(TOWN, 30, direction)
    north = moved.latitude - TOWN.latitude
    east = (moved.longitude - TOWN.longitude) * math.cos(math.radians(TOWN.latitude))
    assert math.degrees(math.atan2(east, north)) % 360 == pytest.approx(bearing, abs=1)


def test_the_distance_is_that_of_the_text() -> None:
    moved = shift(TOWN, 30, "southwest")
    apart = geodesic((TOWN.latitude, TOWN.longitude), (moved.latitude, moved.longitude))
    assert apart.km == pytest.approx(30, abs=0.1)


def test_a_point_east_of_the_date_line_stays_on_the_map() -> None:
    moved = shift(Place("f", "Taveuni", "settlement", -16.8, 179.9), 50, "east")
    assert -180 <= moved.longitude <= -179


@pytest.mark.parametrize("km", [1, 5, 30, 80])
def test_a_moved_point_is_near_not_exact(km: float) -> None:
    assert precision_of(shift(TOWN, km, "east")) == 2


@pytest.mark.parametrize("kind", sorted(AREA_KINDS))
def test_an_area_is_not_moved(kind: str) -> None:
    area = Place("a", "Donetsk Oblast", kind, 48.0, 37.8)
    assert shift(area, 30, "east") is area


def test_a_moved_place_says_so(gazetteer: Gazetteer) -> None:
    found = resolve("Shells fell 30 km east of Donetsk, near Horlivka.", gazetteer)["Donetsk"]
    assert found.place is not None
    assert found.place.name == "30 km east of Donetsk"
    assert found.reason.endswith("; the text says 30 km east of it")


def test_a_country_is_not_moved_by_a_text(gazetteer: Gazetteer) -> None:
    found = resolve("A ship sank 30 km east of Japan.", gazetteer)["Japan"]
    assert found.place is not None
    assert found.place.name == "Japan"
