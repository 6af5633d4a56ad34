"""The cases of Russian and Ukrainian names: "Луганск" is found in "под Луганском".

Forms are made by rules from the ending of a name, in normal form. Endings leave open which
declension a name follows ("Попасна" is an adjective, "Полтава" a noun), so all that may be right
are made; what is no word of any text does no harm in an index.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

# Forms of the genitive, dative, accusative, instrumental and locative; a name has few of each.
Forms = tuple[tuple[str, ...], ...]
_N_CASES = 5

_CYRILLIC = re.compile(r"[а-яіїєґ]+(?: [а-яіїєґ]+)*")
_ONLY_UKRAINIAN, _ONLY_RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэъ]")
_VOWELS = "аеёиоуыэюяіїє"
_VELARS, _HUSHERS = "гкх", "жчшщ"
# What follows stays as it is: "Ростов-на-Дону", "Камінь-Каширський над Цир".
_PREPOSITIONS = frozenset(
    {"на", "над", "под", "при", "у", "в", "за", "до", "від", "од", "і", "и", "д"}
)
_SAME = "- - - - -"
_LONGEST = 5
_SHORTEST = 3
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
    if not _ONLY_UKRAINIAN.search(key):
        found |= set(_phrases(words, _russian_noun, _russian_adjective))
    if not _ONLY_RUSSIAN.search(key):
        found |= set(_phrases(words, _ukrainian_noun, _ukrainian_adjective))
    return found - {key}


def is_cyrillic(key: str) -> bool:
    """Say whether a name in normal form is written in Russian or Ukrainian letters alone."""
    return bool(_CYRILLIC.fullmatch(key))


_Decline = Callable[[str], list[Forms]]


def _phrases(words: list[str], noun: _Decline, adjective: _Decline) -> Iterator[str]:
    """Yield the forms of several words, in the ways in which they may belong together.

    Adjectives agree with the noun behind them, and what comes behind that stays as it is ("Ростов
    на Дону"), or agrees too ("Каменск Шахтинский"); or all but the last stays ("Нью Йорк").
    """
    for head in range(len(words)):
        tail = words[head + 1 :]
        if head and words[head] in _PREPOSITIONS:
            break
        leading = [adjective(word) for word in words[:head]]
        if all(leading):
            declined = [*leading, _any(words[head], noun, adjective)]
            yield from _joined(declined, tail)
            if len(tail) == 1 and tail[0] not in _PREPOSITIONS:
                yield from _joined([*declined, _any(tail[0], noun, adjective)], [])
    if len(words) > 1 and not _PREPOSITIONS.intersection(words):
        for form in _joined([_any(words[-1], noun, adjective)], []):
            yield " ".join([*words[:-1], form])


def _any(word: str, noun: _Decline, adjective: _Decline) -> list[Forms]:
    return [*noun(word), *adjective(word)]


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
    return []


_SOFT = ("ий", "ее", "яя")
_RUSSIAN_ADJECTIVES = (
    (("ый", "ой"), "ого ому - Yм ом"),
    (("ий",), "его,ого ему,ому - им ем,ом"),
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
