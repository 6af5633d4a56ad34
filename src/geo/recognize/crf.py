"""A linear-chain conditional random field: the probability of each label of each token.

Only applies weights; `geo.train` makes them. A token's score for a label is the sum of the
weights of its features, so what a value of a field adds is worked out once and kept.
"""

import itertools
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Expand = Callable[[str, Any], list[str]]

_MOST_KEPT = 200_000
# What is kept is numbered in order, so only one thread at a time may add to it.
_LOCK = threading.Lock()
# After so many tokens products are brought back to 1, long before they are too small for a number.
_STEPS = 16
WEIGHTS, SETTINGS = "recognizer.npy", "recognizer.json"


class _Numbers(dict[Any, int]):
    """The numbers of a field's values; one seen for the first time gets the next, and is new."""

    def __init__(self, field: str, new: list[tuple[str, Any]], count: Iterator[int]) -> None:
        super().__init__()
        self._field, self._new, self._count = field, new, count

    def __missing__(self, value: Any) -> int:
        self._new.append((self._field, value))
        number = self[value] = next(self._count)
        return number


class Crf:
    """Weights of features, and of one label following another."""

    def __init__(
        self,
        labels: Sequence[str],
        transitions: Array,
        features: Sequence[str],
        weights: NDArray[np.float32],
        *,
        fields: Sequence[str],
        expand: Expand,
    ) -> None:
        self.labels = tuple(labels)
        self._transitions = np.exp(transitions)
        # Row 0 is that of all features without weights.
        self._features = {name: number for number, name in enumerate(features, start=1)}
        self._weights = np.concatenate([np.zeros((1, len(labels))), weights])
        self._fields, self._expand = tuple(fields), expand
        self._forget()

    def _forget(self) -> None:
        self._new: list[tuple[str, Any]] = []
        count = itertools.count()
        self._numbers = [_Numbers(field, self._new, count) for field in self._fields]
        self._scores = np.empty((1024, len(self.labels)))
        self._n_scores = 0

    def label_probabilities(
        self, columns: Iterable[Iterable[Any]], lengths: Sequence[int]
    ) -> Array:
        """Return an array of tokens by labels, rows summing to 1.

        `columns` hold a value a token for each field, those of all stretches one behind the
        other; `lengths` are the numbers of tokens of the stretches.
        """
        if not lengths:
            return np.empty((0, len(self.labels)))
        with _LOCK:
            scores = self._score(columns)
        return self._parted(scores, np.array(lengths))

    def _parted(self, scores: Array, lengths: NDArray[np.int64]) -> Array:
        order = np.argsort(-lengths, kind="stable")
        # Stretches become the rows of a table, the longest first, and tokens its columns.
        place = np.empty(len(lengths), dtype=np.int64)
        place[order] = np.arange(len(lengths))
        stretch = np.repeat(place, lengths)
        token = np.arange(len(scores)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        table = np.ones((len(lengths), int(lengths.max()), len(self.labels)))
        table[stretch, token] = np.exp(scores)
        found: Array = _marginals(table, self._transitions, lengths[order])[stretch, token]
        return found

    def _score(self, columns: Iterable[Iterable[Any]]) -> Array:
        if self._n_scores > _MOST_KEPT:
            self._forget()
        numbers = [
            list(map(numbers.__getitem__, column))
            for numbers, column in zip(self._numbers, columns, strict=True)
        ]
        if self._new:
            self._score_new_values()
        scores: Array = self._scores[np.array(numbers)].sum(axis=0)
        # Only differences between labels count; this keeps the exponentials small.
        scores -= scores.max(axis=1, keepdims=True)
        return scores

    def _score_new_values(self) -> None:
        """Work out what the values seen for the first time add to each label's score."""
        features: list[int] = []
        starts: list[int] = []
        number, expand = self._features.get, self._expand
        for field, value in self._new:
            starts.append(len(features))
            features += map(number, expand(field, value), itertools.repeat(0))
        end = self._n_scores + len(starts)
        while end > len(self._scores):
            self._scores = np.concatenate([self._scores, np.empty_like(self._scores)])
        self._scores[self._n_scores : end] = np.add.reduceat(self._weights[features], starts)
        self._n_scores = end
        self._new.clear()


def _marginals(emissions: Array, transitions: Array, lengths: NDArray[np.int64]) -> Array:
    """Return each label's probability by the forward-backward algorithm.

    `emissions` are stretches by tokens by labels, the longest stretch first; each step works on
    those stretches that are long enough.
    """
    forward = np.zeros_like(emissions)
    backward = np.ones_like(emissions)
    n_tokens = emissions.shape[1]
    active = (lengths > np.arange(n_tokens)[:, None]).sum(axis=1).tolist()
    forward[:, 0] = emissions[:, 0]
    for t in range(1, n_tokens):
        n = active[t]
        step = (forward[:n, t - 1] @ transitions) * emissions[:n, t]
        forward[:n, t] = step if t % _STEPS else step / step.sum(axis=1, keepdims=True)
    for t in range(n_tokens - 2, -1, -1):
        n = active[t + 1]
        step = (emissions[:n, t + 1] * backward[:n, t + 1]) @ transitions.T
        backward[:n, t] = step if t % _STEPS else step / step.sum(axis=1, keepdims=True)
    both = forward * backward
    totals: Array = both.sum(axis=2, keepdims=True)
    return np.divide(both, totals, out=np.zeros_like(both), where=totals > 0)


def read_crf(folder: Path, *, fields: Sequence[str], expand: Expand) -> Crf:
    """Open the weights in a folder."""
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    weights = np.load(folder / WEIGHTS, allow_pickle=False)
    return Crf(
        settings["labels"],
        np.array(settings["transitions"]),
        settings["features"],
        weights,
        fields=fields,
        expand=expand,
    )
