"""Applies an ensemble of decision trees that LightGBM has trained and written as text.

LightGBM itself would do, but it brings scipy along and needs a system library (OpenMP) that many
machines lack. Trees are small, so all their questions are asked at once, and the answers of a
tree, read as a binary number, look its value up.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.errors import GazetteerError

Array = NDArray[np.float64]
_MOST_LEAVES = 8
_MOST_QUESTIONS = _MOST_LEAVES - 1
_MOST_ROWS = 4096


class Trees:
    """Trees of at most eight leaves, whose values are summed."""

    def __init__(self, trees: Sequence[dict[str, list[float]]]) -> None:
        # Questions that a tree lacks are never answered with yes: eight answers make a byte.
        self._features = np.zeros((len(trees), 8), dtype=np.int64)
        self._thresholds = np.full((len(trees), 8), -np.inf)
        self._values = np.zeros((len(trees), 2**_MOST_QUESTIONS))
        for number, tree in enumerate(trees):
            size = len(tree["threshold"])
            self._features[number, :size] = np.array(tree["split_feature"], dtype=np.int64)
            self._thresholds[number, :size] = tree["threshold"]
            self._values[number] = [_value(tree, a) for a in range(2**_MOST_QUESTIONS)]
        self._first_values = np.arange(len(trees)) * 2**_MOST_QUESTIONS

    def predict(self, features: Array) -> Array:
        """Return the sum of the trees' values for each row; no feature may be NaN."""
        parts = [
            self._predict(features[first : first + _MOST_ROWS])
            for first in range(0, len(features), _MOST_ROWS)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _predict(self, features: Array) -> Array:
        asked = features.take(self._features.ravel(), axis=1)
        answers = np.packbits(asked <= self._thresholds.ravel(), bitorder="little")
        numbers = answers.reshape(len(features), -1) + self._first_values
        total: Array = self._values.take(numbers).sum(axis=1)
        return total


def _value(tree: dict[str, list[float]], answers: int) -> float:
    """Return the value of the leaf that a tree's answers lead to; bit `k` answers question `k`."""
    node = 0
    while node >= 0 and tree["threshold"]:
        goes_left = answers >> node & 1
        node = int(tree["left_child" if goes_left else "right_child"][node])
    return tree["leaf_value"][-node - 1 if tree["threshold"] else 0]


def read_trees(path: Path, features: Sequence[str]) -> Trees:
    """Read the trees of a LightGBM text model that was trained on these features."""
    text = path.read_text(encoding="utf-8")
    known = re.search(r"^feature_names=(.*)$", text, flags=re.MULTILINE)
    if known is None or known[1].split() != list(features):
        raise GazetteerError(f"{path} was trained for another version; train it again (make train)")
    trees = [_read_tree(part) for part in re.split(r"^Tree=\d+\n", text, flags=re.MULTILINE)[1:]]
    if not trees or any(len(tree["leaf_value"]) > _MOST_LEAVES for tree in trees):
        raise GazetteerError(
            f"{path} holds no LightGBM model with trees of at most {_MOST_LEAVES} leaves; "
            "train it again (make train)"
        )
    return Trees(trees)


def _read_tree(text: str) -> dict[str, list[float]]:
    names = ("split_feature", "threshold", "left_child", "right_child", "leaf_value")
    found = {}
    for name in names:
        line = re.search(rf"^{name}=(.*)$", text, flags=re.MULTILINE)
        found[name] = [float(number) for number in line[1].split()] if line else []
    return found
