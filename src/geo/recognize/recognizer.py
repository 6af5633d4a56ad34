"""The recogniser: a trained model decides which words name places."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import inf
from pathlib import Path

import numpy as np

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import key_of, normalize
from geo.gazetteer.spellings import PLURALS
from geo.morphology import classes_of, is_cyrillic
from geo.parts import find_parts
from geo.recognize import slavic_words, words
from geo.recognize.bars import is_barred
from geo.recognize.crf import Array, Crf, Expand, read_crf
from geo.recognize.features import FIELDS, describe, expand
from geo.recognize.furniture import find_furniture
from geo.recognize.lexicon import Lexicon
from geo.recognize.names_of_no_place import find_names_of_no_place
from geo.recognize.roles import tell_roles
from geo.recognize.slavic_features import expand_slavic
from geo.recognize.tokens import CAPITAL, Tokens, find_stretches, parts_in_one_script, split
from geo.records import Article, Mention

MODELS = Path(__file__).parent.parent / "models"
# The labels of tokens: outside, first word of a name, another word of it, demonym.
OUTSIDE, BEGIN, INSIDE, DEMONYM = LABELS = ("O", "B", "I", "D")
_CONJUNCTIONS = words.CONJUNCTIONS | slavic_words.CONJUNCTIONS
_AND = "|".join(sorted(_CONJUNCTIONS))
_LIST_GAP = re.compile(rf",\s+(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+")
# "в Брянской и Курской": behind a preposition or in a list, and no other noun follows. Ukrainian
# towns have the endings of the other cases: "у Донецьку".
_OF_OBLAST = re.compile(r"[А-ЯІЇЄҐ][\w’'ʼ-]*[сц](?:к(?:ая|ой|ую)|ьк(?:ої|ій|ою))")
_BEFORE_OBLAST = re.compile(rf"(?:\b(?:в|во|у|из|із|з|над|под|під|по|{_AND})|,) $", re.IGNORECASE)
_NEXT_WORD = re.compile(r" ([а-яёіїєґ’'ʼ-]+)")
_SHORT_RAION = re.compile(r" р-н(?:а|е|у|ом|і)?\b")
_RAION = ("района", "району", "районе", "районі", "районом", "район")
_OBLAST = ("область", "области", "областью", "області", "областю")
_REACH = 20
# A word counts as a name from a little less than even odds on: what is missed costs as much as what
# is too much, and the model is shy. Set by cross-validation.
_WEIGHT_OF_OUTSIDE = 0.6
_LABEL_WEIGHTS = np.where(np.array(LABELS) == OUTSIDE, _WEIGHT_OF_OUTSIDE, 1.0)
# What is longer than any article is read in parts, and so much of several at once.
_LONGEST_TEXT = 100_000
# A country is among the likeliest places of its name.
_MOST_NAMESAKES = 8
# A name of the user's own table is one unless the model is all but sure that it is not.
_OWN_PROBABILITY = 0.02
_LONGEST_ABBREVIATION = 6


@dataclass(frozen=True, slots=True)
class Script:
    """A script that names are written in, with a model of its own.

    `expand` names the features that the model has weights of; `labels` are those it tells apart.
    """

    folder: str
    labels: tuple[str, ...]
    expand: Expand
    is_in: Callable[[str], bool]

    def stretches(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Return the stretches in this script that may hold names."""
        if not is_cyrillic(tokens.text):
            return list(find_stretches(tokens)) if self.is_in(tokens.text) else []
        return [
            (first, end)
            for stretch in find_stretches(tokens)
            for first, end in parts_in_one_script(tokens, *stretch)
            if self.is_in(tokens.surfaces[first])
        ]


LATIN = Script("", LABELS, expand, lambda word: not is_cyrillic(word))
CYRILLIC = Script("slavic", LABELS[:3], expand_slavic, is_cyrillic)
SCRIPTS = (LATIN, CYRILLIC)

# First token, the one behind the last, probability, demonym or not.
Span = tuple[int, int, float, bool]


