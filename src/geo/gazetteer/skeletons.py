"""What the ways to write a Cyrillic name in Latin letters have in common.

A skeleton has one letter for each sound: j, c, q and w are ж, ц, ч, and ш or щ. It has no soft
signs, no y before vowels and no doubled letters, and the Russian and the Ukrainian ending are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from geo.gazetteer.names import APOSTROPHES, words_of
from geo.gazetteer.spellings import names_of
from geo.records import Place

# Where Cyrillic is written, or was until lately. Towns elsewhere have Cyrillic names as well, but
# nobody writes them in Latin letters after those.
COUNTRIES = frozenset(
    {"AM", "AZ", "BA", "BG", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "ME", "MK", "MN"}
    | {"RS", "RU", "TJ", "TM", "UA", "UZ", "XK"}
)
_SHORTEST = 4
_MOST_READINGS = 32

# fmt: off
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "q", "ш": "w", "щ": "w", "ъ": "",
    "ы": "i", "ь": "", "’": "", "ʼ": "", "'": "", "э": "e", "ю": "iu", "я": "ia", "ё": "e",
    "ґ": "g", "є": "ie", "і": "i", "ї": "i", "ў": "v",  # Ukrainian, Belarusian
    "ѓ": "gi", "ѕ": "dz", "ј": "i", "љ": "li", "њ": "ni", "ќ": "ki", "ћ": "q", "ђ": "dj",
    "џ": "dj",  # Serbian, Macedonian
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҳ": "h",
    "ҷ": "dj", "ӣ": "i", "ӯ": "u", "җ": "j",  # Kazakh, Kyrgyz, Mongolian, Tajik, Tatar
}
# What groups of letters stand for; one of several may be meant.
_LATIN = {
    "a": "a", "b": "b", "c": "k c", "d": "d", "e": "e", "f": "f", "g": "g", "h": "g h", "i": "i",
    "j": "i", "k": "k", "l": "l", "m": "m", "n": "n", "o": "o", "p": "p", "q": "k", "r": "r",
    "s": "s", "t": "t", "u": "u", "v": "v", "w": "v", "x": "ks h", "y": "i", "z": "z",
    "kh": "h", "ts": "c", "tz": "c", "yo": "e o", "io": "e o", "jo": "e o",
    "č": "q", "ć": "q", "š": "w", "ŝ": "w", "šč": "w", "ž": "j", "ż": "j", "đ": "dj",
    "ł": "l", "ŭ": "v", "ë": "e o", "-": "-",
}
_HABITS = [
    {letters: meant.split() for letters, meant in (_LATIN | habit).items()}
    for habit in (
        # English, the Russian and Ukrainian standards, and Polish.
        {"zh": "j", "ch": "q", "tch": "q", "sh": "w", "sch": "w", "shch": "w", "shh": "w",
         "ck": "k c", "cz": "q c", "sz": "w", "szcz": "w", "ph": "f", "th": "t"},
        # German.
        {"z": "c", "s": "s z", "ss": "s", "ch": "h", "sch": "w j", "tsch": "q", "schtsch": "w",
         "stsch": "w", "v": "v f"},
        # French.
        {"ou": "u", "j": "j", "ch": "w", "tch": "q", "chtch": "w", "ss": "s",
         "gui": "gi", "gue": "ge"},
    )
]
# fmt: on
_BULGARIAN = _CYRILLIC | {"щ": "wt", "ъ": "a"}
_TABLES = {"BG": str.maketrans(_BULGARIAN), "": str.maketrans(_CYRILLIC)}
_GROUPS = [re.compile("|".join(sorted(habit, key=len, reverse=True))) for habit in _HABITS]
_CYRILLIC_LETTERS = frozenset(_CYRILLIC) | {" ", "-"}
_LATIN_LETTERS = {letter for letter in _LATIN if len(letter) == 1} | set(APOSTROPHES)
# Krasnoye and Krasne, Stepanovka and Stepanivka, Debaltsevo and Debaltseve.
_FOLDS = [
    (re.compile(pattern), form)
    for pattern, form in (
        ("ts", "c"),
        ("z(?=s)", ""),
        ("i+(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
        ("[eo]e$", "e"),
        ("[eo](?=v(?:k[aiu]|sk[aei]?)?$)", "i"),
        ("(?<=[vn])e$", "o"),
    )
]


def skeletons_of(place: Place) -> set[str]:
    """Return the skeletons of the Cyrillic names of a place where Cyrillic is written."""
    if place.country_code not in COUNTRIES:
        return set()
    return {skeleton_of(name, place.country_code) for name in names_of(place)} - {""}


def skeleton_of(name: str, country_code: str = "") -> str:
    """Return the skeleton of a Cyrillic name, or "" if it is too short or not Cyrillic.

    >>> skeleton_of("Ясиноватая"), skeleton_of("Щастя"), skeleton_of("Degtyarsk")
    ('asinovata', 'wasta', '')
    """
    lower = unicodedata.normalize("NFC", name.lower())
    if not _CYRILLIC_LETTERS.issuperset(lower):
        return ""
    table = _TABLES.get(country_code, _TABLES[""])
    return _join([word.translate(table) for word in words_of(lower)])


def read_skeletons(name: str) -> list[str]:
    """Return the skeletons of what a name may stand for, by English, German and French habits.

    >>> read_skeletons("Horlovka")
    ['gorlivka', 'horlivka', 'gorlofka', 'horlofka']
    """
    if skeleton := skeleton_of(name):
        return [skeleton]
    plain = "-".join(map(_plain, words_of(name)))
    if not _LATIN_LETTERS.issuperset(plain):
        return []
    # Habits share most readings, so those are looked at once.
    skeletons = (_join(reading.split("-")) for reading in dict.fromkeys(_readings(plain)))
    return list(filter(None, dict.fromkeys(skeletons)))


def _plain(word: str) -> str:
    """Return a word in lower case with only those accents that tell a sound."""
    letters = unicodedata.normalize("NFC", word.casefold())
    return "".join(c if c in _LATIN else unicodedata.normalize("NFD", c)[0] for c in letters)


def _readings(plain: str) -> Iterator[str]:
    for habit, groups in zip(_HABITS, _GROUPS, strict=True):
        meant = [habit[letters] for letters in groups.findall(plain)]
        for sounds in islice(product(*meant), _MOST_READINGS):
            yield "".join(sounds)


def _join(words: list[str]) -> str:
    skeleton = "".join(map(_fold, words))
    return skeleton if len(skeleton) >= _SHORTEST else ""


@lru_cache(maxsize=20_000)
def _fold(word: str) -> str:
    for pattern, form in _FOLDS:
        word = pattern.sub(form, word)
    return word
