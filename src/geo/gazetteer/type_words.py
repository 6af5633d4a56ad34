"""Words that tell the kind of a place: "Oblast", "border checkpoint", "River"."""

import re

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
