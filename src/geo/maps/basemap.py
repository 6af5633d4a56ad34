"""The basemap that an exported map embeds.

All geometries are in EPSG:4326, longitude before latitude. The data are Natural Earth's with
corrections; `data/natural_earth/README.md` names them.
"""

from dataclasses import dataclass
from typing import Any

from shapely import Geometry

from geo.errors import InputError
from geo.maps.layers import COARSEST, NOTHING, Bounds, Zone, read_layers
from geo.maps.shapes import encode_shape
from geo.maps.towns import Town, choose_towns

Json = dict[str, Any]

MARGIN = 3.0
# Beyond, the world is only background; before, it is drawn as a reader may still look at it.
FAR = 15.0
# Towns are named here that have no place in a wider view.
NEAR = 0.5
WORLD = (-180.0, -90.0, 180.0, 90.0)
# From here on the lines between divisions would cover the map.
WIDE = 40.0
# A corner takes 3 to 5 bytes, compressed and in base64; more would pass 250 kB.
MOST_CORNERS = 50_000


@dataclass(frozen=True)
class Basemap:
    """What is drawn below the marks."""

    land: Geometry
    """Polygons, without inner borders."""
    lakes: Geometry
    """Polygons, which lie on the land."""
    borders: Geometry
    """Lines between countries."""
    disputed: Geometry
    """Lines between countries, or of control within one, that somebody disputes."""
    regions: Geometry
    """Lines between the first-level divisions of one country."""
    rivers: Geometry
    """Lines, also through lakes."""
    towns: tuple[Town, ...]
    """The lowest ranks first."""


def read_basemap(bounds: Bounds, labels: str = "en") -> Basemap:
    """Return the basemap for a map that opens at `bounds`.

    `bounds` are (min_longitude, min_latitude, max_longitude, max_latitude). All is fine in
    `bounds` and `MARGIN` around, coarser up to `FAR` around, and coarse in the rest of the world.
    `regions` and small rivers end at `MARGIN`, and `regions` are left out of a wide view. Wide
    bounds are drawn coarser, so that the map stays small. Towns are named in the language of
    `labels`. Raises InputError if these are no
    bounds.
    """
    zones = _finest_zones(bounds)
    shapes = {name: layer.shape(zones[name]) for name, layer in read_layers().items()}
    windows = WORLD, _around(bounds, MARGIN), _around(bounds, NEAR)
    towns = choose_towns(*windows, labels=labels)
    return Basemap(**shapes, towns=towns)


def encode_basemap(basemap: Basemap) -> Json:
    """Return a basemap ready for JSON: a list of shapes a layer, as `encode_shape` gives them.

    `towns` are lists of name, latitude, longitude and rank.
    """
    names = ("land", "lakes", "borders", "disputed", "regions", "rivers")
    shapes: Json = {name: encode_shape(getattr(basemap, name)) for name in names}
    return shapes | {"towns": [_plain(town) for town in basemap.towns]}


def _plain(town: Town) -> list[Any]:
    return [town.name, round(town.latitude, 3), round(town.longitude, 3), town.rank]


def _finest_zones(bounds: Bounds) -> dict[str, list[Zone]]:
    """Return the zones of each layer, as fine as keeps the map small."""
    layers = read_layers()
    for level in range(COARSEST + 1):
        zones = {name: _zones(bounds, level, name) for name in layers}
        if sum(layers[name].count(zones[name]) for name in layers) <= MOST_CORNERS:
            break
    return zones


def _zones(bounds: Bounds, level: int, name: str) -> list[Zone]:
    window = _around(bounds, MARGIN)
    if name == "regions":
        is_wide = max(window[2] - window[0], window[3] - window[1]) > WIDE
        return [Zone(WORLD, NOTHING), Zone(window, NOTHING if is_wide else level)]
    middle = Zone(_around(bounds, FAR), max(level, COARSEST - 2))
    return [Zone(WORLD, COARSEST), middle, Zone(window, level)]


def _around(bounds: Bounds, margin: float) -> Bounds:
    """Return `bounds` with a margin on every side, in whole tenths of a degree."""
    west, south, east, north = bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            f"bounds {bounds!r} are no (min_longitude, min_latitude, max_longitude, "
            "max_latitude) in degrees; give longitudes first and the smaller one before"
        )
    edges = (west - margin, south - margin, east + margin, north + margin)
    west, south, east, north = (round(edge, 1) for edge in edges)
    return max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0)
