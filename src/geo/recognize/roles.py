"""Literal or associative: does something happen there, or does the name stand for who acts?"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from geo.gazetteer.names import HYPHENS, normalize
from geo.morphology import is_cyrillic
from geo.recognize import slavic_words, words
from geo.recognize.slavic_roles import tell_slavic_role
from geo.records import ASSOCIATIVE, LITERAL

# Where a mention starts and ends in its text.
Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?:;”\"]|\n\s*\n")
_CLAUSE_END = re.compile(rf"{_SENTENCE_END.pattern}|[,()]")
# Behind "DONETSK, Ukraine" at the start of a line: it is where the report was written.
_DATELINE_END = re.compile(r"(?:,[^\n]{1,25}?)?\s*?(?:\(|—|–|--| - |\.\s)")
# "Москва. 4 августа."
_SLAVIC_DATELINE_END = re.compile(r"\.\s\d{1,2}\s")
_AND = f"(?:{'|'.join(sorted(words.CONJUNCTIONS | slavic_words.CONJUNCTIONS))})"
_LIST_GAP = re.compile(rf",?\s+{_AND}\s+(?:the\s+)?|,\s+(?:the\s+)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINED_BEFORE = re.compile(rf"([^\W_]+)[{HYPHENS}]$")
_JOINED_AFTER = re.compile(rf"[{HYPHENS}]([^\W_]+)")
_GOES_ON = re.compile(rf",?\s+{_AND}\s")
_PEOPLES = ("people's", "people’s", "peoples")
# How many characters around a name are read.
_REACH = 60
_LONGEST_INDENT = 40
# A bare apostrophe may end a quotation: it owns only behind an s.
_OWNS = re.compile(r"['’]s(?=\s)|(?<=s)['’](?=\s)")


def tell_roles(text: str, spans: Sequence[Span], is_state: Callable[[str], bool]) -> list[str]:
    """Return a role for each mention; the members of a list ("A, B and C") share one.

    `is_state` says whether a name is that of a country or a bloc, or in Cyrillic of a capital.
    """
    roles: list[str] = []
    for group in _lists(text, spans):
        roles += [_role_of_list(text, group, is_state)] * len(group)
    return roles


def _role_of_list(text: str, group: list[Span], is_state: Callable[[str], bool]) -> str:
    if _is_dateline(text, group):
        return LITERAL
    names = [text[start:end] for start, end in group]
    if is_cyrillic(names[0]):
        return tell_slavic_role(text, group, is_state)
    acts = any(is_state(name) or _is_capital(name) for name in names)
    return _role(_Context(text, group[0][0], group[-1]), acts=acts)


@lru_cache(maxsize=10_000)
def _is_capital(name: str) -> bool:
    return normalize(name) in words.CAPITALS


def _lists(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for span in spans:
        if groups and _LIST_GAP.fullmatch(text, groups[-1][-1][1], span[0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [part for group in groups for part in _parted(text, group)]


def _parted(text: str, group: list[Span]) -> list[list[Span]]:
    """Part two names with nothing but a comma between them: "In Donetsk, Kiev denied"."""
    is_pair = len(group) == 2 and text[group[0][1] : group[1][0]].strip() in (",", ", the")
    goes_on = _GOES_ON.match(text, group[-1][1])
    return [[span] for span in group] if is_pair and not goes_on else [group]


def _is_dateline(text: str, group: list[Span]) -> bool:
    (start, end), last_end = group[0], group[-1][1]
    indent = text[max(0, start - _LONGEST_INDENT) : start].rpartition("\n")
    is_first = not indent[2].strip() and (bool(indent[1]) or start < _LONGEST_INDENT)
    is_capital = text[start:end].isupper() and end - start > 3
    ends = _DATELINE_END if is_capital else _SLAVIC_DATELINE_END
    return is_first and bool(ends.match(text, last_end))


class _Context:
    """The words on both sides of a name or a list of names, inside their sentence."""

    def __init__(self, text: str, start: int, last: Span) -> None:
        before, after = text[max(0, start - _REACH) : start], text[last[1] : last[1] + _REACH]
        self.before = _words_before(before)
        self.after = _words_after(after)
        # "US troops", "EU law": an abbreviation right before a noun describes it.
        self.is_adjective = (
            text[last[0] : last[1]].isupper()
            and bool(self.after)
            and self.after[0] not in words.FUNCTION_WORDS
            and after[:1].isspace()
        )
        self.owns = bool(_OWNS.match(text, last[1]))
        # Most names are joined to nothing, which is quickly seen.
        self.prefix = _joined(_JOINED_BEFORE.search(before)) if before[-1:] in HYPHENS else ""
        self.suffix = _joined(_JOINED_AFTER.match(after)) if after[:1] in HYPHENS else ""


def _joined(match: re.Match[str] | None) -> str:
    return match[1].casefold() if match else ""


def _words_before(before: str) -> list[str]:
    """Return up to four words that end a text, the last first; none from another sentence."""
    sentence = _SENTENCE_END.split(before)[-1]
    return [word.casefold() for word in _WORD.findall(sentence)[:-5:-1]]


def _words_after(after: str) -> list[str]:
    """Return up to four words that begin a text, none from another clause."""
    found = _WORD.findall(_CLAUSE_END.split(after, maxsplit=1)[0])
    while found and found[0] in ("s", "S") and after[0] in "'’":
        del found[0]
    return [word.casefold() for word in found[:4]]


def _role(context: _Context, *, acts: bool) -> str:
    """Apply the rules from the surest to the default. `acts`: a country, a bloc or a capital."""
    before = [word for word in context.before if word not in words.DETERMINERS]
    for rule in (_by_joined_word, _by_republic, _by_possession, _by_following_noun):
        role = rule(context)
        if role:
            return role
    if context.before and context.before[0] in words.DIRECTIONS:
        return LITERAL
    return (
        _by_preceding_word(before, acts=acts)
        or _by_following_verb(context.after, acts=acts)
        or (ASSOCIATIVE if acts and not before else LITERAL)
    )


def _by_joined_word(context: _Context) -> str:
    """Judge by a joined word, as in "pro-Moscow" and "Kiev-backed"."""
    joined = context.prefix in words.STATE_PREFIXES or context.suffix in words.STATE_SUFFIXES
    return ASSOCIATIVE if joined else ""


def _by_republic(context: _Context) -> str:
    """Judge by a republic, as in "People's Republic of Lugansk": it acts."""
    around = (context.after[:2], context.before[2:0:-1])
    is_said = any(some[1:] == ["republic"] and some[0] in _PEOPLES for some in around)
    return ASSOCIATIVE if is_said else ""


def _by_possession(context: _Context) -> str:
    """Judge by what is owned: "Ukraine's army" acts, "Ukraine's east" lies there."""
    if not context.owns:
        return ""
    owned = context.after[:3]
    if any(word in words.STATE_ACTORS for word in owned[1:]):
        return ASSOCIATIVE
    return LITERAL if any(word in words.LAND_NOUNS for word in owned) else ASSOCIATIVE


def _by_following_noun(context: _Context) -> str:
    """Judge by the noun that the name describes, as in "Kiev troops" and "US diplomats"."""
    if context.is_adjective:
        return ASSOCIATIVE
    follows = context.after[:1] and context.after[0] in words.STATE_ACTORS
    return ASSOCIATIVE if follows and not context.suffix else ""


def _by_preceding_word(before: list[str], *, acts: bool) -> str:
    """Judge by the words before: "in Kiev", "the government of Ukraine", "accused Kiev"."""
    if not before:
        return ""
    if _is_dealt_with(before, acts=acts):
        return ASSOCIATIVE
    return LITERAL if before[0] in words.LOCATIVES or before[0] == "of" else ""


def _is_dealt_with(before: list[str], *, acts: bool) -> bool:
    word, next_word, nearby = before[0], set(before[1:2]), set(before[1:3])
    return bool(
        (word == "from" and next_word & words.PEOPLE)
        or (word == "of" and nearby & words.STATE_NOUNS)
        or (word == "to" and nearby & words.APPEALS)
        or (acts and word in words.RELATION_PREPOSITIONS and next_word & words.RELATIONS)
        or (acts and word in words.OBJECT_VERBS)
    )


def _by_following_verb(after: list[str], *, acts: bool) -> str:
    """Judge by the verb behind: "Donetsk has refused", "Kiev is fighting"."""
    is_helped = bool(set(after[:1]) & words.AUXILIARIES)
    verb = set(after[1:2] if is_helped else after[:1])
    return ASSOCIATIVE if verb & words.STATE_VERBS or (acts and is_helped) else ""
