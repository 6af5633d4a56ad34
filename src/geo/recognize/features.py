"""What the recogniser sees of each token: itself, its neighbours, the gazetteer, the whole text.

A token has one value in each field of `FIELDS`. `expand` turns a value into the names of features
that have weights; it is asked once for each different value, so it may be slow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.recognize import words
from geo.recognize.lexicon import NO_SIGHTING, Lexicon, Sighting
from geo.recognize.slavic_words import LOCATIVES
from geo.recognize.tokens import CAPITAL, Tokens, find_stretches

FIELDS = (
    "word",
    "before",
    "after",
    "before2",
    "known",
    "match",
    "match_before",
    "match_after",
    "text",
    "start",
    "glued",
    "run_first",
    "run_last",
    "run_place",
)
_LISTS = {
    "given": frozenset(map(str.lower, words.GIVEN_NAMES)),
    "honorific": frozenset(map(str.lower, words.HONORIFICS)),
    "ordinary": words.ORDINARY_WORDS,
    "function": words.FUNCTION_WORDS,
    "direction": words.DIRECTIONS,
    "outlet": frozenset(map(str.lower, words.OUTLET_WORDS)),
    "unit": words.UNIT_WORDS,
    "locative": words.LOCATIVES,
    "verb": words.STATE_VERBS,
    "actor": words.STATE_ACTORS,
    "land": words.LAND_NOUNS,
}
_LISTS_OF: dict[str, list[str]] = {}
for _name, _members in _LISTS.items():
    for _word in _members:
        _LISTS_OF.setdefault(_word, []).append(_name)
_PREPOSITIONS = LOCATIVES | frozenset(
    [
        "in",
        "near",
        "from",
        "at",
        "to",
        "around",
        "outside",
        "into",
        "across",
        "toward",
        "towards",
        "throughout",
        "leaving",
        "visit",
        "visiting",
        "between",
        "via",
    ]
)
_SENTENCE_STARTS = frozenset(("", "¶", ".", "!", "?", ":", '"', "“", "”"))
_LINE_END = "¶"

Value = Any
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The tokens that may be part of names: those of some stretches, one behind the other.

    A stretch is its first token and the one behind its last; `columns` holds, for each of `FIELDS`,
    a value a token.
    """

    stretches: list[tuple[int, int]]
    columns: list[list[Value]]


def describe(
    tokens: Tokens, lexicon: Lexicon, stretches: Sequence[tuple[int, int]] | None = None
) -> Described:
    """Describe the tokens of a text that may be part of names, or those of some stretches."""
    stretches = list(find_stretches(tokens) if stretches is None else stretches)
    before2, before, surfaces, after = _surfaces_around(tokens, stretches)
    before_sightings, sightings, after_sightings = _sightings_around(tokens, stretches, lexicon)
    columns: list[list[Value]] = [
        surfaces,
        before,
        after,
        before2,
        lexicon.facts_of_words(surfaces),
        sightings,
        before_sightings,
        after_sightings,
        list(map(_count_uses(tokens, stretches).get, surfaces)),
        [
            f"{shape_of(word)}^" if sign in _SENTENCE_STARTS else shape_of(word)
            for word, sign in zip(surfaces, before, strict=True)
        ],
        [_glued(tokens, i) for first, end in stretches for i in range(first, end)],
        *_describe_runs(tokens, stretches),
    ]
    return Described(stretches, columns)


