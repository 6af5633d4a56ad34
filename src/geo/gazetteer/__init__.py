"""Places by name."""

from geo.gazetteer.curated import read_places
from geo.gazetteer.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.names import normalize
from geo.gazetteer.online import NominatimGazetteer

__all__ = ["Gazetteer", "NominatimGazetteer", "load_gazetteer", "normalize", "read_places"]
