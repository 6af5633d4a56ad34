"""`python -m geo.train CORPORA... -o FOLDER`: train every weight that `geo` ships."""

import argparse
import sys
from pathlib import Path

from geo import data
from geo.errors import GeoError
from geo.gazetteer import load_gazetteer
from geo.train.corpora import read_corpora
from geo.train.cross_validation import open_school
from geo.train.recognizer import train_slavic
from geo.train.sentences import read_sentences


def main() -> int:
    """Train the models from the corpora named on the command line, and those for Cyrillic text."""
    parser = argparse.ArgumentParser(
        prog="python -m geo.train",
        description="Train the recogniser and the resolver from corpora with gold labels.",
        epilog="example: python -m geo.train corpora articles/gold.jsonl -o src/geo/models",
    )
    parser.add_argument("corpora", nargs="+", type=Path, help="gold files, or folders of them")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the models")
    arguments = parser.parse_args()
    try:
        corpora = [*read_corpora(arguments.corpora), read_sentences(data.path("sentences.txt"))]
        slavic = [read_sentences(data.path(f"sentences_{code}.txt")) for code in ("ru", "uk")]
        gazetteer = load_gazetteer()
        school = open_school(corpora, gazetteer)
    except GeoError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        return 1
    school.train(arguments.output)
    train_slavic(slavic, gazetteer, arguments.output)
    n_documents = sum(len(corpus.documents) for corpus in corpora)
    print(f"{n_documents} documents of {len(corpora)} corpora: {arguments.output}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
