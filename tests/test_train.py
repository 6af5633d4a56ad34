"""Training: the weights can be made again, always the same."""

from pathlib import Path

import pytest
from helpers import ROOT

from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.recognize import CrfRecognizer
from geo.recognize.recognizer import open_model
from geo.records import Article
from geo.train.corpora import part, read_corpora
from geo.train.cross_validation import School, open_school
from geo.train.sentences import read_sentences

LABELS = ROOT / "data" / "labels.jsonl"


@pytest.fixture(scope="module")
def school(gazetteer: Gazetteer) -> School:
    return open_school(read_corpora([LABELS]), gazetteer)


def test_training_twice_gives_identical_files(school: School, tmp_path: Path) -> None:
    for name in ("one", "two"):
        school.train(tmp_path / name)
    made = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert made == ["confidence.txt", "ranker.txt", "recognizer.json", "recognizer.npy"]
    for name in made:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_is_left_out_is_not_learnt(school: School, tmp_path: Path) -> None:
    school.train(tmp_path / "all")
    school.train(tmp_path / "none", without=[0])
    names = ("recognizer.npy", "ranker.txt")
    assert all(
        (tmp_path / "all" / name).read_bytes() != (tmp_path / "none" / name).read_bytes()
        for name in names
    )


def test_a_trained_recogniser_finds_what_it_learnt(
    school: School, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    school.train(tmp_path)
    recognize = CrfRecognizer(gazetteer, open_model(tmp_path))
    found = recognize(Article("a", "Fighting went on in Luhansk and near Donetsk."))
    assert [mention.surface for mention in found] == ["Luhansk", "Donetsk"]


def test_folds_part_all_documents_once(school: School) -> None:
    folds = part(school.examples, 3)
    assert sorted(i for fold in folds for i in fold) == list(range(len(school.examples)))


def test_marked_sentences_become_gold(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_text("# a comment\n[Kyiv]'s {Ukrainian} mayor met.\n", encoding="utf-8")
    (document,) = read_sentences(path).documents
    assert document.article.text == "Kyiv's Ukrainian mayor met."
    spans = [(t["start"], t["end"], t["surface"]) for t in document.toponyms]
    assert spans == [(0, 4, "Kyiv"), (7, 16, "Ukrainian")]


def test_a_bracket_that_does_not_match_is_said(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_text("fine\nin [Kyiv\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: brackets that do not match"):
        read_sentences(path)


def test_a_folder_without_gold_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.jsonl file in"):
        read_corpora([tmp_path])
