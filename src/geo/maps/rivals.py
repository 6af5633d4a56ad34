"""What else the mentions of a map may mean: their rival candidates."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.columns import CANDIDATE_COLUMNS
from geo.errors import InputError
from geo.maps.labels import translate

# So many are shown beside the chosen place.
MOST_RIVALS = 5
_KEYS = {
    "name": "place_name",
    "kind": "place_kind",
    "country": "country_code",
    "admin1": "admin1_name",
    "latitude": "latitude",
    "longitude": "longitude",
}


@dataclass(frozen=True)
class Rivals:
    """`number` counts, for each mention, into `lists` of [place, score in thousandths].

    `places` are lists of equal length; the first of `lists` is empty.
    """

    number: NDArray[np.integer[Any]]
    lists: list[list[list[int]]]
    places: dict[str, list[Any]]


def find_rivals(rows: pd.DataFrame, candidates: pd.DataFrame | None, labels: str = "en") -> Rivals:
    """Gather the best candidates of each mention but the chosen one.

    `rows` need `mention_id` and `place_id`; `candidates` is the candidate table. Mentions with
    the same rivals share a list. Rivals are named in the language of `labels`.
    """
    if candidates is None:
        return Rivals(np.zeros(len(rows), dtype=int), [[]], {key: [] for key in _KEYS})
    missing = [column for column in CANDIDATE_COLUMNS if column not in candidates.columns]
    if missing:
        raise InputError(
            f"The candidate table lacks the columns {', '.join(missing)}; "
            "pass the table that geo made."
        )
    rivals = _rivals(rows, candidates)
    places = rivals.drop_duplicates("place_id")
    number_of = dict(zip(places["place_id"], range(len(places)), strict=True))
    pairs = zip(
        rivals["place_id"].map(number_of).tolist(),
        (rivals["score"].fillna(0) * 1000).round().astype(int).tolist(),
        strict=True,
    )
    by_mention: dict[str, list[list[int]]] = {}
    for mention_id, pair in zip(rivals["mention_id"], pairs, strict=True):
        by_mention.setdefault(mention_id, []).append(list(pair))
    lists: dict[str, int] = {"[]": 0}
    kept: list[list[list[int]]] = [[]]
    numbers = []
    for mention_id in rows["mention_id"]:
        own = by_mention.get(mention_id, [])
        number = lists.setdefault(str(own), len(lists))
        if number == len(kept):
            kept.append(own)
        numbers.append(number)
    return Rivals(np.array(numbers, dtype=int), kept, _described(places, labels))


def _rivals(rows: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates of these mentions, the best first, without the chosen places."""
    chosen = rows[["mention_id", "place_id"]].rename(columns={"place_id": "chosen"})
    joined = candidates.merge(chosen, on="mention_id").sort_values(
        ["mention_id", "rank"], kind="stable"
    )
    others = joined[joined["place_id"].ne(joined["chosen"]) & joined["latitude"].notna()]
    return others[others.groupby("mention_id").cumcount() < MOST_RIVALS]


def _described(places: pd.DataFrame, labels: str) -> dict[str, list[Any]]:
    plain = places[["place_id", *_KEYS.values()]].astype(object)
    plain = translate(plain.where(plain.notna(), ""), labels)
    return {key: plain[column].tolist() for key, column in _KEYS.items()}
