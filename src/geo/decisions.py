"""What people decided about mentions: kept in a table of their own, applied on every run.

A decision holds for one mention, or for a name in an article, in an outlet's articles or in all.
That on a mention is anchored by the article's id, the words, their sentence and their rank among
the same words there, so that edits elsewhere in the text do not touch it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import InputError
from geo.files import locked, read_text, whole, write_text
from geo.gazetteer import Gazetteer
from geo.gazetteer.cases import names_meant
from geo.gazetteer.names import key_of
from geo.records import Article
from geo.rows import arm, csv_of, read_number, read_rows
from geo.tables import as_mention_table, place_columns

# From the narrowest to the widest; the narrowest that holds for a mention counts.
MENTION, ARTICLE, OUTLET, ALL = SCOPES = ("mention", "article", "outlet", "all")
VERIFIED, CORRECTED, REJECTED, UNRESOLVABLE = VERDICTS = (
    "verified", "corrected", "rejected", "unresolvable",
)  # fmt: skip
# How far a decision reaches, in words.
SCOPE_WORDS = {
    MENTION: "this mention",
    ARTICLE: "this name in this article",
    OUTLET: "this name in this outlet's articles",
    ALL: "this name everywhere",
}
_PLACED = (VERIFIED, CORRECTED)
_OF_ARTICLE = (MENTION, ARTICLE)
_MOST_NAMED = 3


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
        return anchor_of(self.scope, asdict(self))

    def describe(self) -> str:
        """Return it in words."""
        place = f" as {self.place_name}" if self.place_name else ""
        return f"{self.surface!r}: {self.status}{place}, for {SCOPE_WORDS[self.scope]}"

    @property
    def verdict(self) -> tuple[object, ...]:
        """What was decided, whoever did it and when; points agree to a metre."""
        point = (self.latitude, self.longitude)
        rounded = (None if degrees is None else round(degrees, 5) for degrees in point)
        # Whether the machine said so too is no other verdict.
        return (CORRECTED if self.status in _PLACED else self.status, self.place_id, *rounded)


COLUMNS = tuple(field.name for field in fields(Decision))
_NUMBERS = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)}


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that could not be applied, and why; it is kept."""

    decision: Decision
    why: str

    def describe(self) -> str:
        """Return it in a sentence."""
        about = self.decision
        where = f" in {about.article_id!r}" if about.article_id else ""
        sentence = f" ({about.context[:60]!r})" if about.context else ""
        return (
            f"the decision on {about.surface!r}{where}{sentence} was not used: {self.why}; "
            "it is kept"
        )


def anchor_of(scope: str, row: dict[str, Any]) -> tuple[str | int, ...]:
    """Return what a decision of a scope on this row, of a decision or a mention, is about."""
    if scope == MENTION:
        words, sentence = _normal(row["surface"]), _normal(row["context"] or "")
        return scope, row["article_id"], words, sentence, row["rank"]
    whose = {ARTICLE: row["article_id"], OUTLET: row["outlet"] or "", ALL: ""}[scope]
    return scope, whose, key_of(row["surface"])


def _normal(text: str) -> str:
    """Return a text as it is however its accents and spaces are written."""
    return " ".join(unicodedata.normalize("NFC", whole(text)).split())


# ---- the file ----


def read_decisions(path: str | Path) -> list[Decision]:
    """Read a table of decisions; none if there is no such file.

    Raises InputError naming line, column and value of what is wrong.
    """
    path = Path(path)
    text = read_text(path, may_be_empty=True) if path.exists() else ""
    if not text.strip():
        return []
    rows = read_rows(text, str(path), known=COLUMNS, required=COLUMNS[:3])
    return [
        _decision({key: arm(cell) for key, cell in row.items()}, f"{path}, line {line}")
        for line, row in rows
    ]


def _decision(row: dict[str, str], where: str) -> Decision:
    for column in ("scope", "status"):
        row[column] = row[column].strip().lower()
    for column in ("place_id", "latitude", "longitude", "rank"):
        row[column] = row.get(column, "").strip()
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
    if row["status"] in _PLACED and bool(row["place_id"]) == bool(numbers):
        raise InputError(
            f"{where}: {row['status']} as what? Give either a place_id, or latitude and longitude"
        )
    rank = int(read_number(row.get("rank") or "1", f"{where}, column rank", 1, 10**6))
    return Decision(**{**row, **dict.fromkeys(_NUMBERS), **numbers, "rank": rank})  # type: ignore[arg-type]


def write_decisions(decisions: Iterable[Decision], path: str | Path) -> None:
    """Write a table of decisions, whole or not at all; no cell can become a formula."""
    write_text(Path(path), csv_of([COLUMNS, *map(astuple, decisions)]))


