"""A folder of articles, with what was found in them and what people decided about it."""

from functools import partial
from pathlib import Path

import geopandas as gpd

from geo.articles import read_articles
from geo.decisions import (
    FILE_NAME,
    Orphan,
    apply_decisions,
    change_decisions,
    read_decisions,
    tell_unread,
)
from geo.errors import GeoError, InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.records import Article
from geo.reuse import Track, geocode_changed, tables_of
from geo.review import Review

PLACES = "places.csv"


class Collection:
    """The articles of a folder; `decisions.csv` and `places.csv` lie beside them.

    `mentions` and `candidates` are what the machine found, `table` has the decisions too.
    """

    def __init__(self, folder: str | Path, who: str = "") -> None:
        self.folder, self.who = Path(folder), who
        self.articles: list[Article] = []

    @property
    def is_empty(self) -> bool:
        """Whether the folder is there, with nothing in it."""
        return self.folder.is_dir() and not any(self.folder.iterdir())

    @property
    def decisions_path(self) -> Path:
        return self.folder / FILE_NAME

    @property
    def own_places(self) -> Path | None:
        """The user's table of places, if there is one."""
        path = self.folder / PLACES
        return path if path.is_file() else None

    @property
    def gazetteer(self) -> Gazetteer:
        return load_gazetteer(self.own_places)

    def geocode(self, track: Track = iter) -> list[GeoError]:
        """Geocode what is new or has changed, open a review; return what could not be read.

        Raises InputError if the folder, its decisions or its places cannot be used.
        """
        problems: list[GeoError] = []
        articles = read_articles([self.folder], problems=problems)
        found, _ = geocode_changed(articles, self.own_places, problems, track=track)
        if not found:
            raise problems[0] if problems else InputError(f"{self.folder} holds no article")
        self.articles = articles
        self.mentions, self.candidates = tables_of(found)
        self.review = Review(
            self.mentions,
            self.candidates,
            read_decisions(self.decisions_path),
            self.gazetteer,
            save=partial(change_decisions, self.decisions_path),
            who=self.who,
            places=self.folder / PLACES,
            articles=articles,
        )
        return problems

    def counts(self) -> list[tuple[str, ...]]:
        """Return id, outlet, date and number of mentions of each article."""
        n_mentions = self.mentions["article_id"].value_counts()
        return [
            (
                article.article_id,
                article.outlet,
                str(article.published_date or ""),
                str(n_mentions.get(article.article_id, 0)),
            )
            for article in self.articles
        ]

    def tell_unread(self) -> str:
        """Say whether decisions are about articles that are not here."""
        ids = (article.article_id for article in self.articles)
        return tell_unread(read_decisions(self.decisions_path), ids)

    def decided(self) -> tuple[gpd.GeoDataFrame, list[Orphan]]:
        """Return the mention table with the decisions, and those that fit nothing any more."""
        decisions = read_decisions(self.decisions_path)
        ids = [article.article_id for article in self.articles]
        return apply_decisions(self.mentions, decisions, self.gazetteer, article_ids=ids)
