"""Where names stand on a small map, so that none covers another name or a circle."""

from collections.abc import Iterable, Iterator

import numpy as np

# Left, bottom, right, top; in points from the panel's lower left corner.
Box = tuple[float, float, float, float]


class Room:
    """What is still free of a panel."""

    def __init__(self, width: float, height: float, taken: Iterable[Box] = ()) -> None:
        self.width, self.height = width, height
        self._taken = np.array(list(taken), dtype=float).reshape(-1, 4)

    def take(self, choices: Iterable[Box]) -> Box | None:
        """Take the first of the boxes that is free, if any."""
        for box in choices:
            if self._is_free(box):
                self._taken = np.vstack([self._taken, box])
                return box
        return None

    def _is_free(self, box: Box) -> bool:
        left, bottom, right, top = box
        if left < 1 or bottom < 1 or right > self.width - 1 or top > self.height - 1:
            return False
        lefts, bottoms, rights, tops = self._taken.T
        return not ((lefts < right) & (left < rights) & (bottoms < top) & (bottom < tops)).any()


def beside(x: float, y: float, radius: float, width: float, height: float) -> Iterator[Box]:
    """Yield where a name may stand around a circle, the best place first."""
    gap = radius + 1.5
    slant = 0.7 * gap
    for left, bottom in (
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x - width / 2, y + gap),
        (x - width / 2, y - gap - height),
        (x + slant, y + slant - height / 4),
        (x + slant, y - slant - height * 3 / 4),
        (x - slant - width, y + slant - height / 4),
        (x - slant - width, y - slant - height * 3 / 4),
    ):
        yield left, bottom, left + width, bottom + height


def upon(points: Iterable[tuple[float, float]], width: float, height: float) -> Iterator[Box]:
    """Yield where a name may stand with one of the points in its middle."""
    for x, y in points:
        yield x - width / 2, y - height / 2, x + width / 2, y + height / 2
