"""The digests, their labels and the sidecar of the raw articles agree."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
RAW = ROOT.parent / "shared" / "articles"

needs_raw_articles = pytest.mark.skipif(
    not RAW.is_dir(), reason="the raw articles in ../shared/articles are not here"
)


def read_digest(path):
    _, front, body = re.split(r"^---\n", path.read_text("utf-8"), maxsplit=2, flags=re.M)
    return yaml.safe_load(front) | {"text": body.strip()}


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_json_lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def gold_articles():
    """The hand-annotated raw articles, each with its exact text."""
    for gold in read_json_lines(RAW / "gold.jsonl"):
        with (RAW / f"{gold['doc']}.txt").open(encoding="utf-8", newline="") as file:
            yield gold | {"text": file.read()}


def digest_of(gold):
    key = gold["outlet"], gold["published"]
    return next(d for d in DIGESTS if (d["outlet"], str(d["published"])) == key)


def contains(text, phrase):
    phrase, text = " ".join(phrase.split()), " ".join(text.split())
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None


def word_runs(text, length=10):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


DIGESTS = [read_digest(path) for path in sorted((DATA / "articles").glob("*.md"))]
LABELS = read_json_lines(DATA / "labels.jsonl")
TOPONYMS = [(doc, toponym) for doc in LABELS for toponym in doc["toponyms"]]


def test_five_digests_have_outlet_date_and_title():
    assert len(DIGESTS) == 5
    assert all(d["outlet"] and d["published"] and d["title"] for d in DIGESTS)


def test_digest_ids_are_unique():
    assert len({d["id"] for d in DIGESTS}) == len(DIGESTS)


def test_labels_carry_the_digests_bodies():
    assert {d["doc"]: d["text"] for d in LABELS} == {d["id"]: d["text"] for d in DIGESTS}


def test_labels_repeat_the_digests_front_matter():
    keys = "outlet", "published", "language"
    labelled = {d["doc"]: [d[key] for key in keys] for d in LABELS}
    assert labelled == {d["id"]: [str(d[key]) for key in keys] for d in DIGESTS}


def test_every_label_spans_its_surface():
    for doc, toponym in TOPONYMS:
        span = slice(toponym["start"], toponym["end"])
        assert doc["text"][span] == toponym["surface"]


def test_every_label_is_literal_or_associative():
    assert {toponym["role"] for _, toponym in TOPONYMS} == {"literal", "associative"}


def test_every_label_names_a_place_of_the_gazetteer_at_its_point():
    points = {
        row["id"]: (float(row["lat"]), float(row["lon"])) for row in read_csv(DATA / "places.csv")
    }
    for _, toponym in TOPONYMS:
        assert points[toponym["place_id"]] == (toponym["lat"], toponym["lon"])


def test_labels_stand_in_order_and_do_not_overlap():
    for doc in LABELS:
        for before, after in pairwise(doc["toponyms"]):
            assert before["end"] <= after["start"]


def test_names_inside_the_names_of_outlets_and_organisations_are_not_labelled():
    for doc in LABELS:
        for name in re.finditer(r"The Moscow Times|Co-operation in Europe", doc["text"]):
            assert not any(
                name.start() < toponym["end"] and toponym["start"] < name.end()
                for toponym in doc["toponyms"]
            )


@needs_raw_articles
def test_a_digest_names_every_place_of_its_article():
    for gold in gold_articles():
        text = digest_of(gold)["text"]
        names = {m["surface"] for m in gold["mentions"] if m["zone"] != "boilerplate"}
        assert not [name for name in names if not contains(text, name)]


@needs_raw_articles
def test_a_digest_gives_every_figure_of_its_articles_claims():
    for gold in gold_articles():
        text = digest_of(gold)["text"].lower()
        figures = [claim["figure_span"] for claim in gold["claims"]]
        figures += [more for claim in gold["claims"] for more in claim["more_figures"]]
        for start, end, *_ in filter(None, figures):
            assert contains(text, gold["text"][start:end].lower())


@needs_raw_articles
def test_no_digest_shares_ten_words_in_a_row_with_an_article():
    for gold in gold_articles():
        runs = word_runs(gold["text"])
        assert not [run for d in DIGESTS for run in word_runs(d["text"]) & runs]


@needs_raw_articles
def test_the_sidecar_lists_the_raw_articles():
    rows = read_csv(DATA / "articles.csv")
    assert {row["file"] for row in rows} == {path.name for path in RAW.glob("*.txt")}


@needs_raw_articles
def test_the_sidecar_agrees_with_the_annotation():
    keys = "outlet", "published", "title"
    sidecar = {row["id"]: [row[key] for key in keys] for row in read_csv(DATA / "articles.csv")}
    assert sidecar == {g["doc"]: [g[key] for key in keys] for g in gold_articles()}
