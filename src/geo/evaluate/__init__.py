"""How right we are, against gold labels."""

from geo.evaluate.coverage import Coverage, cover
from geo.evaluate.scores import Report, as_prediction, read_gold, score, write_predictions

__all__ = [
    "Coverage",
    "Report",
    "as_prediction",
    "cover",
    "read_gold",
    "score",
    "write_predictions",
]
