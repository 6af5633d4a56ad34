"""Going through the least certain mentions and deciding them: the state, whatever shows it."""

import getpass
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from geopy import Point
from geopy.distance import great_circle

from geo.decisions import (
    ARTICLE,
    CORRECTED,
    MENTION,
    OUTLET,
    REJECTED,
    UNRESOLVABLE,
    VERIFIED,
    Decision,
    DecisionIndex,
    anchored,
)
from geo.errors import InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.cases import names_meant
from geo.gazetteer.names import key_of
from geo.gazetteer.own_places import OWN, Added, add_place, check_point, take_back
from geo.records import Article, Place

# Told, as `add` or `remove`, which decisions are new and which are taken back; returns all that
# hold then, those of other people too.
Save = Callable[..., list[Decision]]
MOST_CHOICES = 9
_MARKED = re.compile("[NSEW°]")
# How much of the text stands on either side of a mention.
_AROUND = 250


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that a mention might mean: its score, and how far it is from where it is put now.

    `decided` says that the same name was decided to be this place elsewhere.
    """

    place: Place
    score: float | None
    km: float | None
    decided: bool = False

    def describe(self) -> str:
        """Return it in one line of words."""
        score = "" if self.score is None else f", score {self.score:.2f}"
        km = "" if self.km is None else f", {self.km:.0f} km from there"
        decided = ", decided so elsewhere" if self.decided else ""
        lies_in = f" ({self.place.kind}; {self.place.lies_in or 'no country'})"
        return f"{self.place.name}{lies_in}{score}{km}{decided}"


def parse_point(text: str) -> tuple[float, float]:
    """Return latitude and longitude of a text such as "48.57, 39.31"; raises InputError.

    With sides, or degrees and minutes, it is read by geopy: `48°34′12″N 39°18′36″E`.
    """
    # As the small map tells it.
    text = re.sub(r"\b(?:latitude|longitude):", " ", text, flags=re.IGNORECASE).strip()
    parts = text.replace(",", " ").split() if "." in text else text.replace(",", ".").split()
    try:
        if _MARKED.search(text):
            latitude, longitude = _read_marked(text)
        else:
            latitude, longitude = (float(part.strip(";")) for part in parts)
    except ValueError as error:
        raise InputError(
            f'"{text}" is no point; type it as 48.57, 39.31 or 48°34′12″N 39°18′36″E'
        ) from error
    check_point(latitude, longitude)
    return latitude, longitude


def _read_marked(text: str) -> tuple[float, float]:
    decimal = text if "." in text else re.sub(r"(?<=\d),(?=\d)", ".", text)
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", decimal)]
    half = len(numbers) // 2
    latitude, longitude = numbers[:half], numbers[half:]
    # Without a degree sign each, geopy would take minutes for degrees, and it turns 200° to -160°.
    is_whole = half == 1 == len(longitude) or decimal.count("°") == 2
    if not is_whole or latitude[0] > 90 or longitude[0] > 180:
        raise ValueError
    if any(part >= 60 for part in (*latitude[1:], *longitude[1:])):
        raise ValueError
    point = Point(decimal)
    return point.latitude, point.longitude


def user_name() -> str:
    """Return the name that somebody is logged in as; "" if the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        return ""


