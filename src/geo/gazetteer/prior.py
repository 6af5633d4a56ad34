"""How likely a place is meant before anything is read."""

import math

from geo.records import Place

# What a place without known inhabitants counts for beside a town, in inhabitants.
_STANDING = {
    "bloc": 1e8,
    "country": 1e7,
    "region": 1e6,
    "water": 1e6,
    "hill": 1e5,
    "district": 1e5,
    "site": 1e5,
    "border_crossing": 1e4,
    "settlement": 1e2,
}


def prior_of(place: Place) -> float:
    """Return the logarithm (base 10) of a place's inhabitants, or of what stands for them."""
    prior = math.log10(max(place.population, _STANDING[place.kind]))
    # Khartoum is the city rather than the state around it.
    return prior - (place.kind in ("region", "district"))
