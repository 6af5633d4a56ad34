"""Read articles from files, folders, tables and standard input."""

from geo.articles.collection import parse_day, read_articles

__all__ = ["parse_day", "read_articles"]
