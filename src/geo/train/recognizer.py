"""Trains the recogniser's conditional random field."""

import json
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from geo.gazetteer import Gazetteer
from geo.recognize.crf import SETTINGS, WEIGHTS
from geo.recognize.features import FIELDS, Row, describe
from geo.recognize.lexicon import Lexicon
from geo.recognize.recognizer import (
    BEGIN,
    CYRILLIC,
    DEMONYM,
    INSIDE,
    LABELS,
    LATIN,
    OUTSIDE,
    Script,
)
from geo.recognize.tokens import Tokens, split
from geo.train.corpora import Corpus, Example, examples_of

# Weights of the penalties on absolute and squared weights; found by cross-validation.
_SETTINGS = {"c1": 0.05, "c2": 0.5, "max_iterations": 120, "feature.possible_transitions": True}
# Weights below this change nothing.
_LEAST_WEIGHT = 1e-4

# The rows of a stretch, and the label of each.
Lesson = tuple[list[Row], list[str]]


def train_slavic(corpora: Iterable[Corpus], gazetteer: Gazetteer, folder: Path) -> None:
    """Learn to read Cyrillic text, and write the weights into a folder of models."""
    lexicon = Lexicon(gazetteer)
    lessons = (
        lesson
        for example in examples_of(list(corpora))
        for lesson in lessons_of(example, lexicon, demonyms=True, script=CYRILLIC)
    )
    train_recognizer(lessons, folder / CYRILLIC.folder, script=CYRILLIC)


def lessons_of(
    example: Example, lexicon: Lexicon, *, demonyms: bool, script: Script = LATIN
) -> list[Lesson]:
    """Return the stretches of a document in a script, with their labels.

    Where a corpus labels no demonyms, every known one counts as one.
    """
    tokens = split(example.document.article.text)
    labels = _label(tokens, example, lexicon, demonyms=demonyms)
    # In corpora of English, the few names in Cyrillic teach as much as the others.
    stretches = None if script is LATIN else script.stretches(tokens)
    described = describe(tokens, lexicon, stretches)
    rows = iter(zip(*described.columns, strict=True))
    furniture, lessons = example.furniture, list[Lesson]()
    for first, end in described.stretches:
        lesson = list(islice(rows, end - first)), labels[first:end]
        if not _touches(tokens, first, end, furniture):
            lessons.append(lesson)
    return lessons


def _touches(tokens: Tokens, first: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    start, end = tokens.starts[first], tokens.ends[end - 1]
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _label(tokens: Tokens, example: Example, lexicon: Lexicon, *, demonyms: bool) -> list[str]:
    labels = [OUTSIDE] * len(tokens.surfaces)
    number = {start: i for i, start in enumerate(tokens.starts)}
    for toponym in example.toponyms:
        first = i = number.get(toponym["start"], len(labels))
        is_demonym = lexicon.is_demonym(toponym["surface"])
        while i < len(labels) and tokens.starts[i] < toponym["end"]:
            labels[i] = DEMONYM if is_demonym else BEGIN if i == first else INSIDE
            i += 1
    if not demonyms:
        for i, surface in enumerate(tokens.surfaces):
            if labels[i] == OUTSIDE and surface[0].isupper() and lexicon.is_demonym(surface):
                labels[i] = DEMONYM
    return labels


def train_recognizer(lessons: Iterable[Lesson], folder: Path, *, script: Script = LATIN) -> None:
    """Learn from lessons of a script, and write the weights into a folder."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for rows, labels in lessons:
        trainer.append([features_of(row, script) for row in rows], labels)
    with tempfile.TemporaryDirectory() as scratch:
        path = str(Path(scratch) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        _write(tagger.info(), folder)


def features_of(row: Row, script: Script = LATIN) -> list[str]:
    """Return the features of a token, those of all its fields."""
    values = zip(FIELDS, row, strict=True)
    return [name for field, value in values for name in script.expand(field, value)]


def _write(model: Any, folder: Path) -> None:
    kept = {k: w for k, w in model.state_features.items() if abs(w) >= _LEAST_WEIGHT}
    names = sorted({name for name, _ in kept})
    number = {name: n for n, name in enumerate(names)}
    labels = [label for label in LABELS if label in model.labels]
    weights = np.zeros((len(names), len(labels)), dtype=np.float32)
    for (name, label), weight in kept.items():
        weights[number[name], labels.index(label)] = weight
    transitions = [[model.transitions.get((a, b), 0.0) for b in labels] for a in labels]
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / WEIGHTS, weights, allow_pickle=False)
    settings = json.dumps(
        {"labels": labels, "transitions": transitions, "features": names},
        indent=0,
        ensure_ascii=False,
    )
    (folder / SETTINGS).write_text(f"{settings}\n", encoding="utf-8")
