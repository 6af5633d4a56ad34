"""The command line: `geo map`, `geo geocode`, `geo lookup`, `geo evaluate`.

Exit codes: 0; 1 if some input failed or a name was not found; 2 for a wrong call. What is heavy
is imported by the command that needs it, so that `geo --help` is quick.
"""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import geo
from geo.errors import GeoError, InputError
from geo.records import Article, Place, Resolution

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.gazetteer import Gazetteer

app = typer.Typer(
    name="geo",
    help="Find the places named in news articles, resolve them, and map them by date and outlet.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Files (.txt, .md, .csv, .jsonl), folders of them, or - for standard input.",
        show_default=False,
        readable=False,  # one file that cannot be read never stops the others
    ),
]
Metadata = Annotated[
    Path | None,
    typer.Option(help="A CSV that tells of files: file, id, outlet, published, title, url."),
]
Outlet = Annotated[str, typer.Option(help="The outlet of articles that do not name theirs.")]
Date = Annotated[str, typer.Option(help="The day, as 2014-08-04, of articles without a date.")]
Language = Annotated[str, typer.Option(help="The language of articles that do not tell theirs.")]
OwnPlaces = Annotated[
    Path | None,
    typer.Option("--places", help="A table of your own places, in the columns of places.csv."),
]
Online = Annotated[
    bool,
    typer.Option("--online", help="Ask a Nominatim server for a name that is not known here."),
]
UserAgent = Annotated[
    str,
    typer.Option(
        help="Tells the server who asks: your project and a way to reach you.",
        envvar="GEO_USER_AGENT",
    ),
]
Server = Annotated[
    str,
    typer.Option(help="The Nominatim server for --online.", envvar="GEO_NOMINATIM"),
]


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Find the places named in news articles, resolve them, and map them by date and outlet."""
    if version:
        typer.echo(f"geo {geo.__version__}")
        raise typer.Exit


@app.command("map")
def map_command(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="The map to write, .html.")],
    metadata: Metadata = None,
    outlet: Outlet = "",
    date: Date = "",
    language: Language = "en",
    places: OwnPlaces = None,
    title: Annotated[str, typer.Option(help="A title for the page.")] = "",
    tiles: Annotated[
        str | None,
        typer.Option(help="Map tiles from the network, by name, such as OpenStreetMap.Mapnik."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the map in the browser.")] = False,
) -> None:
    """Draw articles, or mention tables made earlier, on one map: a single HTML file.

    \b
    Examples:
      geo map data/articles -o map.html --open
      geo map *.txt --metadata articles.csv -o map.html
      geo map mentions.csv -o map.html --title "August 2014"
      geo map data/articles new.txt --outlet "My paper" --date 2014-08-05 -o map.html
    """
    import pandas as pd

    from geo.exports import read_mentions
    from geo.maps.export import save_map
    from geo.maps.mention_map import find_tiles, make_map
    from geo.rows import holds_mentions
    from geo.tables import mention_table

    inputs = [*paths, metadata, places]
    _check_output("--output", output, (".html", ".htm"), inputs)
    if tiles:
        _usage(find_tiles, tiles)
    with _reporting() as problems:
        mentions, texts = [], []
        for path in paths:
            if not holds_mentions(path):
                texts.append(path)
                continue
            try:
                mentions.append(read_mentions(path))
            except InputError as error:
                problems.append(error)
        articles = _read(texts, metadata, outlet, date, language, problems) if texts else []
        if articles:
            mentions.append(mention_table(_resolve(articles, places, problems)))
        _stop_if_empty(mentions, problems)
        table = pd.concat(mentions, ignore_index=True) if len(mentions) > 1 else mentions[0]
        _check_unique(table)
        save_map(make_map(table, articles=articles, title=title, tiles=tiles), output)
        _tell(table, articles, output)
        if show:
            typer.launch(str(output.resolve()))


@app.command("geocode")
def geocode_command(
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write .csv, .jsonl or .geojson instead of showing."),
    ] = None,
    candidates: Annotated[
        Path | None, typer.Option(help="Also write the candidates of each mention, .csv.")
    ] = None,
    metadata: Metadata = None,
    outlet: Outlet = "",
    date: Date = "",
    language: Language = "en",
    places: OwnPlaces = None,
) -> None:
    """Find the places of articles; show them, or write the mention table.

    \b
    Examples:
      geo geocode article.txt
      geo geocode data/articles -o mentions.csv
      echo "Shelling near Gukovo." | geo geocode - --outlet "My paper" --date 2014-08-05
    """
    from geo.exports import FORMATS, csv_text, write_mentions
    from geo.files import write_text
    from geo.tables import candidate_table, mention_table

    inputs = [*paths, metadata, places]
    if output:
        _check_output("--output", output, FORMATS, inputs)
    if candidates:
        _check_output("--candidates", candidates, (".csv",), [*inputs, output])
    with _reporting() as problems:
        articles = _read(paths, metadata, outlet, date, language, problems)
        _stop_if_empty(articles, problems)
        resolved = _resolve(articles, places, problems)
        table = mention_table(resolved)
        if candidates:
            write_text(candidates, csv_text(candidate_table(resolved)))
        if output:
            write_mentions(table, output)
            _tell(table, articles, output)
        else:
            _show_mentions(table)


@app.command("lookup")
def lookup_command(
    name: Annotated[str, typer.Argument(help="A name in any spelling, or 'name, where'.")],
    country: Annotated[
        list[str] | None, typer.Option(help="Only this country, by its ISO code, as UA.")
    ] = None,
    fuzzy: Annotated[
        bool, typer.Option("--fuzzy", help="Similar names too, with their distance in letters.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many places to show.")] = 20,
    places: OwnPlaces = None,
    online: Online = False,
    user_agent: UserAgent = "",
    server: Server = "https://nominatim.openstreetmap.org",
) -> None:
    """Show all places of a name, the likeliest first. Exits with 1 if there is none.

    \b
    Examples:
      geo lookup Gukovo
      geo lookup "Lugansk region"
      geo lookup "Paris, Texas"
      geo lookup Донецк --country RU
      geo lookup Severodonezk --fuzzy
      geo lookup "Nowa Wioska" --online --user-agent "daily-maps/1.0 (maps@daily.news)"
    """
    if not name.strip():
        raise typer.BadParameter("an empty name names no place; give one", param_hint="NAME")
    if online:
        _check_online(user_agent, server)
    with _reporting():
        gazetteer = _gazetteer(places)
        _check_countries(gazetteer, country or [])
        found = _search(gazetteer, name, country or [], fuzzy=fuzzy)
        if not found and online:
            found = [(0, p) for p in _find_online(name, country or [], user_agent, server)]
        if not found and not fuzzy:
            found = [(0, place) for place in _find_variants(gazetteer, name, country or [])]
        if not found:
            raise _not_found(gazetteer, name, country or [], fuzzy=fuzzy)
        _show_places(found[:limit], name, fuzzy=fuzzy)
        if len(found) > limit:
            typer.echo(f"{len(found) - limit} more; --limit {len(found)} shows all", err=True)


def _search(
    gazetteer: "Gazetteer", name: str, countries: Sequence[str], *, fuzzy: bool
) -> list[tuple[int, "Place"]]:
    """Return places with the distance of their names from `name`, 0 if that is their name."""
    from geo.gazetteer.search import find_similar, search

    if fuzzy:
        return find_similar(gazetteer, name, countries)
    return [(0, place) for place in search(gazetteer, name, countries)]


def _find_variants(gazetteer: "Gazetteer", name: str, countries: Sequence[str]) -> list["Place"]:
    """Return the places that an unknown name may mean; say which names it is read as, and why."""
    from geo.gazetteer.search import search_variants

    variants = search_variants(gazetteer, name, countries)
    if variants:
        names = " or ".join(dict.fromkeys(variant.known_as for variant in variants))
        typer.echo(_plain(f"{_short(name)} is read as {names}, by {variants[0].how}"), err=True)
    return [variant.place for variant in variants]


def _check_countries(gazetteer: "Gazetteer", codes: Sequence[str]) -> None:
    for code in codes:
        if gazetteer.country(code.strip().upper()):
            continue
        meant = [place for place in gazetteer.find(code) if place.kind == "country"]
        such = f"{meant[0].name} is {meant[0].country_code}" if meant else "give one such as UA"
        raise InputError(f"--country {_short(code)} is no ISO 3166-1 code of a country; {such}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def _not_found(
    gazetteer: "Gazetteer", name: str, countries: Sequence[str], *, fuzzy: bool
) -> GeoError:
    from geo.errors import NotFoundError
    from geo.gazetteer.names import key_of

    people = gazetteer.demonyms().get(key_of(name), [])
    if people:
        places = " or ".join(gazetteer[place_id].name for place_id in people)
        return NotFoundError(
            f"no place is called {name!r}; it is a word for the people of {places}, so look that up"
        )
    where, elsewhere = "here", ""
    if countries:
        where = f"in {' or '.join(countries)}"
        elsewhere = f" ({len(gazetteer.find(name))} elsewhere)"
    advice = "" if fuzzy else "look for similar names (--fuzzy), or "
    return NotFoundError(
        f"no place is called {_short(name)} {where}{elsewhere}; {advice}add it to a table of "
        "your own (--places)"
    )


def _show_places(found: Sequence[tuple[int, "Place"]], name: str, *, fuzzy: bool) -> None:
    """Show places, and below them where their points are from."""
    sources = list(dict.fromkeys((place.gazetteer, place.source) for _, place in found))
    header = ["name", "kind", "lies in", "population", "latitude", "longitude", "id", "source"]
    rows = [
        [
            *([str(distance)] if fuzzy else []),
            _named(place, name),
            place.kind,
            ", ".join(dict.fromkeys(filter(None, (place.admin1_name, place.country_code)))),
            _population(place),
            f"{place.latitude:.4f}",
            f"{place.longitude:.4f}",
            place.place_id,
            str(sources.index((place.gazetteer, place.source)) + 1),
        ]
        for distance, place in found
    ]
    _show([*(["distance"] if fuzzy else []), *header], rows)
    for number, (gazetteer, source) in enumerate(sources, 1):
        typer.echo(_plain(f"source {number}: {gazetteer}{': ' if source else ''}{source}"))


def _population(place: "Place") -> str:
    # A division's is the sum of the towns that are known, good for the order only.
    is_known = place.population and place.kind in ("settlement", "country")
    return f"{place.population:,}" if is_known else ""


def _named(place: "Place", name: str) -> str:
    """Return a place's name, and as which other one it was found."""
    from geo.gazetteer.names import key_of

    key = key_of(name.split(",", maxsplit=1)[0])
    if key_of(place.name) == key:
        return place.name
    other = next((other for other in place.names if key_of(other) == key), "")
    return f"{place.name} ({other})" if other else place.name


