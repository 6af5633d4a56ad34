"""The cases of Russian and Ukrainian names: "Луганск" is found in "под Луганском".

Forms are made by rules from the ending of a name, in normal form. Endings leave open which
declension a name follows ("Попасна" is an adjective, "Полтава" a noun), so all that may be right
are made; what is no word of any text does no harm in an index.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

# Forms of the genitive, dative, accusative, instrumental and locative; a name has few of each.
Forms = tuple[tuple[str, ...], ...]
_N_CASES = 5

_CYRILLIC = re.compile(r"[а-яіїєґ]+(?: [а-яіїєґ]+)*")
_ONLY_UKRAINIAN = re.compile("[іїєґ]")
_ONLY_RUSSIAN = re.compile("[ыэъ]|(?:ая|яя|ое|ее|ие)(?: |$)")
_VOWELS = "аеёиоуыэюяіїє"
_VELARS, _HUSHERS = "гкх", "жчшщ"
# What follows stays as it is: "Ростов-на-Дону", "Камінь-Каширський над Цир".
_PREPOSITIONS = frozenset(
    {"на", "над", "под", "при", "у", "в", "за", "до", "від", "од", "і", "и", "д"}
)
# Words that have one form: "Донецкой обл.", "на Запорожской АЭС".
_INDECLINABLE = frozenset(["обл", "аэс", "аес", "гэс", "гес", "тэс", "тес", "тэц", "тец"])
_SAME = "- - - - -"
_LONGEST = 5
_SHORTEST = 2
# Words of several names: "область".
_MOST_KEPT = 20_000


def inflect(key: str) -> set[str]:
    """Return the forms of a Cyrillic name in normal form, without itself.

    >>> sorted(inflect("сумы"))
    ['сум', 'сумам', 'сумами', 'сумах', 'сумов', 'сумь']
    """
    words = key.split()
    if not _CYRILLIC.fullmatch(key) or len(words) > _LONGEST or len(key) < _SHORTEST:
        return set()
    found: set[str] = set()
    for grammar, letters_of_other in ((_RUSSIAN, _ONLY_UKRAINIAN), (_UKRAINIAN, _ONLY_RUSSIAN)):
        if not letters_of_other.search(key):
            found.update(_phrases(words, grammar), _listed(words, grammar))
    return found - {key}


def is_inflectable(key: str) -> bool:
    """Say whether a name in normal form is written in Russian or Ukrainian letters alone."""
    return bool(_CYRILLIC.fullmatch(key))


@dataclass(frozen=True)
class _Grammar:
    """How a language declines; `plurals` are those of type words, in all six cases."""

    noun: Callable[[str], list[Forms]]
    adjective: Callable[[str], list[Forms]]
    plurals: Mapping[str, str]
    # Whatever ends so is an adjective.
    adjective_endings: tuple[str, ...]

    def leading(self, word: str) -> list[Forms]:
        """Return the forms of a word that describes the one behind it: "Ямало" has one."""
        same = [_cases(word, _SAME)] if word.endswith("о") else []
        return self.adjective(word) or same

    def is_adjective(self, word: str) -> bool:
        """Say whether a word can be nothing else."""
        return word.endswith(self.adjective_endings) and bool(self.adjective(word))

    def any(self, word: str) -> list[Forms]:
        """Return the forms of a word that may be a noun or an adjective."""
        if word in _INDECLINABLE:
            return [_cases(word, _SAME)]
        adjectives = self.adjective(word)
        return adjectives if self.is_adjective(word) else [*self.noun(word), *adjectives]


def _phrases(words: list[str], grammar: _Grammar) -> Iterator[str]:
    """Yield the forms of several words, in the ways in which they may belong together.

    Adjectives agree with the noun behind them, and what comes behind that stays as it is ("Ростов
    на Дону"), or agrees too ("Каменск Шахтинский"); or all but the last stays ("Нью Йорк").
    """
    if len(words) > 1 and not grammar.is_adjective(words[0]):
        yield from _last_declined(words, grammar)
    for head in range(len(words)):
        tail = words[head + 1 :]
        if head and words[head] in _PREPOSITIONS:
            break
        leading = [grammar.leading(word) for word in words[:head]]
        if all(leading):
            declined = [*leading, grammar.any(words[head])]
            if head and words[head - 1].endswith(_PLURAL_ADJECTIVES):
                declined[-1] += _russian_neuter_plural(words[head])
            if not tail or not grammar.is_adjective(words[head]):
                yield from _joined(declined, tail)
            agrees = len(tail) == 1 and not grammar.is_adjective(words[head])
            if agrees and tail[0] not in _PREPOSITIONS:
                yield from _joined([*declined, grammar.any(tail[0])], [])


def _last_declined(words: list[str], grammar: _Grammar) -> Iterator[str]:
    if not _PREPOSITIONS.intersection(words):
        for form in _joined([grammar.any(words[-1])], []):
            yield " ".join([*words[:-1], form])


def _listed(words: list[str], grammar: _Grammar) -> Iterator[str]:
    """Yield the forms before a type word that several names share: "Донецкой областях"."""
    for n in (1, 2):
        adjectives = [grammar.leading(word) for word in words[:-n]]
        plurals = grammar.plurals.get(" ".join(words[-n:]))
        if plurals and adjectives and all(adjectives):
            nominative, *others = plurals.split(",")
            yield " ".join([*words[:-n], nominative])
            yield from _joined([*adjectives, [tuple((form,) for form in others)]], [])


def _joined(declined: list[list[Forms]], tail: list[str]) -> Iterator[str]:
    for paradigms in product(*declined):
        for case in range(_N_CASES):
            for words in product(*(forms[case] for forms in paradigms)):
                yield " ".join([*words, *tail])


def _cases(stem: str, endings: str) -> Forms:
    """Return forms from endings, five cases with spaces between: "а у - ом,ем е" ("-": none)."""
    return tuple(
        tuple(stem + ending.replace("-", "") for ending in case.split(","))
        for case in endings.split()
    )


# ---- Russian ----


@lru_cache(maxsize=_MOST_KEPT)
def _russian_adjective(word: str) -> list[Forms]:
    for endings, cases in _RUSSIAN_ADJECTIVES:
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word.removesuffix(ending)
                y = "и" if stem[-1] in _VELARS + _HUSHERS or ending in _SOFT else "ы"
                return [_cases(stem, cases.replace("Y", y))]
    if word.endswith(("ов", "ев", "ин", "ын")):  # Сергиев Посад
        return [_cases(word, "а у - ым ом")]
    if word.endswith(("ова", "ева", "ина", "ына")):
        return [_cases(word[:-1], "ой ой у ой ой")]
    if word.endswith(("ово", "ево", "ино")):  # Баренцево море
        return [_cases(word[:-1], "а у о ым ом")]
    if word.endswith(("овы", "евы", "ины")):  # Карловы Вары
        return [_cases(word, "х м - ми х")]
    return []


_SOFT = ("ий", "ее", "яя")
_RUSSIAN_ADJECTIVES = (
    (("ый", "ой"), "ого ому - Yм ом"),
    (("ий",), "его,ого,ьего ему,ому,ьему - им,ьим ем,ом,ьем"),
    (("ья",), "ьей ьей ью ьей,ьею ьей"),
    (("ое",), "ого ому ое Yм ом"),
    (("ее",), "его ему ее им ем"),
    (("ая",), "ой,ей ой,ей ую ой,ою,ей ой,ей"),
    (("яя",), "ей ей юю ей,ею ей"),
    (("ые", "ие"), "Yх Yм Yх,Yе Yми Yх"),
)


@lru_cache(maxsize=_MOST_KEPT)
def _russian_noun(word: str) -> list[Forms]:
    stem, last = word[:-1], word[-1]
    if not any(letter in _VOWELS for letter in stem):
        return [_cases(word, _SAME)]
    if last not in _VOWELS + "ьй":
        return [_cases(one, "а у - ом,ем е,у") for one in _russian_stems(word)]
    decline = _RUSSIAN_NOUNS.get(last)
    return decline(stem) if decline else [_cases(word, _SAME)]


def _russian_soft(stem: str) -> list[Forms]:
    found = [_cases(one, "я ю ь ем е") for one in _russian_stems(stem + "ь")]
    found.append(_cases(stem, "и и ь ью и"))
    if stem.endswith("ов"):  # Белая Церковь
        found.append(_cases(f"{stem[:-2]}в", "и и ь ью и"))
    return found


def _russian_a(stem: str) -> list[Forms]:
    i = "и" if stem[-1] in _VELARS + _HUSHERS else "ы"
    return [_cases(stem, f"{i} е у ой,ою,ей е")]


def _russian_ya(stem: str) -> list[Forms]:
    return [_cases(stem, "и и ю ей,ею и" if stem[-1] == "и" else "и е ю ей,ею,ёй е")]


def _russian_e(stem: str) -> list[Forms]:
    if stem[-1] == "и":
        return [_cases(stem, "я ю е ем и")]
    is_hard = stem[-1] in _HUSHERS + "ц"
    return [_cases(stem, "а у е ем е" if is_hard else "я ю е ем е,и")]


def _russian_stems(word: str) -> list[str]:
    """Return what stands before the endings: "Елец" has "ельц", "Орел" "орл"."""
    stem = word.removesuffix("ь")
    stems = [stem]
    if len(stem) > 3 and stem[-2] in "ео" and stem[-3] not in _VOWELS:
        short = stem[:-2] + stem[-1]
        if stem.endswith("ец"):
            stems = [short]
        elif stem[-2:] in ("ок", "ек", "ел", "ол", "ер", "ор", "ен", "ет"):
            stems.append(short)
        if stem[-3] in "лн" and stem[-2] == "е":
            stems.append(f"{stem[:-2]}ь{stem[-1]}")
    if stem.endswith(("аец", "оец", "уец", "еец")):
        stems.append(f"{stem[:-2]}йц")
    return stems


def _russian_plural(stem: str, last: str) -> list[Forms]:
    is_soft = last == "и" and stem[-1] not in _VELARS + _HUSHERS
    a = "я" if is_soft else "а"
    genitives = [*_zero_endings(stem), stem + "ов", *([stem + "ей"] if last == "и" else [])]
    return [
        (tuple(genitives), (f"{stem}{a}м",), (stem + last,), (f"{stem}{a}ми",), (f"{stem}{a}х",))
    ]


_PLURAL_ADJECTIVES = ("ые", "ие", "овы", "евы", "ины")
_RUSSIAN_NOUNS: dict[str, Callable[[str], list[Forms]]] = {
    "ь": _russian_soft,
    "й": lambda stem: [_cases(stem, "я ю й ем е,и")],
    "а": _russian_a,
    "я": _russian_ya,
    "о": lambda stem: [_cases(stem, "а у о ом е"), _cases(stem, "о о о о о")],
    "е": _russian_e,
    "ы": lambda stem: _russian_plural(stem, "ы"),
    "и": lambda stem: _russian_plural(stem, "и"),
}


def _russian_neuter_plural(word: str) -> list[Forms]:
    """Return the forms of "острова" in "Курильские острова"."""
    stem = word.removesuffix("а")
    if stem == word:
        return []
    genitives = (*_zero_endings(stem), f"{stem}ов")
    return [(genitives, (f"{word}м",), (word,), (f"{word}ми",), (f"{word}х",))]


def _zero_endings(stem: str) -> list[str]:
    """Return a stem as a genitive plural: "Луки" has "лук", "Пески" "песок"."""
    found = [stem, stem + "ь"]
    if len(stem) > 2 and stem[-1] not in _VOWELS and stem[-2] not in _VOWELS:
        root = stem[:-1].removesuffix("ь")
        found += [f"{root}{vowel}{stem[-1]}" for vowel in "ое"]
    return found


# ---- Ukrainian ----


@lru_cache(maxsize=_MOST_KEPT)
def _ukrainian_adjective(word: str) -> list[Forms]:
    stem, last = word[:-1], word[-1]
    if len(stem) < 2:
        return []
    if word.endswith("ий"):
        return [_cases(word[:-2], "ого ому - им ому,ім")]
    if word.endswith("ій"):
        return [_cases(word[:-2], "ього ьому - ім ьому,ім")]
    if last in _UKRAINIAN_ADJECTIVES and stem[-1] not in _VOWELS:
        return [_cases(stem, _UKRAINIAN_ADJECTIVES[last])]
    if word.endswith(("ів", "їв")):  # Яків Яр
        return [_cases(one, "ого,а ому,у - им ому,ім") for one in _ukrainian_stems(word)[1:]]
    return []


_UKRAINIAN_ADJECTIVES = {
    "а": "ої ій у ою ій",
    "я": "ьої ій ю ьою ій",
    "е": "ого ому е им ому,ім",
    "є": "ього ьому є ім ьому,ім",
    "і": "их им і,их ими их",
}


@lru_cache(maxsize=_MOST_KEPT)
def _ukrainian_noun(word: str) -> list[Forms]:
    stem, last = word[:-1], word[-1]
    if not any(letter in _VOWELS for letter in stem):
        return [_cases(word, _SAME)]
    decline = _UKRAINIAN_NOUNS.get(last)
    if decline:
        return decline(stem)
    if last in _VOWELS:
        return [_cases(word, _SAME)]
    found = [
        _with_soft_locative(one, "а,у у,ові - ом,ем {}і,у,ові") for one in _ukrainian_stems(word)
    ]
    if last in _HUSHERS:
        found.append(_cases(word, f"і і - ю,{last}ю і"))  # Керч
    return found


def _with_soft_locative(stem: str, endings: str) -> Forms:
    """Return cases; "{}" stands before the "і" of a locative that softens: Ріг, Розі."""
    *_, locative = endings.split()
    forms = _cases(stem, endings.replace("{}", ""))
    soft = {"г": "з", "к": "ц", "х": "с"}.get(stem[-1])
    if soft and "{}" in locative:
        forms = (*forms[:-1], (*forms[-1], f"{stem[:-1]}{soft}і"))
    return forms


def _ukrainian_stems(word: str) -> list[str]:
    """Return what stands before the endings: "Харків" has "харков", "Канів" "канев"."""
    stem = word.removesuffix("ь")
    stems = [stem]
    for closed, opened in (("і", "о"), ("і", "е"), ("ї", "є")):
        if len(stem) > 2 and stem[-2] == closed:
            stems.append(stem[:-2] + opened + stem[-1])
    if len(stem) > 3 and stem[-2] in "ео" and stem[-3] not in _VOWELS:
        short = stem[:-2] + stem[-1]
        if word.endswith("ець"):
            if stem[-3] == "л":
                return [short, f"{stem[:-2]}ь{stem[-1]}"]
            return [short, f"{short[:-3]}інц"] if short.endswith("онц") else [short]
        if stem[-2:] in ("ок", "ек", "ел", "ен", "ер", "ор", "ет"):
            stems.append(short)
    return stems


def _ukrainian_soft(stem: str) -> list[Forms]:
    masculine = [_cases(one, "я ю,еві ь ем і,ю,еві") for one in _ukrainian_stems(stem + "ь")]
    feminine = [_cases(one, f"і,и і ь ю,{one[-1]}ю і") for one in _ukrainian_stems(stem + "ь")]
    # The instrumental keeps the vowel of the nominative.
    return [*masculine, *feminine, _cases(stem, f"і і ь ю,{stem[-1]}ю і")]


def _ukrainian_a(stem: str) -> list[Forms]:
    i = "і" if stem[-1] in _HUSHERS else "и"
    forms = _cases(stem, f"{i} і у ою,ею і")
    soft = {"г": "з", "к": "ц", "х": "с"}.get(stem[-1])
    if soft:
        softened = f"{stem[:-1]}{soft}і"
        forms = (forms[0], (softened,), forms[2], forms[3], (softened,))
    return [forms]


def _ukrainian_ya(stem: str) -> list[Forms]:
    if stem[-1] in _VOWELS:
        return [_cases(stem, "ї ї ю єю ї")]
    # "Галя" and "Запоріжжя".
    return [_cases(stem, "і і ю ею і"), _cases(stem, "я ю я ям і,ю")]


def _ukrainian_o(stem: str) -> list[Forms]:
    return [_with_soft_locative(stem, "а у,ові о ом {}і,у,ові"), _cases(stem, "о о о о о")]


def _ukrainian_e(stem: str) -> list[Forms]:
    hard = stem[-1] in _HUSHERS + "ц"
    return [_cases(stem, "а у е ем і" if hard else "я,а ю,у е ем,ом і")]


def _ukrainian_plural(stem: str, last: str) -> list[Forms]:
    a = "а" if last == "и" or stem[-1] in _HUSHERS else "я"
    genitives = [*_zero_endings(stem), stem + "ів", stem + "ей", stem + "ь"]
    return [
        (tuple(genitives), (f"{stem}{a}м",), (stem + last,), (f"{stem}{a}ми",), (f"{stem}{a}х",))
    ]


_UKRAINIAN_NOUNS: dict[str, Callable[[str], list[Forms]]] = {
    "ь": _ukrainian_soft,
    "й": lambda stem: [_cases(stem, "я,ю ю,єві й єм ї,ю,єві")],
    "а": _ukrainian_a,
    "я": _ukrainian_ya,
    "о": _ukrainian_o,
    "е": _ukrainian_e,
    "и": lambda stem: _ukrainian_plural(stem, "и"),
    "і": lambda stem: _ukrainian_plural(stem, "і"),
    "ї": lambda stem: [_cases(stem, "їв їм ї їми їх")],
}

_RUSSIAN = _Grammar(
    _russian_noun,
    _russian_adjective,
    {
        "область": "области,областей,областям,области,областями,областях",
        "район": "районы,районов,районам,районы,районами,районах",
        "край": "края,краев,краям,края,краями,краях",
        "округ": "округа,округов,округам,округа,округами,округах",
        "автономный округ": "автономные округа,автономных округов,автономным округам,"
        "автономные округа,автономными округами,автономных округах",
        "народная республика": "народные республики,народных республик,народным республикам,"
        "народные республики,народными республиками,народных республиках",
    },
    ("ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие"),
)
_UKRAINIAN = _Grammar(
    _ukrainian_noun,
    _ukrainian_adjective,
    {
        "область": "області,областей,областям,області,областями,областях",
        "район": "райони,районів,районам,райони,районами,районах",
        "край": "краї,країв,краям,краї,краями,краях",
        "округ": "округи,округів,округам,округи,округами,округах",
        "автономний округ": "автономні округи,автономних округів,автономним округам,"
        "автономні округи,автономними округами,автономних округах",
        "народна республіка": "народні республіки,народних республік,народним республікам,"
        "народні республіки,народними республіками,народних республіках",
    },
    ("ий",),
)

# The last words of what names in a list share: "областях".
PLURAL_FORMS = frozenset(
    form.rpartition(" ")[2]
    for grammar in (_RUSSIAN, _UKRAINIAN)
    for forms in grammar.plurals.values()
    for form in forms.split(",")
)
