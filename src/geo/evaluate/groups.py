"""The same figures by what a gold toponym is: by kind of place, or by the corpus's own type."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from geo.evaluate.gold import Toponym, span
from geo.evaluate.matching import Matched, Pair
from geo.evaluate.scores import accuracy_of, known, share
from geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Group:
    """How many gold toponyms of a sort are found, and how right they are; as in `Report`."""

    name: str
    gold: int
    recall: float
    accuracy_161: float
    accuracy_161_all: float
    accuracy_area: float

    def as_dict(self) -> dict[str, Any]:
        """Return the figures by name; what was not counted is None."""
        return known(asdict(self))


def by_group(matched: Iterable[Matched], name_of: Callable[[Toponym], str]) -> list[Group]:
    """Return the figures of each sort of gold toponym, the most frequent first; "" is none."""
    hits: dict[str, list[Pair | None]] = {}
    for document in matched:
        found = {span(hit.wanted): hit for hit in document.hits()}
        for toponym in document.wanted:
            if name := name_of(toponym):
                hits.setdefault(name, []).append(found.get(span(toponym)))
    return [_group(name, hits[name]) for name in sorted(hits, key=lambda n: (-len(hits[n]), n))]


def _group(name: str, hits: list[Pair | None]) -> Group:
    found = [hit for hit in hits if hit]
    accuracy = accuracy_of(found)
    return Group(
        name=name,
        gold=len(hits),
        recall=share(len(found), len(hits)),
        accuracy_161=accuracy.accuracy_161,
        accuracy_161_all=accuracy.accuracy_161_all,
        accuracy_area=accuracy.accuracy_area,
    )


def kind_in(gazetteer: Gazetteer) -> Callable[[Toponym], str]:
    """Return what tells a gold toponym's kind: the gold itself, its GeoNames id, or "unknown"."""

    def kind(toponym: Toponym) -> str:
        if toponym.get("kind"):
            return str(toponym["kind"])
        try:
            return gazetteer[f"gn:{toponym.get('geonameid')}"].kind
        except KeyError:
            return "unknown"

    return kind


def type_of(toponym: Toponym) -> str:
    """Return the type that a corpus gives a toponym, such as "Metonymic", or ""."""
    return str(toponym.get("type") or "")
