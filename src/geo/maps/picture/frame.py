"""Which part of the world a picture shows, in degrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from geo.maps.extent import extent, frame_points, stretch
from geo.maps.picture.panels import Mark

WORLD = (-180.0, -60.0, 180.0, 85.0)
# A frame around one town shows this much, and every frame this share more than its marks need.
_LEAST_DEGREES, _MARGIN = 2.4, 0.12


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world, drawn so that both directions are true in the middle."""

    west: float
    south: float
    east: float
    north: float

    @property
    def stretch(self) -> float:
        """How many times as long as a degree of longitude one of latitude is drawn."""
        return stretch((self.south + self.north) / 2)

    @property
    def ratio(self) -> float:
        """Height by width, as drawn."""
        return (self.north - self.south) * self.stretch / (self.east - self.west)

    @property
    def box(self) -> Geometry:
        return shapely.box(self.west, self.south, self.east, self.north)

    def holds(self, mark: Mark) -> bool:
        return (
            self.west <= mark.longitude <= self.east and self.south <= mark.latitude <= self.north
        )


def find_frame(
    marks: Sequence[Mark], areas: Mapping[str, Geometry], ratios: tuple[float, float]
) -> Frame:
    """Frame the exact places where something happened, else those that act, else the areas.

    `ratios` are the lowest and highest height by width.
    """
    exact = [mark for mark in marks if not mark.is_area]
    literal = [mark for mark in exact if not mark.is_pale]
    if exact:
        framed = literal or exact
        points = np.array([(mark.longitude, mark.latitude) for mark in framed])
        bounds = frame_points(points, np.array([mark.count for mark in framed]))
    elif marks:
        bounds = _bounds_of_areas(marks, areas)
    else:
        bounds = WORLD
    return _fitted(bounds, ratios)


def _bounds_of_areas(
    marks: Sequence[Mark], areas: Mapping[str, Geometry]
) -> tuple[float, float, float, float]:
    """Return the extent of the areas' largest parts; Alaska would take the USA round the world."""
    corners = [
        shapely.get_coordinates(_largest(areas[mark.place_id]))
        if mark.place_id in areas
        else np.array([(mark.longitude, mark.latitude)])
        for mark in marks
    ]
    return extent(np.concatenate(corners))


def _largest(area: Geometry) -> Geometry:
    return max(shapely.get_parts(area), key=shapely.area)


def _fitted(bounds: tuple[float, float, float, float], ratios: tuple[float, float]) -> Frame:
    """Return bounds with a margin, widened to a ratio that suits a panel, within the world."""
    west, south, east, north = bounds
    longer = stretch((south + north) / 2)
    height = max((north - south) * (1 + 2 * _MARGIN), _LEAST_DEGREES)
    width = max((east - west) * (1 + 2 * _MARGIN), _LEAST_DEGREES * longer)
    height = max(height, ratios[0] * width / longer)
    width = max(width, height * longer / ratios[1])
    west, east = _within((west + east) / 2, width, -180.0, 180.0)
    south, north = _within((south + north) / 2, height, -90.0, 90.0)
    return Frame(west, south, east, north)


def _within(middle: float, length: float, lowest: float, highest: float) -> tuple[float, float]:
    """Return where a stretch around `middle` begins and ends, moved to lie between the limits."""
    length = min(length, highest - lowest)
    start = min(max(middle - length / 2, lowest), highest - length)
    return start, start + length
