"""Places by name."""

from geo.gazetteer.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.names import normalize

__all__ = ["Gazetteer", "load_gazetteer", "normalize"]
