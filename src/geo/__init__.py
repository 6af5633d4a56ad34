"""Places in news articles: find them, resolve them, map them by date and outlet.

>>> import geo
>>> article = geo.Article("a1", "Shelling was heard near Luhansk.", outlet="A", language="en")
>>> geo.geocode([article])["place_name"].tolist()
['Luhansk']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geo.errors import GeoError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.records import Article, Mention, Place, Resolution

if TYPE_CHECKING:
    from geo.articles import read_articles
    from geo.exports.formats import export
    from geo.exports.readers import read_mentions
    from geo.gazetteer.geocoder import GazetteerGeocoder
    from geo.geocoding import geocode
    from geo.maps.export import save_map
    from geo.maps.mention_map import make_map
    from geo.maps.picture import plot_map

__version__ = "0.1.0"

# What needs heavy libraries is imported when it is first used: pandas alone would take most of a
# second.
_HOMES = {
    "GazetteerGeocoder": "geo.gazetteer.geocoder",
    "export": "geo.exports.formats",
    "geocode": "geo.geocoding",
    "make_map": "geo.maps.mention_map",
    "plot_map": "geo.maps.picture",
    "read_articles": "geo.articles",
    "read_mentions": "geo.exports.readers",
    "save_map": "geo.maps.export",
}

__all__ = [
    "Article",
    "Gazetteer",
    "GazetteerGeocoder",
    "GeoError",
    "Mention",
    "Place",
    "Resolution",
    "export",
    "geocode",
    "load_gazetteer",
    "make_map",
    "plot_map",
    "read_articles",
    "read_mentions",
    "save_map",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
