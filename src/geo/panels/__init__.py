"""What the notebooks show: panels of ipywidgets, for JupyterLab, Notebook and Voila."""

from geo.panels.geocode import GeocodePanel
from geo.panels.review import ReviewPanel

__all__ = ["GeocodePanel", "ReviewPanel"]
