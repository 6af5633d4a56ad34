"""What people decided about mentions: kept in a table of their own, applied on every run.

A decision holds for one mention, or for a name in an article, in an outlet's articles or in all.
That on a mention is anchored by the article's id, the words, their sentence and their rank among
the same words there, so that edits elsewhere in the text do not touch it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.files import read_text, write_text
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.rows import arm, disarm, read_number, read_rows
from geo.tables import as_mention_table, place_columns

FILE_NAME = "decisions.csv"
# From the narrowest to the widest; the narrowest that holds for a mention counts.
MENTION, ARTICLE, OUTLET, ALL = SCOPES = ("mention", "article", "outlet", "all")
VERIFIED, CORRECTED, REJECTED, UNRESOLVABLE = VERDICTS = (
    "verified", "corrected", "rejected", "unresolvable",
)  # fmt: skip
_PLACED = (VERIFIED, CORRECTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody (`who`) decided, and when (`decided`, an ISO time).

    `status` is one of `VERDICTS`. A verified or corrected mention has a `place_id`, or a point of
    its own in degrees (EPSG:4326), named by `place_name`.
    """

    scope: str
    status: str
    surface: str
    article_id: str = ""
    outlet: str = ""
    context: str = ""
    rank: int = 1
    place_id: str = ""
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    who: str = ""
    decided: str = ""
    note: str = ""

    @property
    def anchor(self) -> tuple[str | int, ...]:
        """What it is about: two decisions of one anchor cannot both hold."""
        return anchor_of(self.scope, vars_of(self))

    @property
    def verdict(self) -> tuple[object, ...]:
        """What was decided, whoever did it and when."""
        return (self.status, self.place_id, self.latitude, self.longitude)


COLUMNS = tuple(field.name for field in fields(Decision))
_NUMBERS = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)}


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that could not be applied, and why; it is kept."""

    decision: Decision
    why: str


def vars_of(decision: Decision) -> dict[str, Any]:
    """Return the fields of a decision by name."""
    return dict(zip(COLUMNS, astuple(decision), strict=True))


def anchor_of(scope: str, row: dict[str, Any]) -> tuple[str | int, ...]:
    """Return what a decision of a scope on this row, of a decision or a mention, is about."""
    if scope == MENTION:
        sentence = " ".join((row["context"] or "").split())
        return scope, row["article_id"], row["surface"], sentence, row["rank"]
    whose = {ARTICLE: row["article_id"], OUTLET: row["outlet"] or "", ALL: ""}[scope]
    return scope, whose, key_of(row["surface"])


# ---- the file ----


def read_decisions(path: str | Path) -> list[Decision]:
    """Read a table of decisions; none if there is no such file.

    Raises InputError naming line, column and value of what is wrong.
    """
    path = Path(path)
    if not path.exists():
        return []
    rows = read_rows(read_text(path), str(path), known=COLUMNS, required=COLUMNS[:3])
    return [
        _decision({key: arm(cell) for key, cell in row.items()}, f"{path}, line {line}")
        for line, row in rows
    ]


def _decision(row: dict[str, str], where: str) -> Decision:
    for column, known in (("scope", SCOPES), ("status", VERDICTS)):
        if row[column] not in known:
            raise InputError(
                f"{where}, column {column}: {row[column]!r} is not one of {', '.join(known)}"
            )
    needed = {MENTION: ("article_id", "context"), ARTICLE: ("article_id",), OUTLET: ("outlet",)}
    for column in ("surface", *needed.get(row["scope"], ())):
        if not row.get(column):
            raise InputError(
                f"{where}, column {column}: empty; a decision on {row['scope']!r} needs it"
            )
    numbers = {
        column: read_number(row[column], f"{where}, column {column}", *limits)
        for column, limits in _NUMBERS.items()
        if row.get(column)
    }
    if len(numbers) == 1:
        raise InputError(f"{where}: latitude without longitude, or the reverse; give both or none")
    if row["status"] == CORRECTED and not (row.get("place_id") or numbers):
        raise InputError(f"{where}: corrected to what? Give a place_id, or latitude and longitude")
    rank = int(read_number(row.get("rank") or "1", f"{where}, column rank", 1, 10**6))
    return Decision(**{**row, **dict.fromkeys(_NUMBERS), **numbers, "rank": rank})  # type: ignore[arg-type]


def write_decisions(decisions: Iterable[Decision], path: str | Path) -> None:
    """Write a table of decisions, whole or not at all; no cell can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for decision in decisions:
        cells = ("" if value is None else value for value in astuple(decision))
        writer.writerow([disarm(cell) for cell in cells])
    write_text(Path(path), out.getvalue())


