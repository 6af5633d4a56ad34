"""What an article says about which place each name means, as numbers that a model can weigh."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.gazetteer.names import key_of
from geo.records import KINDS, Article, Mention
from geo.resolve.candidates import EARTH_KM, KIND_NUMBERS, Array, CandidateFinder, Named
from geo.resolve.outlets import OUTLET_FEATURES, OutletEvidence

NEAR_KM = 150.0
# At this distance a place counts for nothing as the nearest.
_CLOSE_KM = 300.0
# How near is near, in km, and the cosine of that on the unit sphere.
_NEAR = [(km, math.cos(km / EARTH_KM)) for km in (50, 150, 500)]

FEATURES = (
    "how",
    "kind",
    "name_weight",
    "log_population",
    "is_title",
    "is_written_so",
    "prior",
    "prior_behind_first",
    "share",
    "rank",
    "n_places",
    "n_countries",
    "population_share",
    "near_50",
    "near_150",
    "near_500",
    "nearest",
    "country_share",
    "division_share",
    "country_named",
    "division_named",
    "container_said",
    "container_before",
    "container_elsewhere",
    "is_qualified",
    "type_behind",
    "type_before",
    "type_fits",
    "previous_distance",
    "next_distance",
    "n_names",
    "n_mentions",
    "n_words",
    "is_capitals",
    "first_position",
    *OUTLET_FEATURES,
)
_NUMBER_OF = {name: number for number, name in enumerate(FEATURES)}
# "Donetsk, Rostov region", "Donetsk in Russia", "Donetsk (Russia)".
_QUALIFIER_GAP = re.compile(r"\s*(?:,|\(|,? in)\s*(?:the\s+)?")
# "Russia's Donetsk", "the Russian town of Donetsk", "the Russian border crossing point “Donetsk”".
_SAID_BEFORE = re.compile(
    r"['’]s\s+(?:[\w-]+\s+of\s+)?|(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}(?:town|city|village|settlement"
    r"|suburb|port|point|checkpoint|capital|district|region|province|county|state|island|resort"
    r"|neighbou?rhood)\s+(?:of\s+)?[\"“«(]?"
)
_LONGEST_GAP, _LONGEST_GAP_BEFORE = 14, 45
_CLAUSE_END = re.compile(r"[.;\n]")
_WORD = re.compile(r"\w+")
_WORD_BEHIND = re.compile(r"['’]?s?\W*(\w+)")
_REACH, _SENTENCE = 30, 40
_MOST_READ = 8
# Nothing is further apart.
_FAR = math.log1p(20_100)
# No two points are so unlike: there is no other name.
_NOWHERE = -2.0
_TYPES = {
    "region": "oblast region province state governorate prefecture department canton territory",
    "district": "county district raion parish",
    "settlement": "city town village suburb settlement hamlet municipality township",
    "water": "river lake sea bay creek ocean gulf strait reservoir",
    "country": "republic country nation kingdom",
    "hill": "mountain mount hill valley",
    "site": "airport bridge base university hospital school park stadium",
}
_KIND_OF_WORD = {
    form: KIND_NUMBERS[kind]
    for kind, words in _TYPES.items()
    for word in words.split()
    for form in (word, f"{word}s", f"{word[:-1]}ies")
}
_COUNTRY, _REGION, _DISTRICT, _BLOC = (
    KIND_NUMBERS[kind] for kind in ("country", "region", "district", "bloc")
)
# Their middle is near nothing.
_IS_WIDE = np.isin(np.arange(len(KINDS)), (_COUNTRY, _REGION, _BLOC))


@dataclass(slots=True)
class Sense:
    """The mentions of a block that share a name, and a qualifier if they have one: one place.

    `mentions` are their numbers; `qualifier` is the number of the mention that qualifies the first,
    `qualified` that of the one which the first qualifies, if it may mean several places itself.
    """

    name: str
    named: Named
    qualifier: int | None = None
    qualified: int | None = None
    mentions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The senses that have candidates, and the features of these, one row a candidate.

    The rows of sense `k` are `features[bounds[k]:bounds[k + 1]]`. `holds` says of each row whether
    it lies around the place that it qualifies: Georgia in the USA, in "Atlanta, Georgia".
    """

    senses: list[Sense]
    features: Array
    bounds: NDArray[np.int64]
    holds: NDArray[np.bool_]

    def column(self, name: str) -> Array:
        """Return a feature by its name."""
        column: Array = self.features[:, _NUMBER_OF[name]]
        return column


