"""`geo evaluate`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from geo.cli.input import gazetteer_of, resolve_all
from geo.cli.options import Demonyms, OwnPlaces, UseOutlet
from geo.cli.output import check_output, plain, reporting, show
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.evaluate import Errors, GoldDocument, Group, Matched
    from geo.gazetteer import Gazetteer

_Item = TypeVar("_Item")


def evaluate_command(
    gold: Annotated[list[Path], typer.Argument(help="Gold labels, one document a line, .jsonl.")],
    spans: Annotated[
        Literal["found", "gold"],
        typer.Option(help="'gold' takes the mentions from the labels, to test resolution alone."),
    ] = "found",
    demonyms: Demonyms = False,
    use_outlet: UseOutlet = False,
    by_kind: Annotated[
        bool, typer.Option("--by-kind", help="Also by kind of place, and by the corpus's types.")
    ] = False,
    errors: Annotated[
        int, typer.Option(min=0, help="Also show so many of the worst errors of each sort.")
    ] = 0,
    save_predictions: Annotated[
        Path | None,
        typer.Option(help="Write what was found, in the same format; a folder for several files."),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Only ask for how many the gazetteer has a candidate."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a corpus, each on its line.")
    ] = False,
    places: OwnPlaces = None,
) -> None:
    """Compare what is found with gold labels: spans, points within 161 km, roles.

    Of several files, each is compared, and all together.

    \b
    Examples:
      geo evaluate data/labels.jsonl
      geo evaluate lgl.jsonl gwn.jsonl --by-kind --errors 20
      geo evaluate lgl.jsonl gwn.jsonl --spans gold --json
      geo evaluate data/labels.jsonl --coverage
      geo evaluate gold.jsonl --save-predictions predictions.jsonl
    """
    if coverage and (save_predictions or by_kind or errors or spans == "gold"):
        raise typer.BadParameter("--coverage predicts nothing; leave the other options out")
    gold = list(dict.fromkeys(gold))
    outputs = _outputs(gold, save_predictions, places)
    with reporting() as problems:
        from geo.evaluate import GoldSpans, as_prediction, match, write_predictions

        corpora = _read_all(gold, problems)
        if not corpora:
            return
        gazetteer = gazetteer_of(places)
        if coverage:
            _show_coverage(corpora, gazetteer, as_json=as_json)
            return

        matched = {}
        for path, documents in corpora.items():
            known = GoldSpans(documents, gazetteer.demonyms()) if spans == "gold" else None
            resolved = resolve_all(
                [document.article for document in documents],
                gazetteer,
                problems,
                recognizer=known,
                demonyms=demonyms or spans == "gold",
                use_outlet=use_outlet,
            )
            predictions = [as_prediction(article, found) for article, found in resolved]
            if path in outputs:
                write_predictions(predictions, outputs[path])
            matched[path] = match(documents, predictions, gazetteer)
        show_part = partial(_show, gazetteer=gazetteer, by_kind=by_kind, as_json=as_json)
        for path, part in matched.items():
            show_part(path.stem, part, titled=len(gold) > 1, errors=errors)
        if len(matched) > 1:
            show_part("all", _together(matched), titled=True, errors=0)


def _outputs(gold: Sequence[Path], output: Path | None, places: Path | None) -> dict[Path, Path]:
    """Return where the predictions of each gold file go; stop if one cannot be meant."""
    if output is None:
        return {}
    outputs = dict.fromkeys(gold, output)
    if output.is_dir():
        outputs = {path: output / f"{path.stem}.jsonl" for path in gold}
    if len(set(outputs.values())) < len(gold):
        raise typer.BadParameter(
            f"several gold files would write {str(outputs[gold[-1]])!r}; name a folder that is "
            "there, and gold files of different names",
            param_hint="--save-predictions",
        )
    for path in outputs.values():
        check_output("--save-predictions", path, (".jsonl",), [*gold, places])
    return outputs


def _read_all(paths: Sequence[Path], problems: list[GeoError]) -> "dict[Path, list[GoldDocument]]":
    """Read gold files; those that cannot be read are added to `problems`."""
    from geo.evaluate import read_gold

    corpora = {}
    for path in paths:
        try:
            corpora[path] = read_gold(path)
        except GeoError as error:
            problems.append(error)
    return corpora


def _together(corpora: Mapping[Path, Sequence[_Item]]) -> list[_Item]:
    return [item for items in corpora.values() for item in items]


def _show_coverage(
    corpora: "dict[Path, list[GoldDocument]]", gazetteer: "Gazetteer", *, as_json: bool
) -> None:
    from geo.evaluate import cover

    parts = [(path.stem, documents) for path, documents in corpora.items()]
    if len(parts) > 1:
        parts.append(("all", _together(corpora)))
    for name, documents in parts:
        covered = cover(documents, gazetteer)
        if as_json:
            _show_json(name, covered.as_dict())
            continue
        if len(parts) > 1:
            _title(name)
        typer.echo("\n".join(plain(line) for line in covered.as_text().split("\n")))


def _show(
    name: str,
    matched: "Sequence[Matched]",
    *,
    titled: bool,
    gazetteer: "Gazetteer",
    by_kind: bool,
    errors: int,
    as_json: bool,
) -> None:
    from geo.evaluate import by_group, kind_in, report_of, type_of, worst_errors

    report = report_of(matched)
    named = {"kind": kind_in(gazetteer), "type": type_of} if by_kind else {}
    groups = {sort: by_group(matched, name_of) for sort, name_of in named.items()}
    worst = worst_errors(matched, errors) if errors else None
    if as_json:
        more = {f"by_{sort}": [g.as_dict() for g in found] for sort, found in groups.items()}
        _show_json(
            name, {**report.as_dict(), **more, **({"errors": asdict(worst)} if worst else {})}
        )
        return
    if titled:
        _title(name)
    typer.echo(report.as_text())
    for sort, found in groups.items():
        if found:
            _show_groups(sort, found)
    if worst:
        _show_errors(worst, gazetteer)


def _show_json(name: str, figures: dict[str, Any]) -> None:
    typer.echo(json.dumps({"corpus": name, **figures}))


def _title(name: str) -> None:
    typer.secho(plain(f"── {name}"), bold=True)


def _show_groups(header: str, groups: "Sequence[Group]") -> None:
    typer.echo()
    show(
        [header, "gold", "recall", "A@161", "with unresolved", "with areas"],
        (
            [
                group.name,
                str(group.gold),
                *(
                    "" if figure is None else f"{figure:.3f}"
                    for figure in list(group.as_dict().values())[2:]
                ),
            ]
            for group in groups
        ),
    )


def _show_errors(errors: "Errors", gazetteer: "Gazetteer") -> None:
    if errors.points:
        typer.echo()
        show(
            ["km off", "mention", "taken for", "document", "context"],
            (
                [
                    f"{error.km:.0f}",
                    f"{error.surface} {error.times}" if error.times > 1 else error.surface,
                    _place(error.place_id, gazetteer),
                    error.article_id,
                    error.context,
                ]
                for error in errors.points
            ),
        )
    bounds = [(f"{found} for {wanted}", times) for (wanted, found), times in errors.bounds]
    for title, surfaces in (
        ("missed", errors.missed),
        ("extra", errors.extra),
        ("other bounds", bounds),
        ("unresolved", errors.unresolved),
    ):
        if surfaces:
            listed = ", ".join(f"{name} {n}" if n > 1 else name for name, n in surfaces)
            typer.echo(plain(f"{title}: {listed}"))


def _place(place_id: str, gazetteer: "Gazetteer") -> str:
    """Return a place's name, kind and where it lies."""
    # "gn:709717+30km-east" lies beside the place of that id.
    place = gazetteer[place_id.partition("+")[0]]
    return f"{place.name} ({', '.join(filter(None, (place.kind, place.lies_in)))})"
