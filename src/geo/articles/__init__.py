"""Read articles from files, folders, tables and standard input."""

from geo.articles.collection import Fallback, parse_day, read_articles
from geo.articles.sidecar import read_sidecar

__all__ = ["Fallback", "parse_day", "read_articles", "read_sidecar"]
