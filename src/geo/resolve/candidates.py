"""The places that a mention might mean, as arrays that a model can weigh."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.gazetteer.outlets import Outlet
from geo.gazetteer.prior import is_written_so, prior_of, spelling_weight
from geo.gazetteer.search import search
from geo.gazetteer.variants import find_variants
from geo.records import KINDS, Mention, Place

if TYPE_CHECKING:
    from geo.gazetteer.online import NominatimGazetteer

Array = NDArray[np.float64]

EARTH_KM = 6371.0088
KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
# How a name led to its places, the surest first.
BY_NAME, BY_DEMONYM, BY_CORE, BY_DIRECTION, BY_SPELLING, BY_PART = range(6)
MOST_PLACES = 20
_MOST_KEPT = 20_000
# How much more a place ten times as large is thought of; set on the development corpora.
_SHARPNESS = 1.5

_DIRECTION = re.compile(
    r"^(?:(?:the|downtown|greater|metro|upper|lower|mid|central|old|inner|outer|rural"
    r"|(?:north|south|(?:north|south)?(?:east|west))(?:ern)?)[ -]+)+",
    re.IGNORECASE,
)
_TYPE_BEHIND = re.compile(
    r"[ -](?:city|town|township|village|area|metro|state|province|region|county|counties|district"
    r"|municipality|governorate|valley|suburb|republic|peninsula|islands?|prefecture|department"
    r"|territory|coast|border|raion|oblast|border checkpoint|checkpoint)$",
    re.IGNORECASE,
)
# A word of a longer name counts only if it names something that is widely known.
_LEAST_OF_A_PART, _SHORTEST_PART = 20_000, 4


@dataclass(frozen=True, slots=True)
class Named:
    """The candidates of a name, the likeliest first, and what is known of each without a text.

    All arrays have one row a candidate. `vectors` are points on the unit sphere; `countries` and
    `divisions` are numbers that are equal for the same one, and -1 for none; `shares` sum to 1.
    `spelling` tells as which other spelling the name was read, if it was.
    """

    places: tuple[Place, ...]
    how: int
    spelling: str
    n_places: int
    vectors: Array
    priors: Array
    shares: Array
    kinds: NDArray[np.int64]
    countries: NDArray[np.int64]
    divisions: NDArray[np.int64]
    facts: Array
    # Whether one of them may lie around other places.
    is_wide: bool

    def __len__(self) -> int:
        return len(self.places)


_WIDE_KINDS = ("country", "region", "district")
# The columns of `facts`.
FACTS = ("name_weight", "log_population", "is_title", "is_written_so")


class CandidateFinder:
    """Finds candidates in a gazetteer; those of frequent names are kept."""

    def __init__(self, gazetteer: Gazetteer, online: "NominatimGazetteer | None" = None) -> None:
        self._gazetteer, self._online = gazetteer, online
        self.own = frozenset(place.place_id for place in gazetteer.places)
        self._demonyms = gazetteer.demonyms()
        self._kept: dict[tuple[str, str], Named] = {}
        self._numbers: dict[str, int] = {}

    def find(self, surface: str, type_word: str = "") -> Named:
        """Return the candidates of a name; `type_word` is that of a mention."""
        surface = " ".join(surface.split())
        key = (surface, type_word)
        named = self._kept.get(key)
        if named is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            named = self._kept[key] = self._name(surface, type_word)
        return named

    def of(self, mention: Mention) -> Named:
        """Return the candidates of a mention."""
        return self.find(mention.surface, mention.type_word)

    def _name(self, surface: str, type_word: str) -> Named:
        for how, places in self._ways(surface, type_word):
            if places:
                return self._weigh(surface, places, how)
        variants = find_variants(self._gazetteer, surface)
        if variants:
            spelling = f"read as {variants[0].known_as!r}, by {variants[0].how}"
            places = [variant.place for variant in variants]
            return self._weigh(variants[0].known_as, places, BY_SPELLING, spelling)
        return self._weigh(surface, self._places_of_a_part(surface), BY_PART)

    def _ways(self, surface: str, type_word: str) -> Iterator[tuple[int, Sequence[Place]]]:
        """Yield exact ways to read a name, the surest first, each with its places."""
        find = self._gazetteer.find
        yield BY_DEMONYM, self._places_of_people(key_of(surface))
        if type_word:
            yield BY_NAME, find(f"{surface} {type_word}")
        yield BY_NAME, search(self._gazetteer, surface, online=self._online)
        core = _TYPE_BEHIND.sub("", surface)
        if core != surface:
            yield BY_CORE, find(core)
        for name in dict.fromkeys((_DIRECTION.sub("", surface), _DIRECTION.sub("", core))):
            if name not in ("", surface, core):
                yield BY_DIRECTION, find(name)

    def _places_of_a_part(self, surface: str) -> list[Place]:
        """Return the well-known places that some of the words name: "Bank of England"."""
        words = surface.replace("-", " ").replace("/", " ").split()
        for n in range(len(words) - 1, 0, -1):
            for i in range(len(words) - n + 1):
                part = " ".join(words[i : i + n])
                if len(part) < _SHORTEST_PART or not part[0].isupper():
                    continue
                people = self._places_of_people(key_of(part))
                known = people or [
                    place for place in self._gazetteer.find(part) if _is_well_known(place)
                ]
                if known:
                    return known
        return []

    def _places_of_people(self, key: str) -> list[Place]:
        """Return the places of a demonym in normal form."""
        ids = self._demonyms.get(key, ())
        return [self._gazetteer[place_id] for place_id in ids if place_id in self._gazetteer]

    def _weigh(self, surface: str, places: Sequence[Place], how: int, spelling: str = "") -> Named:
        key = key_of(surface)
        weighed = [_weigh_name(surface, key, place) for place in places]
        order = sorted(range(len(places)), key=lambda i: -weighed[i][0])
        # The user's own are never left out.
        first = sorted(order, key=lambda i: places[i].place_id not in self.own)[:MOST_PLACES]
        order = [i for i in order if i in first]
        kept = tuple(places[i] for i in order)
        priors = [weighed[i][0] for i in order]
        likelihoods = [math.exp(_SHARPNESS * (prior - priors[0])) for prior in priors]
        total = sum(likelihoods)
        return Named(
            places=kept,
            how=how,
            spelling=spelling,
            n_places=len(places),
            vectors=vectors_of([(place.latitude, place.longitude) for place in kept]),
            priors=np.array(priors, dtype=float),
            shares=np.array([likelihood / total for likelihood in likelihoods], dtype=float),
            kinds=np.array([KIND_NUMBERS[place.kind] for place in kept], dtype=np.int64),
            countries=self._number([place.country_code for place in kept]),
            divisions=self._number([division_of(place) for place in kept]),
            facts=np.array([weighed[i][1] for i in order], float).reshape(len(kept), len(FACTS)),
            is_wide=any(place.kind in _WIDE_KINDS for place in kept),
        )

    def _number(self, codes: Sequence[str]) -> NDArray[np.int64]:
        numbers = [
            self._numbers.setdefault(code, len(self._numbers)) if code else -1 for code in codes
        ]
        return np.array(numbers, dtype=np.int64)

    def number_of(self, code: str) -> int:
        """Return the number of a country or division, as in the arrays."""
        return int(self._number([code])[0])


def division_of(place: Place | Outlet) -> str:
    """Return the first-level division of a place or an outlet's home, with its country, or ""."""
    return f"{place.country_code}.{place.admin1_name}" if place.admin1_name else ""


def _weigh_name(
    surface: str, key: str, place: Place
) -> tuple[float, tuple[float, float, bool, bool]]:
    """Return how likely a name means a place before anything is read, and its `FACTS`."""
    title, is_so = key_of(place.name), is_written_so(surface, place)
    weight = 0.0 if is_so else spelling_weight(key, title)
    facts = (weight, math.log10(place.population + 1), title == key, is_so)
    return prior_of(place) + weight, facts


def vectors_of(points: Sequence[tuple[float, float]]) -> Array:
    """Return points, latitudes and longitudes in degrees, on the unit sphere; one a row."""
    found = np.empty((len(points), 3))
    for row, (latitude, longitude) in enumerate(points):
        y, x = math.radians(latitude), math.radians(longitude)
        found[row] = math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)
    return found


def _is_well_known(place: Place) -> bool:
    return place.kind != "settlement" or place.population > _LEAST_OF_A_PART