def merge_decisions(
    tables: Sequence[Sequence[Decision]],
) -> tuple[list[Decision], list[tuple[Decision, ...]]]:
    """Return the decisions of several people in one list, and those that contradict each other.

    In one table the last decision on a thing counts. Those on which tables agree stand once;
    conflicts are in the second list only, for somebody to settle.
    """
    found: dict[tuple[str | int, ...], dict[tuple[object, ...], Decision]] = {}
    for table in tables:
        for anchor, decision in {one.anchor: one for one in table}.items():
            found.setdefault(anchor, {}).setdefault(decision.verdict, decision)
    agreed = [one for verdicts in found.values() if len(verdicts) == 1 for one in verdicts.values()]
    conflicts = [tuple(verdicts.values()) for verdicts in found.values() if len(verdicts) > 1]
    return agreed, conflicts


# ---- applied to a mention table ----


def apply_decisions(
    mentions: gpd.GeoDataFrame, decisions: Sequence[Decision], gazetteer: Gazetteer
) -> tuple[gpd.GeoDataFrame, list[Orphan]]:
    """Return a mention table with what people decided, and the decisions without a mention.

    Of several decisions on a thing the last counts. Decisions about articles that are not in the
    table are neither applied nor orphans.
    """
    if not decisions:
        return mentions, []
    by_anchor = {decision.anchor: decision for decision in decisions}
    scopes = [scope for scope in SCOPES if any(one.scope == scope for one in decisions)]
    rows = anchored(mentions)
    orphans, used = list[Orphan](), set[tuple[str | int, ...]]()
    for row in rows:
        anchors = [one for scope in scopes if (one := anchor_of(scope, row)) in by_anchor]
        used.update(anchors)
        if anchors:
            decision = by_anchor[anchors[0]]
            try:
                row.update(_decided(row, decision, gazetteer))
            except KeyError:
                why = f"the gazetteer has no place {decision.place_id!r}"
                orphans.append(Orphan(decision, why))
    here = set(mentions["article_id"])
    orphans += [
        Orphan(decision, "its sentence, or the name in it, is gone")
        for anchor, decision in by_anchor.items()
        if anchor not in used and decision.article_id in here and decision.scope in SCOPES[:2]
    ]
    return as_mention_table(pd.DataFrame(rows, columns=list(mentions.columns))), orphans


def anchored(mentions: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the rows of a mention table, each with its `rank` among the same words there."""
    seen: dict[tuple[str | int, ...], int] = {}
    rows: list[dict[str, Any]] = mentions.drop(columns="geometry").to_dict("records")
    for row in rows:
        same = anchor_of(MENTION, row | {"rank": 0})
        row["rank"] = seen[same] = seen.get(same, 0) + 1
    return rows


def _decided(row: dict[str, Any], decision: Decision, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the columns that a decision changes; raises KeyError if its place is unknown."""
    by = " ".join(filter(None, (decision.who and f"by {decision.who}", decision.decided[:10])))
    note = f": {decision.note}" if decision.note else ""
    changed: dict[str, Any] = {
        "status": decision.status,
        "reason": f"{decision.status} {by}".strip() + note,
    }
    if decision.status == UNRESOLVABLE:
        return changed | place_columns(None)
    if decision.status in _PLACED and (decision.place_id or decision.latitude is not None):
        changed |= _place(row, decision, gazetteer) | {"score": 1.0}
    return changed


def _place(row: dict[str, Any], decision: Decision, gazetteer: Gazetteer) -> dict[str, Any]:
    if decision.latitude is None or decision.place_id in gazetteer:
        return place_columns(gazetteer[decision.place_id])
    point = f"point:{decision.latitude:.5f},{decision.longitude:.5f}"
    return place_columns(None) | {
        "place_id": decision.place_id or point,
        "place_name": decision.place_name or row["surface"],
        "place_kind": "site",
        "latitude": decision.latitude,
        "longitude": decision.longitude,
        "geo_precision": 1,
        "gazetteer": "decision",
    }
