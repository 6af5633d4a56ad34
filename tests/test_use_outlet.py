"""An outlet's home and its other articles say which place a bare name means, if they may."""

import pytest
from helpers import recognizer

from geo.cli.input import resolve_all
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.outlets import find_outlet
from geo.geocoding import resolve
from geo.records import Article, Resolution

NORTH_TEXAS = (
    "Schools in Bonham, Texas, were shut.",
    "The river rose in Sherman and Denison, Texas.",
    "Voters in Lamar County, Texas, chose a sheriff.",
    "A man from Sulphur Springs, Texas, was found.",
    "Police in Clarksville, Texas, made an arrest.",
)


def read(
    gazetteer: Gazetteer, articles: list[Article], *, use_outlet: bool = True
) -> dict[str, list[Resolution]]:
    found = resolve(
        articles,
        gazetteer=gazetteer,
        recognizer=recognizer(gazetteer),
        use_outlet=use_outlet,
    )
    return {article.article_id: list(resolutions) for article, resolutions in found}


def division_in(
    gazetteer: Gazetteer, name: str, outlet: str, *others: str, use_outlet: bool = True
) -> str:
    """Return the division of a name that stands alone in an outlet's article."""
    texts = [f"A fire destroyed a warehouse in {name} on Monday night.", *others]
    articles = [Article(str(i), text, outlet) for i, text in enumerate(texts)]
    (found,) = read(gazetteer, articles, use_outlet=use_outlet)["0"]
    return found.place.admin1_name if found.place else ""


@pytest.mark.parametrize(
    ("name", "outlet", "division"),
    [
        ("Columbia", "thestate.com", "South Carolina"),
        ("Columbia", "columbiamissourian.com", "Missouri"),
        ("Athens", "onlineathens.com", "Georgia"),
        ("Paris", "theparisnews.com", "Texas"),
        ("Springfield", "sj-r.com", "Illinois"),
        ("Springfield", "news-leader.com", "Missouri"),
        ("Portland", "oregonlive.com", "Oregon"),
        ("Wilmington", "delawareonline.com", "Delaware"),
        ("Wilmington", "starnewsonline.com", "North Carolina"),
        ("Lafayette", "jconline.com", "Indiana"),
        ("Hamilton", "waikatotimes.co.nz", "Waikato Region"),
        ("Birmingham", "birminghammail.co.uk", "England"),
    ],
)
def test_a_local_outlets_home_decides(
    name: str, outlet: str, division: str, gazetteer: Gazetteer
) -> None:
    assert division_in(gazetteer, name, outlet) == division


def test_the_home_is_given_as_the_reason(gazetteer: Gazetteer) -> None:
    article = Article("a", "The mayor of Columbia promised new buses.", "thestate.com")
    (found,) = read(gazetteer, [article])["a"]
    assert found.reason.endswith("its outlet is at home there")


@pytest.mark.parametrize("outlet", ["theparisnews.com", "A paper that nobody knows"])
def test_the_other_articles_of_an_outlet_decide(outlet: str, gazetteer: Gazetteer) -> None:
    assert division_in(gazetteer, "Paris", outlet, *NORTH_TEXAS) == "Texas"


def test_the_other_articles_are_given_as_the_reason(gazetteer: Gazetteer) -> None:
    texts = ["A fire destroyed a warehouse in Paris.", *NORTH_TEXAS]
    (found,) = read(gazetteer, [Article(str(i), t, "A paper") for i, t in enumerate(texts)])["0"]
    assert found.reason.endswith("the outlet's other articles name places around it")


def test_the_articles_of_another_outlet_say_nothing(gazetteer: Gazetteer) -> None:
    paris = Article("0", "A fire destroyed a warehouse in Paris on Monday night.", "One")
    others = [Article(f"b{i}", text, "Another") for i, text in enumerate(NORTH_TEXAS)]
    assert read(gazetteer, [paris, *others])["0"] == read(gazetteer, [paris])["0"]


def test_articles_without_an_outlet_say_nothing_of_each_other(gazetteer: Gazetteer) -> None:
    assert division_in(gazetteer, "Paris", "", *NORTH_TEXAS) == "Île-de-France"


def test_an_article_is_no_evidence_for_itself(gazetteer: Gazetteer) -> None:
    text = "Sherman, Denison and Paris, Texas, were hit by a storm."
    (alone,) = read(gazetteer, [Article("a", text, "A paper")]).values()
    (plain,) = read(gazetteer, [Article("a", text, "A paper")], use_outlet=False).values()
    assert alone == plain


def test_two_outlets_may_use_one_id(gazetteer: Gazetteer) -> None:
    texts = ["A fire destroyed a warehouse in Paris on Monday night.", *NORTH_TEXAS]
    articles = [Article(str(i), text, "A paper") for i, text in enumerate(texts)]
    namesake = Article("0", "Snow fell in Oslo, Bergen and Tromso.", "Another paper")
    found = resolve(
        [*articles, namesake],
        gazetteer=gazetteer,
        recognizer=recognizer(gazetteer),
        use_outlet=True,
    )
    assert list(next(found)[1]) == read(gazetteer, articles)["0"]


@pytest.mark.parametrize(
    ("name", "outlet", "division"),
    [("Wilmington", "delawareonline.com", "Delaware"), ("Paris", "theparisnews.com", "Texas")],
)
def test_an_outlet_says_nothing_unless_asked(
    name: str, outlet: str, division: str, gazetteer: Gazetteer
) -> None:
    assert find_outlet(outlet) is not None
    assert division_in(gazetteer, name, outlet, use_outlet=False) != division


def test_other_articles_say_nothing_unless_asked(gazetteer: Gazetteer) -> None:
    found = division_in(gazetteer, "Paris", "A paper", *NORTH_TEXAS, use_outlet=False)
    assert found == "Île-de-France"


def test_unknown_homes_are_said_in_one_line() -> None:
    articles = [Article(str(n), "Snow.", outlet=f"No Such Paper {n}") for n in range(9)]
    with pytest.warns(UserWarning, match="'No Such Paper 4' and 4 more, so only") as said:
        resolve_all(articles, load_gazetteer(), [], use_outlet=True)
    assert len(said) == 1
