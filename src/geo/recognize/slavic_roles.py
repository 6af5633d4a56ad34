"""Literal or associative in Russian and Ukrainian text: case and the words around decide."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile

from geo.morphology import classes_of, lemmas_of
from geo.recognize import slavic_words as words
from geo.records import ASSOCIATIVE, LITERAL

_CLAUSE_END = re.compile(r"[.!?:;,()»”\"«“—–]|\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
_RUSSIAN = re.compile("[ыэъ]")
# "в г. Киеве" is "в Киеве".
_ABBREVIATED = re.compile(r"\b(г|гг|с|м|п|пос|пгт|смт|ст|ул|вул|обл|ім|им|р|о|св)\.(?=\s)")
_REACH = 90
# So many letters tell Russian from Ukrainian.
_NEAR = 300
_MOST_WORDS = 5
_LONGEST_ABBREVIATION = 3
# Cases of "Россией", "Москвою", "Киевом": what one talks with.
_INSTRUMENTAL = re.compile(r".*(?:ой|ою|ей|ею|єю|ом|ем|єм|ым|им|ами|ями|США|РФ|ЕС|ЄС|КНР|ФРГ|ФРН)")
_PLURAL_VERB = re.compile(r".*(?:ли|ют|ут|ат|ят|ть|ють|уть|ать|ять)(?:ся|сь)?")
_SINGULAR = re.compile(r".*[^ыиі]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name or a list of names, with the words of its clause on both sides."""

    surface: str
    before: list[str]
    after: list[str]
    is_actor: bool
    is_russian: bool
    is_list: bool


def tell_slavic_role(
    text: str, group: Sequence[tuple[int, int]], acts: Callable[[str], bool]
) -> str:
    """Return the role of a name, or of the members of a list ("А, Б и В"), which share one.

    `acts` says whether a name is that of a country, a bloc or a capital, which stand for their
    governments.
    """
    start, last_end = group[0][0], group[-1][1]
    names = [text[a:b] for a, b in group]
    name = _Name(
        surface=names[0],
        before=_words_before(
            text[max(0, start - _REACH) : start], is_headline=_is_headline(names[0])
        ),
        after=_words_after(text[last_end : last_end + _REACH]),
        is_actor=any(map(acts, names)),
        is_russian=bool(_RUSSIAN.search(text, max(0, start - _NEAR), last_end + _NEAR)),
        is_list=len(group) > 1,
    )
    rules = _by_name, _by_preposition, _by_noun_before, _by_verb_before, _by_verb_behind
    return next(filter(None, (rule(name) for rule in rules)), LITERAL)


def _is_headline(name: str) -> bool:
    return name.isupper() and len(name) > _LONGEST_ABBREVIATION


def _words_before(before: str, *, is_headline: bool) -> list[str]:
    """Return the words of the clause before a name, the last first, without place types."""
    before = _ABBREVIATED.sub(" ", before)
    found = _WORD.findall(_CLAUSE_END.split(before)[-1])[: -_MOST_WORDS - 3 : -1]
    while found and _is_among(found[0], words.TYPES):
        del found[0]
    return [
        word if word in words.AUTHORITIES and not is_headline else word.lower()
        for word in found[:_MOST_WORDS]
    ]


def _words_after(after: str) -> list[str]:
    return _WORD.findall(_CLAUSE_END.split(after, maxsplit=1)[0])[:3]


@lru_cache(maxsize=20_000)
def _is(word: str, part_of_speech: str) -> bool:
    return not classes_of(word).isdisjoint((part_of_speech, f"?{part_of_speech}"))


def _is_among(word: str, lemmas: frozenset[str]) -> bool:
    return word.lower() in lemmas or not lemmas.isdisjoint(lemmas_of(word))


def _describes(word: str) -> bool:
    """Say whether a word describes a name: "в оккупированном Донецке", "у самому Києві"."""
    is_adjective = any(_is(word, one) for one in ("ADJF", "PRTF", "NPRO", "ADVB"))
    return is_adjective and not any(_is(word, one) for one in ("NOUN", "PREP", "CONJ", "VERB"))


def _by_name(name: _Name) -> str:
    """Judge by the name alone: the Kremlin is hardly ever a fortress."""
    return ASSOCIATIVE if "кремль" in lemmas_of(name.surface) else ""


def _by_preposition(name: _Name) -> str:
    rest = list(dropwhile(_describes, name.before))
    if not rest or rest[0] not in words.LOCATIVES | words.TOWARDS:
        return ""
    word, around = rest[0], rest[1:4]
    if not name.is_actor:
        return LITERAL

    def is_around(lemmas: frozenset[str]) -> bool:
        return any(_is_among(one, lemmas) for one in around)

    is_with = word in ("с", "со", "з", "зі", "із") and _INSTRUMENTAL.fullmatch(name.surface)
    if word in ("между", "між") or is_with:
        return LITERAL if is_around(words.BORDERS) else ASSOCIATIVE
    is_for = word in words.AGAINST or (word == "за" and name.surface[-1] in "ую")
    has = word == "у" and name.is_russian and name.surface[-1] not in "еу"  # «у России есть»
    appeals = word in ("к", "ко", "до", "от", "від", "на") and is_around(words.APPEALS)
    return ASSOCIATIVE if is_for or has or appeals else LITERAL


def _by_noun_before(name: _Name) -> str:
    """Judge by what the name belongs to: «министр обороны РФ», «восток Украины»."""
    chain = list(takewhile(_is_nominal, name.before[:4]))
    if not chain or not (_is(chain[0], "NOUN") or chain[0] in words.AUTHORITIES):
        return ""
    if any(_stands_for_state(word) for word in chain):
        return ASSOCIATIVE
    return LITERAL if _is_among(chain[0], words.LANDS) else ""


def _is_nominal(word: str) -> bool:
    is_noun = any(_is(word, one) for one in ("NOUN", "ADJF", "PRTF")) or word in words.AUTHORITIES
    return is_noun and not _is(word, "PREP") and word not in words.LOCATIVES


def _stands_for_state(word: str) -> bool:
    return (
        word in words.AUTHORITIES
        or _is_among(word, words.ACTORS)
        or word.startswith(words.MINISTRIES)
    )


def _by_verb_before(name: _Name) -> str:
    """Judge by the verb before: «голосовали Россия и Китай», «обвинил Киев», «передал Киеву»."""
    if not name.before or not name.is_actor:
        return ""
    verb = next((word for word in name.before[:2] if _is_verb(word)), "")
    if verb and not _is_among(verb, words.LAND_VERBS):
        return ASSOCIATIVE
    return ""


def _is_verb(word: str) -> bool:
    return (_is(word, "VERB") or _is(word, "INFN") or _is(word, "GRND")) and not _is(word, "NOUN")


def _by_verb_behind(name: _Name) -> str:
    """Judge by the verb behind, if the name may be its subject: «Киев заявил»."""
    rest = [word for word in name.after if word.lower() not in words.PARTICLES]
    if rest and _is(rest[0], "VERB"):
        verb = rest[0]
        if _is_among(verb, words.HAPPENS):
            return LITERAL
        is_object = _PLURAL_VERB.fullmatch(verb) and _SINGULAR.fullmatch(name.surface)
        if is_object and not name.is_list and not name.surface.isupper():
            return ""  # «Киев обстреляли»
        if name.is_actor or _is_among(verb, words.SAYS):
            return ASSOCIATIVE
    starts = not name.before or _is(name.before[0], "CONJ")
    return ASSOCIATIVE if name.is_actor and starts and rest else ""
