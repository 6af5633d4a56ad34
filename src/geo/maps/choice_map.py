"""A small map of the places that a name might mean, by their numbers in a list."""

import html
from collections.abc import Sequence

import folium
import shapely

from geo.maps.basemap import Basemap, read_basemap
from geo.maps.export import embed_leaflet, page_of
from geo.maps.layers import Bounds
from geo.maps.towns import Town
from geo.records import Place

HEIGHT = "340px"
_SEA, _LAND, _LINE, _TEXT, _MARK = "#dfe8ee", "#f5f4f0", "#b3aca0", "#55524c", "#9c2f1f"
_CREDITS = "Natural Earth, GeoNames (CC BY 4.0), © OpenStreetMap contributors"
# Degrees of latitude and longitude around the places, and how far beyond one may look.
_MARGIN, _BEYOND = (1.0, 1.0), (8.0, 30.0)
# More names of towns would hide the numbers.
_MOST_TOWNS = 12


def make_choice_map(
    choices: Sequence[Place], near: Sequence[tuple[float, float]] = ()
) -> folium.Map:
    """Draw places with their numbers, from 1, and other points as dots, without the network.

    `near` are latitudes and longitudes in degrees (EPSG:4326), which may lie outside of the
    first view. A click shows the coordinates of a point.
    """
    points = [(place.latitude, place.longitude) for place in choices]
    bounds = _around(points or near, _MARGIN)
    base = folium.Map(tiles=None, zoom_snap=0.25, minZoom=1)
    base.fit_bounds([(bounds[1], bounds[0]), (bounds[3], bounds[2])])
    _add_basemap(base, read_basemap(bounds), bounds, _around(points or near, _BEYOND))
    for point in near:
        folium.CircleMarker(point, radius=3, color=_TEXT, weight=1, fill=True).add_to(base)
    # The first choice lies above the others.
    for number, point in reversed(list(enumerate(points, start=1))):
        folium.Marker(point, icon=_number(number), z_index_offset=-number).add_to(base)
    folium.LatLngPopup().add_to(base)  # type: ignore[no-untyped-call]
    embed_leaflet(base)
    page_of(base).height = HEIGHT
    return base


def _around(points: Sequence[tuple[float, float]], margin: tuple[float, float]) -> Bounds:
    """Return west, south, east and north of points, of the world if there are none."""
    if not points:
        return (-180.0, -60.0, 180.0, 75.0)
    latitudes, longitudes = zip(*points, strict=True)
    return (
        max(min(longitudes) - margin[1], -180.0),
        max(min(latitudes) - margin[0], -85.0),
        min(max(longitudes) + margin[1], 180.0),
        min(max(latitudes) + margin[0], 85.0),
    )


def _add_basemap(base: folium.Map, basemap: Basemap, view: Bounds, window: Bounds) -> None:
    """Put what lies in a window onto a map, and the names of towns in its first view."""
    box = shapely.box(*window)
    layers = [
        (box, {"fillColor": _SEA, "fillOpacity": 1, "weight": 0}),
        (basemap.land, {"fillColor": _LAND, "fillOpacity": 1, "weight": 0}),
        (basemap.lakes, {"fillColor": _SEA, "fillOpacity": 1, "weight": 0}),
        (basemap.rivers, {"color": "#b9cfdb", "weight": 1}),
        (basemap.regions, {"color": _LINE, "weight": 0.7, "dashArray": "3 3"}),
        (basemap.borders, {"color": _LINE, "weight": 1.5}),
        (basemap.disputed, {"color": _LINE, "weight": 1.5, "dashArray": "5 4"}),
    ]
    for shape, style in layers:
        clipped = shapely.clip_by_rect(shape, *window)
        if not clipped.is_empty:
            _add_shape(base, clipped, style)
    for town in _towns(basemap, view)[:_MOST_TOWNS]:
        folium.Marker((town.latitude, town.longitude), icon=_name(town)).add_to(base)


def _towns(basemap: Basemap, view: Bounds) -> list[Town]:
    west, south, east, north = view
    return [
        town
        for town in basemap.towns
        if west <= town.longitude <= east and south <= town.latitude <= north
    ]


def _add_shape(base: folium.Map, shape: shapely.Geometry, style: dict[str, object]) -> None:
    folium.GeoJson(
        shape.__geo_interface__,
        style_function=lambda _: style,
        smooth_factor=0,
        interactive=False,
        attribution=_CREDITS,
    ).add_to(base)


def _number(number: int) -> folium.DivIcon:
    style = (
        f"background:{_MARK};color:#fff;border:1px solid #fff;border-radius:50%;"
        "font:bold 13px/20px sans-serif;text-align:center"
    )
    text = f'<div style="{style}">{number}</div>'
    return folium.DivIcon(text, icon_size=(22, 22), icon_anchor=(11, 11))


def _name(town: Town) -> folium.DivIcon:
    style = f"font:11px sans-serif;color:{_TEXT};white-space:nowrap;padding-left:9px"
    text = f'<span style="{style}">{html.escape(town.name)}</span>'
    return folium.DivIcon(text, icon_size=(0, 0), icon_anchor=(2, 7))
