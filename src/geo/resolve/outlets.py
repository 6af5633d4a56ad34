"""An outlet as evidence: where it is at home, and which places its other articles name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer.outlets import Outlet, find_outlet
from geo.records import Article, Mention
from geo.resolve.candidates import EARTH_KM, Array, CandidateFinder, division_of, vectors_of

OUTLET_FEATURES = (
    "outlet_n",
    "outlet_country",
    "outlet_division",
    "outlet_cell",
    "home_scope",
    "home_km",
    "home_country",
    "home_division",
)
_UNKNOWN = -1.0
LOCAL = 0.0
_SCOPES = {"local": LOCAL, "national": 1.0, "world": 2.0}

Cell = tuple[int, int]
_Key = TypeVar("_Key")


@dataclass(slots=True)
class Footprint:
    """How much of some articles lies in each country, division and square degree.

    Each name of an article counts once, parted among its candidates by their shares.
    """

    n: float = 0.0
    countries: dict[int, float] = field(default_factory=dict)
    divisions: dict[int, float] = field(default_factory=dict)
    cells: dict[Cell, float] = field(default_factory=dict)

    def add(self, other: "Footprint", times: int = 1) -> None:
        """Add another footprint, or with `times=-1` take it away."""
        self.n += times * other.n
        for mine, theirs in (
            (self.countries, other.countries),
            (self.divisions, other.divisions),
        ):
            _add(mine, ((key, times * share) for key, share in theirs.items()))
        _add(self.cells, ((key, times * share) for key, share in other.cells.items()))


def _add(counts: dict[_Key, float], shares: Iterable[tuple[_Key, float]]) -> None:
    for key, share in shares:
        counts[key] = counts.get(key, 0.0) + share


@dataclass(frozen=True, slots=True)
class OutletEvidence:
    """What is known of an article's outlet; without anything known, no feature speaks.

    `home_country` and `home_division` are numbers of the candidate finder.
    """

    others: Footprint | None = None
    home: Outlet | None = None
    home_country: int = -1
    home_division: int = -1

    def weigh(
        self, vectors: Array, countries: NDArray[np.int64], divisions: NDArray[np.int64]
    ) -> dict[str, Array | float]:
        """Return the features `OUTLET_FEATURES` of candidates; -1 is unknown of all of them."""
        found: dict[str, Array | float] = dict.fromkeys(OUTLET_FEATURES, _UNKNOWN)
        if self.others is not None and self.others.n >= 1:
            found |= _weigh_footprint(self.others, vectors, countries, divisions)
        if self.home is not None:
            here = vectors_of([(self.home.latitude, self.home.longitude)])[0]
            found["home_scope"] = _SCOPES.get(self.home.scope, _UNKNOWN)
            found["home_km"] = np.log1p(np.arccos(np.clip(vectors @ here, -1, 1)) * EARTH_KM)
            found["home_country"] = (countries == self.home_country).astype(float)
            is_there = (divisions == self.home_division) & (self.home_division >= 0)
            found["home_division"] = is_there.astype(float)
        return found


def _weigh_footprint(
    footprint: Footprint,
    vectors: Array,
    countries: NDArray[np.int64],
    divisions: NDArray[np.int64],
) -> dict[str, Array]:
    y = np.floor(np.degrees(np.arcsin(np.clip(vectors[:, 2], -1, 1)))).astype(int)
    x = np.floor(np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))).astype(int)
    around = [
        sum(footprint.cells.get((a + dy, b + dx), 0.0) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
        for a, b in zip(y.tolist(), x.tolist(), strict=True)
    ]
    return {
        "outlet_n": np.full(len(vectors), np.log1p(footprint.n)),
        "outlet_country": _shares(footprint.countries, countries, footprint.n),
        "outlet_division": _shares(footprint.divisions, divisions, footprint.n),
        "outlet_cell": np.array(around, dtype=float) / footprint.n,
    }


def _shares(counts: Mapping[int, float], numbers: NDArray[np.int64], n: float) -> Array:
    return (
        np.array([counts.get(number, 0.0) if number >= 0 else 0.0 for number in numbers.tolist()])
        / n
    )


class OutletMemory:
    """The footprints of a batch's articles, and the homes of their outlets."""

    def __init__(self, finder: CandidateFinder) -> None:
        self._finder = finder
        self._outlets: dict[str, Footprint] = {}
        # By outlet and id: two outlets may count their articles alike.
        self._articles: dict[tuple[str, str], Footprint] = {}

    def add_all(self, batch: Iterable[tuple[Article, Sequence[Mention]]]) -> "OutletMemory":
        """Remember the places that articles name."""
        for article, mentions in batch:
            self.add(article, mentions)
        return self

    def add(self, article: Article, mentions: Sequence[Mention]) -> None:
        """Remember the places that an article names; of two with one id, the first counts."""
        key = article.outlet, article.article_id
        if article.outlet and key not in self._articles:
            footprint = self._articles[key] = _footprint(mentions, self._finder)
            self._outlets.setdefault(article.outlet, Footprint()).add(footprint)

    def of(self, article: Article) -> OutletEvidence:
        """Return what the outlet's other articles, and its home, say for an article."""
        others = Footprint()
        if article.outlet in self._outlets:
            others.add(self._outlets[article.outlet])
            own = self._articles.get((article.outlet, article.article_id), Footprint())
            others.add(own, times=-1)
        home = find_outlet(article.outlet) or find_outlet(article.url)
        if home is None:
            return OutletEvidence(others)
        return OutletEvidence(
            others,
            home,
            self._finder.number_of(home.country_code),
            self._finder.number_of(division_of(home)),
        )


def _footprint(mentions: Sequence[Mention], finder: CandidateFinder) -> Footprint:
    footprint = Footprint()
    names = {(mention.surface, mention.type_word): mention for mention in mentions}
    for mention in names.values():
        named = finder.of(mention)
        footprint.n += bool(len(named))
        shares = named.shares.tolist()
        _add(footprint.countries, zip(named.countries.tolist(), shares, strict=True))
        for place, division, share in zip(
            named.places, named.divisions.tolist(), shares, strict=True
        ):
            if place.kind in ("country", "bloc"):
                continue
            _add(footprint.divisions, [(division, share)])
            if place.kind != "region":
                cell = int(place.latitude // 1), int(place.longitude // 1)
                _add(footprint.cells, [(cell, share)])
    return footprint
