"""What the recogniser sees of each token: itself, its neighbours, the gazetteer, the whole text.

A token has one value in each field of `FIELDS`. `expand` turns a value into the names of features
that have weights; it is asked once for each different value, so it may be slow.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.recognize import words
from geo.recognize.lexicon import NO_SIGHTING, Lexicon, Sighting
from geo.recognize.tokens import CAPITAL, Tokens, find_stretches

FIELDS = (
    "word",
    "before",
    "after",
    "before2",
    "after2",
    "known",
    "match",
    "match_before",
    "match_after",
    "text",
    "start",
    "glued",
    "word_before_match",
    "word_after_match",
    "matches",
    "run_first",
    "run_last",
    "run_place",
    "beyond_comma",
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
_PREPOSITIONS = frozenset(
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
_MOST_MATCHED = 4

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


def describe(tokens: Tokens, lexicon: Lexicon) -> Described:
    """Describe the tokens of a text that may be part of names."""
    stretches = list(find_stretches(tokens))
    numbers = [i for first, end in stretches for i in range(first, end)]
    stretch_of = [first for first, end in stretches for _ in range(first, end)]
    before2, before, words, after, after2 = _surfaces_around(tokens, stretches)
    facts = list(map(lexicon.facts_of_word, words))
    kinds = list(map(_first, facts))
    sightings = [one for first, end in stretches for one in lexicon.sight(tokens, first, end)]
    places = [place for place, _, _ in sightings]

    def shifted(values: list[Value], by: int, missing: Value) -> list[Value]:
        return _shifted(values, stretch_of, by, missing)

    columns: list[list[Value]] = [
        words,
        before,
        after,
        before2,
        after2,
        facts,
        sightings,
        shifted(sightings, -1, NO_SIGHTING),
        shifted(sightings, 1, NO_SIGHTING),
        list(map(_count_uses(tokens, stretches).get, words)),
        _zipped(map(_SENTENCE_STARTS.__contains__, before), map(_shape, words)),
        _zipped(
            [i > 0 and _is_glued(tokens, i) for i in numbers],
            [i + 1 < len(tokens.starts) and _is_glued(tokens, i + 1) for i in numbers],
        ),
        _zipped(map(str.lower, before), places, kinds),
        _zipped(map(str.lower, after), places, kinds),
        _zipped(
            places,
            [_first(known) for _, known, _ in sightings],
            shifted(kinds, 1, ""),
            shifted(kinds, -1, ""),
        ),
        *_describe_runs(tokens, stretches),
        _zipped(
            _if_comma(after, shifted(kinds, 2, "")),
            _if_comma(before, shifted(kinds, -2, "")),
            places,
        ),
    ]
    return Described(stretches, columns)


def _zipped(*columns: Iterable[Value]) -> list[Value]:
    return list(zip(*columns, strict=True))


def _shifted(values: list[Value], stretch_of: list[int], by: int, missing: Value) -> list[Value]:
    """Return, for each token, the value of that `by` further on in its stretch."""
    filler = [missing] * min(abs(by), len(values))
    if by > 0:
        moved, moved_stretches = values[by:] + filler, stretch_of[by:] + filler
    else:
        moved, moved_stretches = filler + values[:by], filler + stretch_of[:by]
    return [
        value if one == other else missing
        for value, one, other in zip(moved, stretch_of, moved_stretches, strict=True)
    ]


def _first(facts: str) -> str:
    return facts.partition(" ")[0]


def _if_comma(signs: list[str], kinds: list[Value]) -> list[Value]:
    return [kind if sign == "," else None for sign, kind in zip(signs, kinds, strict=True)]


def _is_glued(tokens: Tokens, i: int) -> bool:
    return tokens.ends[i - 1] == tokens.starts[i]


def _surfaces_around(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> tuple[list[str], ...]:
    """Return the tokens two and one before those of stretches, they, and one and two behind.

    A line's end before or behind a stretch hides the token beyond it.
    """
    columns: tuple[list[str], ...] = ([], [], [], [], [])
    padded = ["", "", *tokens.surfaces, "", ""]
    for first, end in stretches:
        around = padded[first : end + 4]
        if first and tokens.breaks_before(first):
            around[1] = _LINE_END
        if end < len(tokens.surfaces) and tokens.breaks_before(end):
            around[-2] = _LINE_END
        for shift, column in enumerate(columns):
            column.extend(around[shift : shift + end - first])
    return columns


def _describe_runs(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> list[list[Value]]:
    """Return columns of the first and last other word of a token's run, and where in it it stands.

    A run is of capitals with only spaces between.
    """
    firsts, lasts, places = [], [], []
    for stretch in stretches:
        for start, end in _find_runs(tokens, *stretch):
            first = tokens.surfaces[start].lower()
            last = tokens.surfaces[end - 1].lower()
            n = end - start
            firsts += ["", *[first] * (n - 1)]
            lasts += [*[last] * (n - 1), ""]
            places += [(min(k, 3), min(n - 1 - k, 3)) for k in range(n)]
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

    In lower case too; how often at all, behind a preposition, before a comma and another capital,
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
        surface: (surface.lower() in seen, *map(_band, count)) for surface, count in counts.items()
    }


def _band(count: int) -> int:
    return 0 if not count else 1 if count < 2 else 2 if count < 4 else 3


@lru_cache(maxsize=50_000)
def _shape(surface: str) -> str:
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


def _whole_feature(field: str, value: Row) -> list[str]:
    return [f"{field}={'|'.join(map(str, value))}"]


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
    found = [f"word={lower}", f"shape={_shape(surface)}"]
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
    found = [f"{field}={lower}", f"{field}_shape={_shape(surface) if surface else ''}"]
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
    **dict.fromkeys(("before", "after", "before2", "after2"), _neighbour_features),
    **dict.fromkeys(("match", "match_before", "match_after"), _match_features),
    **dict.fromkeys(("run_first", "run_last"), _run_features),
}
