"""Which mentions maps show, as plain rows."""

from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas.api.types import infer_dtype

from geo.columns import COLUMNS, OPTIONAL_COLUMNS
from geo.errors import InputError
from geo.files import whole

_NUMBERS = frozenset({"start", "end", "latitude", "longitude", "geo_precision", "score"})
_UNUSED = frozenset({"time_precision", "date_text"})


def shown_rows(mentions: GeoDataFrame) -> pd.DataFrame:
    """Copy the rows that maps show; a missing text becomes "", a missing number NaN.

    Two columns are added: `is_placed`, whether a mention has a point, and `nth`, which occurrence
    of its spelling in the sentence it is, counted from 0. Those that a person has rejected are
    left out. Raises InputError if this is no mention table.
    """
    missing = [c for c in COLUMNS if c not in mentions.columns and c not in OPTIONAL_COLUMNS]
    if missing:
        raise InputError(
            f"The mention table lacks the columns {', '.join(missing)}; "
            "pass the table that geo made."
        )
    used = [name for name in COLUMNS if name in mentions and name not in _UNUSED]
    rows = pd.DataFrame({name: _plain(mentions[name]) for name in used}, copy=False)
    absent = {name: "" for name in OPTIONAL_COLUMNS if name not in used}
    rows = rows.assign(
        **absent,
        published_date=rows["published_date"].str[:10],
        is_placed=rows["latitude"].notna() & rows["longitude"].notna(),
        nth=_nth(rows),
    )
    return rows[rows["status"].ne("rejected")].reset_index(drop=True)


def _nth(rows: pd.DataFrame) -> pd.Series:
    """Count, from 0, the mentions of the same spelling in the same sentence."""
    in_order = rows[["article_id", "context", "surface", "start"]].sort_values("start")
    return in_order.groupby(["article_id", "context", "surface"], sort=False).cumcount()


def _plain(column: pd.Series) -> Any:
    if column.name in _NUMBERS:
        numbers = pd.to_numeric(column, errors="coerce")
        return numbers.to_numpy(dtype=float, na_value=np.nan)
    texts = np.array(column, dtype=object)
    texts[pd.isna(texts)] = ""
    if infer_dtype(texts) not in ("string", "empty"):
        texts = np.array([str(text) for text in texts], dtype=object)
    # pandas compares texts up to the first NUL only, and takes those for equal; with pyarrow
    # installed, it cannot count those with half a character.
    joined = "".join(texts)
    if whole(joined) != joined:
        texts = np.array([whole(text) for text in texts])
    return pd.Series(texts, dtype=object)