class Review:
    """The mentions of a table that nobody has decided yet, the least certain first.

    Every decision is given to `save` at once, so that nothing is lost; it takes `note` with it,
    which is empty then. New places are added to the table `places`, and noted in `added` by the
    decision that each was made for. The texts of `articles` are shown around the mentions.
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
        places: Path | None = None,
        articles: Sequence[Article] = (),
        added: dict[Decision, Added] | None = None,
    ) -> None:
        self.decisions = list(decisions)
        self._gazetteer = gazetteer
        self._save, self._who, self._places = save, who, places
        self.note = ""
        self._added = {} if added is None else added
        rows = [row for row in anchored(mentions) if row["status"] == "machine"]
        self._queue = sorted(rows, key=lambda row: row["score"])
        self._skipped: set[str] = set()
        self._remaining = self._undecided(self._queue, self.decisions)
        # What was done here, the last at the end: decisions, and ids of mentions skipped.
        self._done: list[Decision | str] = []
        self._texts = {article.article_id: article.text for article in articles}
        self._candidates = {
            mention_id: list(zip(some["place_id"], some["score"], strict=True))
            for mention_id, some in candidates.groupby("mention_id", sort=False)
        }

    @property
    def remaining(self) -> list[dict[str, Any]]:
        """The rows that are neither decided nor skipped."""
        return self._remaining

    @property
    def current(self) -> dict[str, Any] | None:
        """The row to decide next, or None."""
        return next(iter(self._remaining), None)

    def around(self, row: dict[str, Any]) -> tuple[str, str, str]:
        """Return the text before a mention, the mention, and the text after it."""
        text = self._texts.get(row["article_id"])
        if text is None:
            return _in_sentence(row["context"], row["surface"], row["rank"])
        start, end = row["start"], row["end"]
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        # A word that is cut in two is left out, and so is what stands in other paragraphs.
        if start > _AROUND:
            before = f"…{before[max(before.find(' '), 0) :]}"
        if end + _AROUND < len(text):
            after = f"{after[: after.rfind(' ') + 1] or after}…"
        return before.rpartition("\n\n")[2], text[start:end], after.partition("\n\n")[0]

    def near(self, row: dict[str, Any]) -> list[tuple[float, float]]:
        """Return latitude and longitude (EPSG:4326) of the article's other mentions, once each.

        They are where the machine has put them.
        """
        points = {
            (other["latitude"], other["longitude"]): None
            for other in self._queue
            if other["article_id"] == row["article_id"] and other is not row
        }
        return [point for point in points if pd.notna(point[0])]

    def choices(self, row: dict[str, Any]) -> list[Choice]:
        """Return what a mention might mean: what its name was decided to be elsewhere first."""
        decided = [
            one.place_id
            for one in reversed(self.decisions)
            if one.place_id in self._gazetteer and self._is_same_name(row, one)
        ]
        # Some may have been added since the mention was geocoded.
        named = self._gazetteer.find(row["surface"])
        own = [one.place_id for one in named if one in self._gazetteer.places]
        scores = dict(self._candidates.get(row["mention_id"], []))
        ids = [one for one in dict.fromkeys((*decided, *own, *scores)) if one in self._gazetteer]
        return [
            self._choice(row, self._gazetteer[one], scores.get(one), one in decided)
            for one in ids[:MOST_CHOICES]
        ]

    def find(self, row: dict[str, Any], name: str) -> list[Choice]:
        """Return the places of another name, as choices for a mention."""
        from geo.gazetteer.search import search

        places = search(self._gazetteer, name)[:MOST_CHOICES]
        return [self._choice(row, place, None, decided=False) for place in places]

    def choose(self, row: dict[str, Any], place: Place, scope: str = MENTION) -> Decision:
        """Decide that a mention means a place."""
        status = VERIFIED if place.place_id == row["place_id"] else CORRECTED
        return self._decide(row, scope, status, place_id=place.place_id, place_name=place.name)

    def put_at(
        self,
        row: dict[str, Any],
        latitude: float,
        longitude: float,
        name: str = "",
        scope: str = MENTION,
    ) -> Decision:
        """Decide that a mention lies at a point in degrees (EPSG:4326); raises InputError."""
        check_point(latitude, longitude)
        point = {"latitude": latitude, "longitude": longitude}
        name = name or row["surface"]
        return self._decide(row, scope, CORRECTED, place_name=name, **point)

    def add_place(
        self,
        row: dict[str, Any],
        name: str,
        kind: str,
        latitude: float,
        longitude: float,
        *,
        scope: str = MENTION,
    ) -> Place:
        """Add a place to the user's own, and decide that a mention means it.

        Raises InputError or GazetteerError, see `geo.gazetteer.own_places`.
        """
        if not self._places:
            raise InputError("there is no table to add a place to; name one with `places`")
        _check_scope(row, scope)
        added = add_place(
            self._places,
            name,
            kind,
            latitude,
            longitude,
            surface=row["surface"],
            taken=self._decided_ids,
        )
        try:
            self._gazetteer = load_gazetteer(self._places)
            self._added[self.choose(row, added.place, scope)] = added
        except Exception:
            self._take_back_place(added)
            raise
        return added.place

    def reject(self, row: dict[str, Any], scope: str = MENTION) -> Decision:
        """Decide that the words name no place."""
        return self._decide(row, scope, REJECTED)

    def give_up(self, row: dict[str, Any], scope: str = MENTION) -> Decision:
        """Decide that nobody can tell which place is meant."""
        return self._decide(row, scope, UNRESOLVABLE)

    def skip(self, row: dict[str, Any]) -> None:
        """Leave a mention for another time."""
        self._skipped.add(row["mention_id"])
        self._done.append(row["mention_id"])
        self._remaining = [other for other in self._remaining if other is not row]

    def undo(self) -> str:
        """Take back what was done last, with its new place, and say what; "" if there is nothing.

        Before this review's own that is the last decision of the same person.
        """
        last = self._done[-1] if self._done else self._own_last()
        if last is None:
            return ""
        if isinstance(last, str):
            self._skipped.discard(last)
        else:
            self._take_back(last)
        # Only now, for taking back may have failed.
        self._done = self._done[:-1]
        before = {row["mention_id"] for row in self._remaining}
        now = self._undecided(self._queue, self.decisions)
        # What was taken back is to be decided next.
        self._remaining = sorted(now, key=lambda row: row["mention_id"] in before)
        if isinstance(last, str):
            return "skip"
        is_left = last.place_id.startswith(OWN) and last.place_id in self._gazetteer
        rest = f"; {last.place_id} is still in your table of places" if is_left else ""
        return f"{last.status} {last.surface!r}{rest}"

    def _own_last(self) -> Decision | None:
        own = (one for one in reversed(self.decisions) if self._who and one.who == self._who)
        return next(own, None)

    def _take_back(self, decision: Decision) -> None:
        self.decisions = self._save(remove=[decision])
        added = self._added.pop(decision, None)
        # Somebody else may mean the new place too.
        if added and added.place.place_id not in self._decided_ids:
            self._take_back_place(added)

    @property
    def _decided_ids(self) -> set[str]:
        return {one.place_id for one in self.decisions}

    def _take_back_place(self, added: Added) -> None:
        if self._places:
            take_back(self._places, added)
            self._gazetteer = load_gazetteer(self._places)

    def _decide(self, row: dict[str, Any], scope: str, status: str, **given: Any) -> Decision:
        anchors = {MENTION: ("article_id", "outlet", "context", "rank"), ARTICLE: ("article_id",)}
        kept = anchors.get(scope, ("outlet",) if scope == OUTLET else ())
        _check_scope(row, scope)
        where: dict[str, Any] = {column: row[column] or "" for column in kept}
        decision = Decision(scope, status, row["surface"], **where, **given)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        decision = replace(decision, who=self._who, decided=now, note=self.note)
        before, self.decisions = set(self.decisions), self._save(add=[decision])
        self.note = ""
        self._done.append(decision)
        # Somebody else may have decided too.
        new = [one for one in self.decisions if one not in before]
        self._remaining = self._undecided(self._remaining, new)
        return decision

    def _undecided(
        self, rows: list[dict[str, Any]], decisions: list[Decision]
    ) -> list[dict[str, Any]]:
        new = DecisionIndex(decisions, self._gazetteer)
        return [
            row for row in rows if row["mention_id"] not in self._skipped and not new.holding(row)
        ]

    def _is_same_name(self, row: dict[str, Any], decision: Decision) -> bool:
        here = names_meant(self._gazetteer, row["surface"], row["place_id"])
        there = names_meant(self._gazetteer, decision.surface, decision.place_id)
        return key_of(row["surface"]) == key_of(decision.surface) or bool(here & there)

    def _choice(
        self, row: dict[str, Any], place: Place, score: float | None, decided: bool
    ) -> Choice:
        km = None
        if row["place_id"] and pd.notna(row["latitude"]):
            here = (row["latitude"], row["longitude"])
            km = float(great_circle(here, (place.latitude, place.longitude)).km)
        return Choice(place, score, km, decided)


def _in_sentence(sentence: str, surface: str, rank: int) -> tuple[str, str, str]:
    """Part a sentence at the words of a mention: those of this rank among the same, from 1."""
    found = list(re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", sentence))
    if not found:
        return "", surface, f": {sentence}"
    start, end = found[min(rank, len(found)) - 1].span()
    return sentence[:start], surface, sentence[end:]


def _check_scope(row: dict[str, Any], scope: str) -> None:
    if scope == OUTLET and not row["outlet"]:
        raise InputError("this article has no outlet; decide for the article, or for all")
