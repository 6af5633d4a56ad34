"""A small mention table for the tests of the maps."""

from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from geo.records import AREA_KINDS
from geo.tables import as_mention_table

HOSTILE = "</script><img src=x onerror=alert(1)>`${1}` {{ 7*7 }}"


def _place(
    place_id: str, name: str, kind: str, latitude: float, longitude: float
) -> dict[str, Any]:
    return {
        "place_id": place_id,
        "place_name": name,
        "place_kind": kind,
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": 3 if kind in AREA_KINDS else 1,
    }


LUHANSK = _place("luhansk", "Luhansk", "settlement", latitude=48.567, longitude=39.317)
SHAKHTARSK = _place("shakhtarsk", "Shakhtarsk", "settlement", latitude=48.05, longitude=38.45)
OBLAST = _place("gn:702657", "Luhansk Oblast", "region", latitude=48.9, longitude=39.1)
SEA = _place("sea", "Sea of Azov", "water", latitude=46.0, longitude=36.5)
SOURCES = (
    ("RT", "2014-05-23"),
    ("RT", "2014-08-04"),
    ("The Moscow Times", "2014-08-04"),
    ("VICE News", "2014-08-04"),
    ("The Moscow Times", "2014-08-28"),
)


def mention(surface: str, outlet: str, date: str | None, **fields: Any) -> dict[str, Any]:
    """Return one row; without a place unless `fields` give one."""
    row = {
        "start": 0,
        "end": len(surface),
        "article_id": f"{outlet} {date}",
        "outlet": outlet,
        "published_date": date,
        "surface": surface,
        "context": f"They left\n  {surface} at night.",
        "role": "literal",
        "country_code": "UA",
        "score": 0.9,
        "reason": "the only place of that name",
        "status": "machine",
    }
    return row | fields


def table(*rows: dict[str, Any]) -> GeoDataFrame:
    """Return rows as a mention table."""
    return as_mention_table(pd.DataFrame(rows))


def five_reports() -> GeoDataFrame:
    """Return five reports by three outlets, all of which name Luhansk."""
    return table(
        *(mention("Lugansk", outlet, date, **LUHANSK) for outlet, date in SOURCES),
        mention("Shakhtersk", "VICE News", "2014-08-04", **SHAKHTARSK),
        mention("Luhansk region", "RT", "2014-05-23", **OBLAST),
        mention("Sea of Azov", "RT", "2014-05-23", **SEA),
        mention("Novorossiya", "RT", "2014-05-23"),
    )
