"""What the gazetteer knows of the words of a text, in a few facts that a model can weigh."""

import math
import re
from collections.abc import Callable, Iterable

from geo.gazetteer import Gazetteer
from geo.gazetteer.names import APOSTROPHES, key_of
from geo.gazetteer.variants import transliterated
from geo.recognize.tokens import CAPITAL, JOINER, NUMBER, Tokens

# Where a token lies in the longest known name (B, I, E, S alone, O outside), the name's facts
# with spaces between, and its length in words.
Sighting = tuple[str, str, int]
NO_SIGHTING: Sighting = ("O", "", 0)

_LONGEST = 7
_MOST_LENGTH = 4
# Known names are kept; those of a million documents would not fit.
_MOST_KEPT = 50_000
_MOST_PLACES = 4
# Tables that the model knows; a user's may have any name.
_KNOWN_TABLES = frozenset({"curated", "geonames"})
# Only such unknown words are read as Russian and Ukrainian names: the others would cost time.
_LOOKS_SLAVIC = re.compile(
    r"\w{3,}(?:[sc]k|[sc]ke|[sc]koye|[sc]koe|[sc]kaya|ka|vo|ve|ne|ino|yne|[aeo]ye|iye|iv|[eo]v|aya|"
    r"grad|hrad|pol|mir|yar|tsi|tsy|ichi|ychi|ets|iyi|yi|yy)"
)


class _Kept(dict[str, str]):
    """What a function returns for a text, kept for the next time."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[text] = self._find(text)
        return found


class Lexicon:
    """Names of a gazetteer by their facts: kind, inhabitants, namesakes, demonym or not."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._demonyms = gazetteer.demonyms()
        self._own = gazetteer.own_names
        self._keys = _Kept(lambda surface: key_of(surface.replace(".", "")))
        self._begins_with = _Kept(gazetteer.begins_with)
        # With spaces between; "" if a name is unknown.
        self._facts = _Kept(lambda key: " ".join(self._find_facts(key)))
        self._facts_of_words = _Kept(lambda surface: self._facts[self._keys[surface]])

    def is_demonym(self, surface: str) -> bool:
        """Say whether words name the people of a place: "Ukrainian", "Sri Lankans"."""
        return key_of(surface) in self._demonyms

    def is_own(self, key: str) -> bool:
        """Say whether a name in normal form stands in the table that the user gave."""
        return key in self._own

    def facts_of_words(self, surfaces: Iterable[str]) -> list[str]:
        """Return the facts of tokens as names of their own."""
        return list(map(self._facts_of_words.__getitem__, surfaces))

    def sight(self, tokens: Tokens, first: int, end: int) -> list[Sighting]:
        """Return, for each token of a stretch, where it lies in the longest known name."""
        sightings = [NO_SIGHTING] * (end - first)
        for start, stop, key in self.names(tokens, first, end):
            facts, length = self._facts[key], min(stop - start, _MOST_LENGTH)
            for i in range(start, stop):
                place = "B" if i == start else "E" if i == stop - 1 else "I"
                sightings[i - first] = ("S" if stop - start == 1 else place, facts, length)
        return sightings

    def names(self, tokens: Tokens, first: int, end: int) -> list[tuple[int, int, str]]:
        """Return the longest known names of a stretch: first token, end, normal form."""
        if end - first == 1:  # as most are
            name = self._begins_with[self._keys[tokens.surfaces[first]]]
            return [(first, end, name)] if name else []
        spoken = [i for i in range(first, end) if tokens.surfaces[i][0].isalnum()]
        keys = [self._keys[tokens.surfaces[i]] for i in spoken]
        found, k = [], 0
        while k < len(spoken):
            if tokens.classes[spoken[k]] not in (CAPITAL, NUMBER):
                k += 1
                continue
            name, n = self._longest_name(tokens, spoken, keys, k)
            if spoken[k] + 1 < end and tokens.surfaces[spoken[k] + 1][0] in APOSTROPHES:
                # "Martha's Vineyard", but also "Kharkiv's mayor".
                owning = [*keys[:k], f"{keys[k]}s", *keys[k + 1 :]]
                name, n = max(
                    (name, n), self._longest_name(tokens, spoken, owning, k), key=lambda x: x[1]
                )
            if n:
                found.append((spoken[k], spoken[k + n - 1] + 1, name))
            k += n or 1
        return found

    def _longest_name(
        self, tokens: Tokens, spoken: list[int], keys: list[str], k: int
    ) -> tuple[str, int]:
        """Return the longest name that begins with the word `k`, and its number of words."""
        n = min(_LONGEST, len(keys) - k)
        while n:
            name = self._begins_with[" ".join(keys[k : k + n])]
            n = name.count(" ") + 1 if name else 0
            # "of" and "the" end no name.
            if not n or tokens.classes[spoken[k + n - 1]] != JOINER:
                return name, n
            n -= 1
        return "", 0

    def _find_facts(self, key: str) -> tuple[str, ...]:
        demonym = ("demonym",) if key in self._demonyms else ()
        places = self._gazetteer.outlines(key, _MOST_PLACES) if key else []
        if not places and _LOOKS_SLAVIC.fullmatch(key):
            read = transliterated(self._gazetteer, key)
            return (f"read{read[0].kind}", "read") if read else demonym
        if not places:
            return demonym
        first = places[0]
        largest = max(place.population for place in places)
        kinds = {place.kind for place in places} - {"settlement"}
        own = "own" if key_of(first.name) == key else "other"
        return (
            f"{first.kind}{_band(first.population)}",
            f"{first.kind}{_band(first.population)}{own}",
            f"{first.kind}{own}",
            f"largest{_band(largest)}",
            f"places{min(6, len(places).bit_length())}",
            *({first.gazetteer} & _KNOWN_TABLES),
            *sorted(kinds),
            *demonym,
        )


def _band(population: int) -> int:
    return min(7, int(math.log10(population))) if population > 0 else -1
