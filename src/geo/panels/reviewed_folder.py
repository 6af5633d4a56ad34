"""A folder of articles, with what was found in them and what people decided about it."""

import warnings
from functools import partial
from pathlib import Path

import geopandas as gpd

from geo import data
from geo.articles import read_articles
from geo.decisions import Decision, apply_and_tell, change_decisions, read_decisions
from geo.errors import GeoError, InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.own_places import Added, find_table
from geo.records import Article
from geo.reuse import Track, geocode_changed, tables_of
from geo.review import Review


class ReviewedFolder:
    """The articles of a folder; `decisions.csv` and `places.csv` lie beside them.

    `mentions` and `candidates` are what the machine found.
    """

    def __init__(self, path: str | Path, who: str = "") -> None:
        self.path, self.who = Path(path), who
        self.articles: list[Article] = []
        self.mentions, self.candidates = tables_of([])
        # For undo, also after the folder was geocoded again.
        self._added: dict[Decision, Added] = {}

    @property
    def is_empty(self) -> bool:
        """Whether the folder is there, with nothing in it but hidden files."""
        return self.path.is_dir() and all(one.name.startswith(".") for one in self.path.iterdir())

    @property
    def decisions_path(self) -> Path:
        return self.path / data.DECISIONS

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, with the user's own places as they are now."""
        return load_gazetteer(find_table(self.path))

    def geocode(self, track: Track = iter) -> list[GeoError]:
        """Geocode what is new or has changed, open a review; return what could not be read.

        Raises InputError if the folder or its decisions cannot be used.
        """
        problems: list[GeoError] = []
        with warnings.catch_warnings():
            # `counts` shows it.
            warnings.filterwarnings("ignore", r".* has no (outlet|date)\b")
            articles = read_articles([self.path], problems=problems)
        places = find_table(self.path)
        found, _ = geocode_changed(articles, places, problems, track=track)
        if not found:
            raise problems[0] if problems else InputError(f"{self.path} holds no article")
        self.articles = articles
        self.mentions, self.candidates = tables_of(found)
        self.review = Review(
            self.mentions,
            self.candidates,
            read_decisions(self.decisions_path),
            load_gazetteer(places),
            save=partial(change_decisions, self.decisions_path),
            who=self.who,
            places=self.path / data.OWN_PLACES,
            articles=articles,
            added=self._added,
        )
        return problems

    def counts(self) -> list[tuple[str, ...]]:
        """Return id, outlet, date and number of mentions of each article."""
        n_mentions = self.mentions["article_id"].value_counts()
        return [
            (
                article.article_id,
                article.outlet or "no outlet",
                str(article.published_date or "no date"),
                str(n_mentions.get(article.article_id, 0)),
            )
            for article in self.articles
        ]

    def decided(self) -> tuple[gpd.GeoDataFrame, list[str]]:
        """Return the mention table with the decisions, and what to say of those not used."""
        decisions = read_decisions(self.decisions_path)
        return apply_and_tell(self.mentions, decisions, self.gazetteer, self.articles)
