"""Cross-validate training, so that every document is read by models that have not seen it.

    python scripts/cross_validate.py CORPORA... [--leave-one-out GOLD] [--no-places-csv]

CORPORA are gold files, or folders of them; their documents are parted into five folds, those of
one outlet together. `data/sentences.txt` is learnt from in every fold. `--leave-one-out` names a
gold file that is learnt from in every fold too, and whose documents are each read by models trained
without that one; with `--no-places-csv` they are read a second time, with a gazetteer that lacks
`data/places.csv`.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from geo import data
from geo.evaluate.matching import Matched
from geo.evaluate.scores import report_of
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.cache import open_index
from geo.gazetteer.world import world_key, write_world
from geo.train.corpora import part, read_corpora
from geo.train.cross_validation import N_FOLDS, SETTINGS, School, Setting, open_school, read_with
from geo.train.sentences import read_sentences

Found = dict[tuple[Setting, str], list[Matched]]
_POORER = ", poorer"
_SCHOOL: dict[str, School] = {}


def main() -> None:
    """Train without each fold, read it, and print the figures."""
    parser = argparse.ArgumentParser(description="Cross-validate training.")
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--leave-one-out", type=Path)
    parser.add_argument("--no-places-csv", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    learnt = read_corpora(arguments.corpora)
    alone = read_corpora([arguments.leave_one_out]) if arguments.leave_one_out else []
    sentences = read_sentences(data.path("sentences.txt"))
    _SCHOOL["school"] = school = open_school([*learnt, *alone, sentences], load_gazetteer())
    n_parted = sum(len(corpus.documents) for corpus in learnt)
    folds = part(school.examples[:n_parted], N_FOLDS)
    n_read = n_parted + sum(len(corpus.documents) for corpus in alone)
    folds += [[i] for i in range(n_parted, n_read)]
    poorer = _without_places() if arguments.no_places_csv else None
    gazetteers = [None] * N_FOLDS + [poorer] * (len(folds) - N_FOLDS)
    # A forked process has the school already; it is too large to send.
    fork = get_context("fork")
    with ProcessPoolExecutor(arguments.processes, mp_context=fork) as pool:
        found: Found = defaultdict(list)
        for part_found in pool.map(_read_fold, folds, gazetteers):
            for key, matched in part_found.items():
                found[key] += matched
    names = [corpus.name for corpus in alone]
    names += [f"{name}{_POORER}" for name in names] if poorer else []
    _show(found, [corpus.name for corpus in learnt], names)


def _read_fold(fold: list[int], poorer: Gazetteer | None) -> Found:
    school = _SCHOOL["school"]
    found: Found = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        school.train(Path(scratch), without=fold)
        for setting, corpus, matched in read_with(Path(scratch), school, fold):
            found[setting, corpus].append(matched)
        if poorer is not None:
            for setting, corpus, matched in read_with(Path(scratch), school, fold, poorer):
                found[setting, f"{corpus}{_POORER}"].append(matched)
    return found


def _without_places() -> Gazetteer:
    index = open_index(
        "world-without-places",
        world_key(),
        lambda folder, track: write_world(folder, track, without=("places.csv",)),
    )
    return Gazetteer(index=index)


def _show(found: Found, learnt: Iterable[str], alone: Iterable[str]) -> None:
    columns = (
        "corpus",
        "F1",
        "overlap",
        "A@161",
        "area",
        "F1@161",
        "overlap",
        "ECE",
        "AUC",
        "role",
    )
    for setting in SETTINGS:
        print(f"\n{setting}")
        print("".join(f"{name:>9}" if name != "corpus" else f"{name:20}" for name in columns))
        together = [matched for corpus in learnt for matched in found[setting, corpus]]
        rows = {corpus: found[setting, corpus] for corpus in (*learnt, *alone)}
        for name, matched in {**rows, "all corpora": together}.items():
            print(f"{name:20}" + "".join(f"{figure:9.3f}" for figure in _figures(matched)))


def _figures(matched: list[Matched]) -> list[float]:
    report = report_of(matched)
    return [
        report.f1,
        report.f1_overlap,
        report.accuracy_161_all,
        report.accuracy_area,
        report.f1_161,
        report.f1_161_overlap,
        report.calibration_error,
        report.roc_auc,
        report.role_accuracy,
    ]


if __name__ == "__main__":
    main()
