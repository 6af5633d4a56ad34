"""From articles to their mentions, each resolved: the recogniser and the resolver at work."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import geopandas as gpd

from geo.errors import GeoError, InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.recognize import CrfRecognizer, Recognizer
from geo.records import Article, Mention, Resolution
from geo.resolve import RankResolver, Resolver
from geo.resolve.candidates import CandidateFinder
from geo.resolve.outlets import OutletMemory
from geo.tables import mention_table

_Item = TypeVar("_Item", Article, tuple[Article, Sequence[Mention]])
_Done = TypeVar("_Done")

# So many articles are read at once.
_BATCH = 16


def geocode(
    articles: Iterable[Article],
    *,
    gazetteer: Gazetteer | None = None,
    recognizer: Recognizer | None = None,
    resolver: Resolver | None = None,
    problems: list[GeoError] | None = None,
    demonyms: bool = False,
    use_outlet: bool = False,
) -> gpd.GeoDataFrame:
    """Find and resolve the places of articles; return the mention table.

    Without a recogniser or resolver of your own, ours use `gazetteer`, or the shipped one. An
    article on which one of them fails raises InputError, or, given a list of `problems`, is
    added to it and left out. `demonyms` asks for words for people too ("Ukrainian"), `use_outlet`
    lets an outlet's home and its other articles count for a place.
    """
    resolved = resolve(
        articles,
        gazetteer=gazetteer,
        recognizer=recognizer,
        resolver=resolver,
        problems=problems,
        demonyms=demonyms,
        use_outlet=use_outlet,
    )
    # One after the other: all resolutions of a large batch would not fit into memory.
    return mention_table(resolved)


def resolve(
    articles: Iterable[Article],
    *,
    gazetteer: Gazetteer | None = None,
    recognizer: Recognizer | None = None,
    resolver: Resolver | None = None,
    problems: list[GeoError] | None = None,
    demonyms: bool = False,
    use_outlet: bool = False,
) -> Iterator[tuple[Article, Sequence[Resolution]]]:
    """Return what yields each article with the resolutions of its mentions, in reading order.

    The options are those of `geocode`.
    """
    if use_outlet and resolver is not None:
        raise InputError("use_outlet works with the resolver of geo only; leave out your own")
    if recognizer is None or resolver is None:
        gazetteer = gazetteer or load_gazetteer()
        recognizer = recognizer or CrfRecognizer(gazetteer)
    if isinstance(articles, str | Article):
        articles = [articles]  # a plain text is told below
    read = _find_all(map(_checked, articles), recognizer, problems)
    if use_outlet and gazetteer:
        finder = CandidateFinder(gazetteer)
        outlets = OutletMemory(finder)
        batch = list(_each(read, lambda pair: _remembered(outlets, *pair), problems))
        read, resolver = iter(batch), RankResolver(gazetteer, finder=finder, outlets=outlets)
    choose = resolver or RankResolver(gazetteer or load_gazetteer())
    return _each(read, lambda pair: (pair[0], _resolve_one(*pair, choose, demonyms)), problems)


def _checked(article: object) -> Article:
    if not isinstance(article, Article):
        raise InputError(
            f"{str(article)[:40]!r} is no article; make one of a text with "
            'geo.Article("an id", text), or read files with geo.read_articles'
        )
    return article


def _find_all(
    articles: Iterable[Article], recognizer: Recognizer, problems: list[GeoError] | None
) -> Iterator[tuple[Article, Sequence[Mention]]]:
    """Yield each article with its mentions. Ours reads several at once, which takes less time."""

    def find_each(some: Iterable[Article]) -> Iterator[tuple[Article, Sequence[Mention]]]:
        return _each(some, lambda article: (article, _find_mentions(article, recognizer)), problems)

    if type(recognizer) is not CrfRecognizer:
        yield from find_each(articles)
        return
    rest = iter(articles)
    while batch := list(islice(rest, _BATCH)):
        try:
            found = recognizer.read_all(batch)
        except Exception:
            yield from find_each(batch)  # and tell which of them failed
        else:
            yield from zip(batch, found, strict=True)


def _each(
    items: Iterable[_Item], work: Callable[[_Item], _Done], problems: list[GeoError] | None
) -> Iterator[_Done]:
    """Yield what is made of each article; one that fails is raised or noted."""
    for item in items:
        try:
            yield work(item)
        except Exception as error:  # a user's own recogniser may raise anything
            article = item if isinstance(item, Article) else item[0]
            problem = InputError(
                f"article {article.article_id!r} was left out, because the recogniser or "
                f"resolver failed on it: {type(error).__name__}: {error}"
            )
            if problems is None:
                raise problem from error
            problems.append(problem)


def _remembered(
    outlets: OutletMemory, article: Article, mentions: Sequence[Mention]
) -> tuple[Article, Sequence[Mention]]:
    outlets.add(article, mentions)
    return article, mentions


def _find_mentions(article: Article, recognizer: Recognizer) -> Sequence[Mention]:
    mentions = recognizer(article)
    for mention in mentions:
        if article.text[mention.start : mention.end] != mention.surface:
            raise ValueError(
                f"the recogniser's span {mention.start}-{mention.end} is not {mention.surface!r}; "
                "offsets count code points of article.text"
            )
    return mentions


def _resolve_one(
    article: Article, mentions: Sequence[Mention], resolver: Resolver, demonyms: bool
) -> Sequence[Resolution]:
    resolutions = resolver(article, mentions)
    if [resolution.mention for resolution in resolutions] != list(mentions):
        raise ValueError("the resolver must return one resolution a mention, in their order")
    # Words for people were evidence all the same.
    return [found for found in resolutions if demonyms or not found.mention.demonym]
