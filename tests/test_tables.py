from collections.abc import Sequence
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest

import geo
from geo.columns import COLUMNS
from geo.errors import GeoError, InputError
from geo.gazetteer import Gazetteer
from geo.geocoding import geocode, resolve
from geo.records import Article, Mention, Place, Resolution
from geo.resolve import RankResolver
from geo.tables import candidate_table, precision_of

ARTICLE = Article(
    "a1",
    "Calm at noon. Troops left Lugansk for the Gukovo border checkpoint. Rostov region waits.",
    "RT",
    date(2014, 8, 4),
)


@pytest.fixture(scope="module")
def mentions() -> gpd.GeoDataFrame:
    return geocode([ARTICLE])


def test_the_columns_are_those_of_the_contract(mentions: gpd.GeoDataFrame) -> None:
    assert tuple(mentions.columns) == (*COLUMNS, "geometry")


def test_the_table_is_in_wgs84(mentions: gpd.GeoDataFrame) -> None:
    assert mentions.crs.to_epsg() == 4326


def test_a_mention_knows_its_place_in_the_text(mentions: gpd.GeoDataFrame) -> None:
    assert mentions["mention_id"].tolist()[0] == "a1:26-33"


def test_the_context_is_the_sentence(mentions: gpd.GeoDataFrame) -> None:
    assert mentions["context"][0] == "Troops left Lugansk for the Gukovo border checkpoint."


def test_points_are_longitude_and_latitude(mentions: gpd.GeoDataFrame) -> None:
    assert (round(mentions.geometry[0].x), round(mentions.geometry[0].y)) == (39, 49)


def test_precision_tells_exact_points_from_near_ones_and_areas(mentions: gpd.GeoDataFrame) -> None:
    assert mentions["geo_precision"].tolist() == [1, 2, 3]


def test_dates_are_iso_strings(mentions: gpd.GeoDataFrame) -> None:
    assert mentions["published_date"].tolist() == ["2014-08-04"] * 3


def test_candidates_are_ranked() -> None:
    table = candidate_table(resolve([Article("a", "Horlivka and Donetsk")]))
    donetsk = table[table["place_name"] == "Donetsk"]
    assert donetsk["rank"].tolist() == [1, 2]


def lost(_article: Article, mentions: Sequence[Mention]) -> list[Resolution]:
    return [Resolution(mention, None, 0.0, "lost") for mention in mentions]


def test_an_unresolved_mention_stays_with_an_empty_geometry() -> None:
    table = geocode([ARTICLE], resolver=lost)
    assert len(table) == 3
    assert table.geometry.isna().all()


def test_an_own_recogniser_is_a_plain_callable() -> None:
    def recognizer(article: Article) -> list[Mention]:
        start = article.text.index("Lugansk")
        return [Mention(start, start + 7, "Lugansk")]

    assert geocode([ARTICLE], recognizer=recognizer)["place_name"].tolist() == ["Luhansk"]


def test_wrong_offsets_of_an_own_recogniser_are_said() -> None:
    with pytest.raises(InputError, match="the recogniser's span 0-3 is not 'Kyiv'"):
        geocode([ARTICLE], recognizer=lambda _: [Mention(0, 3, "Kyiv")])


def test_an_article_that_fails_leaves_the_others() -> None:
    def recognizer(article: Article) -> list[Mention]:
        if article.article_id == "bad":
            raise RuntimeError("out of luck")
        return []

    problems: list[GeoError] = []
    geocode([Article("bad", "x"), ARTICLE], recognizer=recognizer, problems=problems)
    assert [str(p) for p in problems] == [
        "article 'bad' was left out, because the recogniser or resolver failed on it: "
        "RuntimeError: out of luck"
    ]


@pytest.mark.parametrize("texts", ["Snow in Paris.", ["Snow in Paris."]])
def test_a_plain_text_is_told_from_an_article(texts: object) -> None:
    with pytest.raises(InputError, match=r"'Snow in Paris.' is no article; make one"):
        geocode(texts)  # type: ignore[arg-type]


def test_an_article_that_ours_cannot_read_leaves_the_others() -> None:
    problems: list[GeoError] = []
    bad = Article("bad", None)  # type: ignore[arg-type]
    table = geocode([bad, ARTICLE], problems=problems)
    assert set(table["article_id"]) == {"a1"}
    assert ["article 'bad' was left out" in str(problem) for problem in problems] == [True]


def test_no_articles_give_an_empty_table() -> None:
    assert geo.geocode([]).empty


def test_a_place_of_ones_own_is_not_withheld() -> None:
    own = Place("my:1", "Novaya Vioska", "settlement", 48.6, 38.9, "UA")
    gazetteer = Gazetteer([own])
    mention = Mention(16, 29, "Novaya Vioska", probability=0.1)
    article = Article("a", "Smoke rose over Novaya Vioska.")
    assert RankResolver(gazetteer)(article, [mention])[0].place == own


def test_places_of_ones_own_are_found(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("id,title,types,lon,lat\nmy:1,Novaya Vioska,settlement,38.9,48.6\n")
    mentions = geocode(
        [Article("a", "Smoke over Novaya Vioska.")], gazetteer=geo.load_gazetteer(table)
    )
    assert mentions["gazetteer"].tolist() == ["places.csv"]


@pytest.mark.parametrize(("error_km", "precision"), [(0.0, 1), (2.0, 1), (3.0, 2), (300.0, 3)])
def test_a_point_is_as_precise_as_it_is_sure(error_km: float, precision: int) -> None:
    range_ = Place("x", "Andes", "hill", -20.0, -67.0, error_km=error_km)
    assert precision_of(range_) == precision
