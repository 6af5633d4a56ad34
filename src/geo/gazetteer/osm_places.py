"""Nominatim's records as places."""

from typing import Any

from geo.records import Place

SOURCE = "OpenStreetMap contributors (ODbL), Nominatim"

_KIND_OF = {
    word: kind
    for kind, words in {
        "settlement": "city town village hamlet isolated_dwelling farm locality",
        "region": "state region province state_district island archipelago",
        "country": "country",
        "district": "county municipality district city_district borough suburb quarter "
        "neighbourhood city_block",
        "water": "water waterway river stream canal bay strait sea ocean reservoir",
        "hill": "peak hill ridge volcano saddle mountain_range",
        "bloc": "continent",
    }.items()
    for word in words.split()
}


def to_place(record: dict[str, Any]) -> Place:
    """Return the place of a record; raises KeyError or ValueError if it is none."""
    address = record.get("address") or {}
    name = record.get("name") or record["display_name"].split(",")[0]
    return Place(
        place_id=_place_id(record),
        name=name,
        kind=_kind(record),
        latitude=_degrees(record["lat"], 90),
        longitude=_degrees(record["lon"], 180),
        country_code=address.get("country_code", "").upper(),
        admin1_name=address.get("state", ""),
        names=_names(name, record.get("namedetails") or {}),
        source=SOURCE,
        gazetteer="nominatim",
    )


def _degrees(text: str, most: float) -> float:
    degrees = float(text)
    if not abs(degrees) <= most:  # "nan" is not either
        raise ValueError(f"{text!r} are no degrees")
    return degrees


def _place_id(record: dict[str, Any]) -> str:
    if record.get("osm_type"):
        return f"osm:{record['osm_type'][0].lower()}{record['osm_id']}"
    # Countries may come from Nominatim's own list, and have no id at all.
    return f"nominatim:{record.get('place_id') or record['address']['country_code']}"


def _kind(record: dict[str, Any]) -> str:
    if record.get("type") == "border_control":
        return "border_crossing"
    # The format "json" says class where "jsonv2" says category.
    words = (record.get("addresstype"), record.get("category") or record.get("class"))
    return next((_KIND_OF[word] for word in words if word in _KIND_OF), "site")


def _names(name: str, details: dict[str, str]) -> tuple[str, ...]:
    variants = (
        part.strip()
        for key, value in details.items()
        if key.split(":")[0].endswith("name")
        for part in value.split(";")
    )
    return tuple(dict.fromkeys(filter(None, (name, *variants))))
