"""The map of what was found, and buttons that save map, table and decisions."""

from base64 import b64encode
from collections.abc import Callable
from html import escape
from pathlib import Path

import folium
from geopandas import GeoDataFrame
from ipywidgets import HTML, Button, Dropdown, HBox, Layout, VBox

from geo.decisions import read_decisions
from geo.errors import InputError
from geo.exports.formats import export
from geo.maps.export import save_map
from geo.maps.mention_map import make_map
from geo.panels.reporting import reporting
from geo.panels.reviewed_folder import ReviewedFolder
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
    """The map and the buttons of a folder; files are saved in `output`."""

    def __init__(self, folder: ReviewedFolder, output: Path) -> None:
        self._folder, self._output = folder, output
        self._unused, self._map, self._said, self._saved = (HTML() for _ in range(4))
        self._format = Dropdown(options=_TABLES, layout=Layout(width="auto"))
        buttons = [
            self._button("Save map", self._save_map),
            self._button("Save table", self._save_table),
            self._format,
            self._button("Save decisions", self._save_decisions),
        ]
        row = HBox(buttons, layout=Layout(flex_flow="row wrap"))
        super().__init__([self._unused, self._map, row, self._said, self._saved])

    def draw(self) -> None:
        """Draw the map afresh, with what has been decided."""
        table, unused = self._folder.decided()
        self._unused.value = notes(unused)
        if len(table) > _MOST_LIVE:
            self._map.value = notes([f"A map of {len(table)} mentions is drawn when you save it."])
        else:
            self._map.value = self._map_of(table)._repr_html_()

    def _map_of(self, table: GeoDataFrame) -> folium.Map:
        return make_map(table, candidates=self._folder.candidates)

    def _button(self, words: str, write: Callable[[], Path]) -> Button:
        button = Button(description=words, layout=Layout(width="auto", flex="0 0 auto"))
        button.on_click(lambda _: self._save(write))
        return button

    def _save(self, write: Callable[[], Path]) -> None:
        self._saved.value = ""
        with reporting(self._said):
            self._output.mkdir(parents=True, exist_ok=True)
            path = write().resolve()
            self._saved.value = f"Saved {escape(str(path))}{_link(path)}"

    def _save_map(self) -> Path:
        path = self._output / "map.html"
        save_map(self._map_of(self._folder.decided()[0]), path)
        return path

    def _save_table(self) -> Path:
        name: str = self._format.value
        path = self._output / name
        table, _ = self._folder.decided()
        # Without a byte order mark, Excel would not read a CSV as UTF-8.
        export(table, path, gazetteer=self._folder.gazetteer, bom=path.suffix == ".csv")
        return path

    def _save_decisions(self) -> Path:
        """Return where they are: each was saved when it was made."""
        if not read_decisions(self._folder.decisions_path):
            raise InputError("nothing has been decided yet")
        return self._folder.decisions_path


def _link(path: Path) -> str:
    """Return a link that downloads a file, for whom the disk is out of reach, as behind Voila."""
    if path.stat().st_size > _MOST_LINKED:
        return ""
    content = b64encode(path.read_bytes()).decode("ascii")
    address = f"data:application/octet-stream;base64,{content}"
    return f' · <a download="{escape(path.name)}" href="{address}">download</a>'
