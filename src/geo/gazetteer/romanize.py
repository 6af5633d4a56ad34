"""Russian and Ukrainian names in Latin letters, as newspapers write them.

GeoNames has one or two romanisations of most names; outlets use others: Pervomaysk, Pervomaisk.
"""

import re
from collections.abc import Iterator

# The rules that a country's names are read by.
COUNTRIES = {"UA": ("uk", "ru"), "RU": ("ru",), "BY": ("ru",)}

# fmt: off
_COMMON = {
    "а": "a", "б": "b", "в": "v", "д": "d", "е": "e", "ж": "zh", "з": "z", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ь": "", "ъ": "", "’": "", "ʼ": "", "'": "",
}
# fmt: on
_SCHEMES = {
    "ru": [
        {"г": "g", "и": "i", "й": glide, "ы": "y", "э": "e", "ё": yo, "ю": "yu", "я": "ya"}
        for glide, yo in (("i", "e"), ("y", "yo"))
    ],
    # The national system of 2010, and the older habit of writing y before vowels.
    "uk": [
        {
            "г": "h",
            "ґ": "g",
            "и": "y",
            "і": "i",
            "й": glide,
            "є": f"{glide}e",
            "ї": yi,
            "ю": f"{glide}u",
            "я": f"{glide}a",
        }
        for glide, yi in (("i", "i"), ("y", "yi"))
    ],
}  # fmt: skip
_TABLES = {
    language: [str.maketrans(_COMMON | scheme) for scheme in schemes]
    for language, schemes in _SCHEMES.items()
}
_LETTERS = {
    language: re.compile(f"[{''.join([*_COMMON, *schemes[0]])} -]+")
    for language, schemes in _SCHEMES.items()
}
_ENDING = re.compile(r"(?:iy|yy|ii|yi)\b")


def latin_of(name: str, language: str) -> str:
    """Return a Russian ("ru") or Ukrainian ("uk") name in Latin letters, in lower case.

    >>> latin_of("Київ", "uk")
    'kyiv'
    """
    return name.lower().translate(_TABLES[language][0])


def romanize(names: tuple[str, ...], country_code: str) -> Iterator[str]:
    """Yield Cyrillic names of a place in Latin letters, in lower case.

    >>> sorted(set(romanize(("Первомайский",), "RU")))
    ['pervomaiskii', 'pervomaisky', 'pervomayskiy', 'pervomaysky']
    """
    for language in COUNTRIES.get(country_code, ()):
        # "DNR" is no abbreviation of English news, and something else in others.
        for name in (name for name in names if not name.isupper()):
            if not name.isascii() and _LETTERS[language].fullmatch(lower := name.lower()):
                for table in _TABLES[language]:
                    latin = lower.translate(table)
                    yield latin
                    yield _ENDING.sub("y", latin)
