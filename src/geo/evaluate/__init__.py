"""How right we are, against gold labels."""

from geo.evaluate.calibration import expected_calibration_error, roc_auc
from geo.evaluate.coverage import Coverage, cover
from geo.evaluate.errors import Errors, PointError, worst_errors
from geo.evaluate.gold import (
    GoldDocument,
    GoldSpans,
    as_prediction,
    read_gold,
    write_predictions,
)
from geo.evaluate.groups import Group, by_group, kind_in, type_of
from geo.evaluate.matching import Matched, match
from geo.evaluate.scores import Report, report_of, score

__all__ = [
    "Coverage",
    "Errors",
    "GoldDocument",
    "GoldSpans",
    "Group",
    "Matched",
    "PointError",
    "Report",
    "as_prediction",
    "by_group",
    "cover",
    "expected_calibration_error",
    "kind_in",
    "match",
    "read_gold",
    "report_of",
    "roc_auc",
    "score",
    "type_of",
    "worst_errors",
    "write_predictions",
]
