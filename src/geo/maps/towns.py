"""The towns whose names stand on the basemap."""

from math import log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.errors import GazetteerError
from geo.gazetteer import load_gazetteer
from geo.gazetteer.labels import name_in
from geo.maps.layers import Bounds
from geo.records import Place

# How many towns of a window are named at most.
MOST = 80
# How many are looked at for it: enough to find some where towns are small.
CANDIDATES = 300
# Degrees: a town with no larger one as near has rank 0; with none at half that distance, rank 1.
ALONE = 16.0
# Quarters are settlements of the gazetteer too: what is as near to a town may be its part.
NEAREST = 0.1


class Town(NamedTuple):
    """A town by a name of the gazetteer's; the higher the rank, the closer the view it is for.

    No larger town is as near as 16 degrees (of latitude) divided by two to the power of the rank.
    """

    name: str
    latitude: float
    longitude: float
    rank: int


def choose_towns(*windows: Bounds, labels: str = "en") -> tuple[Town, ...]:
    """Return the towns to name on a map, in the language of `labels`, by rank and then by size.

    They are large ones of each of the windows, spread over it: give the wider ones first. There
    are none if the gazetteer cannot be opened.
    """
    try:
        gazetteer = load_gazetteer()
    except GazetteerError:
        return ()
    candidates = [gazetteer.largest_towns(window, CANDIDATES) for window in windows]
    known = {place.place_id: place for places in candidates for place in places}
    towns = _ranked(known)
    chosen: set[str] = set()
    for places in candidates:
        fresh = [p for p in places if p.place_id in towns and p.place_id not in chosen]
        # Ten times as many people make up for a neighbour half as far away.
        fresh.sort(key=lambda place: towns[place.place_id].rank - log10(place.population + 1))
        chosen.update(place.place_id for place in fresh[:MOST])
    named = (
        town._replace(name=name_in(known[one], labels))
        for one, town in towns.items()
        if one in chosen
    )
    return tuple(sorted(named, key=lambda town: town.rank))


def _ranked(places: dict[str, Place]) -> dict[str, Town]:
    """Return the towns among places, by id, the largest first."""
    ordered = sorted(places.values(), key=lambda place: (-place.population, place.place_id))
    distances = _distances(ordered)
    # GeoNames may give a quarter more people than its town; the table kept by hand has towns.
    by_hand = np.array([place.gazetteer == "curated" for place in ordered])
    is_part = ~by_hand & (distances[:, by_hand] < NEAREST).any(axis=1)
    distances[:, is_part] = np.inf
    distances[np.triu_indices(len(ordered))] = np.inf
    nearest = distances.min(axis=1, initial=ALONE).clip(min=1e-3)
    ranks = np.ceil(np.log2(ALONE / nearest)).astype(int).tolist()
    return {
        place.place_id: Town(place.name, place.latitude, place.longitude, rank)
        for place, rank, part in zip(ordered, ranks, is_part, strict=True)
        if not part
    }


def _distances(places: list[Place]) -> NDArray[np.float64]:
    """Return the distances between all places, in degrees of latitude."""
    y = np.array([place.latitude for place in places])
    x = np.array([place.longitude for place in places])
    across = np.abs(x[:, None] - x)
    across = np.minimum(across, 360 - across) * np.cos(np.radians(y))[:, None]
    return np.asarray(np.hypot(across, y[:, None] - y))
