"""The maps that benchmarks/maps.py compares: how each is made, and what to click in its page.

Folium's get no basemap, which flatters them. Each of their marks can tell what ours tells of a
mention, in one line or as fields, in a tooltip.
"""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster, TimestampedGeoJson
from geopandas import GeoDataFrame

import geo

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#000000")
RADIUS = 4
FIELDS = (
    "place_name",
    "surface",
    "outlet",
    "published_date",
    "article_id",
    "role",
    "place_kind",
    "geo_precision",
    "status",
    "score",
)


@dataclass(frozen=True)
class Page:
    """What a map's page shows once its marks are drawn, and how its filter is changed.

    `clicks` are selectors, each with the number of the element meant among those that match.
    `state` names what a change must alter: one of `STATES` in map_timing.js. `own_mark` is the
    performance mark that the page sets itself when it is ready.
    """

    drawn: str
    clicks: tuple[tuple[str, int], ...]
    state: str
    own_mark: str = ""


@dataclass(frozen=True)
class Contender:
    """One kind of map. `largest` is the size above which it is not tried."""

    name: str
    save: Callable[[GeoDataFrame, Path], object]
    page: Page
    largest: int


# ---- ours ----


def save_ours(mentions: GeoDataFrame, path: Path) -> None:
    """Write our map."""
    geo.save_map(geo.make_map(mentions, title="Made-up mentions"), path)


OUR_PAGE = Page(
    drawn=".geo-page[data-ready]",
    clicks=tuple(
        (f'fieldset.geo-facet[data-facet="{facet}"] label input[type=checkbox]', number)
        for facet, number in (("outlet", 0), ("role", 0), ("outlet", 1), ("role", 1), ("outlet", 2))
    ),
    state="shown",
    own_mark="geo-ready",
)


# ---- folium's ----


def save_circle_markers(mentions: GeoDataFrame, path: Path, *, on_canvas: bool = False) -> None:
    """Write a FeatureGroup of CircleMarkers for each outlet."""
    m = _empty_map(on_canvas)
    for outlet, colour, rows in _by_outlet(mentions):
        group = folium.FeatureGroup(name=outlet).add_to(m)
        for latitude, longitude, line in _points_and_lines(rows):
            folium.CircleMarker(
                (latitude, longitude), radius=RADIUS, color=colour, tooltip=line
            ).add_to(group)
    _save(m, path)


def save_circle_markers_on_canvas(mentions: GeoDataFrame, path: Path) -> None:
    """Write the same for a map that prefers a canvas, which is not folium's default."""
    save_circle_markers(mentions, path, on_canvas=True)


def save_geojson(mentions: GeoDataFrame, path: Path) -> None:
    """Write a GeoJson layer for each outlet."""
    m = _empty_map()
    for outlet, colour, rows in _by_outlet(mentions):
        features = [
            _feature(latitude, longitude, dict(zip(FIELDS, fields, strict=True)))
            for latitude, longitude, *fields in _plain(rows, FIELDS)
        ]
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            name=outlet,
            marker=folium.CircleMarker(radius=RADIUS, color=colour),
            tooltip=folium.GeoJsonTooltip(list(FIELDS)),
        ).add_to(m)
    _save(m, path)


def save_timestamped(mentions: GeoDataFrame, path: Path) -> None:
    """Write a TimestampedGeoJson, whose slider shows all days up to one."""
    m = _empty_map()
    features = []
    for _, colour, rows in _by_outlet(mentions):
        style = {"radius": RADIUS, "color": colour}
        dates = rows["published_date"]
        for (latitude, longitude, line), date in zip(_points_and_lines(rows), dates, strict=True):
            properties = {"time": date, "tooltip": line, "icon": "circle", "iconstyle": style}
            features.append(_feature(latitude, longitude, properties))
    collection = {"type": "FeatureCollection", "features": features}
    TimestampedGeoJson(collection, period="P1D", auto_play=False).add_to(m)
    _save(m, path)


def save_fast_clusters(mentions: GeoDataFrame, path: Path) -> None:
    """Write a FastMarkerCluster for each outlet."""
    m = _empty_map()
    callback = "(row) => L.marker([row[0], row[1]]).bindTooltip(row[2])"
    for outlet, _, rows in _by_outlet(mentions):
        FastMarkerCluster(list(_points_and_lines(rows)), callback=callback, name=outlet).add_to(m)
    _save(m, path)


def _empty_map(on_canvas: bool = False) -> folium.Map:
    return folium.Map((20.0, 0.0), zoom_start=2, tiles=None, maxZoom=18, prefer_canvas=on_canvas)


def _save(m: folium.Map, path: Path) -> None:
    folium.LayerControl(collapsed=False).add_to(m)
    m.save(path)


def _by_outlet(mentions: GeoDataFrame) -> Iterator[tuple[str, str, GeoDataFrame]]:
    groups = mentions.groupby("outlet")
    for number, (outlet, rows) in enumerate(groups):
        yield outlet, COLOURS[number], rows


def _plain(rows: GeoDataFrame, fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    columns = [rows[name].tolist() for name in ("latitude", "longitude", *fields)]
    return zip(*columns, strict=True)


def _points_and_lines(rows: GeoDataFrame) -> Iterator[tuple[float, float, str]]:
    for latitude, longitude, *fields, score in _plain(rows, FIELDS):
        line = html.escape(" · ".join([*map(str, fields), f"{score:.2f}"]))
        # A backtick, as some names have for an apostrophe, would end folium's string.
        yield latitude, longitude, line.replace("`", "&#96;")


def _feature(latitude: float, longitude: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": point, "properties": properties}


PATH = ".leaflet-overlay-pane path"
CONTROL = tuple((".leaflet-control-layers-overlays input", number) for number in range(5))
CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender("geo", save_ours, OUR_PAGE, largest=10**9),
        Contender(
            "folium CircleMarkers", save_circle_markers, Page(PATH, CONTROL, "paths"), 100_000
        ),
        Contender(
            "folium CircleMarkers, canvas",
            save_circle_markers_on_canvas,
            Page(".leaflet-overlay-pane canvas", CONTROL, "checked"),
            100_000,
        ),
        Contender("folium GeoJson", save_geojson, Page(PATH, CONTROL, "paths"), 1_000_000),
        Contender(
            "folium TimestampedGeoJson",
            save_timestamped,
            Page(PATH, ((".timecontrol-forward", 0),), "date"),
            1_000_000,
        ),
        Contender(
            "folium FastMarkerCluster",
            save_fast_clusters,
            Page(".leaflet-marker-icon", CONTROL, "icons"),
            1_000_000,
        ),
    )
}
