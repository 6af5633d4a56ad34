"""Literal or associative in Russian and Ukrainian text: case and the words around decide."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile

from geo.morphology import cases_of, classes_of, lemmas_of
from geo.recognize import slavic_words as words
from geo.records import ASSOCIATIVE, LITERAL

_CLAUSE_END = re.compile(r"[.!?:;,()»”\"«“—–]|\n\s*\n")
_PAUSE = re.compile(r"(?: [—–-]|,) (?=[^\W\dA-ZА-ЯІЇЄҐ])")
_ROUTE = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'ʼ-]+ ?[—–-] ?\Z")
_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
# "в г. Киеве" is "в Киеве".
_ABBREVIATED = re.compile(r"\b(г|гг|с|м|п|пос|пгт|смт|ст|ул|вул|обл|ім|им|р|о|св)\.(?=\s)")
_REACH = 90
_MOST_WORDS = 5
_LONGEST_ABBREVIATION = 3
_NOMINATIVE, _GENITIVE, _DATIVE, _ACCUSATIVE, _INSTRUMENTAL, _LOCATIVE = _CASES = (
    "nomn",
    "gent",
    "datv",
    "accs",
    "ablt",
    "loct",
)
# How names end that no dictionary has.
_ENDINGS = (
    (re.compile(r".*(?:ой|ою|ей|ею|єю|ом|ем|єм|ым|им|ами|ями)"), {_INSTRUMENTAL}),
    (re.compile(r".*[ую]"), {_DATIVE, _ACCUSATIVE, _LOCATIVE}),
    (re.compile(r".*(?:ах|ях)"), {_LOCATIVE}),
)
_PLURAL_VERB = re.compile(r".*(?:ли|ют|ут|ат|ят|ють|уть|ать|ять)(?:ся|сь)?")
_SINGULAR = re.compile(r".*[^ыиі]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name or a list of names, with the words of its clause on both sides."""

    surface: str
    before: list[str]
    after: list[str]
    cases: frozenset[str]
    is_actor: bool
    is_list: bool
    # Whether it is where a route leads to: "Москва — Киев".
    ends_route: bool
    # Whether a dash or a comma stands behind it, and then a word in lower case.
    has_pause: bool


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
        cases=_cases(names[0]).intersection(*map(_cases, names)),
        is_actor=any(map(acts, names)),
        is_list=len(group) > 1,
        ends_route=bool(_ROUTE.search(text, max(0, start - _REACH), start)),
        has_pause=bool(_PAUSE.match(text, last_end)),
    )
    rules = (
        _by_name, _by_preposition, _by_noun_before, _by_verb_before, _by_verb_behind, _by_pause
    )  # fmt: skip
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


def _cases(name: str) -> frozenset[str]:
    """Return the cases that a name may be in."""
    if name.isupper():
        return frozenset(_CASES)
    last = name.rsplit(maxsplit=1)[-1]
    guessed = (cases for ending, cases in _ENDINGS if ending.fullmatch(last))
    return cases_of(last) or frozenset(next(guessed, _CASES))


@lru_cache(maxsize=20_000)
def _is(word: str, part_of_speech: str) -> bool:
    """Say whether a word may be a part of speech; guesses count only if no dictionary has it."""
    classes = classes_of(word)
    known = {name for name in classes if not name.startswith("?")} - {"unknown"}
    return part_of_speech in known or (not known and f"?{part_of_speech}" in classes)


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

    is_with = word in ("с", "со", "з", "зі", "із") and _INSTRUMENTAL in name.cases
    if word in ("между", "між") or is_with:
        return LITERAL if is_around(words.BORDERS) else ASSOCIATIVE
    is_for = word in words.AGAINST or (word == "за" and _ACCUSATIVE in name.cases)
    starts = not around or _is(around[0], "CONJ")
    has = word == "у" and starts and _LOCATIVE not in name.cases  # «у России есть»
    speaks = word in ("в", "во", "у") and _speaks_in(name, around)
    appeals = word in ("к", "ко", "до", "от", "від", "на") and is_around(words.APPEALS)
    return ASSOCIATIVE if is_for or has or speaks or appeals else LITERAL


def _speaks_in(name: _Name, before: list[str]) -> bool:
    """Say whether nobody but the place itself speaks: «в Москве опровергли»."""
    starts = not before or _is(before[0], "CONJ") or _is(before[0], "ADVB")
    around = before[:1] + (name.after if starts else [])
    verb = next(filter(_is_verb, around), "")
    return bool(_PLURAL_VERB.fullmatch(verb)) and _is_among(verb, words.SPEECH)