def weigh(
    article: Article,
    mentions: Sequence[Mention],
    finder: CandidateFinder,
    outlet: OutletEvidence | None = None,
) -> Weighed:
    """Return what speaks for each candidate of the mentions of an article."""
    senses = [sense for sense in find_senses(article.text, mentions, finder) if len(sense.named)]
    sizes = [len(sense.named) for sense in senses]
    bounds = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    if not senses:
        return Weighed([], np.empty((0, len(FEATURES))), bounds, np.zeros(0, dtype=bool))
    table = _Table(senses, bounds)
    columns = {
        **_own_features(table),
        **_neighbour_features(table),
        **_container_features(table, article.text, mentions, finder),
        **_text_features(table, article.text, mentions),
        **(outlet or OutletEvidence()).weigh(table.vectors, table.countries, table.divisions),
    }
    features = np.empty((len(table), len(FEATURES)))
    for number, name in enumerate(FEATURES):
        features[:, number] = columns[name]
    holds = np.zeros(len(table), dtype=bool)
    for k, sense in enumerate(senses):
        if sense.qualified is not None:
            holds[table.rows(k)] = _holds(sense.named, finder.of(mentions[sense.qualified]))
    return Weighed(senses, features, bounds, holds)


def find_senses(text: str, mentions: Sequence[Mention], finder: CandidateFinder) -> list[Sense]:
    """Group mentions: one name means one place, unless the words beside say otherwise."""
    senses: dict[tuple[str, str, str], Sense] = {}
    candidates: dict[str, Named] = {}
    before = None
    for i, mention in enumerate(mentions):
        name = _name_of(mention)
        # However it is spelled this time, a name has the candidates that it had before.
        named = candidates.setdefault(name, finder.of(mention))
        qualifier = _qualifier(text, mentions, i, finder)
        said = _name_of(mentions[qualifier]) if qualifier is not None else ""
        qualified = i - 1 if before == i and len(named) > 1 else None
        held = _name_of(mentions[qualified]) if qualified is not None else ""
        sense = senses.setdefault((name, said, held), Sense(name, named, qualifier, qualified))
        sense.mentions.append(i)
        before = qualifier
    return list(senses.values())


def _name_of(mention: Mention) -> str:
    is_short = len(mention.surface) < 5 and mention.surface.isupper()
    name = mention.surface if is_short else key_of(mention.surface) or mention.surface
    return f"{name} {mention.type_word}" if mention.type_word else name


def _qualifier(
    text: str, mentions: Sequence[Mention], i: int, finder: CandidateFinder
) -> int | None:
    """Return the number of the mention beside this one that says where it lies, or None.

    It may stand behind ("Paris, Texas") or before ("the Russian town of Donetsk").
    """
    mention = mentions[i]
    if i + 1 < len(mentions):
        behind = mentions[i + 1]
        is_close = behind.start - mention.end <= _LONGEST_GAP
        is_said = is_close and _QUALIFIER_GAP.fullmatch(text, mention.end, behind.start)
        if is_said and _can_lie_in(mention, behind, finder):
            return i + 1
    if i:
        before = mentions[i - 1]
        is_close = mention.start - before.end <= _LONGEST_GAP_BEFORE
        is_said = is_close and _SAID_BEFORE.fullmatch(text, before.end, mention.start)
        if is_said and _can_lie_in(mention, before, finder):
            return i - 1
    return None


def _can_lie_in(mention: Mention, container: Mention, finder: CandidateFinder) -> bool:
    around = finder.of(container)
    return around.is_wide and bool(_contained(finder.of(mention), around).any())


def _contained(named: Named, container: Named) -> NDArray[np.bool_]:
    """Say which candidates (rows) lie in which of another name's (columns)."""
    kinds, around = named.kinds[:, None], container.kinds[None, :]
    countries = named.countries[:, None]
    same_country = (countries == container.countries[None, :]) & (countries >= 0)
    divisions = named.divisions[:, None]
    same_division = same_country & (divisions == container.divisions[None, :]) & (divisions >= 0)
    is_smaller = ~_IS_WIDE[kinds]
    inside: NDArray[np.bool_] = (
        ((around == _COUNTRY) & same_country & (kinds != _COUNTRY))
        | ((around == _REGION) & same_division & is_smaller)
        | ((around == _DISTRICT) & same_division & is_smaller & (kinds != _DISTRICT))
    )
    return inside


def _holds(named: Named, qualified: Named) -> NDArray[np.bool_]:
    """Say which candidates of a name lie around the likeliest of the name that it qualifies."""
    shares = (_contained(qualified, named) * qualified.shares[:, None]).max(axis=0)
    found: NDArray[np.bool_] = (shares > 0) & (shares >= shares.max() / 2)
    return found


