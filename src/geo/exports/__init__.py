"""Mention tables as files, in the formats that other programs read, and back."""

from geo.exports.formats import export
from geo.exports.readers import read_candidates, read_mentions
from geo.exports.texts import FORMATS, csv_text, write_mentions

__all__ = ["FORMATS", "csv_text", "export", "read_candidates", "read_mentions", "write_mentions"]
