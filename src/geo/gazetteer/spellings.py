"""How else a place's names may be written, and the keys under which it is found by them.

Words that tell the kind of a place stand for each other: "Oblast" and "Region".
"""

import re
from collections.abc import Container, Iterator

from geo.gazetteer.inflection import PLURAL_FORMS, inflect, is_inflectable
from geo.gazetteer.names import key_of
from geo.gazetteer.romanize import romanize
from geo.gazetteer.ukrainian import ukrainian_spellings
from geo.records import Place

# Words of one row stand for each other, in the singular or the plural.
TYPE_WORDS = (
    ("oblast", "oblasts", "region", "regions", "province", "provinces"),
    (
        "border checkpoint",
        "checkpoint",
        "border crossing",
        "border crossing point",
        "crossing point",
        "border post",
        "crossing",
    ),
    ("raion", "raions", "rayon", "district", "districts"),
    ("airport", "international airport", "airfield", "air base"),
    ("river",),
    ("reservoir",),
)
PLURALS = frozenset({"oblasts", "regions", "provinces", "raions", "districts"}) | PLURAL_FORMS

# The name is matched as short as it can be, so that all of "border checkpoint" is its type word.
_GROUPS = [(group, re.compile(rf"(.+?) (?:{'|'.join(group)})", re.I)) for group in TYPE_WORDS]
# "Clarke and Oconee counties": headlines and lists leave the type word away.
_BARE = re.compile("(.+) (?:County|Parish|Borough)")
# The Arabic article is written in two ways: El Fasher, Al-Fashir.
_ARTICLE = re.compile(r"\b(?:[AE]l|[ae]l)[ -]")
_SHORT = {"Mount ": "Mt ", "Fort ": "Ft "}


def keys_of(place: Place) -> set[str]:
    """Return all normal forms under which a place is found."""
    names = (*spellings(place), *romanize(names_of(place), place.country_code))
    keys = {key_of(name) for name in names} - {""}
    # GeoNames lists "Воронежская область" among the names of the city.
    if place.kind == "settlement":
        keys = {key for key in keys if not key.endswith((" область", " район"))}
    return keys


def forms_of(key: str, known: Container[str] = ()) -> set[str]:
    """Return the cases of a Cyrillic name in normal form, and of its Ukrainian spellings.

    Spellings that are `known` names have forms of their own.
    """
    if not is_inflectable(key):
        return set()
    spelt = {one for one in ukrainian_spellings(key) if one not in known}
    return (spelt | inflect(key)).union(*map(inflect, spelt)) - {key}


def names_of(place: Place) -> tuple[str, ...]:
    """Return the names of a place, each in one line; its own name if no others are given."""
    names = (" ".join(name.split()) for name in place.names or (place.name,))
    return tuple(name for name in names if name)


def spellings(place: Place) -> Iterator[str]:
    """Yield the names of a place, and how else they may be written.

    >>> list(spellings(Place("x", "Mount Athos", "hill", 40.2, 24.3)))
    ['Mount Athos', 'Mt Athos']
    """
    for name in names_of(place):
        yield from [name] if place.kind == "settlement" else respell(name)
        if place.kind == "district" and (bare := _BARE.fullmatch(name)):
            yield bare[1]
        if _ARTICLE.search(name):
            yield from (_ARTICLE.sub(article, name) for article in ("Al ", "El "))
        for long, short in _SHORT.items():
            if name.startswith(long):
                yield short + name.removeprefix(long)


def respell(name: str) -> list[str]:
    """Return a name with each word that may stand for its type word; itself if it has none.

    >>> respell("Lugansk Oblast")[2:4]
    ['Lugansk region', 'Lugansk regions']
    """
    for group, pattern in _GROUPS:
        core = pattern.fullmatch(name)
        if core:
            return [f"{core[1]} {word}" for word in group]
    return [name]
