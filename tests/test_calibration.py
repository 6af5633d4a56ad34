"""Whether scores mean what they say: two figures, with values worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evaluate import expected_calibration_error, roc_auc

JUDGED = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.booleans()), min_size=1)


def test_a_score_that_keeps_its_word_has_no_error() -> None:
    scores, rights = [0.75] * 4 + [0.5] * 2, [True, True, True, False, True, False]
    assert expected_calibration_error(scores, rights) == 0


def test_the_error_is_the_mean_gap_of_bins_of_equal_size() -> None:
    scores, rights = [0.1, 0.2, 0.6, 0.8], [False, False, True, True]
    assert expected_calibration_error(scores, rights, bins=2) == pytest.approx((0.15 + 0.3) / 2)


def test_gaps_within_a_bin_cancel() -> None:
    assert expected_calibration_error([0.4, 0.6], [False, True], bins=1) == 0
    assert expected_calibration_error([0.4, 0.6], [False, True], bins=2) == pytest.approx(0.4)


@given(JUDGED)
def test_the_order_of_predictions_changes_nothing(judged: list[tuple[float, bool]]) -> None:
    forth, back = zip(*judged, strict=True), zip(*reversed(judged), strict=True)
    assert expected_calibration_error(*forth, bins=3) == pytest.approx(
        expected_calibration_error(*back, bins=3)
    )


@given(JUDGED)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    judged: list[tuple[float, bool]],
) -> None:
    pairs = [
        (right > wrong) + (right == wrong) / 2
        for right, is_right in judged
        for wrong, is_wrong in judged
        if is_right and not is_wrong
    ]
    expected = sum(pairs) / len(pairs) if pairs else math.nan
    scores, rights = zip(*judged, strict=True)
    assert roc_auc(scores, rights) == pytest.approx(expected, nan_ok=True)


def test_nothing_has_no_error() -> None:
    assert math.isnan(expected_calibration_error([], []))
    assert math.isnan(roc_auc([], []))
