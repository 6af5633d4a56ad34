"""How many gold toponyms the gazetteer could resolve at best: the ceiling of any resolver."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.evaluate.areas import right_test
from geo.evaluate.gold import GoldDocument, has_point
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import key_of

# What a missing name seems to be, by the words in it; the first that fits.
_KINDS = {
    "road": r"street|st\.?$|road|avenue|ave|highway|hwy|interstate|route|drive|lane|i-\d+",
    "district": r"county|counties|co\.?$|parish|borough|township|district|raion|precinct",
    "water": r"rivers?|lakes?|creek|bay|sea|ocean|gulf|straits?|canal|bayou|reservoir|beach|falls",
    "hill": r"mount|mt\.?|mountains?|hills?|valley|ridge|range",
    "site": (
        r"school|university|college|academy|airport|park|church|hospital|stadium|cent(?:er|re)|"
        r"base|hall|bridge|museum|library|cemetery|prison|jail|station|building|house|court|fort|"
        r"plaza|square|mall|hotel|camp|dam|plant|site|zoo"
    ),
    "direction": r"(?:north|south|east|west|central|upper|lower|greater|downtown)\w*",
}
_PATTERNS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS.items()}
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of located toponyms, and of those without a candidate, by kind and by name.

    `by_name` have a candidate by name, `by_demonym` only as "Ukrainian" for Ukraine.
    """

    located: int
    by_name: int
    by_demonym: int
    missing: Counter[tuple[str, str]]

    @property
    def share(self) -> float:
        """The share of located toponyms that have a candidate by name or demonym."""
        return (self.by_name + self.by_demonym) / self.located if self.located else float("nan")

    def as_dict(self) -> dict[str, Any]:
        """Return the figures by name, with every missing name."""
        missing = [[kind, name, count] for (kind, name), count in self.missing.most_common()]
        figures = {"located": self.located, "by_name": self.by_name, "by_demonym": self.by_demonym}
        share = round(self.share, 4) if self.located else None
        return {**figures, "share": share, "missing": missing}

    def as_text(self) -> str:
        """Return the figures as lines for people: the share, then what is missing by kind."""
        kinds: Counter[str] = Counter()
        for (kind, _), count in self.missing.items():
            kinds[kind] += count
        by_name = self.by_name / self.located if self.located else float("nan")
        head = (
            f"located toponyms {self.located}; with a candidate {self.share:.3f} "
            f"(by name {by_name:.3f}, by demonym {self.share - by_name:.3f})"
        )
        return "\n".join([head, *(self._line(kind, count) for kind, count in kinds.most_common())])

    def _line(self, kind: str, count: int) -> str:
        names = [
            f"{name} {times}" if times > 1 else name
            for (other, name), times in self.missing.most_common()
            if other == kind
        ]
        more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return f"missing {count:4} {kind}: {', '.join(names[:_SHOWN])}{more}"


def cover(documents: Sequence[GoldDocument], gazetteer: Gazetteer) -> Coverage:
    """Count the located toponyms that have a candidate within 161 km, or around the gold point."""
    demonyms = gazetteer.demonyms()
    is_right = right_test(gazetteer)
    counts: Counter[str] = Counter()
    missing: Counter[tuple[str, str]] = Counter()
    toponyms = [t for document in documents for t in document.toponyms if has_point(t)]
    for toponym in toponyms:
        found = gazetteer.find(toponym["surface"])
        people = [gazetteer[i] for i in demonyms.get(key_of(toponym["surface"]), ())]
        if any(is_right(place, toponym) for place in found):
            counts["name"] += 1
        elif any(is_right(place, toponym) for place in people):
            counts["demonym"] += 1
        else:
            missing[_kind(toponym["surface"], known=bool(found or people)), toponym["surface"]] += 1
    return Coverage(len(toponyms), counts["name"], counts["demonym"], missing)


def _kind(surface: str, *, known: bool) -> str:
    if known:
        return "other places of that name"
    return next((kind for kind, words in _PATTERNS.items() if words.search(surface)), "other name")
