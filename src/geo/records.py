"""The vocabulary of the project, as small frozen records.

Data flows one way: an `Article` holds `Mention`s, a mention may mean several `Place`s
(its `Candidate`s), and a `Resolution` says which one it is, and why.
"""

from dataclasses import dataclass
from datetime import date

LITERAL = "literal"
ASSOCIATIVE = "associative"

KINDS = (
    "settlement",
    "region",
    "country",
    "district",
    "water",
    "hill",
    "border_crossing",
    "site",
    "bloc",
)

# Kinds that cover so much ground that a pin would lie about where something happened.
AREA_KINDS = frozenset({"region", "country", "district", "water", "bloc"})

# Ends the id of a point that is only somewhere around the place before it.
NEAR = "+near"


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one outlet.

    `language` is "en", "ru" or "uk"; if it is empty, the text tells it.
    """

    article_id: str
    text: str
    outlet: str = ""
    published_date: date | None = None
    title: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a place name: `article.text[start:end] == surface`.

    `start` and `end` count code points. `type_word` is the word that tells the kind of
    place where it stands apart from the name, as for "Lugansk" in "Lugansk and Donetsk
    Regions". `probability` is how likely the words name a place at all. A `demonym` names its
    people ("Ukrainian"); an `embedded` name is part of an organisation's or a person's
    ("Kiev" in "Kiev City Council").
    """

    start: int
    end: int
    surface: str
    role: str = LITERAL
    type_word: str = ""
    probability: float = 1.0
    demonym: bool = False
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a gazetteer.

    `latitude` and `longitude` are degrees in EPSG:4326; `error_km` is how far the point
    may lie from the truth; `names` holds every spelling, the title first, and `labels` its name in
    other languages, as far as told: (("ru", "Киев"), ("uk", "Київ")); `gazetteer` is the table it
    comes from, `source` where that has the point from.
    """

    place_id: str
    name: str
    kind: str
    latitude: float
    longitude: float
    country_code: str = ""
    admin1_name: str = ""
    names: tuple[str, ...] = ()
    population: int = 0
    error_km: float = 0.0
    source: str = ""
    gazetteer: str = "curated"
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def lies_in(self) -> str:
        """Its division and country, for people: "Rostov Oblast, RU"."""
        return ", ".join(filter(None, (self.admin1_name, self.country_code)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention might mean; `score` lies between 0 and 1."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place that a mention was taken for, or None, with a score and a reason in words.

    `candidates` are all the places considered, the best first.
    """

    mention: Mention
    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
