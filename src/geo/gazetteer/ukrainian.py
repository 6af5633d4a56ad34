"""How Ukrainian writes names that the tables have in Russian only: "Бобруйськ", "Осиповичі"."""

import re

_UKRAINIAN = re.compile("[іїєґ]")
_LETTER = "[^ аеиоуыэюяіїєьъ]"
_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # The apostrophe that stands here is no part of a normal form.
        (r"([бпвмфржчшщ])ье", r"\1є"),
        (r"(?<=[бпвмфржчшщ])ь", ""),
        (r"ец(?= |$)", "ець"),
        (r"([сзц])к(?=(?:ий|ая|ое|ие|а|у|е)?(?: |$))", r"\1ьк"),
        (r"ний(?= |$)", "ній"),
        (r"ый(?= |$)", "ий"),
        (r"ая(?= |$)", "а"),
        (r"(?:ое|ее)(?= |$)", "е"),
        (r"(?:ые|ие)(?= |$)", "і"),
        (r"ц[ыи](?= |$)", "ці"),
        (r"([чжшщ])и(?= |$)", r"\1і"),
        # "и" stays behind these, in suffixes and in words that both languages have; elsewhere it
        # is "і".
        (
            r"(?<![жчшщцгкх])(?<!\bвел)(?<!\b[нт])(?<!\bпр)(?<!\bвлад)"
            r"и(?!й(?: |$)|[чцщ]|к(?: |$))",
            "і",
        ),
        (r"\bни(?!ж)", "ні"),
        (r"\bти(?!х)", "ті"),
        (r"(?<=[гкх])и(?=[^ йкцч])", "і"),
        (r"(?<=[цжчшщгкх])и(?=[яюео])", "і"),
        (r"(?<![^ аеиоуыэюяіьъ])е", "є"),
        (r"ье", "ьє"),
        ("ы", "и"),
        ("э", "е"),
        ("ъ", ""),
    )
]
# Names that are not Slavic keep their "и" behind nine letters: "Мадрид".
_NINE = re.compile(rf"(?<=[дтзсцржшч])и(?={_LETTER})")


def ukrainian_spellings(key: str) -> set[str]:
    """Return the likely Ukrainian spellings of a Russian name in normal form.

    >>> sorted(ukrainian_spellings("бобруйск")), sorted(ukrainian_spellings("мадрид"))
    (['бобруйськ'], ['мадрид', 'мадрід'])
    """
    if _UKRAINIAN.search(key):
        return {key}
    return {_spell(key), _spell(_NINE.sub("ы", key))}


def _spell(key: str) -> str:
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