def _by_noun_before(name: _Name) -> str:
    """Judge by what the name belongs to: «министр обороны РФ», «восток Украины»."""
    chain = list(takewhile(_is_nominal, name.before[:4]))
    if not chain or not (_is(chain[0], "NOUN") or _stands_for_state(chain[0])):
        return ""
    if any(_stands_for_state(word) for word in chain):
        return ASSOCIATIVE
    if name.is_actor and _GENITIVE in name.cases and _is_among(chain[0], words.ACTIONS):
        return ASSOCIATIVE
    # "Больница Киева сгорела": no verb behind is the name's.
    is_owner = _NOMINATIVE not in name.cases
    return LITERAL if is_owner or _is_among(chain[0], words.LANDS) else ""


def _is_nominal(word: str) -> bool:
    is_noun = any(_is(word, one) for one in ("NOUN", "ADJF", "PRTF")) or _stands_for_state(word)
    return is_noun and not _is(word, "PREP") and word not in words.LOCATIVES


def _stands_for_state(word: str) -> bool:
    return (
        word in words.AUTHORITIES | words.AUTHORITIES_IN_HEADLINES
        or _is_among(word, words.ACTORS)
        or word.startswith(words.MINISTRIES)
    )


def _by_verb_before(name: _Name) -> str:
    """Judge by the verb before: «голосовали Россия и Китай», «обвинил Киев», «передал Киеву»."""
    if not name.before or not name.is_actor:
        return ""
    number = next((n for n, word in enumerate(name.before[:2]) if _is_verb(word)), -1)
    if number < 0:
        return ASSOCIATIVE if _is_predicate(name.before[0], name.cases) else ""
    verb, subjects = name.before[number], name.before[number + 1 :]
    if _is_among(verb, words.SAYS | words.GOVERNS) or name.cases == {_NOMINATIVE}:
        return ASSOCIATIVE
    if _is_among(verb, words.LAND_VERBS):
        return ""
    is_given = _DATIVE in name.cases and _ACCUSATIVE not in name.cases
    is_subject = _NOMINATIVE in name.cases and not any(map(_may_be_subject, subjects))
    return ASSOCIATIVE if is_given or is_subject else ""


def _is_predicate(word: str, cases: frozenset[str]) -> bool:
    """Say whether a name acts through a word before it: «виноват Киев», «занятый Россией»."""
    is_by = any(_is(word, one) for one in ("PRTF", "PRTS")) and cases == {_INSTRUMENTAL}
    return is_by or (_is(word, "ADJS") and _NOMINATIVE in cases)


def _may_be_subject(word: str) -> bool:
    return _is(word, "NOUN") or _is_among(word, words.RELATIVES)


def _is_verb(word: str) -> bool:
    return (_is(word, "VERB") or _is(word, "INFN") or _is(word, "GRND")) and not _is(word, "NOUN")


def _by_verb_behind(name: _Name) -> str:
    """Judge by the verb behind, if the name may be its subject: «Киев заявил»."""
    if _NOMINATIVE not in name.cases or name.ends_route:
        return ""
    rest = [word for word in name.after if word.lower() not in words.PARTICLES]
    verb = next((word for word in rest if _is(word, "VERB") or _is(word, "PRTS")), "")
    if verb:
        if _is_among(verb, words.HAPPENS) or _is_suffered(verb, name):
            return LITERAL
        may_be_object = _ACCUSATIVE in name.cases and not name.is_list
        is_plural = _PLURAL_VERB.fullmatch(verb) and _SINGULAR.fullmatch(name.surface)
        is_done_to_land = _is_among(verb, words.LAND_VERBS)
        if may_be_object and (is_plural or is_done_to_land) and not name.surface.isupper():
            return ""  # «Киев обстреляли»
        if name.is_actor or _is_among(verb, words.SAYS):
            return ASSOCIATIVE
    starts = not name.before or _is(name.before[0], "CONJ")
    return ASSOCIATIVE if name.is_actor and starts and rest else ""


def _is_suffered(verb: str, name: _Name) -> bool:
    """Say whether a verb tells what is done to a place: «атакована», «засыпало»."""
    is_impersonal = verb.endswith("ло") and not name.surface.endswith(("о", "е"))
    return _is(verb, "PRTS") or (is_impersonal and not name.surface.isupper())


def _by_pause(name: _Name) -> str:
    """Judge a name with its verb far behind, or without one: «Минск — против»."""
    starts = not name.before or _is(name.before[0], "CONJ")
    is_subject = _NOMINATIVE in name.cases and name.has_pause and starts
    return ASSOCIATIVE if name.is_actor and is_subject else ""
