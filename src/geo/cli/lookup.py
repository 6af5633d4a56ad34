"""`geo lookup`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.input import gazetteer_of
from geo.cli.options import Online, OwnPlaces, Server, UserAgent
from geo.cli.output import as_usage, plain, reporting, short, show
from geo.errors import GeoError, InputError
from geo.records import Place

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer


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
    with reporting():
        gazetteer = gazetteer_of(places)
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
) -> list[tuple[int, Place]]:
    """Return places with the distance of their names from `name`, 0 if that is their name."""
    from geo.gazetteer.search import find_similar, search

    if fuzzy:
        return find_similar(gazetteer, name, countries)
    return [(0, place) for place in search(gazetteer, name, countries)]


def _find_variants(gazetteer: "Gazetteer", name: str, countries: Sequence[str]) -> list[Place]:
    """Return the places that an unknown name may mean; say which names it is read as, and why."""
    from geo.gazetteer.search import search_variants

    variants = search_variants(gazetteer, name, countries)
    if variants:
        names = " or ".join(dict.fromkeys(variant.known_as for variant in variants))
        typer.echo(plain(f"{short(name)} is read as {names}, by {variants[0].how}"), err=True)
    return [variant.place for variant in variants]


def _check_countries(gazetteer: "Gazetteer", codes: Sequence[str]) -> None:
    for code in codes:
        if gazetteer.country(code.strip().upper()):
            continue
        meant = [place for place in gazetteer.find(code) if place.kind == "country"]
        such = f"{meant[0].name} is {meant[0].country_code}" if meant else "give one such as UA"
        raise InputError(f"--country {short(code)} is no ISO 3166-1 code of a country; {such}")


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
        f"no place is called {short(name)} {where}{elsewhere}; {advice}add it to a table of "
        "your own (--places)"
    )


def _show_places(found: Sequence[tuple[int, Place]], name: str, *, fuzzy: bool) -> None:
    """Show places, and below them where their points are from."""
    sources = list(dict.fromkeys((place.gazetteer, place.source) for _, place in found))
    header = ["name", "kind", "lies in", "population", "latitude", "longitude", "id", "source"]
    rows = [
        [
            *([str(distance)] if fuzzy else []),
            _named(place, name),
            place.kind,
            place.lies_in,
            _population(place),
            f"{place.latitude:.4f}",
            f"{place.longitude:.4f}",
            place.place_id,
            str(sources.index((place.gazetteer, place.source)) + 1),
        ]
        for distance, place in found
    ]
    show([*(["distance"] if fuzzy else []), *header], rows)
    for number, (gazetteer, source) in enumerate(sources, 1):
        typer.echo(plain(f"source {number}: {gazetteer}{': ' if source else ''}{source}"))


def _population(place: Place) -> str:
    # A division's is the sum of the towns that are known, good for the order only.
    is_known = place.population and place.kind in ("settlement", "country")
    return f"{place.population:,}" if is_known else ""


def _named(place: Place, name: str) -> str:
    """Return a place's name, and as which other one it was found."""
    from geo.gazetteer.names import key_of

    key = key_of(name.split(",", maxsplit=1)[0])
    if key_of(place.name) == key:
        return place.name
    other = next((other for other in place.names if key_of(other) == key), "")
    return f"{place.name} ({other})" if other else place.name


def _check_online(user_agent: str, server: str) -> None:
    from geo.gazetteer.online import check_user_agent, split_server

    as_usage(check_user_agent, user_agent)
    as_usage(split_server, server)


def _find_online(name: str, countries: Sequence[str], user_agent: str, server: str) -> list[Place]:
    """Return the places of a name by a Nominatim server, and credit those who mapped them."""
    from geo.gazetteer.online import CREDIT, NominatimGazetteer, split_server

    scheme, domain = split_server(server)
    gazetteer = NominatimGazetteer(user_agent, scheme=scheme, domain=domain)
    found = gazetteer.find(name, country_codes=countries, language="en")
    if found:
        typer.echo(CREDIT, err=True)
    return found
