"""Facts that hold for every text, however odd or long it is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from helpers import recognizer, resolver, run_geo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import geocoding, tables
from geo.errors import GeoError, InputError
from geo.exports.readers import read_mentions
from geo.exports.texts import write_mentions
from geo.gazetteer import load_gazetteer
from geo.parts import find_parts
from geo.recognize.tokens import split
from geo.records import ASSOCIATIVE, LITERAL, Article, Mention, Resolution
from geo.resolve import resolver as resolvers

PIECES = (
    "Paris",
    "Texas",
    "Paris, Texas",
    "PARIS",
    "Donetsk",
    "Donetsk and Lugansk Regions",
    "Ukrainian",
    "U.S.",
    "Ivanivske",
    "Київ",
    "القدس",
    "北京市。",
    "Advertisement",
    "Mr. ",
    "Post",
    "30 km east of ",
    "the Russian town of ",
    " in ",
    " said ",
    ", ",
    ". ",
    "; ",
    " and ",
    " (",
    ") ",
    "’s ",
    "-",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\0",
    "\x1b[31m",
    "\u00a0",
    "\u2028",
    "\u200b",
    "\u202e",
    "\u0301",
    "\ud800",
    "\U0001f1fa\U0001f1f8",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "=1+1",
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=6), max_size=14).map(
    "".join
)
BATCHES = st.lists(TEXTS, min_size=1, max_size=4).map(
    lambda texts: [Article(str(i), text, "RT") for i, text in enumerate(texts)]
)
GAZETTEER = load_gazetteer()
T = TypeVar("T")
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def find(text: str) -> list[Mention]:
    return recognizer(GAZETTEER)(Article("a", text))


def resolve(text: str) -> list[Resolution]:
    return resolver(GAZETTEER)(Article("a", text), find(text))


def read(
    articles: Sequence[Article], problems: list[GeoError] | None = None
) -> dict[str, Sequence[Resolution]]:
    """Return the resolutions of each article by its id."""
    found = geocoding.resolve(
        articles,
        recognizer=recognizer(GAZETTEER),
        resolver=resolver(GAZETTEER),
        problems=problems,
        demonyms=True,
    )
    return {article.article_id: resolutions for article, resolutions in found}


@few
@given(TEXTS)
def test_a_mention_is_exactly_what_stands_there(text: str) -> None:
    assert all(text[m.start : m.end] == m.surface != "" for m in find(text))


@few
@given(TEXTS)
def test_mentions_stand_in_order_and_never_overlap(text: str) -> None:
    edges = [edge for m in find(text) for edge in (m.start, m.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@few
@given(TEXTS)
def test_a_mention_has_a_role_and_a_probability(text: str) -> None:
    for mention in find(text):
        assert mention.role in (LITERAL, ASSOCIATIVE)
        assert 0 <= mention.probability <= 1


@few
@given(TEXTS)
def test_scores_lie_between_0_and_1(text: str) -> None:
    for found in resolve(text):
        assert all(0 <= score <= 1 for score in (found.score, *(c.score for c in found.candidates)))


@few
@given(TEXTS)
def test_the_best_candidate_stands_first(text: str) -> None:
    for found in resolve(text):
        scores = [candidate.score for candidate in found.candidates]
        assert scores == sorted(scores, reverse=True)


@few
@given(TEXTS)
def test_the_candidates_share_one_certainty(text: str) -> None:
    # Each is rounded to three places.
    assert all(sum(c.score for c in found.candidates) <= 1.005 for found in resolve(text))


@few
@given(TEXTS)
def test_the_place_is_the_first_candidate_or_was_moved_or_inferred(text: str) -> None:
    for found in resolve(text):
        if found.place and found.candidates:
            own, _, moved = found.place.place_id.partition("+")
            assert own == found.candidates[0].place.place_id
            assert not moved or "km" in moved
        elif found.place:
            assert found.place.place_id.partition("+")[2].startswith("near")


@few
@given(TEXTS)
def test_every_mention_stands_in_its_context(text: str) -> None:
    article = Article("a", text)
    table = tables.mention_table([(article, resolve(text))])
    assert all(row.surface in row.context for row in table.itertuples())


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".geojson"])
@settings(few, max_examples=25, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_every_table_is_read_as_it_was_written(ending: str, tmp_path: Path, text: str) -> None:
    table = tables.mention_table([(Article("a", text), resolve(text))])
    write_mentions(table, tmp_path / f"m{ending}")
    again = read_mentions(tmp_path / f"m{ending}")
    assert again["mention_id"].tolist() == table["mention_id"].tolist()


@few
@given(BATCHES)
def test_an_article_is_read_alone_as_in_a_batch(articles: list[Article]) -> None:
    alone = {article.article_id: read([article])[article.article_id] for article in articles}
    assert read(articles) == alone


@few
@given(BATCHES)
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    assert read(articles[::-1]) == read(articles)


@few
@given(BATCHES, st.data())
def test_an_article_that_fails_touches_no_other(
    articles: list[Article], data: st.DataObject
) -> None:
    bad = data.draw(st.sampled_from(articles)).article_id
    problems: list[GeoError] = []
    found = geocoding.resolve(
        articles,
        recognizer=failing(recognizer(GAZETTEER), bad if data.draw(st.booleans()) else ""),
        resolver=failing(resolver(GAZETTEER), bad),
        problems=problems,
        demonyms=True,
    )
    whole = read(articles)
    assert {a.article_id: r for a, r in found} == {i: r for i, r in whole.items() if i != bad}
    assert [f"article {bad!r} was left out" in str(problem) for problem in problems] == [True]


def failing(work: Callable[..., T], bad: str) -> Callable[..., T]:
    """Return a recogniser or resolver that fails on one article."""

    def fails(article: Article, *rest: Sequence[Mention]) -> T:
        if article.article_id == bad:
            raise RuntimeError("out of luck")
        return work(article, *rest)

    return fails


@few
@given(TEXTS, st.integers(2, 30))
def test_parts_make_up_the_text(text: str, longest: int) -> None:
    parts = list(find_parts(text, longest))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= longest for start, end in parts)


def test_a_carriage_return_ends_no_row_of_a_table(tmp_path: Path) -> None:
    text = "Troops left Lugansk\rwhile Gukovo, in Russia,\r\nwas quiet."
    table = tables.mention_table([(Article("a", text), resolve(text))])
    write_mentions(table, tmp_path / "m.csv")
    assert read_mentions(tmp_path / "m.csv")["surface"].tolist() == ["Lugansk", "Gukovo", "Russia"]


def different_words(n: int) -> str:
    """Return different words with a capital."""
    return " ".join(
        f"Q{''.join(chr(97 + number // 26**k % 26) for k in range(4))}" for number in range(n)
    )


GIANTS: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "blanks": lambda: " \t\n" * 300_000,
    "digits": lambda: "7" * 1_000_000,
    "one letter": lambda: "x" * 1_000_000,
    "one capital": lambda: "X" * 1_000_000,
    "a name without spaces": lambda: "Paris" * 200_000,
    "names and apostrophes": lambda: "Paris'" * 150_000,
    "initials": lambda: "A." * 500_000,
    "small words": lambda: "the quick brown fox jumps over it " * 6_000,
    "commas": lambda: "," * 100_000,
    "capitals and commas": lambda: "A, " * 30_000,
    "line ends": lambda: "\n" * 1_000_000,
    "brackets": lambda: "([{" * 15_000 + "Paris" + "}])" * 15_000,
    "quotation marks": lambda: "“" * 100_000,
    "NUL": lambda: "\0" * 100_000,
    "accents": lambda: "e" + "\u0301" * 500_000,
    "zero width": lambda: "\u200b" * 1_000_000,
    "emoji": lambda: "\U0001f468\u200d\U0001f469 " * 20_000,
    "right to left": lambda: "\u202eالقدس تل أبيب " * 10_000,
    "no spaces and no Latin": lambda: "北京市と東京。" * 15_000 + " Paris.",
    "half pairs": lambda: "\ud800 Paris \udc00\n" * 300,
    "line separators": lambda: "in Paris\u2028" * 300,
    "sentences of a thousand names": lambda: "Paris, Texas; " * 700,
    "names joined by hyphens": lambda: "Paris-" * 1_500,
    "names far apart": lambda: f"Paris{' ' * 1_000}London, " * 200,
    "signs of furniture": lambda: "sign up for our " * 10_000,
    "icons": lambda: "xicon " * 20_000,
    "different capitals": lambda: different_words(1_500),
    "a name between giants": lambda: f"{'x' * 500_000} in Paris. {'X' * 500_000}",
}


@pytest.mark.parametrize("name", GIANTS)
def test_a_giant_text_gives_a_table(name: str) -> None:
    text = GIANTS[name]()
    table = tables.mention_table([(Article("a", text), resolve(text))])
    assert all(text[row.start : row.end] == row.surface for row in table.itertuples())
    assert all(len(row.context) <= 2_100 for row in table.itertuples())


def test_a_name_between_giants_is_found() -> None:
    assert [m.surface for m in find(GIANTS["a name between giants"]())] == ["Paris"]


def test_all_mentions_of_a_sentence_share_one_context() -> None:
    text = GIANTS["sentences of a thousand names"]()
    table = tables.mention_table([(Article("a", text), resolve(text))])
    assert len(table) == 1_400
    assert len(set(map(id, table["context"]))) < 40


def test_a_word_longer_than_any_name_is_not_kept() -> None:
    assert split(f"in {'X' * 101} and").surfaces == ["in", "…", "and"]


def test_a_name_with_many_qualifiers_is_weighed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    states = [
        "Ohio",
        "Texas",
        "Illinois",
        "Georgia",
        "Oregon",
        "Alabama",
        "Iowa",
        "Kansas",
        "Tennessee",
        "Virginia",
    ]
    towns = [
        "Springfield",
        "Franklin",
        "Clinton",
        "Salem",
        "Madison",
        "Washington",
        "Arlington",
        "Ashland",
        "Auburn",
    ]
    text = "; ".join(f"{town}, {state}" for town in towns for state in states) * 2
    sizes = []

    def weigh(*arguments: object) -> resolvers.Weighed:
        weighed = whole(*arguments)  # type: ignore[arg-type]
        sizes.append(len(weighed.features))
        return weighed

    whole = resolvers.weigh
    monkeypatch.setattr(resolvers, "weigh", weigh)
    assert len(resolve(text)) > 300
    assert max(sizes) <= 1_500


def test_a_language_that_nobody_knows_is_read() -> None:
    article = Article("a", "Calm at noon. Troops left Lugansk.", language="\ud800")
    table = tables.mention_table([(article, resolve(article.text))])
    assert table["context"].tolist() == ["Troops left Lugansk."]


@pytest.mark.parametrize("name", ["one capital", "line ends", "half pairs", "brackets"])
def test_the_command_reads_a_giant_text(name: str, tmp_path: Path) -> None:
    article, table = tmp_path / "a.txt", tmp_path / "m.csv"
    article.write_text(f"In Gukovo.\n{GIANTS[name]()}", encoding="utf-8", errors="replace")
    done = run_geo("geocode", article, "-o", table)
    assert (done.returncode, "Error" in done.stderr) == (0, False)
    assert "Gukovo" in read_mentions(table)["surface"].tolist()


def test_the_command_says_that_a_file_with_nul_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"In Gukovo.\0")
    done = run_geo("geocode", tmp_path / "a.txt")
    assert "is not a text file: save it as plain text in UTF-8" in done.stderr


def test_an_outlet_with_bytes_that_are_no_text_is_no_crash() -> None:
    done = run_geo("geocode", "-", "--outlet", "A\udcff", stdin=b"In Gukovo.")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_problem_of_an_odd_article_is_raised_without_a_list() -> None:
    with pytest.raises(InputError, match="article '\\\\x00' was left out"):
        geocoding.geocode(
            [Article("\0", "x")], recognizer=failing(find, "\0"), resolver=resolver(GAZETTEER)
        )
