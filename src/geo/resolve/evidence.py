"""What an article itself says about which place a name means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geopy.distance import great_circle

from geo.records import AREA_KINDS, Article, Mention, Place

NEAR_KM = 120.0
_CLEARLY_LARGER = 10

# "Donetsk, Rostov region", "Donetsk in Russia", "Donetsk (Russia)".
_QUALIFIER_GAP = re.compile(r"\s*(?:,|\(|,? in)\s*(?:the\s+)?")
# "the Russian town of Donetsk", "Russia's Donetsk", "the Russian border crossing point “Donetsk”".
_DEMONYM_BEFORE = re.compile(
    r"\b(Russian|Ukrainian|Russia['’]s|Ukraine['’]s)\s+(?:(?:border|port|frontier|mining)\s+)?"
    r"(?:(?:town|city|village|settlement|checkpoint|crossing point)\s+(?:of\s+)?)?[\"“«]?$"
)
_DEMONYM_COUNTRIES = {"Russia": "RU", "Ukrain": "UA"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate; the counts are of distinct other places of the article."""

    near: int
    same_admin1: int
    same_country: int
    qualifier: str = ""


class Neighbourhood:
    """The places of an article that are known for sure, as evidence for the others."""

    def __init__(self, article: Article, candidates: Sequence[tuple[Mention, list[Place]]]) -> None:
        self._text = article.text
        self._candidates = candidates
        sure = [places[0] for _, places in candidates if _is_clear(places)]
        self._sure = {place.place_id: place for place in sure if place.kind != "bloc"}

    def weigh(self, index: int, candidate: Place) -> Evidence:
        """Return what speaks for a candidate of the mention at `index`."""
        others = [place for place in self._sure.values() if place.place_id != candidate.place_id]
        return Evidence(
            near=sum(_is_near(place, candidate) for place in others),
            same_admin1=sum(_shares_admin1(place, candidate) for place in others),
            same_country=sum(_shares_country(place, candidate) for place in others),
            qualifier=self._qualifier(index, candidate),
        )

    def _qualifier(self, index: int, candidate: Place) -> str:
        """Return the words next to a mention that name where the candidate lies, or ""."""
        mention, _ = self._candidates[index]
        said = _DEMONYM_BEFORE.search(self._text, max(0, mention.start - 60), mention.start)
        if said and _DEMONYM_COUNTRIES[said[1][:6]] == candidate.country_code:
            return said[1]
        if index + 1 == len(self._candidates):
            return ""
        container, places = self._candidates[index + 1]
        if not _QUALIFIER_GAP.fullmatch(self._text, mention.end, container.start):
            return ""
        return container.surface if any(_contains(p, candidate) for p in places) else ""


def _is_clear(places: Sequence[Place]) -> bool:
    """Say whether the first place of a name needs no other evidence: all others are far smaller."""
    if len(places) < 2:
        return bool(places)
    first, *others = places
    largest = max(other.population for other in others)
    return first.kind == "settlement" and first.population >= _CLEARLY_LARGER * max(largest, 1)


def _contains(container: Place, place: Place) -> bool:
    if container.kind == "country":
        return _shares_country(container, place) and place.kind != "country"
    return container.kind == "region" and _shares_admin1(container, place)


def _shares_country(one: Place, other: Place) -> bool:
    return bool(one.country_code) and one.country_code == other.country_code


def _shares_admin1(one: Place, other: Place) -> bool:
    return _shares_country(one, other) and one.admin1_name == other.admin1_name != ""


def _is_near(one: Place, other: Place) -> bool:
    if one.kind in AREA_KINDS or other.kind in AREA_KINDS:
        return False  # the middle of a country is near nothing
    return _distance_km(one, other) <= NEAR_KM


@lru_cache(maxsize=100_000)
def _distance_km(one: Place, other: Place) -> float:
    distance = great_circle((one.latitude, one.longitude), (other.latitude, other.longitude))
    return float(distance.km)
