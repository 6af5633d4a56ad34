"""Literal or associative: does something happen there, or does the name stand for who acts?"""

import re
from collections.abc import Callable, Sequence

from geo.gazetteer.names import HYPHENS, Token, normalize
from geo.recognize import words
from geo.recognize.matcher import Match
from geo.records import ASSOCIATIVE, LITERAL

_SENTENCE_END = re.compile(r"[.!?:;”\"]|\n\s*\n")
_CLAUSE_END = re.compile(rf"{_SENTENCE_END.pattern}|,")
_LIST_GAP = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?|,\s+(?:the\s+)?", re.IGNORECASE)
_OWNS = re.compile(r"['’]s?(?=\s)")


def tell_roles(
    text: str, tokens: Sequence[Token], matches: Sequence[Match], is_state: Callable[[str], bool]
) -> list[str]:
    """Return a role for each match; the members of a list ("A, B and C") share one."""
    roles: list[str] = []
    for group in _lists(text, matches):
        context = _Context(text, tokens, group[0], group[-1])
        names = [text[match.start : match.end] for match in group]
        acts = any(is_state(name) or normalize(name) in words.CAPITALS for name in names)
        is_seat = any(normalize(name) in words.SEATS for name in names)
        role = _role(context, acts=acts, is_seat=is_seat)
        roles += [role] * len(group)
    return roles


def _lists(text: str, matches: Sequence[Match]) -> list[list[Match]]:
    groups: list[list[Match]] = []
    for match in matches:
        if groups and _LIST_GAP.fullmatch(text, groups[-1][-1].end, match.start):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


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


def _role(context: _Context, *, acts: bool, is_seat: bool) -> str:
    """Apply the rules from the surest to the default. `acts`: a country, a bloc or a capital."""
    before = [word for word in context.before if word not in words.DETERMINERS]
    for rule in (_by_joined_word, _by_republic, _by_possession, _by_following_noun):
        role = rule(context)
        if role:
            return role
    if context.before and context.before[0] in words.DIRECTIONS:
        return LITERAL
    role = _by_preceding_word(before, acts=acts)
    if role and not (is_seat and role == LITERAL and before[0] not in ("in", "inside", "outside")):
        return role
    if is_seat:
        return ASSOCIATIVE
    return _by_following_verb(context.after, acts=acts) or (
        ASSOCIATIVE if acts and not before else LITERAL
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
    """Judge by the words before: "in Kiev", "of the government of Ukraine", "accused Kiev"."""
    if not before:
        return ""
    if before[0] == "from" and before[1:2] and before[1] in words.PEOPLE:
        return ASSOCIATIVE
    if before[0] == "of":
        return ASSOCIATIVE if set(before[1:3]) & words.STATE_NOUNS else LITERAL
    if before[0] in words.OBJECT_VERBS:
        return ASSOCIATIVE if acts else ""
    if before[0] == "to" and set(before[1:3]) & {"appealed", "loyal", "appeal", "said", "told"}:
        return ASSOCIATIVE
    return LITERAL if before[0] in words.LOCATIVES else ""


def _by_following_verb(after: list[str], *, acts: bool) -> str:
    """Judge by the verb behind: "Donetsk has refused", "Kiev is fighting"."""
    is_helped = bool(set(after[:1]) & words.AUXILIARIES)
    verb = set(after[1:2] if is_helped else after[:1])
    return ASSOCIATIVE if verb & words.STATE_VERBS or (acts and is_helped) else ""
