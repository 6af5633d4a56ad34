"""The subdivisions of ISO 3166-2, and which of them GeoNames' divisions are."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from gettext import translation
from pathlib import Path

import pycountry

from divisions.countries import CYRILLIC, is_cyrillic, plain
from divisions.words import core, fold

# Two spellings of one name are this much alike, and no others in their country more.
ALIKE = 0.82
# So many names of CLDR that belong to another code say that the codes have changed.
RENUMBERED = 3
# Madagascar has regions; ISO lists its former provinces.
OUTDATED = {"MG"}


@dataclass(frozen=True)
class Subdivision:
    """A subdivision of ISO 3166-2: its names in Latin letters, and in Russian and Ukrainian."""

    code: str
    kind: str
    is_first_level: bool
    latin: tuple[str, ...]
    cyrillic: tuple[str, ...]


def read_subdivisions(cldr: Path) -> dict[str, list[Subdivision]]:
    """Return the subdivisions by country; `cldr` is CLDR's English table of their names."""
    text = json.loads(cldr.read_text(encoding="utf-8"))
    english = _same_codes(text["subdivisions"]["localeDisplayNames"]["subdivisions"])
    translate = {
        language: translation("iso3166-2", pycountry.LOCALES_DIR, [language]).gettext
        for language in CYRILLIC
    }
    found = defaultdict(list)
    for known in pycountry.subdivisions:
        local = [(language, translate[language](known.name)) for language in CYRILLIC]
        cyrillic = [
            f"{plain(in_order(n))}@{x}" for x, n in local if is_cyrillic(plain(in_order(n)))
        ]
        latin = [english.get(known.code, ""), in_order(known.name)]
        found[known.country_code].append(
            Subdivision(
                code=known.code,
                kind=known.type,
                is_first_level=known.parent_code is None,
                latin=tuple(name for one in latin if (name := plain(one))),
                cyrillic=tuple(cyrillic),
            )
        )
    return {country: _unmistaken(known) for country, known in found.items()}


def _unmistaken(known: list[Subdivision]) -> list[Subdivision]:
    # The translators of ISO's list called Krasnoyarsk Krai and Sakha by the names of others.
    times = Counter(name for one in known for name in set(one.cyrillic))
    return [
        replace(one, cyrillic=tuple(name for name in one.cyrillic if times[name] == 1))
        for one in known
    ]


def _same_codes(cldr: dict[str, str]) -> dict[str, str]:
    """Return CLDR's names by ISO's codes, but for countries that ISO has numbered anew since."""
    own = {known.code: core(known.name) for known in pycountry.subdivisions}
    others = {(code[:2], name): code for code, name in own.items()}
    english = {f"{key[:2]}-{key[2:]}".upper(): name for key, name in cldr.items()}
    strangers = Counter(
        code[:2]
        for code, name in english.items()
        if code in own and own[code] != core(name) and (code[:2], core(name)) in others
    )
    return {code: name for code, name in english.items() if strangers[code[:2]] < RENUMBERED}


def in_order(name: str) -> str:
    """Put the type word where it is spoken: "Madrid, Comunidad de" is "Comunidad de Madrid"."""
    turned = re.fullmatch(r"([^,]+), ([^,]+)", name)
    return f"{turned[2]} {turned[1]}" if turned else name


def match(names: dict[str, list[str]], subdivisions: list[Subdivision]) -> dict[str, Subdivision]:
    """Return the subdivision of each GeoNames code of one country, where one is clear.

    `names` holds the names in Latin letters that are known for each code.
    """
    ordered = sorted(subdivisions, key=lambda one: (not one.is_first_level, one.code))
    cores = {code: {core(name) for name in known} for code, known in names.items()}
    found: dict[str, Subdivision] = {}
    left = [one for one in ordered if one.code[:2] not in OUTDATED]
    # The strictest sense first: Jelgava is a city, Jelgava Municipality the land around it.
    for is_same in (_same_code, _same_name, _same_core):
        for code in [c for c in names if c not in found]:
            same = [one for one in left if is_same(code, names[code], one)]
            if same:
                found[code] = same[0]
                left.remove(same[0])
    first = [one for one in left if one.is_first_level]
    return found | _alike({c: n for c, n in cores.items() if c not in found}, first)


def _same_code(code: str, _: list[str], one: Subdivision) -> bool:
    return code[3:].isalpha() and one.code == code.replace(".", "-")


def _same_name(_: str, names: list[str], one: Subdivision) -> bool:
    return bool({fold(name) for name in names} & {fold(name) for name in one.latin})


def _same_core(_: str, names: list[str], one: Subdivision) -> bool:
    return bool({core(name) for name in names} & {core(name) for name in one.latin})


def _alike(cores: dict[str, set[str]], left: list[Subdivision]) -> dict[str, Subdivision]:
    pairs = []
    for code, own in cores.items():
        for one in left:
            likeness = max(
                (_likeness(a, b) for a in own for b in map(core, one.latin)), default=0.0
            )
            pairs.append((likeness, code, one))
    found: dict[str, Subdivision] = {}
    for likeness, code, one in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].code)):
        if likeness >= ALIKE and code not in found and one not in found.values():
            found[code] = one
    return found


def _likeness(first: str, second: str) -> float:
    # "North Kivu" and "South Kivu" are much alike, and not the same.
    if {"north", "south", "east", "west", "upper", "lower"} & (
        set(first.split()) ^ set(second.split())
    ):
        return 0.0
    return SequenceMatcher(None, first, second).ratio()
