"""GeoPackage: one file with a layer each of mentions, places and areas."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.exports.content import Content
from geo.exports.credits import code_version
from geo.exports.schema import AREA_FIELDS, MENTION_FIELDS, PLACE_FIELDS, Field
from geo.tables import CRS

_DTYPES = {"string": "object", "number": "float64", "integer": "int64", "date": "datetime64[D]"}


def geopackage(content: Content) -> bytes:
    """Return a GeoPackage; the same content, made at the same time, gives the same bytes."""
    layers = (
        ("mentions", content.mentions, MENTION_FIELDS, "Point"),
        ("places", content.places, PLACE_FIELDS, "Point"),
        ("areas", content.areas, AREA_FIELDS, "MultiPolygon"),
    )
    with tempfile.TemporaryDirectory() as folder, _clock(content.created):
        path = Path(folder, "export.gpkg")
        for name, table, fields, shape in layers:
            if not table.empty:
                _add_layer(
                    path,
                    table,
                    fields,
                    layer=name,
                    geometry_type=shape,
                    dataset_metadata=_metadata(content),
                )
        return path.read_bytes()


@contextmanager
def _clock(moment: datetime) -> Iterator[None]:
    """Set the time that GDAL writes into files."""
    from pyogrio import set_gdal_config_options

    set_gdal_config_options({"OGR_CURRENT_DATE": moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _add_layer(path: Path, table: gpd.GeoDataFrame, fields: list[Field], **settings: Any) -> None:
    # geopandas would write days as moments, which a time zone can move.
    from pyogrio.raw import write

    columns = [_column(table[field["name"]], field["type"]) for field in fields]
    write(
        path,
        geometry=shapely.to_wkb(table.geometry.to_numpy()),
        field_data=[values for values, _ in columns],
        field_mask=[mask for _, mask in columns],
        fields=[field["name"] for field in fields],
        driver="GPKG",
        crs=CRS,
        append=path.exists(),
        **settings,
    )


def _column(values: pd.Series, kind: str) -> tuple[Any, Any]:
    """Return the values of a column, and which of them are missing."""
    missing = values.isna().to_numpy(dtype=bool)
    filler = {"string": "", "number": np.nan, "integer": 0, "date": "1970-01-01"}[kind]
    filled = values.astype(object).where(~missing, filler)
    return filled.to_numpy().astype(_DTYPES[kind]), missing


def _metadata(content: Content) -> dict[str, str]:
    return {
        "credit": "; ".join(map(str, content.credits)),
        "geo_version": code_version(),
        "coordinate_decimals": "" if content.decimals is None else str(content.decimals),
    }