@app.command("evaluate")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="Gold labels, one document a line, .jsonl.")],
    save_predictions: Annotated[
        Path | None, typer.Option(help="Write what was found, in the same format.")
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Only ask for how many the gazetteer has a candidate."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    places: OwnPlaces = None,
) -> None:
    """Compare what is found with gold labels: spans, points within 161 km, roles.

    \b
    Examples:
      geo evaluate data/labels.jsonl
      geo evaluate data/labels.jsonl --coverage
      geo evaluate gold.jsonl --save-predictions predictions.jsonl --json
    """
    if coverage and save_predictions:
        raise typer.BadParameter("--coverage makes no predictions to save; leave one of them out")
    if save_predictions:
        _check_output("--save-predictions", save_predictions, (".jsonl",), [gold, places])
    with _reporting() as problems:
        from geo.evaluate import as_prediction, cover, read_gold, score, write_predictions

        documents = read_gold(gold)
        if coverage:
            covered = cover(documents, _gazetteer(places))
            typer.echo(covered.as_json() if json else covered.as_text())
            return
        resolved = _resolve([document.article for document in documents], places, problems)
        predictions = [as_prediction(article, found) for article, found in resolved]
        if save_predictions:
            write_predictions(predictions, save_predictions)
        report = score(documents, predictions)
        typer.echo(report.as_json() if json else report.as_text())