class CrfRecognizer:
    """Finds the words that name places, and tells places that act from places where things happen.

    Demonyms are among the mentions, marked as such. The model is the shipped one, or another.
    """

    def __init__(self, gazetteer: Gazetteer, model: Crf | None = None) -> None:
        self._given = gazetteer, model
        self._gazetteer = gazetteer
        self._lexicon = Lexicon(gazetteer)
        self._models = {LATIN.folder: model} if model else {}
        self._has_own = bool(gazetteer.places)
        self._is_state = lru_cache(maxsize=10_000)(self._names_a_state)

    def __reduce__(self) -> tuple[type["CrfRecognizer"], tuple[Gazetteer, Crf | None]]:
        # Another process fills its own caches.
        return CrfRecognizer, self._given

    def __call__(self, article: Article, /) -> list[Mention]:
        return self.read_all([article])[0]

    def read_all(self, articles: Sequence[Article]) -> list[list[Mention]]:
        """Return the mentions of each article, as if it were read alone, but sooner."""
        found: list[list[Mention]] = [[] for _ in articles]
        for batch in _batches(articles):
            texts = [articles[n].text[start:end] for n, start, end in batch]
            for (n, start, _), mentions in zip(batch, self._read(texts), strict=True):
                found[n] += [_moved(mention, start) for mention in mentions] if start else mentions
        return found

    def _read(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Yield the mentions of each text; a model judges the tokens of all at once."""
        read = list(map(split, texts))
        found: list[list[Span]] = [[] for _ in read]
        stretches: list[list[tuple[int, int]]] = [[] for _ in read]
        for script in SCRIPTS:
            for n, (one, spans) in enumerate(self._read_script(read, script)):
                stretches[n] += one
                found[n] += spans
        for tokens, parts, spans in zip(read, stretches, found, strict=True):
            allowed = _allowed(tokens, sorted(parts), sorted(spans))
            yield self._mentions(tokens, self._with_listed(tokens, allowed))

    def _read_script(
        self, read: Sequence[Tokens], script: Script
    ) -> Iterator[tuple[list[tuple[int, int]], list[Span]]]:
        """Yield, for each text, its stretches in a script and the names in them."""
        parts = [script.stretches(tokens) for tokens in read]
        if not any(parts):
            yield from (([], []) for _ in read)
            return
        described = [
            describe(tokens, self._lexicon, stretches)
            for tokens, stretches in zip(read, parts, strict=True)
        ]
        lengths = [end - first for one in described for first, end in one.stretches]
        columns = map(chain.from_iterable, zip(*(one.columns for one in described), strict=True))
        probabilities = self._model(script).label_probabilities(columns, lengths)
        row = 0
        for tokens, one in zip(read, described, strict=True):
            end = row + len(one.columns[0])
            yield one.stretches, self._find_spans(tokens, one.stretches, probabilities[row:end])
            row = end

    def _model(self, script: Script) -> Crf:
        if script.folder not in self._models:
            self._models[script.folder] = open_model(MODELS, script)
        return self._models[script.folder]

    def _find_spans(
        self, tokens: Tokens, stretches: Sequence[tuple[int, int]], probabilities: Array
    ) -> list[Span]:
        labels, sure = _likeliest(probabilities)
        spans: list[Span] = []
        row = 0
        for first, end in stretches:
            stop = row + end - first
            found = list(_decode(first, labels[row:stop], sure[row:stop]))
            found = [span for span in found if not self._is_institution(tokens, span)]
            if self._has_own:
                found = self._with_own_names(tokens, first, probabilities[row:stop], found)
            spans += found
            row = stop
        return spans

    def _is_institution(self, tokens: Tokens, span: Span) -> bool:
        """Say whether a Cyrillic word unknown to the gazetteer is short for an institution."""
        surface = tokens.surfaces[span[0]]
        if span[1] - span[0] > 1 or not is_cyrillic(surface):
            return False
        is_short = surface.isupper() and len(surface) <= _LONGEST_ABBREVIATION
        is_compound = surface.lower().startswith(slavic_words.INSTITUTIONS)
        return (is_short or is_compound) and not self._lexicon.facts_of_words([surface])[0]

    def _with_own_names(
        self, tokens: Tokens, first: int, probabilities: Array, spans: list[Span]
    ) -> list[Span]:
        """Add the names of the user's own table that the model passed over."""
        end = first + len(probabilities)
        for start, stop, key in self._lexicon.names(tokens, first, end):
            inside = 1 - float(probabilities[start - first : stop - first, 0].max())
            is_free = not any(start < s[1] and s[0] < stop for s in spans)
            # Several words are hardly ever anything else.
            is_likely = inside > _OWN_PROBABILITY or stop - start > 1
            if is_free and is_likely and self._lexicon.is_own(key):
                spans.append((start, stop, max(inside, 0.5), False))
        return sorted(spans)

    def _with_listed(self, tokens: Tokens, spans: list[Span]) -> list[Span]:
        """Add "Donets" of "Donets and Lugansk Regions": it is known only with its type word."""
        taken = {i for first, end, _, _ in spans for i in range(first, end)}
        listed = [
            (first - 2, first - 1, probability, False)
            for first, end, probability, _ in spans
            if tokens.surfaces[end - 1].casefold() in PLURALS
            and first > 1
            and tokens.surfaces[first - 1] in _CONJUNCTIONS
            and tokens.classes[first - 2] == CAPITAL
            and first - 2 not in taken
            and self._gazetteer.find(f"{tokens.surfaces[first - 2]} {tokens.surfaces[end - 1]}")
        ]
        return sorted([*spans, *listed])

    def _mentions(self, tokens: Tokens, spans: Sequence[Span]) -> list[Mention]:
        text = tokens.text
        places = [(tokens.starts[first], tokens.ends[end - 1]) for first, end, _, _ in spans]
        roles = tell_roles(text, places, self._is_state)
        taken = {i for first, end, _, _ in spans for i in range(first, end)}
        type_words = dict(self._shared_type_words(text, places))
        return [
            Mention(
                start=start,
                end=end,
                surface=text[start:end],
                role=role,
                type_word=type_words.get(k, ""),
                probability=round(probability, 3),
                demonym=is_demonym,
                embedded=not is_demonym and _is_embedded(tokens, first, stop, taken),
            )
            for k, ((first, stop, probability, is_demonym), (start, end), role) in enumerate(
                zip(spans, places, roles, strict=True)
            )
        ]

    def _names_a_state(self, surface: str) -> bool:
        places = self._gazetteer.outlines(key_of(surface), _MOST_NAMESAKES)
        if any(place.kind in ("country", "bloc") for place in places):
            return True
        return is_cyrillic(surface) and (
            surface in slavic_words.STATE_ABBREVIATIONS
            or any(normalize(place.name) in slavic_words.CAPITALS for place in places[:1])
        )

    def _shared_type_words(
        self, text: str, places: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, str]]:
        """Yield the number of "Lugansk" in "Lugansk and Donetsk Regions", and the type word."""
        shared = ""
        for k in range(len(places) - 1, -1, -1):
            start, end = places[k]
            if shared and not _LIST_GAP.fullmatch(text, end, places[k + 1][0]):
                shared = ""
            surface = text[start:end]
            if surface.rpartition(" ")[2].casefold() in PLURALS:
                shared = _type_words_of(surface)
            elif shared and self._gazetteer.find(f"{surface} {shared}"):
                yield k, shared
            elif elided := self._elided_type_word(text, start, end):
                yield k, elided

    def _elided_type_word(self, text: str, start: int, end: int) -> str:
        """Return the type word that is left away: "в Брянской и Курской", or short: "р-на"."""
        surface = text[start:end]
        if _SHORT_RAION.match(text, end):
            return self._first_known(surface, _RAION)
        before = text[max(0, start - _REACH) : start]
        behind = _NEXT_WORD.match(text, end)
        describes = behind and {"NOUN", "ADJF"} & classes_of(behind[1])
        if not _OF_OBLAST.fullmatch(surface) or not _BEFORE_OBLAST.search(before) or describes:
            return ""
        return self._first_known(surface, _OBLAST)

    def _first_known(self, surface: str, type_words: Iterable[str]) -> str:
        """Return the first of the type words with which a name is known, or ""."""
        return next((one for one in type_words if self._gazetteer.find(f"{surface} {one}")), "")