def _surfaces_around(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> tuple[list[str], ...]:
    """Return the tokens two and one before those of stretches, they, and the ones behind.

    A line's end before or behind a stretch hides the token beyond it.
    """
    padded = ["", "", *tokens.surfaces, ""]
    numbers = [i for first, end in stretches for i in range(first, end)]
    before2, before, surfaces, after = ([padded[i + shift] for i in numbers] for shift in range(4))
    start = 0
    for first, end in stretches:
        last = start + end - first - 1
        if first and tokens.breaks_before(first):
            before[start] = _LINE_END
            if last > start:
                before2[start + 1] = _LINE_END
        if end < len(tokens.surfaces) and tokens.breaks_before(end):
            after[last] = _LINE_END
        start = last + 1
    return before2, before, surfaces, after


def _sightings_around(
    tokens: Tokens, stretches: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[list[Sighting], ...]:
    """Return the sightings of the token before each of some stretches, of it, of the one behind.

    Beyond a stretch there is none.
    """
    before: list[Sighting] = []
    here: list[Sighting] = []
    after: list[Sighting] = []
    for first, end in stretches:
        sightings = lexicon.sight(tokens, first, end)
        before += [NO_SIGHTING, *sightings[:-1]]
        here += sightings
        after += [*sightings[1:], NO_SIGHTING]
    return before, here, after


def _glued(tokens: Tokens, i: int) -> int:
    """Say whether a token touches the one before it (2) and the one behind it (1)."""
    touches_before = i > 0 and tokens.ends[i - 1] == tokens.starts[i]
    touches_after = i + 1 < len(tokens.starts) and tokens.ends[i] == tokens.starts[i + 1]
    return 2 * touches_before + touches_after


def _describe_runs(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> list[list[Value]]:
    """Return columns of the first and last other word of a token's run, and where in it it stands.

    A run is of capitals with only spaces between.
    """
    firsts, lasts, places = [], [], []
    for stretch in stretches:
        for start, end in _find_runs(tokens, *stretch):
            others = end - start - 1
            if not others:  # as of most
                firsts.append("")
                lasts.append("")
                places.append("00")
                continue
            firsts += ["", *[tokens.surfaces[start].lower()] * others]
            lasts += [*[tokens.surfaces[end - 1].lower()] * others, ""]
            places += [f"{min(k, 3)}{min(others - k, 3)}" for k in range(others + 1)]
    return [firsts, lasts, places]


def _find_runs(tokens: Tokens, first: int, end: int) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first + 1, end):
        if (
            tokens.classes[i] != CAPITAL
            or tokens.classes[i - 1] != CAPITAL
            or tokens.ends[i - 1] + 1 != tokens.starts[i]
        ):
            yield start, i
            start = i
    yield start, end


def _count_uses(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> dict[str, Row]:
    """Return how the text uses each word with a capital, in bands.

    In lower case too; how often at all, behind a preposition, before a comma and a state,
    inside and at the start of longer runs of capitals, and inside a sentence.
    """
    surfaces, classes, seen = tokens.surfaces, tokens.classes, set(tokens.surfaces)
    counts: dict[str, list[int]] = {}
    for first, end in stretches:
        for i in range(first, end):
            if classes[i] != CAPITAL:
                continue
            count = counts.setdefault(surfaces[i], [0, 0, 0, 0, 0, 0])
            before = surfaces[i - 1] if i else ""
            count[0] += 1
            count[1] += before.lower() in _PREPOSITIONS
            count[2] += (
                i + 2 < len(surfaces)
                and surfaces[i + 1] == ","
                and surfaces[i + 2] in words.STATES_BEHIND_COMMAS
            )
            count[3] += i > first and classes[i - 1] == CAPITAL
            count[4] += i + 1 < end and classes[i + 1] == CAPITAL
            count[5] += i > 0 and before not in _SENTENCE_STARTS
    return {
        surface: (surface.lower() in seen, *[_BANDS[min(n, 4)] for n in count])
        for surface, count in counts.items()
    }


# None, one, two or three, more.
_BANDS = (0, 1, 2, 2, 3)


@lru_cache(maxsize=50_000)
def shape_of(surface: str) -> str:
    """Return how a word is written: in capitals, in lower case, with digits."""
    if surface.isupper():
        return "X" * min(len(surface), 4)
    if surface[0].isupper() and surface[1:].islower():
        return "Xx" if len(surface) <= 3 else "Xxx"
    if surface.islower():
        return "x"
    if surface[:1].isdigit():
        return f"d{min(len(surface), 5)}" if surface.isdigit() else "dx"
    if surface[:1].isupper():
        return "XxX"
    return surface if len(surface) == 1 else "other"


def expand(field: str, value: Value) -> list[str]:
    """Return the names of the features that a field's value stands for."""
    return _EXPAND.get(field, _whole_feature)(field, value)


def _whole_feature(field: str, value: Value) -> list[str]:
    return [f"{field}={value}"]


def _fact_features(field: str, facts: str) -> list[str]:
    return [f"{field}={fact}" for fact in facts.split()] or [f"{field}=no"]


def _match_features(field: str, sighting: Sighting) -> list[str]:
    place, facts, n_words = sighting
    length = [f"match_length={place}{n_words}"] if field == "match" else []
    known = [f"{field}={place}|{fact}" for fact in facts.split()]
    return [f"{field}={place}", *known, *length]


def _run_features(field: str, word: str) -> list[str]:
    lists = [f"{field}_list={name}" for name in _LISTS_OF.get(word, ())]
    return [f"{field}={word}", f"{field}_suffix={word[-3:]}", *lists]


def _word_features(_: str, surface: str) -> list[str]:
    lower = surface.lower()
    found = [f"word={lower}", f"shape={shape_of(surface)}"]
    if surface[0].isalpha():
        found.append(f"length={min(len(lower), 12)}")
        for n in (2, 3, 4):
            if len(lower) > n:
                found += [f"prefix={lower[:n]}", f"suffix={lower[-n:]}"]
    found += [f"list={name}" for name in _LISTS_OF.get(lower, ())]
    if "." in surface and len(surface) > 1:
        found.append("initials")
    return found


def _neighbour_features(field: str, surface: str) -> list[str]:
    lower = surface.lower()
    found = [f"{field}={lower}", f"{field}_shape={shape_of(surface) if surface else ''}"]
    if len(lower) > 3 and not field.endswith("2"):
        found.append(f"{field}_suffix={lower[-3:]}")
    return found + [f"{field}_list={name}" for name in _LISTS_OF.get(lower, ())]


def _text_features(_: str, uses: Row | None) -> list[str]:
    if uses is None:
        return ["text=none"]
    in_lower_case, count, prepositions, commas, inside, starting, within = uses
    return [
        f"lower={in_lower_case}",
        f"count={count}",
        f"prepositions={prepositions}",
        f"commas={commas}",
        f"inside={inside}",
        f"starting={starting}",
        f"within={within}",
        f"lower_prepositions_starting={in_lower_case}{prepositions}{starting}",
        f"commas_within={commas}{within}",
    ]


_EXPAND: dict[str, Callable[[str, Any], list[str]]] = {
    "word": _word_features,
    "known": _fact_features,
    "text": _text_features,
    **dict.fromkeys(("before", "after", "before2"), _neighbour_features),
    **dict.fromkeys(("match", "match_before", "match_after"), _match_features),
    **dict.fromkeys(("run_first", "run_last"), _run_features),
}
