"""The map of what was found, and buttons that save map, table and decisions."""

from base64 import b64encode
from collections.abc import Callable
from html import escape
from pathlib import Path

import folium
from ipywidgets import HTML, Button, Dropdown, HBox, Layout, VBox

from geo.decisions import read_decisions, write_decisions
from geo.errors import InputError
from geo.exports.formats import export
from geo.maps.export import save_map
from geo.maps.mention_map import make_map
from geo.panels.collection import Collection
from geo.panels.reporting import reporting
from geo.panels.words import notes

# The table's formats, by the ending of the file.
_TABLES = {
    "CSV, for spreadsheets": "mentions.csv",
    "GeoJSON, for web maps": "mentions.geojson",
    "GeoPackage, for QGIS": "mentions.gpkg",
    "JSON Lines": "mentions.jsonl",
    "Linked Places, the places alone": "places.lpf.json",
    "Data package, all with its description": "mentions.zip",
}
# A map of more is drawn when it is saved only: it would take longer than a decision should.
_MOST_LIVE = 20_000
# A larger file is on the disk only, not behind a link in the page as well.
_MOST_LINKED = 10_000_000


class Results(VBox):  # type: ignore[misc]
    """The map and the buttons of a collection."""

    def __init__(self, collection: Collection, output: Path) -> None:
        self._collection, self._output = collection, output
        self._map, self._said, self._orphans = HTML(), HTML(), HTML()
        self._format = Dropdown(options=_TABLES, layout=Layout(width="auto"))
        buttons = [
            _button("Save map", lambda: self._save(self._save_map)),
            _button("Save table", lambda: self._save(self._save_table)),
            self._format,
            _button("Save decisions", lambda: self._save(self._save_decisions)),
        ]
        super().__init__([self._orphans, self._map, HBox(buttons), self._said])

    def draw(self) -> None:
        """Draw the map afresh, with what has been decided."""
        table, orphans = self._collection.decided()
        unused = [
            f"The decision on {one.decision.surface!r} was not used: {one.why}; it is kept."
            for one in orphans
        ]
        self._orphans.value = notes(filter(None, [*unused, self._collection.tell_unread()]))
        if len(table) > _MOST_LIVE:
            self._map.value = notes([f"A map of {len(table)} mentions is drawn when you save it."])
        else:
            self._map.value = self._make_map()._repr_html_()

    def _make_map(self) -> folium.Map:
        table, _ = self._collection.decided()
        return make_map(table, candidates=self._collection.candidates)

    def _save(self, write: Callable[[], Path]) -> None:
        with reporting(self._said):
            self._output.mkdir(parents=True, exist_ok=True)
            path = write()
            self._said.value = ""
        if not self._said.value:
            self._said.value = f"Saved {escape(str(path))}{_link(path)}"

    def _save_map(self) -> Path:
        path = self._output / "map.html"
        save_map(self._make_map(), path)
        return path

    def _save_table(self) -> Path:
        name: str = self._format.value
        path = self._output / name
        table, _ = self._collection.decided()
        export(table, path, gazetteer=self._collection.gazetteer)
        return path

    def _save_decisions(self) -> Path:
        decisions = read_decisions(self._collection.decisions_path)
        if not decisions:
            raise InputError("nothing has been decided yet")
        path = self._output / "decisions.csv"
        write_decisions(decisions, path)
        return path


def _button(words: str, do: Callable[[], None]) -> Button:
    button = Button(description=words, layout=Layout(width="auto"))
    button.on_click(lambda _: do())
    return button


def _link(path: Path) -> str:
    """Return a link that downloads a file, for whom the disk is out of reach, as behind Voila."""
    if path.stat().st_size > _MOST_LINKED:
        return ""
    content = b64encode(path.read_bytes()).decode("ascii")
    address = f"data:application/octet-stream;base64,{content}"
    return f' · <a download="{escape(path.name)}" href="{address}">download</a>'
