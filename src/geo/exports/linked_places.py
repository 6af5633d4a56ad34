"""Linked Places JSON v1.3: the places, for gazetteers such as the World Historical Gazetteer.

The format: https://github.com/LinkedPasts/linked-places-format
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from geo.errors import InputError
from geo.exports.content import Content
from geo.exports.credits import credits_of, licences_of
from geo.exports.places import names_of
from geo.exports.texts import Record, records_of

_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
# Concepts of the Getty's Art & Architecture Thesaurus, from the format's own list of types.
_TYPES = {
    "settlement": ("aat:300008347", "inhabited place"),
    "region": ("aat:300182722", "region (geographic)"),
    "country": ("aat:300387506", "country"),
    "district": ("aat:300232418", "administrative division"),
    "water": ("aat:300266059", "body of water (natural)"),
    "hill": ("aat:300266060", "landform (terrestrial)"),
    "border_crossing": ("aat:300000809", "site"),
    "site": ("aat:300000809", "site"),
    "bloc": ("aat:300261086", "political administrative body"),
}
# Of these the titles are English; a table of the user's own may be in any language.
_ENGLISH = frozenset({"curated", "geonames"})
_OSM = {"n": "node", "w": "way", "r": "relation"}
_CERTAINTY = {1: "certain", 2: "less-certain", 3: "uncertain"}


def linked_places(content: Content) -> bytes:
    """Return the places as GeoJSON that is JSON-LD too."""
    mentions, places = content.mentions, content.places
    days = mentions.groupby("place_id")["published_date"].agg(lambda days: sorted(days.dropna()))
    precision = mentions.groupby("place_id")["geo_precision"].first()
    if places.empty:
        raise InputError(
            "no mention of the table has a place, so there are no Linked Places to write; choose "
            "another format"
        )
    features = [
        _feature(record, days[record["id"]], precision[record["id"]], content)
        for record in records_of(places.drop(columns="geometry"))
    ]
    sources = credits_of(mentions["gazetteer"].dropna(), has_areas=False)
    collection = {
        "type": "FeatureCollection",
        "@context": _CONTEXT,
        "license": [licence.path for licence in licences_of(sources)],
        "features": features,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(place: Record, days: Sequence[str], precision: Any, content: Content) -> Record:
    properties = {
        "title": place["title"],
        "ccodes": _iso_codes(place["ccodes"]),
        "fclasses": [place["fclasses"]] if place["fclasses"] else ["S"],
    }
    uri = uri_of(place["id"])
    links = [{"type": "exactMatch", "identifier": uri}] if uri.startswith("https:") else []
    return {
        "@id": uri,
        "type": "Feature",
        "properties": _filled(properties),
        "when": {"timespans": [_timespan(days, content.created)]},
        "names": _names(place, content),
        **_filled({"types": _types(place), "links": links}),
        "geometry": _geometry(place, precision),
    }


def uri_of(place_id: str) -> str:
    """Return the address of a place, or else a name that is no address.

    >>> uri_of("gn:558082")
    'https://www.geonames.org/558082'
    >>> uri_of("geo:donbas")
    'urn:x-geo-notebooks:geo:donbas'
    """
    if match := re.fullmatch(r"gn:(\d+)", place_id, re.ASCII):
        return f"https://www.geonames.org/{match[1]}"
    if match := re.fullmatch(r"osm:([nwr])(\d+)", place_id, re.ASCII):
        return f"https://www.openstreetmap.org/{_OSM[match[1]]}/{match[2]}"
    return f"urn:x-geo-notebooks:{quote(place_id, safe=':+')}"


def _iso_codes(country_code: str | None) -> list[str]:
    # GeoNames' code of Kosovo is none of ISO's.
    return [country_code] if country_code and country_code != "XK" else []


def _timespan(days: Sequence[str], created: datetime) -> Record:
    """Return when the place was written of; undated articles are older than the export."""
    if not days:
        return {"start": {"latest": created.date().isoformat()}}
    end = {} if days[0] == days[-1] else {"end": {"in": days[-1]}}
    return {"start": {"in": days[0]}} | end


def _names(place: Record, content: Content) -> list[Record]:
    gazetteer = content.gazetteer
    source = {"label": place["geo_source"] or place["gazetteer"] or "a mention table"}
    language = "en" if place["gazetteer"] in _ENGLISH else ""
    title = {"toponym": place["title"], "lang": language, "citations": [source]}
    known = names_of(gazetteer[place["id"]]) if place["id"] in gazetteer else []
    others = [{"toponym": content.hide(name), "lang": language} for name, language in known]
    return [_filled(name) for name in (title, *others)]


def _types(place: Record) -> list[Record]:
    if place["types"] not in _TYPES:
        return []
    is_division = place["types"] == "region" and place["fclasses"] == "A"
    identifier, label = _TYPES["district" if is_division else place["types"]]
    words = [{"label": place["types"], "lang": "en"}]
    return [{"identifier": identifier, "label": label, "sourceLabels": words}]


def _geometry(place: Record, precision: Any) -> Record | None:
    if place["lat"] is None:
        return None
    certainty = {"certainty": _CERTAINTY[precision]} if precision in _CERTAINTY else {}
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]], **certainty}


def _filled(record: Mapping[str, Any]) -> Record:
    """Leave out what is empty."""
    return {key: value for key, value in record.items() if value}
