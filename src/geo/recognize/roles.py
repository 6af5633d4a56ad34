"""Literal or associative: does something happen there, or does the name stand for who acts?"""

import re
from collections.abc import Callable, Sequence

from geo.gazetteer.names import HYPHENS, Token, normalize
from geo.recognize import words
from geo.recognize.matcher import Match
from geo.records import ASSOCIATIVE, LITERAL

_SENTENCE_END = re.compile(r"[.!?:;”\"]|\n\s*\n")
_CLAUSE_END = re.compile(rf"{_SENTENCE_END.pattern}|[,()]")
# Behind "DONETSK, Ukraine" at the start of a line: it is where the report was written.
_DATELINE_END = re.compile(r"(?:,[^\n]{1,25}?)?\s*?(?:\(|—|–|--| - |\.\s)")
_LIST_GAP = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?|,\s+(?:the\s+)?", re.IGNORECASE)
# A bare apostrophe may end a quotation: it owns only behind an s.
_OWNS = re.compile(r"['’]s(?=\s)|(?<=s)['’](?=\s)")


def tell_roles(
    text: str, tokens: Sequence[Token], matches: Sequence[Match], is_state: Callable[[str], bool]
) -> list[str]:
    """Return a role for each match; the members of a list ("A, B and C") share one."""
    roles: list[str] = []
    for group in _lists(text, matches):
        context = _Context(text, tokens, group[0], group[-1])
        names = [text[match.start : match.end] for match in group]
        acts = any(is_state(name) or normalize(name) in words.CAPITALS for name in names)
        is_dateline = _is_dateline(text, group)
        roles += [LITERAL if is_dateline else _role(context, acts=acts)] * len(group)
    return roles


def _lists(text: str, matches: Sequence[Match]) -> list[list[Match]]:
    groups: list[list[Match]] = []
    for match in matches:
        if groups and _LIST_GAP.fullmatch(text, groups[-1][-1].end, match.start):
            groups[-1].append(match)
        else:
            groups.append([match])
    return [part for group in groups for part in _parted(text, group)]


def _parted(text: str, group: list[Match]) -> list[list[Match]]:
    """Part two names with nothing but a comma between them: "In Donetsk, Kiev denied"."""
    is_pair = len(group) == 2 and text[group[0].end : group[1].start].strip() in (",", ", the")
    goes_on = re.compile(r",?\s+(?:and|or)\s").match(text, group[-1].end)
    return [[match] for match in group] if is_pair and not goes_on else [group]


def _is_dateline(text: str, group: list[Match]) -> bool:
    first, last = group[0], group[-1]
    line_start = text.rfind("\n", 0, first.start) + 1
    is_first = not text[line_start : first.start].strip()
    is_capital = text[first.start : first.end].isupper() and first.end - first.start > 3
    return is_first and is_capital and bool(_DATELINE_END.match(text, last.end))


class _Context:
    """The words on both sides of a name or a list of names, inside their sentence."""

    def __init__(self, text: str, tokens: Sequence[Token], first: Match, last: Match) -> None:
        self.before = _words_before(text, tokens, first)
        self.after = _words_after(text, tokens, last)
        # "US troops", "EU law": an abbreviation right before a noun describes it.
        self.is_adjective = (
            text[last.start : last.end].isupper()
            and bool(self.after)
            and self.after[0] not in words.FUNCTION_WORDS
            and text[last.end : last.end + 1].isspace()
        )
        self.owns = bool(_OWNS.match(text, last.end))
        self.prefix = self._joined(text, tokens, first.first - 1, first.start)
        self.suffix = self._joined(text, tokens, last.last + 1, last.end)

    @staticmethod
    def _joined(text: str, tokens: Sequence[Token], i: int, edge: int) -> str:
        """Return the word that a hyphen joins to the name at `edge`, in lower case, or ""."""
        if not 0 <= i < len(tokens):
            return ""
        start, end = sorted((edge, tokens[i].end if tokens[i].end <= edge else tokens[i].start))
        gap = text[start:end]
        return tokens[i].surface.casefold() if gap and gap in HYPHENS else ""


def _words_before(text: str, tokens: Sequence[Token], match: Match) -> list[str]:
    """Return up to four words before a match, the nearest first; none from another sentence."""
    found, edge = [], match.start
    for token in reversed(tokens[max(0, match.first - 4) : match.first]):
        if _SENTENCE_END.search(text, token.end, edge):
            break
        found.append(token.surface.casefold())
        edge = token.start
    return found


def _words_after(text: str, tokens: Sequence[Token], match: Match) -> list[str]:
    found, edge = [], match.end
    for token in tokens[match.last + 1 : match.last + 5]:
        if _CLAUSE_END.search(text, edge, token.start):
            break
        found.append(token.surface.casefold())
        edge = token.end
    return found


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
    around = [" ".join(context.after[:2]), " ".join(context.before[2:0:-1])]
    return ASSOCIATIVE if any(re.match(r"people['’]?s republic", text) for text in around) else ""


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
