"""Corpora to learn from, and how they are parted for cross-validation."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError
from geo.evaluate import read_gold
from geo.evaluate.gold import GoldDocument, Toponym, counted, is_aside, once_a_span, span
from geo.recognize.lexicon import Lexicon
from geo.recognize.tokens import split

# A corpus that labels fewer of the demonyms in it follows the convention to leave them out.
_LEAST_LABELLED = 1 / 3


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold documents that follow one convention."""

    name: str
    documents: tuple[GoldDocument, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A gold document, with the name of its corpus."""

    corpus: str
    document: GoldDocument

    @property
    def toponyms(self) -> list[Toponym]:
        """The toponyms in reading order, one a span, without those of page furniture."""
        return once_a_span(counted(self.document))

    @property
    def furniture(self) -> list[tuple[int, int]]:
        """The spans of toponyms in page furniture, which teach nothing."""
        return [span(toponym) for toponym in self.document.toponyms if is_aside(toponym)]


def read_corpora(paths: Sequence[Path]) -> list[Corpus]:
    """Read gold files, or the `.jsonl` files of folders; raises InputError if there are none."""
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    ]
    if not files:
        raise InputError(
            f"no .jsonl file in {', '.join(map(str, paths))}; name a folder of gold labels"
        )
    return [Corpus(file.stem, tuple(read_gold(file))) for file in files]


def examples_of(corpora: Sequence[Corpus]) -> list[Example]:
    """Return the documents of all corpora in one list."""
    return [Example(corpus.name, document) for corpus in corpora for document in corpus.documents]


def labels_demonyms(corpus: Corpus, lexicon: Lexicon) -> bool:
    """Say whether a corpus labels demonyms: "Ukrainian"."""
    labelled = n = 0
    for document in corpus.documents:
        gold = {(toponym["start"], toponym["end"]) for toponym in document.toponyms}
        tokens = split(document.article.text)
        for surface, start, end in zip(tokens.surfaces, tokens.starts, tokens.ends, strict=True):
            if surface[0].isupper() and lexicon.is_demonym(surface):
                n += 1
                labelled += (start, end) in gold
    return labelled >= _LEAST_LABELLED * n


def part(examples: Sequence[Example], n_folds: int = 5) -> list[list[int]]:
    """Return the numbers of the examples in each fold; every corpus is spread evenly.

    The articles of one outlet stay together, if their corpus has outlets enough for that.
    """
    chance = random.Random(0)  # noqa: S311 -- folds are no secret
    folds: list[list[int]] = [[] for _ in range(n_folds)]
    for corpus in dict.fromkeys(example.corpus for example in examples):
        groups = _groups(examples, corpus, n_folds)
        chance.shuffle(groups)
        sizes = [0] * n_folds
        for group in groups:
            smallest = sizes.index(min(sizes))
            folds[smallest] += group
            sizes[smallest] += len(group)
    return folds


def _groups(examples: Sequence[Example], corpus: str, n_folds: int) -> list[list[int]]:
    numbers = [i for i, example in enumerate(examples) if example.corpus == corpus]
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for i in numbers:
        by_outlet[examples[i].document.article.outlet].append(i)
    if len(by_outlet) >= 2 * n_folds:
        return list(by_outlet.values())
    return [[i] for i in numbers]