def _type_words_of(surface: str) -> str:
    """Return the type word of a name, or both of "Луганской народных республик"."""
    if is_cyrillic(surface):
        return surface.partition(" ")[2]
    return surface.rpartition(" ")[2]


def open_model(folder: Path, script: Script = LATIN) -> Crf:
    """Open the recogniser's weights for a script; raises GazetteerError if they are others."""
    model = read_crf(folder / script.folder, fields=FIELDS, expand=script.expand)
    if model.labels != script.labels:
        raise GazetteerError(
            f"{folder} was trained for another version; train it again (make train)"
        )
    return model


def _batches(articles: Sequence[Article]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield parts of texts, as the number of the article, start and end, that are read at once."""
    batch: list[tuple[int, int, int]] = []
    size = 0
    for number, article in enumerate(articles):
        for start, end in find_parts(article.text, _LONGEST_TEXT):
            batch.append((number, start, end))
            size += end - start
            if size >= _LONGEST_TEXT:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _likeliest(probabilities: Array) -> tuple[list[int], list[float]]:
    """Return the label of each token, and how likely that is."""
    best = (probabilities * _LABEL_WEIGHTS[: probabilities.shape[1]]).argmax(axis=1)
    return best.tolist(), probabilities[np.arange(len(best)), best].tolist()


def _decode(first: int, labels: Sequence[int], sure: Sequence[float]) -> Iterator[Span]:
    """Yield the spans of the likeliest labels; a name is as sure as its least sure word."""
    i = 0
    while i < len(labels):
        label = LABELS[labels[i]]
        end = i + 1
        if label != OUTSIDE:
            more = DEMONYM if label == DEMONYM else INSIDE
            while end < len(labels) and LABELS[labels[end]] == more:
                end += 1
            yield first + i, first + end, min(sure[i:end]), label == DEMONYM
        i = end


def _allowed(
    tokens: Tokens, stretches: Sequence[tuple[int, int]], spans: Sequence[Span]
) -> list[Span]:
    """Leave out what lies in page furniture, or is part of the name of something else."""
    furniture = list(find_furniture(tokens.text))
    spans = [_with_point(tokens, *span) for span in spans]
    hidden = {
        i for first, end in find_names_of_no_place(tokens, stretches) for i in range(first, end)
    }
    taken = {i for first, end, _, _ in spans for i in range(first, end)}
    return [
        span
        for span in spans
        if tokens.classes[span[0]] == CAPITAL
        and hidden.isdisjoint(range(span[0], span[1]))
        and not is_barred(tokens, span[0], span[1], taken)
        and not _is_inside(tokens.starts[span[0]], furniture)
    ]


def _with_point(tokens: Tokens, first: int, end: int, sure: float, is_demonym: bool) -> Span:
    """Return a name with the point of its abbreviation: "Донецкая обл."."""
    is_short = tokens.surfaces[end - 1] in slavic_words.ABBREVIATIONS
    has_point = is_short and tokens.surfaces[end : end + 1] == ["."]
    return first, end + has_point, sure, is_demonym


def _moved(mention: Mention, offset: int) -> Mention:
    return replace(mention, start=mention.start + offset, end=mention.end + offset)


def _is_inside(position: int, furniture: Sequence[tuple[int, int]]) -> bool:
    before = bisect_right(furniture, (position, inf)) - 1
    return before >= 0 and position < furniture[before][1]


def _is_embedded(tokens: Tokens, first: int, end: int, taken: set[int]) -> bool:
    """Say whether a name is part of a longer one: "Kiev City Council", "University of Georgia"."""
    return _goes_on(tokens, end - 1, end, taken) or _goes_on(tokens, first, first - 1, taken)


def _goes_on(tokens: Tokens, edge: int, i: int, taken: set[int]) -> bool:
    """Say whether the token `i`, next to that at `edge`, belongs to the same longer name."""
    if not 0 <= i < len(tokens.surfaces) or i in taken:
        return False
    one, other = sorted((edge, i))
    gap = tokens.text[tokens.ends[one] : tokens.starts[other]]
    if tokens.surfaces[i] == "of" and i < edge:
        return i > 0 and i - 1 not in taken and tokens.classes[i - 1] == CAPITAL
    starts_sentence = i < edge and (
        i == 0 or tokens.surfaces[i - 1] in '.!?"“' or tokens.breaks_before(i)
    )
    return gap == " " and tokens.classes[i] == CAPITAL and not starts_sentence
