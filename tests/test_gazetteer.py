from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.curated import read_places

HEADER = "id,title,types,ccodes,parent_name,variants,lon,lat\n"


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["Luhansk", "lugansk", "Луганск", "Луганськ", "LUHANS'K"])
def test_a_place_is_found_by_any_spelling(name: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.find(name)[0].name == "Luhansk"


def test_a_name_gives_all_its_places(gazetteer: Gazetteer) -> None:
    assert {p.country_code for p in gazetteer.find("Donetsk")} == {"UA", "RU"}


def test_the_region_is_not_the_city(gazetteer: Gazetteer) -> None:
    assert [p.kind for p in gazetteer.find("Lugansk Region")] == ["region"]


def test_a_bare_name_is_never_the_region(gazetteer: Gazetteer) -> None:
    assert "region" not in {p.kind for p in gazetteer.find("Lugansk")}


@pytest.mark.parametrize("name", ["The Hague", "the Hague", "Hague"])
def test_an_article_is_no_part_of_a_name(name: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.find(name)[0].name == "The Hague"


def test_an_unknown_name_gives_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Narnia") == []


def test_own_places_win(tmp_path: Path) -> None:
    own = table(tmp_path, "gn:709717,Donetsk,settlement,UA,Donetsk Oblast,,37.0,48.0")
    assert load_gazetteer(own)["gn:709717"].latitude == 48.0


def test_an_impossible_latitude_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, "x:1,Somewhere,settlement,UA,,,37.0,480")
    with pytest.raises(GazetteerError) as caught:
        read_places(path)
    assert str(caught.value) == (
        f"{path}, line 2, column lat: '480' is no number from -90 to 90; "
        "write a decimal number such as 48.57"
    )


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, "x:1,Somewhere,town,UA,,,37.0,48")
    with pytest.raises(GazetteerError, match=r"line 2, column types: 'town' is no kind; use one"):
        read_places(path)


def test_an_id_stands_once(tmp_path: Path) -> None:
    row = "x:1,Somewhere,settlement,UA,,,37.0,48"
    with pytest.raises(GazetteerError, match=r"line 3, column id: 'x:1' stands twice"):
        read_places(table(tmp_path, row, row))


def test_a_variant_loses_its_language_mark(tmp_path: Path) -> None:
    path = table(tmp_path, "x:1,Somewhere,settlement,UA,,Где-то@ru;Десь@uk,37.0,48")
    assert read_places(path)[0].names == ("Somewhere", "Где-то", "Десь")


def test_outlines_tell_the_same_as_places(gazetteer: Gazetteer) -> None:
    own = replace(gazetteer.find("Paris")[0], name="Lutetia", names=("Lutetia", "Paris"))
    with_own = Gazetteer([own], gazetteer._index)
    for places, first in ((gazetteer, "Paris"), (with_own, "Lutetia")):
        outlines = places.outlines("paris", 4)
        assert outlines[0].name == first
        assert [(o.name, o.kind, o.population, o.gazetteer) for o in outlines] == [
            (p.name, p.kind, p.population, p.gazetteer) for p in places.find("paris")[:4]
        ]
