"""What the recogniser sees of each token: itself, its neighbours, the gazetteer, the whole text.

A token has one value in each field of `FIELDS`. `expand` turns a value into the names of features
that have weights; it is asked once for each different value, so it may be slow.
"""

from collections.abc import Sequence
from typing import Any

from geo.recognize import words
from geo.recognize.lexicon import Lexicon, Sighting
from geo.recognize.tokens import CAPITAL, Tokens, find_stretches, token_class

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


def describe(tokens: Tokens, lexicon: Lexicon) -> list[tuple[int, list[Row]]]:
    """Return the first token and the rows of each stretch of a text; a row holds `FIELDS`."""
    stretches = list(find_stretches(tokens))
    uses = _count_uses(tokens, stretches)
    return [
        (first, _describe_stretch(tokens, first, end, lexicon, uses)) for first, end in stretches
    ]


def _describe_stretch(
    tokens: Tokens, first: int, end: int, lexicon: Lexicon, uses: dict[str, Row]
) -> list[Row]:
    sightings = [NO_SIGHTING, *lexicon.sight(tokens, first, end), NO_SIGHTING]
    facts = [(), *map(lexicon.facts_of_word, tokens.surfaces[first:end]), (), ()]
    around = _surfaces_around(tokens, first, end)
    runs = _find_runs(tokens, first, end)
    n_tokens = len(tokens.starts)
    rows = []
    for k in range(end - first):
        i = first + k
        before2, before, surface, after, after2 = around[k : k + 5]
        match_before, match, match_after = sightings[k : k + 3]
        known, one = facts[k + 1], facts[k + 1][:1]
        rows.append(
            (
                surface,
                before,
                after,
                before2,
                after2,
                known,
                match,
                match_before[:2],
                match_after[:2],
                uses.get(surface),
                (before in _SENTENCE_STARTS, _shape(surface)),
                (
                    i > 0 and tokens.ends[i - 1] == tokens.starts[i],
                    i + 1 < n_tokens and tokens.ends[i] == tokens.starts[i + 1],
                ),
                (before.lower(), match[0], one),
                (after.lower(), match[0], one),
                (match[0], match[1][:1], facts[k + 2][:1], facts[k][:1]),
                *_place_in_run(tokens, i, *runs[k]),
                (
                    after == "," and facts[k + 3][:1],
                    before == "," and k > 1 and facts[k - 1][:1],
                    match[0],
                ),
            )
        )
    return rows


def _surfaces_around(tokens: Tokens, first: int, end: int) -> list[str]:
    """Return the tokens of a stretch with two more on each side; a line's end hides the next."""
    surfaces = ["", "", *tokens.surfaces[max(0, first - 2) : end + 2], "", ""]
    around = surfaces[min(first, 2) : min(first, 2) + end - first + 4]
    if first and tokens.breaks_before(first):
        around[1] = _LINE_END
    if end < len(tokens.surfaces) and tokens.breaks_before(end):
        around[-2] = _LINE_END
    return around


def _find_runs(tokens: Tokens, first: int, end: int) -> list[tuple[int, int]]:
    """Return, for each token, the run of capitals with only spaces between that it stands in."""
    runs, start = [], first
    for i in range(first + 1, end + 1):
        if (
            i == end
            or token_class(tokens.surfaces[i]) != CAPITAL
            or token_class(tokens.surfaces[i - 1]) != CAPITAL
            or tokens.ends[i - 1] + 1 != tokens.starts[i]
        ):
            runs += [(start, i)] * (i - start)
            start = i
    return runs


def _place_in_run(tokens: Tokens, i: int, start: int, end: int) -> Row:
    """Return the first and last other word of a run, and where in it a token stands."""
    surfaces = tokens.surfaces
    return (
        surfaces[start].lower() if start < i else "",
        surfaces[end - 1].lower() if end - 1 > i else "",
        (min(i - start, 3), min(end - 1 - i, 3)),
    )


NO_SIGHTING: Sighting = ("O", (), 0)


def _count_uses(tokens: Tokens, stretches: Sequence[tuple[int, int]]) -> dict[str, Row]:
    """Return how the text uses each word with a capital, in bands.

    In lower case too; how often at all, behind a preposition, before a comma and another capital,
    inside and at the start of longer runs of capitals, and inside a sentence.
    """
    surfaces, seen = tokens.surfaces, set(tokens.surfaces)
    counts: dict[str, list[int]] = {}
    for first, end in stretches:
        for i in range(first, end):
            surface = surfaces[i]
            if token_class(surface) != CAPITAL:
                continue
            count = counts.setdefault(surface, [0, 0, 0, 0, 0, 0])
            before = surfaces[i - 1] if i else ""
            count[0] += 1
            count[1] += before.lower() in _PREPOSITIONS
            count[2] += (
                i + 2 < len(surfaces)
                and surfaces[i + 1] == ","
                and surfaces[i + 2] in words.STATES_BEHIND_COMMAS
            )
            count[3] += i > first and token_class(before) == CAPITAL
            count[4] += i + 1 < end and token_class(surfaces[i + 1]) == CAPITAL
            count[5] += i > 0 and before not in _SENTENCE_STARTS
    return {
        surface: (surface.lower() in seen, *map(_band, count)) for surface, count in counts.items()
    }


def _band(count: int) -> int:
    return 0 if not count else 1 if count < 2 else 2 if count < 4 else 3


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
    if field == "word":
        return _word_features(value)
    if field == "known":
        return [f"known={fact}" for fact in value] or ["known=no"]
    if field == "text":
        return _text_features(value)
    if field in ("before", "after", "before2", "after2"):
        return _neighbour_features(field, value)
    return _other_features(field, value)


def _other_features(field: str, value: Value) -> list[str]:
    if field in ("match", "match_before", "match_after"):
        place, facts = value[0], value[1]
        length = [f"match_length={place}{value[2]}"] if field == "match" else []
        return [f"{field}={place}", *(f"{field}={place}|{fact}" for fact in facts), *length]
    if field in ("run_first", "run_last"):
        lists = (f"{field}_list={name}" for name in _LISTS_OF.get(value, ()))
        return [f"{field}={value}", f"{field}_suffix={value[-3:]}", *lists]
    return [f"{field}={value}"]


def _word_features(surface: str) -> list[str]:
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


def _text_features(uses: Row | None) -> list[str]:
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
