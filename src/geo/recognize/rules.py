"""The recogniser of the first version: the gazetteer's names, minus what is no place."""

import csv
import re
from collections.abc import Iterator, Sequence

from geo import data
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import HYPHENS, Token, tokenize
from geo.gazetteer.spellings import PLURALS, spellings
from geo.recognize.furniture import find_furniture
from geo.recognize.matcher import Match, Matcher
from geo.recognize.roles import tell_roles
from geo.recognize.words import (
    GIVEN_NAMES,
    HONORIFICS,
    LOCATIVES,
    OUTLET_WORDS,
    STATE_PREFIXES,
    UNIT_WORDS,
)
from geo.recognize.worldwide import WorldwideFinder
from geo.records import Article, Mention

_LIST_GAP = re.compile(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")


class RuleRecognizer:
    """Finds the names of a gazetteer, and tells places that act from places where things happen."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._worldwide = WorldwideFinder(gazetteer)
        # "the Kremlin" in a table: the article is no part of the name.
        names = [
            re.sub("^[Tt]he ", "", name)
            for place in gazetteer.trusted()
            for name in spellings(place)
        ]
        self._matcher = Matcher(names, read_not_places())

    def __call__(self, article: Article, /) -> list[Mention]:
        text = article.text
        tokens = tokenize(text)
        furniture = list(find_furniture(text))
        known = self._matcher.find(text, tokens)
        places = [match for match in known if match.is_place]
        covered = _tokens_of(places)
        named = [
            *(m for m in places if not _is_part_of_a_name(m, tokens, text, covered)),
            *self._worldwide.find(text, tokens, _tokens_of(known)),
        ]
        found = [
            match
            for match in sorted(named, key=lambda match: match.start)
            if not any(start <= match.start < end for start, end in furniture)
        ]
        type_words = dict(self._shared_type_words(found, tokens, text))
        matches = sorted({*found, *type_words}, key=lambda match: match.start)
        roles = tell_roles(text, tokens, matches, self._is_state)
        return [
            Mention(
                match.start,
                match.end,
                text[match.start : match.end],
                role,
                type_words.get(match, ""),
            )
            for match, role in zip(matches, roles, strict=True)
        ]

    def _is_state(self, surface: str) -> bool:
        return any(place.kind in ("country", "bloc") for place in self._gazetteer.find(surface))

    def _shared_type_words(
        self, matches: Sequence[Match], tokens: Sequence[Token], text: str
    ) -> Iterator[tuple[Match, str]]:
        """Yield "Lugansk" of "Lugansk and Donetsk Regions" with the type word that it shares.

        The name need not be known without its type word: "Donets and Lugansk Regions".
        """
        known = {match.last: match for match in matches}
        for match in matches:
            type_word, first = tokens[match.last].surface, match.first
            while type_word.casefold() in PLURALS and (
                (i := _listed_before(first, tokens, text)) is not None
            ):
                token = tokens[i]
                listed = known.get(i, Match(i, i, token.start, token.end, is_place=True))
                if self._gazetteer.find(f"{text[listed.start : listed.end]} {type_word}"):
                    yield listed, type_word
                first = listed.first


def _tokens_of(matches: Sequence[Match]) -> set[int]:
    return {i for match in matches for i in range(match.first, match.last + 1)}


def _listed_before(first: int, tokens: Sequence[Token], text: str) -> int | None:
    """Return the token that stands in a list before the one at `first`, or None."""
    for i in range(first - 1, max(-1, first - 3), -1):
        if _LIST_GAP.fullmatch(text, tokens[i].end, tokens[first].start):
            return i
    return None


def read_not_places() -> list[str]:
    """Return the names, kept in `data/not_places.csv`, that hold a place name and are no place."""
    with data.path("not_places.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _is_part_of_a_name(match: Match, tokens: Sequence[Token], text: str, covered: set[int]) -> bool:
    """Say whether a match belongs to a longer name: a person's, an outlet's, an unknown place's.

    `covered` are the tokens of places: what follows one of them is no part of a person's name.
    """
    before = tokens[match.first - 1] if match.first else None
    after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
    if before and match.first - 1 not in covered:
        if _continues(before, text[before.end : match.start]):
            return True
        if before.key in LOCATIVES:
            return False  # "in Georgia President Saakashvili"
    is_money = text.startswith("$", match.end)  # "US$10,000"
    return is_money or (after is not None and _goes_on(match, after, text))


def _continues(before: Token, gap: str) -> bool:
    """Say whether a word before belongs to the name, as in "Harriet Salem" and "@Kiev"."""
    if gap and gap in HYPHENS:
        return before.surface[0].isupper() and before.key not in STATE_PREFIXES
    is_person = before.surface in GIVEN_NAMES and gap == " "
    is_addressed = before.surface in HONORIFICS and gap in (" ", ". ")
    return gap.endswith("@") or is_person or is_addressed


def _goes_on(match: Match, after: Token, text: str) -> bool:
    """Say whether a word behind belongs to the name, as in "Kyiv Post" and "Georgia Smith"."""
    if text[match.end : after.start] != " ":
        return False
    is_given_name = text[match.start : match.end] in GIVEN_NAMES
    is_named_after = after.surface in OUTLET_WORDS or after.key in UNIT_WORDS
    return is_named_after or (is_given_name and after.surface[0].isupper())
