"""A small mention table for the tests of the maps."""

from random import Random
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
    return as_mention_table(pd.DataFrame(rows, dtype=object))


def five_reports() -> GeoDataFrame:
    """Return five reports by three outlets, all of which name Luhansk."""
    return table(
        *(mention("Lugansk", outlet, date, **LUHANSK) for outlet, date in SOURCES),
        mention("Shakhtersk", "VICE News", "2014-08-04", **SHAKHTARSK),
        mention("Luhansk region", "RT", "2014-05-23", **OBLAST),
        mention("Sea of Azov", "RT", "2014-05-23", **SEA),
        mention("Novorossiya", "RT", "2014-05-23"),
    )


LANGUAGES = ("en", "ru", "uk", None)
OUTLETS = ("RT", "VICE News", "The Moscow Times", "Novaya Gazeta", "")
_TOWNS = ("Luhansk", "Shakhtarsk", "Chasiv Yar", "Kyïv", "Ñuñoa", "Sloviansk", "Ilovaisk")


def many_reports(n: int = 600, *, seed: int = 7, with_events: bool = False) -> GeoDataFrame:
    """Return mentions of everything that a table can hold, in any combination."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    articles = [
        (f"a{i}", random.choice(OUTLETS), f"2014-08-{random.randint(1, 20):02d}") for i in range(40)
    ]
    articles[0] = ("a0", "RT", None)
    places = [
        _place(f"p{i}", town, kind, latitude=46 + i % 5, longitude=36 + i / 3)
        for i, (town, kind) in enumerate(
            (town, kind) for kind in ("settlement", "site", "hill") for town in _TOWNS
        )
    ]
    places += [OBLAST, SEA, {}, {}]
    rows = [_any_mention(random, number, articles, places, with_events) for number in range(n)]
    return table(*rows)


def _any_mention(
    random: Random,
    number: int,
    articles: list[tuple[str, str, str | None]],
    places: list[dict[str, Any]],
    with_events: bool,
) -> dict[str, Any]:
    article_id, outlet, date = random.choice(articles)
    place = random.choice(places)
    name = str(place.get("place_name", "Novorossiya"))
    surface = random.choice((name, f"{name} city", name.upper()))
    day = random.randint(1, 28)
    events = {
        "event_start_date": f"2014-07-{day:02d}",
        "event_end_date": random.choice(("2014-07-29", "2014-08-05")),
    }
    precision = place.get("geo_precision")
    return mention(
        surface,
        outlet,
        date,
        article_id=article_id,
        mention_id=f"{article_id}:{number}-{number + len(surface)}",
        start=number,
        end=number + len(surface),
        context=f"Sentence {number % 50} says that {surface} was hit.",
        **place,
    ) | {
        "language": LANGUAGES[number % 4],
        "role": random.choice(("literal", "associative")),
        "status": random.choice(("machine", "machine", "verified", "corrected", "rejected")),
        "score": random.choice((None, 0.3, 0.5, 0.65, 0.7, 0.899, 0.9, 1.0)),
        "geo_precision": random.choice((1, 2)) if precision == 1 else precision,
        **(events if with_events and random.random() < 0.7 else {}),
    }
