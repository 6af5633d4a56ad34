"""`geo explain`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import typer

from geo.cli import options
from geo.cli.input import gazetteer_of, read_all, resolve_all, stop_if_empty
from geo.cli.output import plain, reporting
from geo.errors import NotFoundError
from geo.records import Article, Candidate, Resolution

_AROUND = 40

Resolved = Sequence[tuple[Article, Sequence[Resolution]]]


def explain_command(
    paths: options.Paths,
    only: Annotated[str, typer.Option(help="Explain only mentions written so, as Paris.")] = "",
    metadata: options.Metadata = None,
    outlet: options.Outlet = "",
    date: options.Date = "",
    language: options.Language = "",
    places: options.OwnPlaces = None,
    demonyms: options.Demonyms = False,
    use_outlet: options.UseOutlet = False,
) -> None:
    """Say of each mention what it was taken for, why, and what else it may mean.

    \b
    Examples:
      geo explain article.txt
      geo explain article.txt --only Donetsk
      echo "A fire broke out in Paris, Texas." | geo explain -
    """
    with reporting() as problems:
        articles = read_all(paths, metadata, outlet, date, language, problems)
        stop_if_empty(articles, problems)
        resolved = resolve_all(
            articles, gazetteer_of(places), problems, demonyms=demonyms, use_outlet=use_outlet
        )
        stop_if_empty(resolved, problems)
        if only and not any(_is_meant(r, only) for _, found in resolved for r in found):
            raise NotFoundError(f"no mention is written {only!r}; leave out --only to see all")
        show_explanations(resolved, only)


def _is_meant(resolution: Resolution, only: str) -> bool:
    return resolution.mention.surface.casefold() == only.casefold()


def show_explanations(resolved: Resolved, only: str = "") -> None:
    """Print the explanations of all mentions, or of those that are written as `only`."""
    for article, resolutions in resolved:
        for resolution in resolutions:
            if not only or _is_meant(resolution, only):
                typer.echo("\n".join(plain(line) for line in _explain(article, resolution)))
                typer.echo()


def _explain(article: Article, resolution: Resolution) -> Iterator[str]:
    mention = resolution.mention
    before = article.text[max(0, mention.start - _AROUND) : mention.start]
    after = article.text[mention.end : mention.end + _AROUND]
    words = [mention.role, f"a place by {mention.probability:.2f}"]
    words += ["a word for people"] if mention.demonym else []
    words += ["inside a longer name"] if mention.embedded else []
    yield f"{mention.surface} ({', '.join(words)}) in {article.article_id}"
    yield f"  …{before}>>{mention.surface}<<{after}…"
    yield f"  score {resolution.score:.2f}: {resolution.reason}"
    yield from _rows(resolution.candidates)


def _rows(candidates: Iterable[Candidate]) -> Iterator[str]:
    for candidate in candidates:
        place = candidate.place
        lies_in = place.lies_in or "no country"
        yield (
            f"  {candidate.score:6.3f}  {place.name} ({place.kind}; {lies_in}) "
            f"{place.latitude:.4f}, {place.longitude:.4f}  {place.place_id}"
        )