def _check_output(
    option: str, path: Path, endings: Sequence[str], others: Iterable[Path | None]
) -> None:
    """Stop before any work is done if an output cannot be meant, or would replace an input."""
    problem = ""
    if path.suffix.lower() not in endings:
        problem = f"{str(path)!r} should end in {' or '.join(endings)}"
    elif not path.parent.is_dir():
        problem = f"there is no folder {str(path.parent)!r}; make it first"
    elif path.is_dir():
        problem = f"{str(path)!r} is a folder; name a file in it"
    elif path.resolve() in {other.resolve() for other in others if other}:
        problem = f"{str(path)!r} is read or written by this command too; name another file"
    if problem:
        raise typer.BadParameter(problem, param_hint=option)


def _usage(check: Callable[..., object], *values: str) -> None:
    """Turn what a check says of an option's value into a wrong call."""
    try:
        check(*values)
    except InputError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def _reporting() -> Iterator[list[GeoError]]:
    """Say warnings and problems on standard error, once each, and end with the right exit code."""
    problems: list[GeoError] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            yield problems
        except GeoError as error:
            problems.append(error)
        finally:
            _say(caught, problems)
    if problems:
        raise typer.Exit(1)


def _say(caught: Sequence[warnings.WarningMessage], problems: Sequence[GeoError]) -> None:
    for message in dict.fromkeys(str(w.message) for w in caught if w.category is UserWarning):
        typer.secho(f"Warning: {_plain(message)}", fg="yellow", err=True)
    for problem in problems:
        typer.secho(f"Error: {_plain(str(problem))}", fg="red", err=True)


