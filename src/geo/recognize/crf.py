"""A linear-chain conditional random field: the probability of each label of each token.

Only applies weights; `geo.train` makes them. A token's score for a label is the sum of the
weights of its features, so what a value of a field adds is worked out once and kept.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Expand = Callable[[str, Any], list[str]]

_MOST_KEPT = 200_000
WEIGHTS, SETTINGS = "recognizer.npy", "recognizer.json"


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
        self._features = {name: number for number, name in enumerate(features)}
        self._weights = np.asarray(weights, dtype=float)
        self._fields, self._expand = tuple(fields), expand
        self._kept: list[dict[Any, int]] = []
        self._scores = np.empty((0, len(labels)))
        self._forget()

    def _forget(self) -> None:
        self._kept = [{} for _ in self._fields]
        self._scores = np.empty((1024, len(self.labels)))
        self._n_scores = 0

    def label_probabilities(self, stretches: Sequence[Sequence[tuple[Any, ...]]]) -> Array:
        """Return an array of all tokens of all stretches by labels, rows summing to 1."""
        if not stretches:
            return np.empty((0, len(self.labels)))
        scores = self._score([row for rows in stretches for row in rows])
        lengths = np.array([len(rows) for rows in stretches])
        order = np.argsort(-lengths, kind="stable")
        # Stretches become the rows of a table, the longest first, and tokens its columns.
        place = np.empty(len(stretches), dtype=np.int64)
        place[order] = np.arange(len(stretches))
        stretch = np.repeat(place, lengths)
        token = np.arange(len(scores)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        table = np.ones((len(stretches), int(lengths.max()), len(self.labels)))
        table[stretch, token] = np.exp(scores)
        found: Array = _marginals(table, self._transitions, lengths[order])[stretch, token]
        return found

    def _score(self, rows: Sequence[tuple[Any, ...]]) -> Array:
        if self._n_scores > _MOST_KEPT:
            self._forget()
        numbers = np.array([self._numbers(row) for row in rows])
        scores = self._scores[numbers].sum(axis=1)
        # Only differences between labels count; this keeps the exponentials small.
        relative: Array = scores - scores.max(axis=1, keepdims=True)
        return relative

    def _numbers(self, row: tuple[Any, ...]) -> list[int]:
        try:
            return [kept[value] for kept, value in zip(self._kept, row, strict=True)]
        except KeyError:
            for field, kept, value in zip(self._fields, self._kept, row, strict=True):
                if value not in kept:
                    kept[value] = self._keep(field, value)
            return self._numbers(row)

    def _keep(self, field: str, value: Any) -> int:
        """Work out what a value adds to each label's score, and return its row."""
        if self._n_scores == len(self._scores):
            self._scores = np.concatenate([self._scores, np.empty_like(self._scores)])
        numbers = map(self._features.get, self._expand(field, value))
        known = [number for number in numbers if number is not None]
        self._scores[self._n_scores] = self._weights[known].sum(axis=0) if known else 0.0
        self._n_scores += 1
        return self._n_scores - 1


def _marginals(emissions: Array, transitions: Array, lengths: NDArray[np.int64]) -> Array:
    """Return each label's probability by the forward-backward algorithm.

    `emissions` are stretches by tokens by labels, the longest stretch first; each step works on
    those stretches that are long enough.
    """
    forward = np.zeros_like(emissions)
    backward = np.ones_like(emissions)
    n_tokens = emissions.shape[1]
    active = [int((lengths > t).sum()) for t in range(n_tokens)]
    forward[:, 0] = emissions[:, 0] / emissions[:, 0].sum(axis=1, keepdims=True)
    for t in range(1, n_tokens):
        n = active[t]
        step = (forward[:n, t - 1] @ transitions) * emissions[:n, t]
        forward[:n, t] = step / step.sum(axis=1, keepdims=True)
    for t in range(n_tokens - 2, -1, -1):
        n = active[t + 1]
        step = (emissions[:n, t + 1] * backward[:n, t + 1]) @ transitions.T
        backward[:n, t] = step / step.sum(axis=1, keepdims=True)
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
