"""Mention tables as files, in the formats that other programs read, and back."""
