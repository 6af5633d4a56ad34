"""A folium map of the mention table, layered by outlet and date."""

import html
from typing import Any

import folium
import pandas as pd
import xyzservices
from branca.element import Element, Figure, MacroElement
from geopandas import GeoDataFrame
from jinja2 import Template

from geo.errors import InputError
from geo.maps.export import RawHtml, embed_leaflet, page_of
from geo.maps.packing import pack_payload
from geo.maps.page import read_script, read_style
from geo.maps.payload import build_payload

MIN_ZOOM, MAX_ZOOM = 0, 18
NOTEBOOK_HEIGHT = "700px"
SOME_TILES = ("OpenStreetMap.Mapnik", "OpenTopoMap", "Esri.WorldImagery")


def make_map(
    mentions: GeoDataFrame,
    *,
    candidates: pd.DataFrame | None = None,
    title: str = "",
    tiles: str | None = None,
    sentences: bool = True,
    labels: str = "en",
) -> folium.Map:
    """Draw the mention table on a map that asks the network for nothing.

    `candidates` is the candidate table; with it, the map shows what else a mention may mean.
    `tiles` names a provider of xyzservices; only then does the page load map tiles when it is
    opened. Without `sentences`, the map does not quote the articles. `labels` is the language of
    the names of places and towns: "en", "ru" or "uk". What has no name in it keeps its own; the
    search finds a place by either name.
    """
    base = _empty_map(has_tiles=tiles is not None)
    if tiles is not None:
        folium.TileLayer(find_tiles(tiles), no_wrap=True, control=False).add_to(base)
    layer = MentionLayer(
        mentions, candidates=candidates, title=title, sentences=sentences, labels=labels
    )
    layer.add_to(base)
    embed_leaflet(base)
    # In a notebook the panel and the timeline need more height than folium gives a map.
    page_of(base).height = NOTEBOOK_HEIGHT
    return base


class MentionLayer(MacroElement):
    """The mentions on any folium map, with the panel and the timeline beside it.

    With `fit_view` the map opens on the marks instead of where it was told to.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "geoMentions({{ this._parent.get_name() }},"
        " JSON.parse(document.getElementById({{ this.data_id|tojson }}).textContent),"
        " {{ this.options|tojson }});"
        "{% endmacro %}"
    )

    def __init__(
        self,
        mentions: GeoDataFrame,
        *,
        candidates: pd.DataFrame | None = None,
        title: str = "",
        sentences: bool = True,
        labels: str = "en",
        fit_view: bool = True,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MentionLayer"
        self.title = title
        self.fit_view = fit_view
        payload = build_payload(
            mentions, candidates=candidates, title=title, sentences=sentences, labels=labels
        )
        self.packed = pack_payload(payload)

    @property
    def data_id(self) -> str:
        """The id of the element that holds the payload."""
        return f"{self.get_name()}_data"

    @property
    def options(self) -> dict[str, Any]:
        """What the page's script is told besides the payload."""
        sides = {side: getattr(self._parent, side) for side in ("width", "height", "left", "top")}
        style = {side: f"{number}{unit}" for side, (number, unit) in sides.items()}
        return {"style": style, "fitView": self.fit_view}

    def render(self, **kwargs: Any) -> Any:
        """Add script, style and payload to the page, then the call that starts them."""
        self._check_map()
        page = self.get_root()
        if isinstance(page, Figure):
            page.title = page.title or html.escape(self.title or "Map of places in the news")
            for name, element in self._page_parts().items():
                page.header.add_child(element, name=name)
        return super().render(**kwargs)  # type: ignore[no-untyped-call]

    def _check_map(self) -> None:
        if not isinstance(self._parent, folium.Map):
            raise InputError("add the MentionLayer to the folium.Map itself, not to a layer of it")
        children = self._parent._children.values()
        if sum(isinstance(child, MentionLayer) for child in children) > 1:
            raise InputError(
                "a map takes one MentionLayer; put the tables together with pandas.concat"
            )

    def _page_parts(self) -> dict[str, Element]:
        # Named, so that a second table on the same page does not repeat script and style.
        return {
            "geo_style": RawHtml(f"<style>{read_style()}</style>"),
            "geo_script": RawHtml(f"<script>{read_script()}</script>"),
            self.data_id: RawHtml(
                f'<script type="application/json" id="{self.data_id}">{self.packed}</script>'
            ),
        }


def _empty_map(*, has_tiles: bool) -> folium.Map:
    """Make a map of one world, where zooming stops between the levels only without tiles."""
    return folium.Map(
        location=(20.0, 0.0),
        zoom_start=2,
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
