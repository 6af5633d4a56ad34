"""The names on a map in the language that somebody has chosen."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

import pandas as pd

from geo.errors import InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.labels import LANGUAGES, name_in
from geo.records import AREA_KINDS, Place

_Key = TypeVar("_Key", bound=Hashable)


def check_language(labels: str) -> None:
    """Raise InputError unless places have names in this language."""
    if labels not in LANGUAGES:
        raise InputError(f"{labels!r} is no language of labels; use one of {', '.join(LANGUAGES)}")


def translate(places: pd.DataFrame, labels: str) -> pd.DataFrame:
    """Return a table with `place_name` and `admin1_name` in a language, as the gazetteer has them.

    Places are told by `place_id`, divisions by their name and `country_code`; missing texts are
    "". What the gazetteer does not know, or has no such name for, keeps its own.
    """
    check_language(labels)
    if labels == "en":
        return places
    gazetteer = load_gazetteer()
    divisions = list(zip(places["admin1_name"], places["country_code"], strict=True))
    # A place of the user's own that stands for one of ours keeps the name that they gave it.
    named = list(zip(places["place_id"], places["place_name"], strict=True))
    ours = {
        one: gazetteer[one]
        for one, name in dict(named).items()
        if one in gazetteer and gazetteer[one].name == name
    }
    names = _names_in(labels, ours)
    division_names = _names_in(labels, {one: _division(gazetteer, *one) for one in set(divisions)})
    return places.assign(
        place_name=[names.get(one, name) for one, name in named],
        admin1_name=[division_names.get(one, one[0]) for one in divisions],
    )


def _names_in(labels: str, places: Mapping[_Key, Place | None]) -> dict[_Key, str]:
    named = ((key, place, name_in(place, labels)) for key, place in places.items() if place)
    return {key: name for key, place, name in named if name != place.name}


def _division(gazetteer: Gazetteer, name: str, country_code: str) -> Place | None:
    """Return the division that a table tells by its name, or the town that it is called after."""
    found = [p for p in gazetteer.find(name) if (p.name, p.country_code) == (name, country_code)]
    return min(found, key=lambda place: place.kind not in AREA_KINDS, default=None)
