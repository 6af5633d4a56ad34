"""The places and areas that a mention table names, a row each."""

import re

import geopandas as gpd
import pandas as pd
import shapely

from geo.exports.rounding import Hide
from geo.gazetteer import Gazetteer
from geo.gazetteer.curated import COLUMNS
from geo.records import AREA_KINDS, Place
from geo.tables import CRS

PLACE_COLUMNS = (*COLUMNS, "gazetteer")

# GeoNames' feature classes; a region that is no division is a landscape.
_CLASSES = {
    "settlement": "P",
    "region": "L",
    "country": "A",
    "district": "A",
    "water": "H",
    "hill": "T",
    "border_crossing": "S",
    "site": "S",
    "bloc": "L",
}


def place_table(
    mentions: gpd.GeoDataFrame, gazetteer: Gazetteer, hide: Hide, rounding_km: float
) -> gpd.GeoDataFrame:
    """Return the places of a mention table in the columns of `data/places.csv`, by id.

    Where a place is and what it is called, its first mention says; the gazetteer adds other names.
    `hide` takes fine points out of texts; for its rounding, a point may be `rounding_km` further
    off.
    """
    named = mentions[mentions["place_id"].notna()].drop_duplicates("place_id")
    rows = [
        {
            "id": row.place_id,
            "title": row.place_name or row.place_id,
            "fclasses": feature_class(row.place_kind, row.admin1_name == row.place_name),
            "types": row.place_kind,
            "ccodes": row.country_code,
            "parent_name": None if row.admin1_name == row.place_name else row.admin1_name,
            "lon": row.longitude,
            "lat": row.latitude,
            "gazetteer": row.gazetteer,
            **_known(row.place_id, gazetteer, hide, rounding_km),
        }
        for row in named.sort_values("place_id").itertuples()
    ]
    table = pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
    table = table.astype({"lon": float, "lat": float, "error_km": float, "population": "Int64"})
    points = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), index=table.index)
    return gpd.GeoDataFrame(table, geometry=points.where(table["lat"].notna(), None), crs=CRS)


def feature_class(kind: str | None, is_division: bool) -> str | None:
    """Return GeoNames' class of a place of a kind."""
    if kind == "region" and is_division:
        return "A"
    return _CLASSES.get(kind or "")


def _known(
    place_id: str, gazetteer: Gazetteer, hide: Hide, rounding_km: float
) -> dict[str, object]:
    """Return what only the gazetteer knows of a place."""
    if place_id not in gazetteer:
        return {}
    place = gazetteer[place_id]
    return {
        "variants": hide(variants_of(place)) or None,
        "error_km": place.error_km + rounding_km,
        "population": place.population or None,
        "geo_source": hide(place.source) or None,
    }


def names_of(place: Place) -> list[tuple[str, str]]:
    """Return a place's names but its title, each with its language or ""."""
    labelled = [(name, language) for language, name in place.labels]
    plain = [(name, "") for name in place.names if name not in dict(labelled)]
    return [(name, language) for name, language in (*plain, *labelled) if name != place.name]


def variants_of(place: Place) -> str:
    """Return other names as Linked Places writes them: "Donezk;Донецьк@uk"."""
    # These signs separate names and languages.
    names = ((re.sub("[;@]", " ", name), language) for name, language in names_of(place))
    return ";".join(f"{name}@{language}" if language else name for name, language in names)


def area_table(places: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return the areas of places that have one: `id`, `title`, `geometry`."""
    wide = places[places["types"].isin(AREA_KINDS)]
    areas = [gazetteer.area(place_id) for place_id in wide["id"]]
    # Rings run as RFC 7946 has them.
    shapes = [shapely.orient_polygons(_multipolygon(area)) if area else None for area in areas]
    geometry = gpd.GeoSeries(shapes, index=wide.index, crs=CRS)
    table = gpd.GeoDataFrame(wide[["id", "title"]], geometry=geometry)
    return table[geometry.notna()].reset_index(drop=True)


def _multipolygon(area: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(area)
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
