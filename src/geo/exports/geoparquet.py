"""GeoParquet 1.1: the mentions as a table of typed columns."""

import io
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.exports.content import Content
from geo.exports.schema import MENTION_FIELDS


def _check_pyarrow() -> None:
    """Raise InputError unless what writes Parquet is installed."""
    try:
        import pyarrow.parquet  # noqa: F401 - only asked whether it is there
    except ImportError as error:
        raise InputError(
            "GeoParquet needs the package pyarrow, which is not installed; install it with: "
            "pip install pyarrow"
        ) from error


def geoparquet(content: Content) -> bytes:
    """Return the mentions as GeoParquet, dates as days, the points as WKB."""
    _check_pyarrow()
    out = io.BytesIO()
    _typed(content.mentions).to_parquet(out, index=False, schema_version="1.1.0")
    return out.getvalue()


def _typed(mentions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table with a type for each column, also for those that hold nothing."""
    import pyarrow as pa

    types: dict[str, Any] = {
        "string": pd.ArrowDtype(pa.string()),
        "date": pd.ArrowDtype(pa.date32()),
        "number": "float64",
        "integer": "Int64",
    }
    columns = {}
    for field in MENTION_FIELDS:
        values = mentions[field["name"]]
        if field["type"] == "date":
            values = pd.to_datetime(values).dt.date
        columns[field["name"]] = values.astype(types[field["type"]])
    return gpd.GeoDataFrame(columns, geometry=mentions.geometry)