def _likeliest_container(named: Named, container: Named) -> Array:
    """Return, for each candidate, the share of the likeliest place of another name around it."""
    if not container.is_wide:
        return np.zeros(len(named))
    found: Array = (_contained(named, container) * container.shares[None, :]).max(axis=1)
    return found


class _Table:
    """The candidates of all senses in one table."""

    def __init__(self, senses: Sequence[Sense], bounds: NDArray[np.int64]) -> None:
        self.senses, self.bounds = senses, bounds
        named = [sense.named for sense in senses]
        self.sense = np.repeat(np.arange(len(senses)), np.diff(bounds))
        numbers: dict[str, int] = {}
        names = [numbers.setdefault(sense.name, len(numbers)) for sense in senses]
        self.names = np.array(names)
        self.n_names = len(numbers)
        self.name = self.names[self.sense]
        self.vectors = np.concatenate([one.vectors for one in named])
        self.shares = np.concatenate([one.shares for one in named])
        self.kinds = np.concatenate([one.kinds for one in named])
        self.countries = np.concatenate([one.countries for one in named])
        self.divisions = np.concatenate([one.divisions for one in named])
        # The first sense of a name stands for it where names are counted.
        first = np.unique(self.names, return_index=True)[1]
        is_first = np.zeros(len(senses), dtype=bool)
        is_first[first] = True
        self.counted = np.where(is_first[self.sense], self.shares, 0.0)

    def __len__(self) -> int:
        return len(self.sense)

    def rows(self, k: int) -> slice:
        """Return the rows of a sense."""
        return slice(int(self.bounds[k]), int(self.bounds[k + 1]))

    def spread(self, *columns: Sequence[float] | NDArray[Any]) -> Array:
        """Give each candidate the values of its sense: a row a column of values, one a sense."""
        spread: Array = np.array(columns, dtype=float)[:, self.sense]
        return spread


def _own_features(table: _Table) -> dict[str, Array]:
    named = [sense.named for sense in table.senses]
    facts = np.concatenate([one.facts for one in named])
    priors = np.concatenate([one.priors for one in named])
    populations = 10 ** facts[:, 1]
    how, first_prior, first_row, n_places, n_countries, total = table.spread(
        [one.how for one in named],
        priors[table.bounds[:-1]],
        table.bounds[:-1],
        [one.n_places for one in named],
        [len(set(one.countries.tolist())) for one in named],
        np.add.reduceat(populations, table.bounds[:-1]),
    )
    return {
        "how": how,
        "kind": table.kinds,
        "name_weight": facts[:, 0],
        "log_population": facts[:, 1],
        "is_title": facts[:, 2],
        "is_written_so": facts[:, 3],
        "prior": priors,
        "prior_behind_first": priors - first_prior,
        "share": table.shares,
        "rank": np.arange(len(table)) - first_row,
        "n_places": n_places,
        "n_countries": n_countries,
        "population_share": populations / total,
    }


def _neighbour_features(table: _Table) -> dict[str, Array]:
    """Weigh how much of the other names lies near, and in the same country and division."""
    likeness = np.minimum(table.vectors @ table.vectors.T, 1)
    others = table.name[:, None] != table.name[None, :]
    shares = np.where(_IS_WIDE[table.kinds], 0.0, table.counted)
    weights = np.where(others, shares[None, :], 0.0)
    found: dict[str, Array] = {}
    for km, least in _NEAR:
        near = weights * (likeness > least)
        found[f"near_{km}"] = np.maximum.reduceat(near, table.bounds[:-1], axis=1).sum(axis=1)
    is_close = likeness > math.cos(_CLOSE_KM / EARTH_KM)
    closeness = np.zeros_like(likeness)
    closeness[is_close] = 1 - np.arccos(likeness[is_close]) * EARTH_KM / _CLOSE_KM
    found["nearest"] = (weights * closeness).max(axis=1)
    n_others = max(1, table.n_names - 1)
    for level, codes, kind in (
        ("country", table.countries, _COUNTRY),
        ("division", table.divisions, _REGION),
    ):
        same = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None] & others
        found[f"{level}_share"] = (same @ table.counted) / n_others
        named = np.where(table.kinds == kind, table.shares, 0.0)
        found[f"{level}_named"] = np.where(same, named[None, :], 0.0).max(axis=1)
    return found


