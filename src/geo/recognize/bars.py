"""What bars a name from naming a place, whatever the model thinks: "@Kiev", "Mr Houston"."""

from geo.gazetteer.names import HYPHENS
from geo.morphology import classes_of, is_cyrillic
from geo.recognize.slavic_words import LOCATIVES
from geo.recognize.tokens import CAPITAL, Tokens
from geo.recognize.words import (
    GIVEN_NAMES,
    HONORIFICS,
    OUTLET_WORDS,
    PREFIXES_OF_NAMES,
    TITLES,
    UNIT_WORDS,
)

_ROAD_PREFIXES = ("U.S.", "US")


def is_barred(tokens: Tokens, first: int, end: int, taken: set[int]) -> bool:
    """Say whether the tokens from `first` up to `end` belong to the name of something else.

    `taken` are the tokens of all names found.
    """
    return (
        _by_what_stands_before(tokens, first)
        or _by_what_follows(tokens, first, end, taken)
        or (end == first + 1 and _is_given_name(tokens, first))
    )


def _by_what_stands_before(tokens: Tokens, first: int) -> bool:
    if not first:
        return False
    before = tokens.surfaces[first - 1]
    gap = tokens.text[tokens.ends[first - 1] : tokens.starts[first]]
    if before == "@" and not gap:
        return True
    if before in HYPHENS and not gap and first > 1:
        return tokens.surfaces[first - 2] in PREFIXES_OF_NAMES  # "Novo-Donetsk" is another town
    if before == "." and first > 1:
        before = tokens.surfaces[first - 2]
    return before in HONORIFICS and gap == " "


def _by_what_follows(tokens: Tokens, first: int, end: int, taken: set[int]) -> bool:
    if end == len(tokens.surfaces):
        return False
    after = tokens.surfaces[end]
    gap = tokens.text[tokens.ends[end - 1] : tokens.starts[end]]
    if after == "$" and not gap:
        return True  # "US$10,000"
    if gap != " ":
        return False
    if tokens.surfaces[first] in _ROAD_PREFIXES and after.isdigit():
        return first == 0 or tokens.surfaces[first - 1].lower() != "the"  # "on U.S. 82"
    if after in OUTLET_WORDS or after.lower() in UNIT_WORDS:
        return True
    return _is_person(tokens, first, end, taken)


def _is_person(tokens: Tokens, first: int, end: int, taken: set[int]) -> bool:
    """Say whether a given name and a surname stand there alone: "Georgia Smith came"."""
    surname = tokens.surfaces[end]
    return (
        end == first + 1
        and tokens.surfaces[first] in GIVEN_NAMES
        and end not in taken
        and _is_capital(tokens, end)
        and surname not in TITLES  # "in Georgia President Saakashvili"
        and not surname.endswith("s")
        and not _is_capital(tokens, end + 1)
        and not _is_capital(tokens, first - 1)
        and (not first or tokens.surfaces[first - 1] not in ("of", "in"))
    )


def _is_capital(tokens: Tokens, i: int) -> bool:
    return 0 <= i < len(tokens.surfaces) and tokens.classes[i] == CAPITAL


def _is_given_name(tokens: Tokens, i: int) -> bool:
    """Say whether a Cyrillic word is the given name of a person: "Владимир Путин"."""
    name, surname = (*tokens.surfaces[i : i + 2], "")[:2]
    if not (is_cyrillic(name) and is_cyrillic(surname) and surname[0].isupper()):
        return False
    is_place = i > 0 and tokens.surfaces[i - 1].lower() in LOCATIVES
    is_apart = tokens.text[tokens.ends[i] : tokens.starts[i + 1]] != " "
    if is_place or is_apart or "Name" not in classes_of(name):
        return False
    return not {"Surn", "?Surn"}.isdisjoint(classes_of(surname))
