"""Cross-validation: every document is read by models that were trained without it."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.evaluate import as_prediction
from geo.evaluate.matching import Matched, match
from geo.gazetteer import Gazetteer
from geo.recognize import CrfRecognizer
from geo.recognize.lexicon import Lexicon
from geo.recognize.recognizer import open_model
from geo.records import Article, Mention, Resolution
from geo.resolve import RankResolver
from geo.resolve.candidates import CandidateFinder
from geo.resolve.outlets import OutletMemory
from geo.resolve.resolver import open_models
from geo.train import recognizer, resolver
from geo.train.corpora import Example, part

N_FOLDS, N_INNER_FOLDS = 5, 4


@dataclass(frozen=True, slots=True)
class Trainer:
    """Trains both models; `demonyms` says of each corpus whether it labels them."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    finder: CandidateFinder
    demonyms: dict[str, bool]

    def lessons(
        self, examples: Sequence[Example]
    ) -> tuple[list[list[recognizer.Lesson]], list[resolver.Lesson]]:
        """Return what both models can learn from examples, so that folds need not repeat it."""
        words = [
            recognizer.lessons_of(example, self.lexicon, demonyms=self.demonyms[example.corpus])
            for example in examples
        ]
        return words, resolver.lessons_of(examples, self.gazetteer, self.finder)


def train(
    lessons: tuple[list[list[recognizer.Lesson]], list[resolver.Lesson]],
    examples: Sequence[Example],
    without: Iterable[int],
    folder: Path,
) -> None:
    """Train both models without some examples, and write them into a folder."""
    left_out = set(without)
    words, places = lessons
    recognizer.train_recognizer(
        (x for i, found in enumerate(words) if i not in left_out for x in found), folder
    )
    # Which examples are together in an inner fold does not depend on what is left out.
    folds = part(examples, N_INNER_FOLDS)
    resolver.train_resolver([x for x in places if x.number not in left_out], folds, folder)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with the models of a folder."""

    recognizer: CrfRecognizer
    resolver: RankResolver
    finder: CandidateFinder

    def read(
        self, examples: Sequence[Example], *, gold_spans: bool, use_outlet: bool, demonyms: bool
    ) -> list[Matched]:
        """Return the examples' gold beside what is found."""
        batch = [
            (e.document.article, _gold(e, self.recognizer) if gold_spans else self._mentions(e))
            for e in examples
        ]
        memory = OutletMemory(self.finder).add_all(batch) if use_outlet else None
        self.resolver.remember(memory)
        predictions = [
            as_prediction(article, _kept(self.resolver(article, mentions), demonyms or gold_spans))
            for article, mentions in batch
        ]
        return match([e.document for e in examples], predictions, self.recognizer.gazetteer)

    def _mentions(self, example: Example) -> list[Mention]:
        return self.recognizer(example.document.article)


def _gold(example: Example, _: CrfRecognizer) -> list[Mention]:
    return resolver.gold_mentions(example)


def _kept(resolutions: Sequence[Resolution], demonyms: bool) -> list[Resolution]:
    return [r for r in resolutions if demonyms or not r.mention.demonym]