def _container_features(
    table: _Table, text: str, mentions: Sequence[Mention], finder: CandidateFinder
) -> dict[str, Array]:
    """Weigh what the words beside a name say of where it lies."""
    said, before, elsewhere = np.zeros((3, len(table)))
    for k, sense in enumerate(table.senses):
        rows, named = table.rows(k), sense.named
        if sense.qualifier is not None:
            said[rows] = _likeliest_container(named, finder.of(mentions[sense.qualifier]))
        for i in sense.mentions[:_MOST_READ]:
            if i and _is_close(text, mentions[i - 1], mentions[i]):
                container = _likeliest_container(named, finder.of(mentions[i - 1]))
                before[rows] = np.maximum(before[rows], container)
    for k, j in _pairs_of_one_name(table):
        # Once "Paris, Texas" is said, "Paris" is that one. The candidates of both are the same.
        if table.senses[k].mentions[0] < table.senses[j].mentions[0]:
            continue
        elsewhere[table.rows(k)] = np.maximum(elsewhere[table.rows(k)], said[table.rows(j)])
    return {
        "container_said": said,
        "container_before": before,
        "container_elsewhere": elsewhere,
    }


def _is_close(text: str, one: Mention, other: Mention) -> bool:
    """Say whether two mentions follow each other in one clause: "the Texas town of Paris"."""
    is_near = other.start - one.end < _SENTENCE
    return is_near and not _CLAUSE_END.search(text, one.end, other.start)


def _pairs_of_one_name(table: _Table) -> Iterator[tuple[int, int]]:
    by_name: dict[str, list[int]] = {}
    for k, sense in enumerate(table.senses):
        by_name.setdefault(sense.name, []).append(k)
    for numbers in by_name.values():
        yield from ((k, j) for k in numbers for j in numbers if k != j)


def _text_features(table: _Table, text: str, mentions: Sequence[Mention]) -> dict[str, Array]:
    read = [[mentions[i] for i in sense.mentions[:_MOST_READ]] for sense in table.senses]
    before, behind, is_qualified, n_mentions, n_words, is_capitals, position = table.spread(
        [_type_before(text, some) for some in read],
        [_type_behind(text, some) for some in read],
        [sense.qualifier is not None for sense in table.senses],
        [len(sense.mentions) for sense in table.senses],
        [sense.name.count(" ") + 1 for sense in table.senses],
        [some[0].surface.isupper() for some in read],
        [sense.mentions[0] / len(mentions) for sense in table.senses],
    )
    previous, following = _neighbour_distances(table)
    fits = np.where(
        behind >= 0,
        (behind == table.kinds) | ((behind == _REGION) & (table.kinds == _DISTRICT)),
        np.where(before >= 0, before == table.kinds, 0.5),
    )
    return {
        "is_qualified": is_qualified,
        "type_behind": behind,
        "type_before": before,
        "type_fits": fits,
        "previous_distance": previous,
        "next_distance": following,
        "n_names": np.full(len(table), float(table.n_names)),
        "n_mentions": n_mentions,
        "n_words": n_words,
        "is_capitals": is_capitals,
        "first_position": position,
    }


def _neighbour_distances(table: _Table) -> tuple[Array, Array]:
    """Return how far the nearest name before each candidate, and behind it, lies, in log(km)."""
    sense_of = {i: k for k, sense in enumerate(table.senses) for i in sense.mentions}
    n = len(table.senses)
    is_beside = np.zeros((2, n, n), dtype=bool)
    for k, sense in enumerate(table.senses):
        for i in sense.mentions[:_MOST_READ]:
            is_beside[0, k, sense_of.get(i - 1, k)] = True
            is_beside[1, k, sense_of.get(i + 1, k)] = True
    is_beside[:, np.arange(n), np.arange(n)] = False
    likeness = table.vectors @ table.vectors[table.bounds[:-1]].T
    closest = np.where(is_beside[:, table.sense], likeness, _NOWHERE).max(axis=2)
    km = np.arccos(np.clip(closest, -1, 1)) * EARTH_KM
    previous, following = np.where(closest == _NOWHERE, _FAR, np.log1p(km))
    return previous, following


def _type_before(text: str, mentions: Sequence[Mention]) -> float:
    """Return the kind that the word before a name tells, the last time that one does, or -1."""
    for mention in reversed(mentions):
        words = _WORD.findall(text, max(0, mention.start - _REACH), mention.start)
        word = next((word for word in reversed(words) if word not in ("of", "the")), "").lower()
        if word in _KIND_OF_WORD:
            return _KIND_OF_WORD[word]
    return -1


def _type_behind(text: str, mentions: Sequence[Mention]) -> float:
    """Return the kind that the word behind a name tells, the last time that one does, or -1."""
    for mention in reversed(mentions):
        word = _WORD_BEHIND.match(text, mention.end, mention.end + _REACH)
        if word and word[1].lower() in _KIND_OF_WORD:
            return _KIND_OF_WORD[word[1].lower()]
    return -1
