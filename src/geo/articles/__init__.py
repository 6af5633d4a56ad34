"""Read articles from files, folders, tables and standard input."""

from geo.articles.collection import check_language, parse_day, read_articles

__all__ = ["check_language", "parse_day", "read_articles"]
