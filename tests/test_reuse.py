"""What is kept between runs is what was found."""

import sqlite3
import time
import warnings
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hostile_strings import STRINGS
from pandas.testing import assert_frame_equal

from geo import data, reuse
from geo.columns import TOLD
from geo.exports.texts import csv_text
from geo.geocoding import resolve
from geo.recognize import names_of_no_place
from geo.records import Article
from geo.reuse import Found, Store, article_keys, found_in, geocode_changed, mentions_csv, tables_of
from geo.tables import candidate_table, mention_table

_FORMULAS = ("=1+1", "'=1+1", "@SUM(1)", "-2+3", "NA", "nan", " ", "1e5", "007")


def resolved(texts):
    articles = [
        Article(f"a{number}", f"Fire in Kiev and Rubezhnoye. {text}", outlet=text, title=text)
        for number, text in enumerate(texts)
    ]
    more = [Article("none", "Nothing."), Article("no-outlet", "In Luhansk.")]
    return list(resolve([*articles, *more]))


def test_tables_come_back_from_the_store_as_they_were(tmp_path):
    found = resolved([*STRINGS, *_FORMULAS])
    keys = article_keys([article for article, _ in found], "settings")
    Store(tmp_path / "kept").write({k: found_in(*one) for k, one in zip(keys, found, strict=True)})
    kept = Store(tmp_path / "kept").read(keys)
    mentions, candidates = tables_of([kept[key] for key in keys])
    assert_frame_equal(mentions, mention_table(found))
    assert_frame_equal(candidates, candidate_table(found))


def test_rows_as_they_are_kept_are_those_of_an_export():
    found = resolved(["One", "=1+1"])
    written = csv_text(mention_table(found).drop(columns="geometry"))
    rows = [found_in(*one) for one in found]
    assert mentions_csv(rows) == written
    told = mention_table(found)[[*TOLD]].astype(object)
    assert [row for one in rows for row in one.told] == told.where(
        told.notna(), None
    ).values.tolist()


# ---- what makes an article be geocoded again ----

PLACES = "id,title,types,lon,lat\nown:1,Kalynove,settlement,{lon},48.7\n"


class Desk:
    """A user's articles, places and options, and what may change about them."""

    def __init__(self, folder, patch):
        texts = ("Fire in Kalynove. A Ukrainian left Luhansk.", "Snow fell on Kiev.")
        self.articles = [Article(f"a{number}", text, "A") for number, text in enumerate(texts)]
        self.places = folder / "places.csv"
        self.places.write_text(PLACES.format(lon=38.1))
        self.demonyms = False
        self.patch = patch

    def run(self, *, fresh=False):
        found, n_kept = geocode_changed(
            self.articles, self.places, demonyms=self.demonyms, fresh=fresh
        )
        return mentions_csv(found), n_kept

    def edit_the_places(self):
        self.places.write_text(PLACES.format(lon=38.2))

    def rename_the_places(self):
        self.places = self.places.rename(self.places.with_name("others.csv"))

    def change_the_outlets(self):
        self.articles = [replace(article, outlet="B") for article in self.articles]

    def change_the_dates(self):
        self.articles = [replace(one, published_date=date(2014, 8, 4)) for one in self.articles]

    def ask_for_demonyms(self):
        self.demonyms = True

    def edit_a_data_table(self):
        table, shipped = self.places.with_name("not_places.csv"), data.path
        table.write_text("name,reason\nLuhansk,a test\nKiev,a test\n")
        self.patch.setattr(
            data, "path", lambda name: table if name == table.name else shipped(name)
        )
        self.patch.setattr(names_of_no_place, "_read", names_of_no_place._read.__wrapped__)

    def update_a_library(self):
        self.patch.setattr(reuse, "version", "99".join)
        self.patch.setattr("geo.tables.get_sentence_boundaries", lambda *_: [])

    def turn_the_order(self):
        self.articles.reverse()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    # An absolute path stays outside the cache folder.
    monkeypatch.setattr(reuse, "FILE_NAME", str(tmp_path / "kept.sqlite"))
    return Desk(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("change", "n_unchanged"),
    [
        (Desk.edit_the_places, 0),
        (Desk.rename_the_places, 0),
        (Desk.change_the_outlets, 0),
        (Desk.change_the_dates, 0),
        (Desk.ask_for_demonyms, 0),
        (Desk.edit_a_data_table, 0),
        (Desk.update_a_library, 0),
        (Desk.turn_the_order, 2),
    ],
)
def test_after_a_change_the_table_is_that_of_a_full_run(desk, change, n_unchanged):
    before, _ = desk.run()
    change(desk)
    after, n_kept = desk.run()
    assert n_kept == n_unchanged
    assert after == desk.run(fresh=True)[0] != before


