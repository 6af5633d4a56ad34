"""Whether scores mean what they say."""

import math
from collections.abc import Sequence

import numpy as np


def expected_calibration_error(
    scores: Sequence[float], rights: Sequence[bool], bins: int = 10
) -> float:
    """Return how far scores lie from the share that is right, on average; nan without any.

    The bins hold equally many: sorted by score, cut into `bins` (Naeini et al. 2015 with equal
    mass). Equal scores share their rights, so that their order makes no difference.

    >>> expected_calibration_error([0.5, 0.5], [True, False])
    0.0
    """
    if not len(scores):
        return math.nan
    values, which, counts = np.unique(
        np.asarray(scores, float), return_inverse=True, return_counts=True
    )
    shares = np.bincount(which, weights=np.asarray(rights, float)) / counts
    gaps = np.repeat(values - shares, counts)
    return float(sum(abs(part.sum()) for part in np.array_split(gaps, bins)) / len(gaps))


def roc_auc(scores: Sequence[float], rights: Sequence[bool]) -> float:
    """Return how often what is right scores above what is wrong; a tie counts half.

    nan unless there is something right and something wrong.

    >>> roc_auc([0.9, 0.4, 0.1], [True, False, True])
    0.5
    """
    is_right = np.asarray(rights, bool)
    n_right, n_wrong = int(is_right.sum()), int((~is_right).sum())
    if not (n_right and n_wrong):
        return math.nan
    _, which, counts = np.unique(np.asarray(scores, float), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]  # the mean rank of equal scores
    return float((ranks[is_right].sum() - n_right * (n_right + 1) / 2) / (n_right * n_wrong))