def change_decisions(
    path: str | Path, *, add: Sequence[Decision] = (), remove: Sequence[Decision] = ()
) -> list[Decision]:
    """Add decisions to a table and take others out; return all that it has then.

    What somebody else wrote meanwhile stays.
    """
    # A link and its target are one table.
    path = Path(path).resolve()
    with locked(path):
        kept = [*(one for one in read_decisions(path) if one not in remove), *add]
        write_decisions(kept, path)
    return kept


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
    mentions: gpd.GeoDataFrame,
    decisions: Sequence[Decision],
    gazetteer: Gazetteer,
    *,
    article_ids: Iterable[str] = (),
) -> tuple[gpd.GeoDataFrame, list[Orphan]]:
    """Return a mention table with what people decided, and the decisions that could not be used.

    Of several decisions on a thing the last counts. `article_ids` are those of all articles that
    were read, for one may have no mention any more. Decisions about other articles are neither
    applied nor orphans.
    """
    if not decisions:
        return mentions, []
    index = DecisionIndex(decisions, gazetteer)
    rows = anchored(mentions)
    orphans: dict[Decision, str] = {}
    used = set[Decision]()
    for row in rows:
        holding = index.holding(row)
        used.update(holding)
        # The narrowest whose place is known.
        for decision in holding:
            if changed := _decided(row, decision, gazetteer):
                row.update(changed)
                break
            orphans[decision] = f"the gazetteer has no place {decision.place_id!r}"
    here = {*mentions["article_id"], *article_ids}
    for decision in {one.anchor: one for one in decisions}.values():
        if decision.article_id in here and decision not in used and decision.scope in _OF_ARTICLE:
            orphans[decision] = "its sentence, or the name in it, is gone"
    table = as_mention_table(pd.DataFrame(rows, columns=list(mentions.columns)))
    own = [column for column in mentions.columns if column not in table.columns]
    whole_table = table.assign(**{column: mentions[column].to_numpy() for column in own})
    return whole_table, [Orphan(decision, why) for decision, why in orphans.items()]


def apply_and_tell(
    mentions: gpd.GeoDataFrame,
    decisions: Sequence[Decision],
    gazetteer: Gazetteer,
    articles: Iterable[Article] = (),
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return a mention table with what people decided, and sentences on what could not be used.

    That are the orphans, and decisions about articles that were not read: one whose file was
    renamed, or whose row of a table has no id, is another one.
    """
    here = {*(article.article_id for article in articles), *mentions["article_id"]}
    decided, orphans = apply_decisions(mentions, decisions, gazetteer, article_ids=here)
    said = [orphan.describe() for orphan in orphans]
    others = [
        d.article_id for d in decisions if d.scope in _OF_ARTICLE and d.article_id not in here
    ]
    if others:
        named = ", ".join(map(repr, list(dict.fromkeys(others))[:_MOST_NAMED]))
        count = f"{len(others)} ({named})"
        said.append(f"decisions about articles that were not read: {count}; they are kept")
    return decided, said


class DecisionIndex:
    """Finds the decisions that hold for a mention: on it, its words, or its name in another case.

    Of several on a thing the last counts, and one on the very words before one on another case.
    """

    def __init__(self, decisions: Sequence[Decision], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        by_name = {
            (*one.anchor[:2], name): one
            for one in decisions
            if one.scope != MENTION
            for name in names_meant(gazetteer, one.surface, one.place_id)
        }
        self._by_anchor = by_name | {one.anchor: one for one in decisions}
        self._scopes = [scope for scope in SCOPES if any(one.scope == scope for one in decisions)]

    def holding(self, row: dict[str, Any]) -> list[Decision]:
        """Return the decisions that hold for a row of a mention table, the narrowest first."""
        anchors = [anchor for scope in self._scopes for anchor in self._anchors(scope, row)]
        return [self._by_anchor[anchor] for anchor in anchors if anchor in self._by_anchor]

    def _anchors(self, scope: str, row: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
        yield (exact := anchor_of(scope, row))
        if scope != MENTION:
            for name in names_meant(self._gazetteer, row["surface"], row["place_id"]):
                yield (*exact[:2], name)


def anchored(mentions: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the rows of a mention table, each with its `rank` among the same words there."""
    seen: dict[tuple[str | int, ...], int] = {}
    rows: list[dict[str, Any]] = mentions.drop(columns="geometry").to_dict("records")
    for row in rows:
        same = anchor_of(MENTION, row | {"rank": 0})
        row["rank"] = seen[same] = seen.get(same, 0) + 1
    return rows


def _decided(
    row: dict[str, Any], decision: Decision, gazetteer: Gazetteer
) -> dict[str, Any] | None:
    """Return the columns that a decision changes; None if the gazetteer lacks its place."""
    status, placed = decision.status, dict[str, Any]()
    if status in _PLACED:
        if decision.latitude is None and decision.place_id not in gazetteer:
            return None
        placed = _place(row, decision, gazetteer)
    by = " ".join(filter(None, (decision.who and f"by {decision.who}", decision.decided[:10])))
    note = f": {decision.note}" if decision.note else ""
    return {
        **(placed or place_columns(None)),
        "status": status,
        "score": 1.0 if placed else 0.0,
        "reason": f"{status} {by}".strip() + note,
    }


def _place(row: dict[str, Any], decision: Decision, gazetteer: Gazetteer) -> dict[str, Any]:
    if decision.latitude is None:
        return place_columns(gazetteer[decision.place_id])
    return place_columns(None) | {
        "place_id": f"point:{decision.latitude:.5f},{decision.longitude:.5f}",
        "place_name": decision.place_name or row["surface"],
        "place_kind": "site",
        "latitude": decision.latitude,
        "longitude": decision.longitude,
        "geo_precision": 1,
        "gazetteer": "decision",
    }
