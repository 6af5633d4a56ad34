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
        self._features = _padded(trees, "split_feature", 0).astype(np.int64)
        self._thresholds = _padded(trees, "threshold", -np.inf)
        self._values = _find_values(trees)
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


def _padded(trees: Sequence[dict[str, list[float]]], name: str, filler: float) -> Array:
    found = np.full((len(trees), _MOST_LEAVES), filler)
    for number, tree in enumerate(trees):
        found[number, : len(tree[name])] = tree[name]
    return found


def _find_values(trees: Sequence[dict[str, list[float]]]) -> Array:
    """Return, for each tree and all its possible answers, the value of the leaf they lead to.

    Bit `k` answers question `k`. A node is a question's number, or -1 - that of a leaf.
    """
    children = np.stack([_padded(trees, f"{side}_child", -1) for side in ("right", "left")])
    answers, rows = np.arange(2**_MOST_QUESTIONS), np.arange(len(trees))[:, None]
    # A tree that asks nothing is one leaf.
    first = [[0 if tree["threshold"] else -1] for tree in trees]
    node = np.repeat(np.array(first, dtype=int), len(answers), axis=1)
    for _ in range(_MOST_QUESTIONS):
        asked = np.maximum(node, 0)
        node = np.where(node < 0, node, children[answers >> asked & 1, rows, asked].astype(int))
    found: Array = _padded(trees, "leaf_value", 0.0)[rows, -1 - node]
    return found


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
    lines = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    names = ("split_feature", "threshold", "left_child", "right_child", "leaf_value")
    return {name: [float(number) for number in lines.get(name, "").split()] for name in names}
