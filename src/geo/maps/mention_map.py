"""A folium map of the mention table, layered by outlet and date."""

import html
from collections.abc import Iterable
from importlib import resources
from typing import Any

import folium
import xyzservices
from branca.element import Element, Figure, MacroElement
from geopandas import GeoDataFrame
from jinja2 import Template

from geo.errors import InputError
from geo.maps.export import RawHtml, embed_leaflet
from geo.maps.payload import build_payload, to_script_json
from geo.records import Article

MIN_ZOOM, MAX_ZOOM = 2, 18
SOME_TILES = ("OpenStreetMap.Mapnik", "OpenTopoMap", "Esri.WorldImagery")


def make_map(
    mentions: GeoDataFrame,
    *,
    articles: Iterable[Article] = (),
    title: str = "",
    tiles: str | None = None,
) -> folium.Map:
    """Draw the mention table on a map that asks the network for nothing.

    `articles` gives the pop-ups their headlines and links. `tiles` names a provider of
    xyzservices; only then does the page load map tiles when it is opened.
    """
    base = _empty_map(has_tiles=tiles is not None)
    if tiles is not None:
        folium.TileLayer(find_tiles(tiles), no_wrap=True, control=False).add_to(base)
    MentionLayers(mentions, articles=articles, title=title).add_to(base)
    embed_leaflet(base)
    return base


class MentionLayers(MacroElement):
    """The mentions' marks, areas, pop-ups and layer control, for any folium map.

    With `fit_view` the map opens on the marks instead of where it was told to.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "geoMentions({{ this._parent.get_name() }},"
        " JSON.parse(document.getElementById({{ this.data_id|tojson }}).textContent),"
        " { fitView: {{ this.fit_view|tojson }} });"
        "{% endmacro %}"
    )

    def __init__(
        self,
        mentions: GeoDataFrame,
        *,
        articles: Iterable[Article] = (),
        title: str = "",
        fit_view: bool = True,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MentionLayers"
        self.title = title
        self.fit_view = fit_view
        self.payload: dict[str, Any] = build_payload(mentions, articles, title)

    @property
    def data_id(self) -> str:
        """The id of the element that holds the payload."""
        return f"{self.get_name()}_data"

    def render(self, **kwargs: Any) -> Any:
        """Add script, style and payload to the page, then the call that starts them."""
        page = self.get_root()
        if isinstance(page, Figure):
            page.title = page.title or html.escape(self.title or "Map of places in the news")
            for name, element in self._page_parts().items():
                page.header.add_child(element, name=name)
        return super().render(**kwargs)  # type: ignore[no-untyped-call]

    def _page_parts(self) -> dict[str, Element]:
        # Named, so that a second table on the same page does not repeat script and style.
        data = to_script_json(self.payload)
        return {
            "geo_style": RawHtml(f"<style>{_own_file('mentions.css')}</style>"),
            "geo_script": RawHtml(f"<script>{_own_file('mentions.js')}</script>"),
            self.data_id: RawHtml(
                f'<script type="application/json" id="{self.data_id}">{data}</script>'
            ),
        }


def _own_file(name: str) -> str:
    return resources.files("geo.maps").joinpath(name).read_text(encoding="utf-8")


def _empty_map(*, has_tiles: bool) -> folium.Map:
    """Make a map of one world, where zooming stops between the levels only without tiles."""
    return folium.Map(
        location=(20.0, 0.0),
        zoom_start=MIN_ZOOM,
        tiles=None,
        max_bounds=True,
        min_lat=-85.0,
        max_lat=85.0,
        max_bounds_viscosity=1.0,
        zoom_snap=1 if has_tiles else 0.25,
        # folium's own min_zoom and max_zoom only reach a tile layer.
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
    )


def find_tiles(name: str) -> xyzservices.TileProvider:
    """Return a tile provider by name; raises InputError if there is none or it needs a key."""
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError:
        raise InputError(
            f"no tile provider is called {name!r}; try one of {', '.join(SOME_TILES)}, "
            "or leave tiles out for the embedded basemap"
        ) from None
    if provider.requires_token():
        raise InputError(
            f"the tile provider {name!r} needs a key of yours, which a shared map would "
            f"give away; try one of {', '.join(SOME_TILES)}"
        )
    return provider