def test_without_a_change_nothing_is_geocoded_again(desk):
    before, _ = desk.run()
    assert desk.run() == (before, 2)


def test_what_was_found_before_a_run_was_broken_off_is_kept(monkeypatch):
    monkeypatch.setattr(reuse, "_BATCH", 1)
    articles = [Article("a", "Snow fell on Lviv."), Article("b", "Rain fell on Odesa.")]

    def broken_off(new):
        # Of the resolver's own batches the first is done.
        yield from [new[0]] * 16
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        geocode_changed(articles, None, track=broken_off)
    assert geocode_changed(articles, None)[1] == 1


# ---- the file ----

FOUND = {"key": Found("mentions", "candidates", [["a", None]])}


@pytest.fixture
def path(tmp_path):
    """Return a file that holds something."""
    Store(tmp_path / "kept.sqlite").write(FOUND)
    return tmp_path / "kept.sqlite"


@pytest.fixture
def locked(path):
    """Return a file while another process is writing it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield path


def later(monkeypatch, days):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + days * 24 * 60 * 60)


def test_while_another_process_writes_results_are_read(locked, monkeypatch):
    # Their last use cannot be noted.
    later(monkeypatch, days=1)
    assert Store(locked).read(["key"]) == FOUND


def test_while_another_process_writes_nothing_is_kept_and_that_is_said(locked):
    with pytest.warns() as caught:
        Store(locked).write({"new": FOUND["key"]})
    assert [str(one.message) for one in caught] == [
        f"what was found cannot be kept for the next run: {locked}: database is locked"
    ]
    assert Store(locked).read(["key", "new"]) == FOUND


@pytest.mark.parametrize("shape", ["key", "key, rows, used, more"])
def test_a_table_of_another_shape_is_replaced(path, shape):
    with closing(sqlite3.connect(path)) as base:
        base.executescript(f"DROP TABLE found; CREATE TABLE found ({shape})")
    with warnings.catch_warnings(action="ignore"):
        for _ in range(2):
            Store(path).read(["key"])
            Store(path).write(FOUND)
    assert Store(path).read(["key"]) == FOUND


def test_a_file_that_another_process_is_making_is_left_to_it(tmp_path):
    (tmp_path / "kept.sqlite").touch()
    with closing(sqlite3.connect(tmp_path / "kept.sqlite")) as other:
        assert Store(tmp_path / "kept.sqlite").read(["key"]) == {}
        other.execute("INSERT INTO found VALUES ('key', 'x', 1)")
        other.commit()
    assert (tmp_path / "kept.sqlite").stat().st_size


def test_a_damaged_file_is_replaced_and_that_is_said(path):
    path.write_bytes(b"no database" * 100)
    with pytest.warns() as caught:
        assert Store(path).read(["key"]) == {}
    assert [str(one.message) for one in caught] == [
        f"earlier results cannot be used, so all is geocoded again: {path}: file is not a database"
    ]
    Store(path).write(FOUND)
    assert Store(path).read(["key"]) == FOUND


def test_what_nobody_asked_for_in_a_long_time_is_cleared_away(path, monkeypatch):
    later(monkeypatch, days=91)
    Store(path).write({"new": FOUND["key"]})
    assert Store(path).read(["key"]) == {}
