"""Words that tell the kind of a place: "Oblast", "border checkpoint", "River"."""

import re
from collections.abc import Iterable, Iterator

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
PLURALS = frozenset({"oblasts", "regions", "provinces", "raions", "districts"})

# The name is matched as short as it can be, so that all of "border checkpoint" is its type word.
_GROUPS = [(group, re.compile(rf"(.+?) (?:{'|'.join(group)})", re.I)) for group in TYPE_WORDS]
# "Clarke and Oconee counties": headlines and lists leave the type word away.
_BARE = re.compile("(.+) (?:County|Parish|Borough)")
_SHORT = {"Mount ": "Mt ", "Fort ": "Ft "}


def spellings(names: Iterable[str], kind: str) -> Iterator[str]:
    """Yield the names of a place, and how else they may be written.

    >>> list(spellings(["Mount Athos"], "hill"))
    ['Mount Athos', 'Mt Athos']
    """
    for name in names:
        yield from [name] if kind == "settlement" else respell(name)
        if kind == "district" and (bare := _BARE.fullmatch(name)):
            yield bare[1]
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
