"""Makes the weights in `geo/models` from corpora with gold labels."""
