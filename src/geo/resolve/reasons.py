"""A reason for each resolution, made of facts that a reader can check."""

import math
from collections.abc import Sequence

import numpy as np

from geo.gazetteer import normalize
from geo.records import AREA_KINDS, KINDS, Mention, Place
from geo.resolve.candidates import (
    BY_CORE,
    BY_DEMONYM,
    BY_DIRECTION,
    BY_NAME,
    BY_PART,
    BY_SPELLING,
    EARTH_KM,
)
from geo.resolve.evidence import NEAR_KM, Weighed

_IS_AREA = np.array([kind in AREA_KINDS for kind in KINDS])
# A container that is named beside or elsewhere, and an outlet's home, count from here on.
_CLEAR = 0.3
_HOME_KM = 100.0
_OUTLET_SHARE = 0.15
_MOST_RIVALS = 2


class Surroundings:
    """The places chosen for a block of an article, to tell of each what lies around it."""

    def __init__(self, weighed: Weighed, rows: Sequence[int]) -> None:
        self._weighed, self._rows = weighed, np.array(rows, dtype=np.int64)
        self._near, self._same_country = self._count_around()
        self._heads = [self._head(k) for k in range(len(weighed.senses))]

    def _count_around(self) -> tuple[list[int], list[int]]:
        """Count, for each sense, the other places within NEAR_KM, and those in its country."""
        senses, bounds = self._weighed.senses, self._weighed.bounds
        if not senses:
            return [], []
        at = [
            (s.named, row - first)
            for s, row, first in zip(senses, self._rows, bounds, strict=False)
        ]
        vectors = np.stack([named.vectors[n] for named, n in at])
        countries = np.array([named.countries[n] for named, n in at])
        is_area = _IS_AREA[[named.kinds[n] for named, n in at]]
        numbers: dict[str, int] = {}
        # Senses of one place share the number of the first, which stands for them.
        place = np.array(
            [numbers.setdefault(named.places[n].place_id, k) for k, (named, n) in enumerate(at)]
        )
        counts = place == np.arange(len(at))
        others = (place[:, None] != place[None, :]) & counts[None, :]
        near = (vectors @ vectors.T > math.cos(NEAR_KM / EARTH_KM)) & others
        near &= ~is_area[None, :] & ~is_area[:, None]
        same = (countries[:, None] == countries[None, :]) & (countries >= 0)[:, None] & others
        return near.sum(axis=1).tolist(), same.sum(axis=1).tolist()

    def _place(self, k: int) -> Place:
        return self._weighed.senses[k].named.places[int(self._rows[k] - self._weighed.bounds[k])]

    def _head(self, k: int) -> str:
        """Return which place was chosen, and instead of which."""
        place, others = self._place(k), list[str]()
        for rival in self._weighed.senses[k].named.places:
            told = _tell_apart(rival, place) if rival.place_id != place.place_id else ""
            if told and told not in others:
                others.append(told)
            if len(others) == _MOST_RIVALS:
                break
        return describe(place) + (f" (not {' or '.join(others)})" if others else "")

    def explain(self, k: int, mentions: Sequence[Mention], i: int) -> str:
        """Return one sentence on mention `i`: which place, instead of which, and what says so."""
        mention = mentions[i]
        named, row = self._weighed.senses[k].named, int(self._rows[k])
        has_rivals = len(named) > 1
        facts = [
            *self._said(k, mentions, i),
            *self._around(k, row, has_rivals),
            *_spelled(mention, self._place(k), named.how, named.spelling),
        ]
        if not has_rivals and named.how == BY_NAME:
            facts.append("the only place of that name that is known")
        return f"{self._heads[k]}: {'; '.join(facts or ['the likeliest place of that name here'])}"

    def _value(self, row: int, name: str) -> float:
        return float(self._weighed.column(name)[row])

    def _said(self, k: int, mentions: Sequence[Mention], i: int) -> list[str]:
        facts = []
        sense, row = self._weighed.senses[k], int(self._rows[k])
        if sense.qualified is not None and self._weighed.holds[row]:
            facts.append(f"the text says that {mentions[sense.qualified].surface!r} lies there")
        if sense.qualifier is not None and self._value(row, "container_said") > _CLEAR:
            facts.append(f"the text says {mentions[sense.qualifier].surface!r} beside it")
        elif self._value(row, "container_before") > _CLEAR:
            facts.append("the name before it in the sentence lies around it")
        elif self._value(row, "container_elsewhere") > _CLEAR:
            facts.append("the article has said before where it lies")
        if mentions[i].type_word:
            facts.append(f"{mentions[i].type_word!r} belongs to it too")
        return facts

    def _around(self, k: int, row: int, has_rivals: bool) -> list[str]:
        facts = []
        near, same = self._near[k], self._same_country[k]
        if near:
            lie = "lies" if near == 1 else "lie"
            facts.append(
                f"{_count(near, 'other place')} of this article {lie} within {NEAR_KM:.0f} km"
            )
        elif same and has_rivals:
            facts.append(f"{_count(same, 'other place')} of this article in its country")
        if has_rivals and 0 <= self._value(row, "home_km") < math.log1p(_HOME_KM):
            facts.append("its outlet is at home there")
        elif has_rivals and self._value(row, "outlet_cell") > _OUTLET_SHARE:
            facts.append("the outlet's other articles name places around it")
        return facts


def _spelled(mention: Mention, place: Place, how: int, spelling: str) -> list[str]:
    surface = mention.surface
    if how == BY_DEMONYM:
        return [f"{surface!r} are its people"]
    if how == BY_SPELLING:
        return [spelling]
    if how in (BY_CORE, BY_DIRECTION):
        return [f"{surface!r} is in or around it"]
    if how == BY_PART:
        return [f"only a word of {surface!r} is known"]
    if normalize(surface) != normalize(place.name) and not mention.type_word:
        return [f"{surface!r} is another name for it"]
    return []


def describe(place: Place) -> str:
    """Return a place's name and where it lies: "Donetsk, Rostov Oblast, RU"."""
    parts = [place.name, place.admin1_name, place.country_code]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _tell_apart(rival: Place, place: Place) -> str:
    """Describe a rival so that it differs: the province of the same name as its capital."""
    described = describe(rival)
    return f"the {rival.kind} {described}" if described == describe(place) else described


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
