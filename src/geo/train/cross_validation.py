"""Cross-validation: every document is read by models that were trained without it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.evaluate import as_prediction
from geo.evaluate.matching import Matched, match
from geo.gazetteer import Gazetteer
from geo.recognize import CrfRecognizer
from geo.recognize.lexicon import Lexicon
from geo.recognize.recognizer import open_model
from geo.records import Article, Mention
from geo.resolve import RankResolver
from geo.resolve.candidates import CandidateFinder
from geo.resolve.outlets import OutletMemory
from geo.resolve.resolver import open_models
from geo.train import recognizer, resolver
from geo.train.corpora import Corpus, Example, examples_of, labels_demonyms, part

N_FOLDS, N_INNER_FOLDS = 5, 4

Batch = list[tuple[Article, list[Mention]]]


@dataclass(frozen=True, slots=True)
class School:
    """What can be learnt from corpora; worked out once, so that folds need not repeat it.

    `demonyms` says of each corpus whether it labels them.
    """

    gazetteer: Gazetteer
    finder: CandidateFinder
    examples: tuple[Example, ...]
    demonyms: dict[str, bool]
    words: tuple[list[recognizer.Lesson], ...]
    places: tuple[resolver.Lesson, ...]

    def train(self, folder: Path, without: Iterable[int] = ()) -> None:
        """Train both models and write them into a folder, without the examples of some numbers."""
        left_out = set(without)
        words = (
            lesson
            for i, lessons in enumerate(self.words)
            if i not in left_out
            for lesson in lessons
        )
        recognizer.train_recognizer(words, folder)
        folds = part(self.examples, N_INNER_FOLDS)
        places = [lesson for lesson in self.places if lesson.number not in left_out]
        resolver.train_resolver(places, folds, folder)


def open_school(corpora: Sequence[Corpus], gazetteer: Gazetteer) -> School:
    """Work out what can be learnt from corpora."""
    lexicon, finder = Lexicon(gazetteer), CandidateFinder(gazetteer)
    demonyms = {corpus.name: labels_demonyms(corpus, lexicon) for corpus in corpora}
    examples = examples_of(corpora)
    words = [
        recognizer.lessons_of(example, lexicon, demonyms=demonyms[example.corpus])
        for example in examples
    ]
    places = resolver.lessons_of(examples, gazetteer, finder)
    places += resolver.lessons_of_large_towns(gazetteer, finder)
    return School(gazetteer, finder, tuple(examples), demonyms, tuple(words), tuple(places))


@dataclass(frozen=True, slots=True)
class Setting:
    """How documents are read: their gold spans or ours, with or without outlet evidence."""

    gold_spans: bool
    use_outlet: bool

    def __str__(self) -> str:
        spans = "gold spans" if self.gold_spans else "found spans"
        return f"{spans}, {'outlets count' if self.use_outlet else 'no outlet evidence'}"


SETTINGS = [Setting(spans, outlet) for spans in (False, True) for outlet in (False, True)]


def read_with(
    models: Path, school: School, numbers: Sequence[int], gazetteer: Gazetteer | None = None
) -> Iterator[tuple[Setting, str, Matched]]:
    """Read some examples with the models of a folder, in every setting.

    Yields the setting, the corpus, and a document's gold beside what was found. Another gazetteer
    than the one learnt with may be given.
    """
    gazetteer = gazetteer or school.gazetteer
    finder = school.finder if gazetteer is school.gazetteer else CandidateFinder(gazetteer)
    recognize = CrfRecognizer(gazetteer, open_model(models))
    ranker = open_models(models)
    examples = [school.examples[i] for i in numbers]
    # Corpora may use the same ids.
    articles = [
        replace(example.document.article, article_id=str(i))
        for i, example in zip(numbers, examples, strict=True)
    ]
    found = recognize.read_all(articles)
    gold = [resolver.gold_mentions(example) for example in examples]
    for setting in SETTINGS:
        batch: Batch = list(zip(articles, gold if setting.gold_spans else found, strict=True))
        memory = OutletMemory(finder).add_all(batch) if setting.use_outlet else None
        resolve = RankResolver(gazetteer, finder=finder, models=ranker, outlets=memory)
        for example, (article, mentions) in zip(examples, batch, strict=True):
            keeps_demonyms = setting.gold_spans or school.demonyms[example.corpus]
            resolutions = [
                resolution
                for resolution in resolve(article, mentions)
                if keeps_demonyms or not resolution.mention.demonym
            ]
            document = replace(example.document, article=article)
            prediction = as_prediction(article, resolutions)
            yield setting, example.corpus, match([document], [prediction], gazetteer)[0]
