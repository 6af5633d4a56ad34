"""The forms a name takes: without its type word, with another, in Latin letters."""

import re
import unicodedata

# Letters that Unicode does not take apart.
_PLAIN = str.maketrans("øđłıəǝßæħðþ", "odliaasahdt")
_MARKS = re.compile(r"[\u0300-\u036f'’ʼ‘`ʻʿʾ]")

TYPE_WORDS = (
    "State|Province|Governorate|County|Region|Department|District|Division|Municipality|Parish|"
    "Prefecture|Voivodeship|Rayon|Emirate|Canton"
)
_SUFFIX = re.compile(rf"(.+?) (?:{TYPE_WORDS})", re.IGNORECASE)
# "Tibet Autonomous" is no name.
_HALF = re.compile(r"\b(Autonomous|Administrative|Capital|Metropolitan|Federal|Special)$")
_PREFIX = re.compile(r"(?:Raionul|Opština|Municipality of|County of) (.+)")

# What a name is made of besides its core, when divisions of two lists are compared.
_EMPTY = re.compile(
    r"\b(the|of|and|de|la|al|el|ad|ar|as|an|az|ash|state|province|provincia|governorate|county|"
    r"region|department|departamento|district|division|municipality|parish|prefecture|"
    r"voivodeship|oblast|oblisi|oblysy|krai|raionul|rajons|rayon|muhafazat|emirate|canton|"
    r"city|autonomous|territory|pradesh|special|capital|kommun|lan|maakond|viloyati|shi|sheng|"
    r"voblast|apskritis|county|opstina|novads)\b"
)

_DIRECTIONS = (
    "north(ern)?|south(ern)?|east(ern)?|west(ern)?|central|centre|center|centro|middle|upper|"
    "lower|far|inner|outer|nord|sud|sur|norte|est|este|ouest|oeste|and|o|"
    "центр|центральн[а-яії]+|се́?вер[а-я]*|юго?|южн[а-я]+|восто[а-я]+|запад[а-я]*|"
    "північ[а-яії]*|південь?|південн[а-яії]+|півден[а-яії]+|схід|східн[а-яії]+|захід|західн[а-яії]+"
)
_GENERIC = re.compile(rf"(?:{_DIRECTIONS})(?:[ -]?(?:{_DIRECTIONS}))*", re.IGNORECASE)
# Divisions that bear the name of a common thing.
_COMMON = frozenset(
    (
        "bar",
        "bay",
        "capital",
        "coast",
        "delta",
        "diana",
        "forest",
        "highland",
        "islands",
        "lakes",
        "littoral",
        "maritime",
        "mon",
        "north",
        "plateau",
        "plateaux",
        "pool",
        "sale",
        "sava",
        "somali",
        "unity",
        "vale",
        "zeta",
    )
)

# A letter and its Latin spelling in turn; "_" is none.
_RUSSIAN_LETTERS = """
а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts
ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya ё yo
"""
_UKRAINIAN_LETTERS = """
а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s т t
у u ф f х kh ц ts ч ch ш sh щ shch ь _ ю iu я ia ’ _ ' _
"""


def fold(name: str) -> str:
    """Return a name without accents and case, its hyphens as blanks."""
    text = unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN)
    return re.sub(r"[^\w]+", " ", _MARKS.sub("", text)).strip()


def core(name: str) -> str:
    """Return what is left of a folded name without type words and articles.

    >>> core("Khartoum State"), core("Al Anbar Governorate")
    ('khartoum', 'anbar')
    """
    folded = fold(name)
    return " ".join(_EMPTY.sub(" ", folded).split()) or folded


def bare(name: str) -> str:
    """Return a name without its type word.

    >>> bare("Sinaloa State"), bare("Raionul Ocniţa"), bare("Bavaria")
    ('Sinaloa', 'Ocniţa', 'Bavaria')
    """
    found = _SUFFIX.fullmatch(name) or _PREFIX.fullmatch(name)
    return found[1] if found and not _HALF.search(found[1]) else name


def is_generic(name: str) -> bool:
    """Say whether a name is only a direction or a common word: "Western", "Lakes", "Центр"."""
    plain = name.partition("@")[0]
    return bool(_GENERIC.fullmatch(plain)) or plain.casefold() in _COMMON


def latin_russian(text: str) -> str:
    """Spell a Russian word in Latin letters.

    >>> latin_russian("Ростовская область")
    'Rostovskaya oblast'
    """
    return _spell(text, _RUSSIAN_LETTERS)


def latin_ukrainian(text: str) -> str:
    """Spell a Ukrainian word in Latin letters.

    >>> latin_ukrainian("Луганська область")
    'Luhanska oblast'
    """
    return _spell(text, _UKRAINIAN_LETTERS)


def _spell(text: str, table: str) -> str:
    letters = dict(zip(*[iter(table.split())] * 2, strict=True))
    spelled = []
    for letter in text:
        latin = letters.get(letter.lower(), letter).replace("_", "")
        spelled.append(latin.capitalize() if letter.isupper() else latin)
    return "".join(spelled)
