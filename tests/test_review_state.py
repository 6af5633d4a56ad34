"""Going through mentions: what is shown of each, and which are left."""

from typing import Any

import pandas as pd
import pytest
from helpers import Decided

import geo
from geo.columns import CANDIDATE_COLUMNS
from geo.decisions import Decision
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.review import Choice, Review, parse_point

NIGER = "A Nigerian left Nigeria for Niger, and Niger again."


def review(gazetteer: Gazetteer, *texts: str, shown: bool = True, **settings: Any) -> Review:
    articles = [geo.Article(f"a{n}", text, "A") for n, text in enumerate(texts)]
    mentions = geo.geocode(articles, gazetteer=gazetteer)
    candidates = pd.DataFrame(columns=list(CANDIDATE_COLUMNS))
    kept = settings.pop("kept", Decided())
    settings.setdefault("save", kept)
    settings["articles"] = articles if shown else ()
    return Review(mentions, candidates, kept, gazetteer, **settings)


@pytest.mark.parametrize("shown", [True, False])
def test_the_mention_itself_is_shown(shown: bool, gazetteer: Gazetteer) -> None:
    one = review(gazetteer, NIGER, shown=shown)
    rows = sorted(one.remaining, key=lambda row: row["start"])
    assert [one.around(row) for row in rows] == [
        ("A Nigerian left ", "Nigeria", " for Niger, and Niger again."),
        ("A Nigerian left Nigeria for ", "Niger", ", and Niger again."),
        ("A Nigerian left Nigeria for Niger, and ", "Niger", " again."),
    ]


def test_a_long_paragraph_is_cut_between_words(gazetteer: Gazetteer) -> None:
    one = review(gazetteer, f"{'was left ' * 90}in Kiev{' right here' * 90}")
    before, _, after = one.around(one.remaining[0])
    assert before.startswith(("… was", "… left"))
    assert after.endswith(("right …", "here …"))
    assert max(len(before), len(after)) <= 252


def test_other_paragraphs_are_not_shown(gazetteer: Gazetteer) -> None:
    one = review(gazetteer, "One.\n\nIt rains in Kiev.\n\nTwo.")
    assert one.around(one.remaining[0]) == ("It rains in ", "Kiev", ".")


def test_a_choice_is_described() -> None:
    place = geo.Place("x", "Farm", "site", 1.0, 2.0, "UA", "Luhansk Oblast")
    said = Choice(place, 0.54, 3.2, decided=True).describe()
    assert said == (
        "Farm (site; Luhansk Oblast, UA), score 0.54, 3 km from there, decided so elsewhere"
    )


NOWHERE = ("48.57N 200E", "95N 10E", "48°61'N 39°10'E", "48° N 39 10 20 E")
MARKED = (
    "Latitude: 48.5700 Longitude: 39.3100",
    "48.57 N, 39.31 E",
    "48,57° N 39,31° E",
    "48°34'12\"N 39°18'36\"E",
    "N 48°34′12″ E 39°18′36″",
)


@pytest.mark.parametrize(
    "text", ["48.57, 39.31", "48.57 39.31", "48.57,39.31", "48,57; 39,31", *MARKED]
)
def test_a_point_may_be_typed_in_several_ways(text: str) -> None:
    assert parse_point(text) == pytest.approx((48.57, 39.31))


@pytest.mark.parametrize(
    "text", ["", "48.57", "1, 2, 3", "48 34 12 N 39 18 36 E", "N", "48.57° N", *NOWHERE]
)
def test_what_is_no_point_is_said(text: str) -> None:
    with pytest.raises(InputError, match="is no point; type it as"):
        parse_point(text)


@pytest.mark.parametrize(("scope", "n"), [("mention", 3), ("article", 2), ("outlet", 0)])
def test_what_a_decision_holds_for_is_not_left(scope: str, n: int, gazetteer: Gazetteer) -> None:
    one = review(gazetteer, "Rain in Kiev. Snow in Kiev.", "Rain in Kiev. Snow in Kiev.")
    one.reject(one.remaining[0], scope)
    assert len(one.remaining) == n
    one.undo()
    assert len(one.remaining) == 4


def test_a_wider_decision_still_holds_when_a_narrower_is_taken_back(gazetteer: Gazetteer) -> None:
    one = review(gazetteer, "Rain in Kiev.", "Snow in Kiev.")
    row = one.remaining[0]
    one.reject(row, "all")
    one.reject(row)
    one.undo()
    assert one.remaining == []


def test_what_was_decided_before_is_not_left(gazetteer: Gazetteer) -> None:
    one = review(gazetteer, "Rain in Kiev.", kept=Decided([Decision("all", "rejected", "Kiev")]))
    assert one.current is None


def test_what_somebody_else_decided_meanwhile_is_not_left(gazetteer: Gazetteer) -> None:
    table = Decided()
    one = review(gazetteer, "Rain in Kiev.", "Snow in Kiev.", "Fire in Lviv.", kept=table)
    table(add=[Decision("all", "rejected", "Kiev", who="Bob")])
    one.reject(next(row for row in one.remaining if row["surface"] == "Lviv"))
    assert one.remaining == []


def test_an_undo_that_could_not_be_saved_can_be_tried_again(gazetteer: Gazetteer) -> None:
    table, is_full = Decided(), [False]

    def save(**changes: Any) -> list[Decision]:
        if is_full[0]:
            raise InputError("disk full")
        return table(**changes)

    one = review(gazetteer, "Rain in Kiev.", save=save)
    one.reject(one.remaining[0])
    is_full[0] = True
    with pytest.raises(InputError, match="disk full"):
        one.undo()
    is_full[0] = False
    assert one.undo() == "rejected 'Kiev'"
    assert (table, len(one.remaining)) == ([], 1)


def test_other_places_of_the_article_are_near(gazetteer: Gazetteer) -> None:
    one = review(gazetteer, "Rain in Kiev, snow in Lviv.", "Fire in Odesa.")
    row = next(row for row in one.remaining if row["surface"] == "Kiev")
    ((latitude, longitude),) = one.near(row)
    assert (round(latitude), round(longitude)) == (50, 24)


def test_what_was_taken_back_comes_next(gazetteer: Gazetteer) -> None:
    kept = Decided([Decision("all", "rejected", "Odesa", who="Ann")])
    one = review(gazetteer, "Rain in Kiev, snow in Lviv, hail in Odesa.", kept=kept, who="Ann")
    one.undo()
    assert one.current
    assert one.current["surface"] == "Odesa"
