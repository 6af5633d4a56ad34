"""Going through the least certain mentions and deciding them: the state, whatever shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
from geopy.distance import great_circle

from geo.decisions import (
    ARTICLE,
    CORRECTED,
    MENTION,
    OUTLET,
    REJECTED,
    SCOPES,
    UNRESOLVABLE,
    VERIFIED,
    Decision,
    anchor_of,
    anchored,
    apply_decisions,
)
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.records import Place

Save = Callable[[list[Decision]], None]
MOST_CHOICES = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that a mention might mean: its score, and how far it is from where it is put now.

    `decided` says that the same name was decided to be this place elsewhere.
    """

    place: Place
    score: float | None
    km: float | None
    decided: bool = False


class Review:
    """The mentions of a table that nobody has decided yet, the least certain first.

    Every decision is given to `save` at once, with all others, so that nothing is lost.
    """

    def __init__(
        self,
        mentions: gpd.GeoDataFrame,
        candidates: pd.DataFrame,
        decisions: Sequence[Decision],
        gazetteer: Gazetteer,
        *,
        save: Save,
        who: str = "",
    ) -> None:
        self.decisions = list(decisions)
        self._gazetteer, self._save, self._who = gazetteer, save, who
        self._n_before = len(self.decisions)
        table, self.orphans = apply_decisions(mentions, decisions, gazetteer)
        rows = [row for row in anchored(table) if row["status"] == "machine"]
        self._queue = sorted(rows, key=lambda row: row["score"])
        self._skipped: set[str] = set()
        self._candidates = {
            mention_id: list(zip(some["place_id"], some["score"], strict=True))
            for mention_id, some in candidates.groupby("mention_id", sort=False)
        }

    @property
    def remaining(self) -> list[dict[str, Any]]:
        """The rows that are neither decided nor skipped."""
        decided = {decision.anchor for decision in self.decisions[self._n_before :]}
        return [
            row
            for row in self._queue
            if row["mention_id"] not in self._skipped
            and decided.isdisjoint(anchor_of(scope, row) for scope in SCOPES)
        ]

    @property
    def current(self) -> dict[str, Any] | None:
        """The row to decide next, or None."""
        return next(iter(self.remaining), None)

    def choices(self, row: dict[str, Any]) -> list[Choice]:
        """Return what a mention might mean: what its name was decided to be elsewhere first."""
        name = key_of(row["surface"])
        decided = [
            one.place_id
            for one in reversed(self.decisions)
            if one.place_id in self._gazetteer and key_of(one.surface) == name
        ]
        scores = dict(self._candidates.get(row["mention_id"], []))
        ids = [one for one in dict.fromkeys((*decided, *scores)) if one in self._gazetteer]
        return [
            self._choice(row, self._gazetteer[one], scores.get(one), one in decided)
            for one in ids[:MOST_CHOICES]
        ]

    def find(self, row: dict[str, Any], name: str) -> list[Choice]:
        """Return the places of another name, as choices for a mention."""
        from geo.gazetteer.search import search

        places = search(self._gazetteer, name)[:MOST_CHOICES]
        return [self._choice(row, place, None, decided=False) for place in places]

    def choose(self, row: dict[str, Any], place: Place, scope: str = MENTION) -> None:
        """Decide that a mention means a place."""
        status = VERIFIED if place.place_id == row["place_id"] else CORRECTED
        self._decide(row, scope, status, place_id=place.place_id, place_name=place.name)

    def put_at(
        self,
        row: dict[str, Any],
        latitude: float,
        longitude: float,
        name: str = "",
        scope: str = MENTION,
    ) -> None:
        """Decide that a mention lies at a point in degrees (EPSG:4326); raises InputError."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise InputError(
                f"{latitude}, {longitude} is no point: latitude lies between -90 and 90, "
                "longitude between -180 and 180"
            )
        point = {"latitude": latitude, "longitude": longitude}
        self._decide(row, scope, CORRECTED, place_name=name or row["surface"], **point)

    def reject(self, row: dict[str, Any], scope: str = MENTION) -> None:
        """Decide that the words name no place."""
        self._decide(row, scope, REJECTED)

    def give_up(self, row: dict[str, Any], scope: str = MENTION) -> None:
        """Decide that nobody can tell which place is meant."""
        self._decide(row, scope, UNRESOLVABLE)

    def skip(self, row: dict[str, Any]) -> None:
        """Leave a mention for another time."""
        self._skipped.add(row["mention_id"])

    def undo(self) -> Decision | None:
        """Take back the last decision of this review; None if there is none."""
        if len(self.decisions) == self._n_before:
            return None
        last = self.decisions.pop()
        self._save(self.decisions)
        return last

    def _decide(self, row: dict[str, Any], scope: str, status: str, **given: Any) -> None:
        anchors = {MENTION: ("article_id", "outlet", "context", "rank"), ARTICLE: ("article_id",)}
        kept = anchors.get(scope, ("outlet",) if scope == OUTLET else ())
        if scope == OUTLET and not row["outlet"]:
            raise InputError("this article has no outlet; decide for the article, or for all")
        where: dict[str, Any] = {column: row[column] or "" for column in kept}
        decision = Decision(scope, status, row["surface"], **where, **given)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.decisions.append(replace(decision, who=self._who, decided=now))
        self._save(self.decisions)

    def _choice(
        self, row: dict[str, Any], place: Place, score: float | None, decided: bool
    ) -> Choice:
        km = None
        if row["place_id"] and pd.notna(row["latitude"]):
            here = (row["latitude"], row["longitude"])
            km = float(great_circle(here, (place.latitude, place.longitude)).km)
        return Choice(place, score, km, decided)
