"""Write a map as one HTML file that opens with the network off."""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import Template
from xstatic.pkg import leaflet

from geo.errors import InputError
from geo.files import write_text
from geo.maps.packing import to_script_json

LEAFLET_FOLDER = Path(leaflet.BASE_DIR)
# A script that runs; others hold data.
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
MARKER_IMAGES = {
    "iconUrl": "marker-icon.png",
    "iconRetinaUrl": "marker-icon-2x.png",
    "shadowUrl": "marker-shadow.png",
}


class RawHtml(Element):
    """A piece of the page that is printed as it is.

    branca reads every other text it is given as a jinja template, so that an outlet called
    "{{ 7*7 }}" would run.
    """

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "RawHtml"
        self.text = text


def embed_leaflet(m: folium.Map) -> None:
    """Put Leaflet into the page, and take out what folium loads from the network."""
    header = page_of(m).header
    for name, _ in (*m.default_js, *m.default_css):
        header._children.pop(name, None)
    m.default_js, m.default_css = [], []
    header.add_child(RawHtml(f"<style>{_leaflet_css()}</style>"), name="leaflet_css")
    header.add_child(RawHtml(f"<script>{_leaflet_js()}</script>"), name="leaflet")


def save_map(m: folium.Map, path: str | os.PathLike[str]) -> Path:
    """Write `m` to `path` as one HTML file without requests, whole or not at all.

    Tiles are the exception, where the map has a tile layer. A map that was not made by
    `make_map` loses folium's jQuery, Bootstrap and icon fonts.
    """
    target = Path(path)
    embed_leaflet(m)
    write_text(target, _html(m))
    return target


def _html(m: folium.Map) -> str:
    page = page_of(m)
    # The browser reads line ends as \n, and hashes scripts so.
    text = page.render().replace("\r\n", "\n").replace("\r", "\n")
    _refuse_links(page)
    policy = _security_policy(text, _tile_hosts(m))
    head = f'<html lang="en">\n<head>\n<meta charset="utf-8">\n{policy}'
    if not page.title:
        head += "\n<title>Map</title>"
    begin = "<html>\n<head>"
    if begin not in text:
        raise InputError("The map's page has no head to put a security policy into.")
    return text.replace(begin, head, 1)


def page_of(m: folium.Map) -> Figure:
    """Return the page that a map is on."""
    page = m.get_root()
    if not isinstance(page, Figure):
        raise InputError("The map is not on a page of its own; pass the folium.Map itself.")
    return page


def _refuse_links(page: Figure) -> None:
    """Stop at plugins that would load files when the page is opened."""
    parts = page.header._children.values()
    links = [part.url for part in parts if isinstance(part, (JavascriptLink, CssLink))]
    if links:
        raise InputError(
            f"A plugin of the map loads {', '.join(links)} from the network; "
            "remove the plugin, or write the page with the map's own save()."
        )


def _security_policy(text: str, image_hosts: list[str]) -> str:
    """Allow the scripts that are in the page now, and nothing that gets into it later."""
    hashes = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(text)]
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in hashes)
    rules = (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        f"img-src {' '.join(['data:', *image_hosts])}; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _tile_hosts(m: folium.Map) -> list[str]:
    urls = [getattr(layer, "tiles", None) or getattr(layer, "url", "") for layer in _tile_layers(m)]
    hosts = (re.match(r"https?://[\w.{}:-]+", str(url)) for url in urls)
    return sorted({host[0].replace("{s}", "*") for host in hosts if host})


def _tile_layers(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        if isinstance(child, folium.TileLayer | folium.WmsTileLayer):
            yield child
        yield from _tile_layers(child)


def _leaflet_js() -> str:
    """Read Leaflet, without the line that makes a debugger ask for its source map."""
    script = (LEAFLET_FOLDER / "leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    images = {option: _data_uri(name) for option, name in MARKER_IMAGES.items()}
    return (
        f"{script}\nL.Icon.Default.imagePath = '';"
        f"\nL.Icon.Default.mergeOptions({to_script_json(images)});"
    )


def _leaflet_css() -> str:
    style = (LEAFLET_FOLDER / "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"url\(images/([\w.-]+)\)", lambda match: f"url({_data_uri(match[1])})", style)


def _data_uri(image_name: str) -> str:
    content = (LEAFLET_FOLDER / "images" / image_name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}"
