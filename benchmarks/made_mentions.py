"""A made-up mention table of any size over real places, the same at every run."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.gazetteer.world import open_world
from geo.records import ASSOCIATIVE, LITERAL, Place
from geo.tables import as_mention_table

ROOT = Path(__file__).parents[1]
ARTICLES, DAYS = 2_000, 60
OUTLETS = ("Examiner", "Gazette", "Herald", "Kurier", "Observer", "Tribune", "Вестник", "Новини")
# One place in twenty is no settlement; of twenty such, so many are of each kind.
AREA_EVERY, AREA_SHARES = 20, {"region": 10, "country": 5, "district": 3, "water": 2}
PRECISION = {"region": 3, "country": 3, "water": 3, "district": 2}
LONGEST_SENTENCE = 30

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]


def make_mentions(size: int, n_places: int, *, sentences: bool = False) -> gpd.GeoDataFrame:
    """Return `size` mentions of `n_places`, or of as many as are mentioned at all.

    Each place is mentioned once if that is possible, and the rest follows Zipf's law. Without
    `sentences` the context is empty.
    """
    random = np.random.default_rng(7)
    of_place = _draw_places(random, size, n_places)
    article = np.sort(random.integers(0, ARTICLES, size))
    surfaces, places = _draw_surfaces(random, of_place, choose_places(n_places))
    columns = {
        **_article_columns(random, article, size),
        **_span_columns(article, surfaces),
        **places,
        "role": _drawn(random, {LITERAL: 0.8, ASSOCIATIVE: 0.2}, size),
        "status": _drawn(random, {"machine": 0.96, "verified": 0.03, "corrected": 0.01}, size),
        "score": random.uniform(0.3, 1.0, size),
        "reason": random.choice(_reasons(), size),
        "context": _make_sentences(random, article, surfaces) if sentences else None,
    }
    frame = pd.DataFrame(columns, index=range(size))
    frame["mention_id"] = [
        f"{article_id}:{start}-{end}"
        for article_id, start, end in zip(
            frame["article_id"], frame["start"], frame["end"], strict=True
        )
    ]
    return as_mention_table(frame)


def choose_places(n_places: int) -> list[Place]:
    """Return the largest settlements of the world, the largest first, with areas among them."""
    index = open_world()
    rows: dict[str, list[tuple[int, int]]] = {}
    for row in range(len(index)):
        outline = index.outline(row)
        rows.setdefault(outline.kind, []).append((-outline.population, row))
    n_areas = n_places // AREA_EVERY
    shares = {
        kind: n_areas * share // sum(AREA_SHARES.values()) for kind, share in AREA_SHARES.items()
    }
    areas = sorted(area for kind, share in shares.items() for area in sorted(rows[kind])[:share])
    chosen = [row for _, row in sorted(rows["settlement"])[: n_places - len(areas)]]
    for number, (_, row) in enumerate(areas):
        chosen.insert(number * AREA_EVERY, row)
    return [index.place(row) for row in chosen]


def _draw_places(random: np.random.Generator, size: int, n_places: int) -> Numbers:
    weights = 1 / np.arange(1, n_places + 1)
    once = np.arange(n_places if size >= n_places else 0)
    rest = random.choice(n_places, size - len(once), p=weights / weights.sum())
    return random.permutation(np.concatenate([once, rest]))


def _draw_surfaces(
    random: np.random.Generator, of_place: Numbers, places: Sequence[Place]
) -> tuple[Texts, dict[str, Any]]:
    """Return the spelling of each mention, one of a few of its place's, and the place's columns."""
    few = [place.names[:3] for place in places]
    spellings = np.array([names[k % len(names)] for names in few for k in range(3)], dtype=object)
    chosen = random.choice(3, len(of_place), p=(0.8, 0.15, 0.05))
    fields = {
        "place_id": [place.place_id for place in places],
        "place_name": [place.name for place in places],
        "place_kind": [place.kind for place in places],
        "country_code": [place.country_code or None for place in places],
        "admin1_name": [place.admin1_name or None for place in places],
        "latitude": [place.latitude for place in places],
        "longitude": [place.longitude for place in places],
        "gazetteer": [place.gazetteer for place in places],
        "geo_precision": [
            PRECISION.get(place.kind, 2 if random.random() < 0.1 else 1) for place in places
        ],
    }
    taken = {name: np.array(values, dtype=object)[of_place] for name, values in fields.items()}
    return spellings[of_place * 3 + chosen], taken


def _article_columns(random: np.random.Generator, article: Numbers, size: int) -> dict[str, Any]:
    days = np.datetime64("2014-06-01") + np.arange(DAYS)
    ids = np.array([f"a{number:04}" for number in range(ARTICLES)], dtype=object)
    words = _words()
    titles = [" ".join(random.choice(words, 8)) for _ in range(ARTICLES)]
    urls = [f"https://news.example/2014/{article_id}" for article_id in ids]
    return {
        "article_id": ids[article],
        "outlet": random.choice(np.array(OUTLETS, dtype=object), ARTICLES)[article],
        "published_date": random.choice(days.astype(str).astype(object), ARTICLES)[article],
        "language": np.full(size, "en", dtype=object),
        "title": np.array(titles, dtype=object)[article],
        "url": np.array(urls, dtype=object)[article],
    }


def _span_columns(article: Numbers, surfaces: Texts) -> dict[str, Any]:
    place_in_article = np.arange(len(article)) - np.searchsorted(article, article)
    lengths = np.fromiter(map(len, surfaces), dtype=np.int64, count=len(surfaces))
    start = place_in_article * 120 + 7
    return {"start": start, "end": start + lengths, "surface": surfaces}


def _drawn(random: np.random.Generator, shares: dict[str, float], size: int) -> Texts:
    drawn: Texts = random.choice(
        np.array(list(shares), dtype=object), size, p=list(shares.values())
    )
    return drawn


def _reasons() -> Texts:
    """Return fifty."""
    first = ("the only place of this name", "the largest place of this name", "named in full")
    counts = (f"the likeliest of {number} places of this name" for number in range(2, 9))
    then = ("its division is named too", "near the article's other places", "its country is named")
    parts = [
        (a, b) for a in (*first, *counts) for b in (*then, "often in the news", "no rival near")
    ]
    return np.array([f"{a}; {b}" for a, b in parts], dtype=object)


def _make_sentences(random: np.random.Generator, article: Numbers, surfaces: Texts) -> list[str]:
    """Return a sentence for each mention, about two for three; their words are those of news."""
    is_new = (random.random(len(article)) < 2 / 3) | (np.diff(article, prepend=-1) > 0)
    words = random.choice(_words(), (int(is_new.sum()), LONGEST_SENTENCE))
    lengths = random.integers(8, LONGEST_SENTENCE, len(words))
    texts = [
        f"{surface} {' '.join(row[:length])}."
        for surface, row, length in zip(surfaces[is_new], words, lengths, strict=True)
    ]
    return [texts[number] for number in np.cumsum(is_new) - 1]


def _words() -> Texts:
    """Return the words of the project's own articles, the frequent ones often."""
    lines = (ROOT / "data" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    counts = Counter(word for line in lines for word in json.loads(line)["text"].split())
    return np.array(list(counts.elements()), dtype=object)