def _stop_if_empty(found: Sequence[object], problems: Sequence[GeoError]) -> None:
    """End the command before it writes nothing; the problems say why, where there are any."""
    if not found and problems:
        raise typer.Exit(1)
    if not found:
        raise InputError("the input holds no article, so nothing was written")


def _read(
    paths: Sequence[Path],
    metadata: Path | None,
    outlet: str,
    date: str,
    language: str,
    problems: list[GeoError],
) -> list[Article]:
    from geo.articles import parse_day, read_articles

    _usage(parse_day, date, "--date")
    return read_articles(
        paths,
        metadata=metadata,
        outlet=outlet,
        published=date,
        language=language,
        problems=problems,
    )


def _resolve(
    articles: Sequence[Article], places: Path | None, problems: list[GeoError]
) -> list[tuple[Article, Sequence[Resolution]]]:
    from geo.tables import resolve

    gazetteer = _gazetteer(places)
    resolved = resolve(_progress(articles), gazetteer=gazetteer, problems=problems)
    _stop_if_empty(resolved, problems)
    return resolved


def _gazetteer(places: Path | None) -> "Gazetteer":
    from geo.gazetteer import load_gazetteer

    return load_gazetteer(places)


def _check_online(user_agent: str, server: str) -> None:
    from geo.gazetteer.online import check_user_agent, split_server

    _usage(check_user_agent, user_agent)
    _usage(split_server, server)


def _find_online(name: str, countries: Sequence[str], user_agent: str, server: str) -> list[Place]:
    """Return the places of a name by a Nominatim server, and credit those who mapped them."""
    from geo.gazetteer.online import CREDIT, NominatimGazetteer, split_server

    scheme, domain = split_server(server)
    gazetteer = NominatimGazetteer(user_agent, scheme=scheme, domain=domain)
    found = gazetteer.find(name, country_codes=countries, language="en")
    if found:
        typer.echo(CREDIT, err=True)
    return found


def _check_unique(table: "GeoDataFrame") -> None:
    twice = table["mention_id"][table["mention_id"].duplicated()]
    if len(twice):
        raise InputError(
            f"mention {twice.iloc[0]!r} comes twice: the inputs hold the same article; "
            "give each article once, or ids of their own"
        )


def _progress(articles: Sequence[Article]) -> Iterable[Article]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    quiet = not console.is_terminal
    return track(articles, "Geocoding", console=console, transient=True, disable=quiet)


def _tell(table: "GeoDataFrame", articles: Sequence[Article], output: Path) -> None:
    """Say what was found and where it is."""
    shown = table[table["status"] != "rejected"]
    n_layers = len(shown[["outlet", "published_date"]].drop_duplicates())
    n_unplaced = int(shown["latitude"].isna().sum())
    unplaced = f" ({n_unplaced} without a place)" if n_unplaced else ""
    ids = {article.article_id for article in articles} | set(shown["article_id"])
    typer.echo(
        f"{_count(len(shown), 'mention')} of {_count(shown['place_id'].nunique(), 'place')}"
        f"{unplaced}, in {_count(len(ids), 'article')} on "
        f"{_count(n_layers, 'outlet-and-date layer')}: {output}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _show_mentions(table: "GeoDataFrame") -> None:
    _show(
        ["article", "mention", "role", "place", "lies in", "latitude", "longitude", "score"],
        (
            [
                row.article_id,
                row.surface,
                row.role,
                row.place_name or "?",
                ", ".join(filter(None, (row.admin1_name, row.country_code))),
                "" if row.place_id is None else f"{row.latitude:.4f}",
                "" if row.place_id is None else f"{row.longitude:.4f}",
                f"{row.score:.2f}",
            ]
            for row in table.itertuples()
        ),
    )


def _show(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # In a pipe there is no terminal to fit into.
    console = Console(width=None if sys.stdout.isatty() else 240)
    table = Table(box=None, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    console.print(table)


def _plain(text: str) -> str:
    """Return a text in one line and without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)
