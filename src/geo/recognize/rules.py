"""The recogniser of the first version: the gazetteer's names, minus what is no place."""

import csv
import re
from collections.abc import Iterator, Sequence

from geo import data
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import HYPHENS, Token, tokenize
from geo.gazetteer.type_words import PLURALS
from geo.recognize.furniture import find_furniture
from geo.recognize.matcher import Match, Matcher
from geo.recognize.roles import tell_roles
from geo.recognize.words import GIVEN_NAMES, HONORIFICS, OUTLET_WORDS, STATE_PREFIXES
from geo.records import Article, Mention

# "Lugansk and ", "Lugansk, ", before the last name of a list.
_LISTED = re.compile(r"\b([^\W\d_]+)(?:,\s+(?:and\s+)?|\s+(?:and|or)\s+)$")
_LONGEST_LISTED = 60


class RuleRecognizer:
    """Finds the names of a gazetteer, and tells places that act from places where things happen."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        # "the Kremlin" in a table: the article is no part of the name.
        names = [
            name.removeprefix("the ")
            for place in gazetteer.places
            for name in gazetteer.spellings(place)
        ]
        self._matcher = Matcher(names, read_not_places())

    def __call__(self, article: Article, /) -> list[Mention]:
        text = article.text
        tokens = tokenize(text)
        furniture = list(find_furniture(text))
        found = [
            match
            for match in self._matcher.find(text, tokens)
            if match.is_place
            and not _is_part_of_a_name(match, tokens, text)
            and not any(start <= match.start < end for start, end in furniture)
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
        known = {match.start: match for match in matches}
        position = {token.start: i for i, token in enumerate(tokens)}
        for match in matches:
            type_word, edge = tokens[match.last].surface, match.start
            while type_word.casefold() in PLURALS and (
                listed := _LISTED.search(text, max(0, edge - _LONGEST_LISTED), edge)
            ):
                name, (start, edge) = listed[1], listed.span(1)
                if self._gazetteer.find(f"{name} {type_word}"):
                    i = position[start]
                    yield known.get(start, Match(i, i, start, edge, is_place=True)), type_word
                edge = start


def read_not_places() -> list[str]:
    """Return the names, kept in `data/not_places.csv`, that hold a place name and are no place."""
    with data.path("not_places.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _is_part_of_a_name(match: Match, tokens: Sequence[Token], text: str) -> bool:
    """Say whether a match belongs to a longer name: a person's, an outlet's, an unknown place's."""
    before = tokens[match.first - 1] if match.first else None
    after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
    return (
        text.startswith("$", match.end)  # "US$10,000"
        or (before is not None and _continues(before, text[before.end : match.start]))
        or (after is not None and _goes_on(match, after, text))
    )


def _continues(before: Token, gap: str) -> bool:
    """Say whether a word before belongs to the name, as in "Harriet Salem" and "@Kiev"."""
    if gap and gap in HYPHENS:
        return before.surface[0].isupper() and before.key not in STATE_PREFIXES
    is_person = before.surface in GIVEN_NAMES | HONORIFICS
    return gap.endswith("@") or (is_person and gap.strip(". ") == "")


def _goes_on(match: Match, after: Token, text: str) -> bool:
    """Say whether a word behind belongs to the name, as in "Kyiv Post" and "Georgia Smith"."""
    if text[match.end : after.start] != " ":
        return False
    is_given_name = text[match.start : match.end] in GIVEN_NAMES
    return after.surface in OUTLET_WORDS or (is_given_name and after.surface[0].isupper())
