"""A reason for each resolution, made of facts that a reader can check."""

from collections.abc import Sequence

from geo.gazetteer import normalize
from geo.records import Mention, Place
from geo.resolve.evidence import NEAR_KM, Evidence


def explain(mention: Mention, place: Place, places: Sequence[Place], evidence: Evidence) -> str:
    """Return one sentence: which place, instead of which, and what in the article speaks for it."""
    rivals = [describe(rival) for rival in places if rival.place_id != place.place_id]
    chosen = describe(place)
    if rivals:
        chosen += f" (not {' or '.join(rivals[:2])})"
    return f"{chosen}: {'; '.join(_facts(mention, place, bool(rivals), evidence))}"


def describe(place: Place) -> str:
    """Return a place's name and where it lies: "Donetsk, Rostov Oblast, RU"."""
    parts = [place.name, place.admin1_name, place.country_code]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _facts(mention: Mention, place: Place, has_rivals: bool, evidence: Evidence) -> list[str]:
    facts = []
    if evidence.qualifier:
        facts.append(f"the text says {evidence.qualifier!r} beside it")
    if mention.type_word:
        facts.append(f"{mention.type_word!r} belongs to it too")
    if evidence.near:
        facts.append(
            f"{_count(evidence.near, 'other place')} of this article "
            f"{'lies' if evidence.near == 1 else 'lie'} within {NEAR_KM:.0f} km"
        )
    elif evidence.same_country and has_rivals:
        others = _count(evidence.same_country, "other place")
        facts.append(f"{others} of this article in its country")
    if not has_rivals:
        facts.append("the only place of that name in the gazetteer")
    elif not facts:
        facts.append("the largest of that name; nothing in the article decides")
    if normalize(mention.surface) != normalize(place.name):
        facts.append(f"{mention.surface!r} is another name for it")
    return facts


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
