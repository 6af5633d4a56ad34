"""What the page of a map is told."""

import json

import pytest
from map_mentions import HOSTILE, LUHANSK, OBLAST, five_reports, mention, table

from geo.errors import InputError
from geo.maps.payload import build_payload, to_script_json
from geo.records import Article


@pytest.fixture(autouse=True)
def _no_basemap(monkeypatch):
    """Spare the seconds that the basemap takes; test_basemap.py tests it."""
    monkeypatch.setattr("geo.maps.payload.basemap_features", lambda bounds: {"land": bounds})


def place_of(payload, name):
    return next(place for place in payload["places"] if place["name"] == name)


def test_each_outlet_and_date_that_occur_together_are_a_layer():
    labels = [layer["label"] for layer in build_payload(five_reports())["layers"]]
    assert labels == [
        "2014-05-23 · RT (3)",
        "2014-08-04 · RT (1)",
        "2014-08-04 · The Moscow Times (1)",
        "2014-08-04 · VICE News (2)",
        "2014-08-28 · The Moscow Times (1)",
    ]


def test_undated_reports_come_last():
    rows = table(mention("Luhansk", "A", None, **LUHANSK), mention("Luhansk", "B", "2014-08-04"))
    labels = [layer["label"] for layer in build_payload(rows)["layers"]]
    assert labels == ["2014-08-04 · B (0)", "undated · A (1)"]


def test_a_region_is_an_area():
    region = place_of(build_payload(five_reports()), "Luhansk Oblast")
    assert region["is_area"]
    assert region["area"]["type"] in {"Polygon", "MultiPolygon"}


def test_a_sea_without_an_outline_is_still_an_area():
    sea = place_of(build_payload(five_reports()), "Sea of Azov")
    assert (sea["is_area"], sea["area"]) == (True, None)


def test_outlines_have_at_most_three_decimals():
    region = place_of(build_payload(table(mention("x", "A", None, **OBLAST))), "Luhansk Oblast")
    outer_ring = region["area"]["coordinates"][0]
    assert all(round(number, 3) == number for corner in outer_ring for number in corner)


def test_a_town_has_no_area():
    assert place_of(build_payload(five_reports()), "Luhansk")["area"] is None


def test_mentions_without_a_place_are_counted_and_listed():
    payload = build_payload(five_reports())
    assert payload["counts"]["unresolved"] == 1
    assert payload["unresolved"] == [["Novorossiya", 1]]


def test_rejected_mentions_are_nowhere():
    rejected = mention("Buk", "RT", "2014-05-23", status="rejected")
    assert build_payload(table(rejected))["counts"]["mentions"] == 0


def test_articles_lend_their_titles_and_addresses():
    article = Article("RT 2014-08-04", "", title="Soldiers cross", url="https://example.org/a")
    payload = build_payload(table(mention("Luhansk", "RT", "2014-08-04", **LUHANSK)), [article])
    assert payload["articles"] == [
        {
            "outlet": 0,
            "date": "2014-08-04",
            "title": "Soldiers cross",
            "url": "https://example.org/a",
        }
    ]


def test_an_empty_table_is_an_empty_map():
    rows = five_reports().iloc[:0]
    assert build_payload(rows)["counts"]["mentions"] == 0


def test_hostile_text_survives_the_round_trip():
    assert json.loads(to_script_json(HOSTILE)) == HOSTILE


def test_embedded_json_cannot_end_its_script():
    assert not set("<>&\u2028\u2029") & set(to_script_json(HOSTILE + "&\u2028\u2029"))


def test_the_basemap_is_detailed_around_the_marks():
    payload = build_payload(table(mention("x", "A", None, **LUHANSK)))
    assert payload["basemap"]["land"] == pytest.approx((36.317, 45.567, 42.317, 51.567))


def test_unknown_scores_are_null():
    payload = build_payload(table(mention("x", "A", None, **(LUHANSK | {"score": None}))))
    assert payload["mentions"]["score"] == [None]
    assert "NaN" not in to_script_json(payload)


def test_a_table_without_the_columns_is_refused():
    rows = five_reports().drop(columns=["reason", "role"])
    with pytest.raises(InputError) as caught:
        build_payload(rows)
    assert str(caught.value) == (
        "The mention table lacks the columns role, reason; pass the table that geo made."
    )


def test_openstreetmap_is_credited_where_it_was_asked():
    online = five_reports().assign(gazetteer="nominatim")
    assert build_payload(online)["shows_osm"] is True
    assert build_payload(five_reports())["shows_osm"] is False
