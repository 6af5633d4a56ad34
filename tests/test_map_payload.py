"""What the page of a map is told, read back and compared with the table by pandas."""

import base64
import json
import zlib
from typing import Any

import numpy as np
import pandas as pd
import pytest
from map_mentions import HOSTILE, LUHANSK, OBLAST, five_reports, many_reports, mention, table

from geo.columns import CANDIDATE_COLUMNS
from geo.errors import InputError
from geo.maps.outlines import read_outlines
from geo.maps.packing import pack_payload, to_script_json
from geo.maps.payload import NO_DAY, NO_SCORE, build_payload


@pytest.fixture(autouse=True)
def _no_basemap(monkeypatch):
    """Spare the time that the basemap takes; test_basemap.py tests it."""
    monkeypatch.setattr("geo.maps.payload.encode_basemap", lambda _: {})
    monkeypatch.setattr("geo.maps.payload.read_basemap", lambda *_: None)


def unpack(packed: str) -> tuple[dict[str, Any], dict[str, np.ndarray], list[str]]:
    """Read a packed payload as the page does."""
    parts = {
        name: zlib.decompress(base64.b64decode(text)) for name, text in json.loads(packed).items()
    }
    head, texts = json.loads(parts["head"]), json.loads(parts["texts"])
    n, at, columns = sum(head["articles"]["count"]), 0, {}
    for name, size, is_signed in head["columns"]:
        kind = f"<{'i' if is_signed else 'u'}{size}"
        columns[name] = np.frombuffer(parts["columns"], kind, count=n, offset=at)
        at += n * size
    assert at == len(parts["columns"])
    return head, columns, texts


def rows_of(packed: str) -> pd.DataFrame:
    """Return a packed payload as a table again, one row a mention."""
    head, columns, texts = unpack(packed)
    articles, places = (pd.DataFrame(head[key]) for key in ("articles", "places"))
    article = np.repeat(np.arange(len(articles)), articles["count"])
    place = places.iloc[columns["place"]]
    pairs = zip(place["spellings"], columns["spelling"], strict=True)
    return pd.DataFrame(
        {
            "article_id": articles["id"].to_numpy()[article],
            "outlet": np.array(head["outlets"])[articles["outlet"].to_numpy()[article]],
            "day": articles["day"].to_numpy()[article],
            "start": columns["start"],
            "end": columns["start"] + columns["length"],
            "surface": [spellings[number] for spellings, number in pairs],
            "context": [texts[number] for number in columns["context"]],
            "language": np.array(head["languages"])[columns["language"]],
            "role": np.array(["literal", "associative"])[columns["role"]],
            "place_id": place["id"].to_numpy(),
            "place_kind": place["kind"].to_numpy(),
            "latitude": place["latitude"].to_numpy(dtype=float),
            "geo_precision": columns["precision"],
            "score": np.where(columns["score"] == NO_SCORE, np.nan, columns["score"] / 1000),
            "reason": [texts[number] for number in columns["reason"]],
            "status": np.array(head["statuses"])[columns["status"]],
        }
    )


def place_of(payload, name):
    places = payload.head["places"]
    number = places["name"].index(name)
    return {key: values[number] for key, values in places.items()}


def test_every_mention_comes_back_as_it_was():
    mentions = many_reports()
    kept = pd.DataFrame(mentions[mentions["status"] != "rejected"].drop(columns="geometry"))
    kept["day"] = (pd.to_datetime(kept["published_date"]) - pd.Timestamp("1970-01-01")).dt.days
    expected = kept.sort_values("start").astype({"geo_precision": "float"})
    expected["geo_precision"] = expected["geo_precision"].fillna(0)
    texts = ["language", "place_id", "place_kind"]
    expected[texts] = expected[texts].fillna("")
    found = rows_of(pack_payload(build_payload(mentions))).sort_values("start")
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True),
        expected[found.columns].reset_index(drop=True),
        check_dtype=False,
    )


def test_articles_come_by_day_and_outlet_and_the_undated_last():
    articles = pd.DataFrame(build_payload(many_reports()).head["articles"])
    days = articles["day"].astype("Int64")
    ordered = articles.assign(day=days).sort_values(["day", "outlet", "id"], na_position="last")
    assert ordered.index.tolist() == list(range(len(articles)))
    assert days.isna().sum() == 1


def test_events_have_days():
    payload = build_payload(many_reports(with_events=True))
    start, end = payload.columns["event_start"], payload.columns["event_end"]
    assert ((start == NO_DAY) == (end == NO_DAY)).all()
    assert (start <= end).all()


def test_without_events_there_are_no_days_of_them():
    assert "event_start" not in build_payload(five_reports()).columns


def test_a_region_is_an_area_with_an_outline():
    payload = build_payload(five_reports())
    assert place_of(payload, "Luhansk Oblast")["drawn"] == "area"
    number = payload.head["places"]["name"].index("Luhansk Oblast")
    assert all(len(ring) > 6 for ring in payload.head["outlines"][number])


def test_the_smallest_countries_keep_an_outline_on_a_map_of_the_world():
    small = ["gn:2993457", "gn:3168068", "gn:2110297", "gn:2411586"]  # Monaco, ..., Gibraltar
    outlines = read_outlines(small, ["country"] * len(small), (-180, -85, 180, 85))
    assert sorted(outlines) == [0, 1, 2, 3]
    assert all(len(ring) > 6 for rings in outlines.values() for ring in rings)


def test_a_sea_without_an_outline_is_still_an_area():
    payload = build_payload(five_reports())
    number = payload.head["places"]["name"].index("Sea of Azov")
    assert payload.head["places"]["drawn"][number] == "area"
    assert number not in payload.head["outlines"]


def test_what_is_only_near_a_region_is_no_area():
    near = OBLAST | {"place_id": "gn:702657+near", "place_name": "near Luhansk Oblast"}
    payload = build_payload(table(mention("Nowa", "RT", None, **near)))
    assert place_of(payload, "near Luhansk Oblast")["drawn"] == "inferred"
    assert payload.head["outlines"] == {}


def test_mentions_without_a_point_are_places_by_their_spelling():
    rows = table(mention("Buk", "A", None), mention(" Buk\n", "A", None), mention("Bok", "A", None))
    places = build_payload(rows).head["places"]
    assert places["name"] == ["Buk", "Bok"]
    assert places["latitude"] == [None, None]


def test_a_point_of_ones_own_needs_no_id():
    own = LUHANSK | {"place_id": None, "place_name": None}
    rows = table(mention("Buk", "A", None, **own), mention("Buk", "A", None))
    assert build_payload(rows).head["places"]["drawn"] == ["point", "none"]


def test_rejected_mentions_are_nowhere():
    rejected = mention("Buk", "RT", "2014-05-23", status="rejected")
    assert build_payload(table(rejected)).head["places"]["name"] == []


def test_spellings_belong_to_their_place():
    rows = [mention(name, "A", None, **LUHANSK) for name in ("Lugansk", "Luhansk", "Lugansk")]
    payload = build_payload(table(*rows))
    assert payload.head["places"]["spellings"] == [["Lugansk", "Luhansk"]]
    assert payload.columns["spelling"].tolist() == [0, 1, 0]


def test_the_second_mention_in_a_sentence_is_the_second():
    twice = {"context": "Luhansk is not in Luhansk.", "article_id": "a", **LUHANSK}
    rows = table(*(mention("Luhansk", "A", None, **twice) for _ in range(2)))
    assert build_payload(rows).columns["nth"].tolist() == [0, 1]


def test_without_sentences_the_articles_are_not_quoted():
    texts = build_payload(five_reports(), sentences=False).texts
    assert texts == ["", "the only place of that name"]


def test_titles_and_addresses_come_from_the_table():
    row = mention("Luhansk", "RT", "2014-08-04", title="Soldiers cross", url="https://x.org/a")
    articles = build_payload(table(row)).head["articles"]
    assert (articles["title"], articles["url"]) == (["Soldiers cross"], ["https://x.org/a"])


def test_rivals_are_the_other_candidates():
    row = mention("Lugansk", "RT", None, mention_id="a:0-7", **LUHANSK)
    other = {"place_id": "x", "place_name": "Lugansk", "latitude": 52.0, "longitude": 77.0}
    pairs = [LUHANSK | {"rank": 1, "score": 0.99}, other | {"rank": 2, "score": 0.01}]
    candidates = pd.DataFrame(pairs).assign(mention_id="a:0-7").reindex(columns=CANDIDATE_COLUMNS)
    payload = build_payload(table(row), candidates=candidates)
    assert payload.columns["rival"].tolist() == [1]
    assert payload.head["rivals"] == [[], [[0, 10]]]
    assert payload.head["rival_places"]["latitude"] == [52.0]


def test_a_table_that_is_no_candidate_table_is_refused():
    with pytest.raises(InputError) as caught:
        build_payload(five_reports(), candidates=pd.DataFrame({"mention_id": []}))
    assert str(caught.value) == (
        "The candidate table lacks the columns rank, place_id, place_name, place_kind, "
        "country_code, admin1_name, latitude, longitude, score; pass the table that geo made."
    )


def test_an_empty_table_is_an_empty_map():
    payload = build_payload(five_reports().iloc[:0])
    assert payload.head["articles"]["id"] == []
    assert unpack(pack_payload(payload))[0]["bounds"] is None


def test_hostile_text_survives_the_round_trip():
    rows = table(mention(HOSTILE, HOSTILE, None, context=HOSTILE))
    head, _, texts = unpack(pack_payload(build_payload(rows, title=HOSTILE)))
    assert (head["title"], head["outlets"], texts[1]) == (HOSTILE, [HOSTILE], HOSTILE)


def test_texts_that_differ_behind_a_nul_stay_two():
    rows = table(*(mention("x", "A", None, context=f"a\0{i}") for i in range(2)))
    assert build_payload(rows).texts[1:3] == [
        "a\N{REPLACEMENT CHARACTER}0",
        "a\N{REPLACEMENT CHARACTER}1",
    ]


def test_a_missing_status_is_not_a_rejection():
    rows = five_reports().assign(status=pd.array([pd.NA] + ["machine"] * 8, dtype="string"))
    assert sum(build_payload(rows).head["articles"]["count"]) == 9


def test_a_mention_that_was_moved_is_a_place_of_its_own():
    moved = LUHANSK | {"latitude": 50.0}
    places = build_payload(
        table(mention("a", "A", None, **LUHANSK), mention("b", "A", None, **moved))
    ).head["places"]
    assert places["id"] == ["luhansk", "luhansk"]
    assert sorted(places["latitude"]) == [48.567, 50.0]


def test_a_rejected_mention_still_counts_as_the_first_of_its_sentence():
    twice = {"context": "Luhansk is not in Luhansk.", "article_id": "a", **LUHANSK}
    rows = table(
        mention("Luhansk", "A", None, start=18, **twice),
        mention("Luhansk", "A", None, status="rejected", **twice),
    )
    assert build_payload(rows).columns["nth"].tolist() == [1]


def test_a_packed_payload_needs_no_escaping():
    packed = pack_payload(build_payload(table(mention(HOSTILE, HOSTILE, None))))
    assert not set("<>&\\\u2028\u2029") & set(packed)


def test_embedded_json_cannot_end_its_script():
    assert not set("<>&\u2028\u2029") & set(to_script_json(HOSTILE + "&\u2028\u2029"))


def test_the_map_opens_where_things_happened():
    far = LUHANSK | {"place_id": "washington", "latitude": 38.9, "longitude": -77.0}
    rows = table(
        mention("Luhansk", "A", None, **LUHANSK),
        mention("Washington", "A", None, role="associative", **far),
    )
    assert build_payload(rows).head["bounds"] == (39.317, 48.567, 39.317, 48.567)


def test_a_table_without_the_columns_is_refused():
    rows = five_reports().drop(columns=["reason", "role"])
    with pytest.raises(InputError) as caught:
        build_payload(rows)
    assert str(caught.value) == (
        "The mention table lacks the columns role, reason; pass the table that geo made."
    )


def test_a_table_without_titles_and_languages_is_drawn():
    head = build_payload(five_reports().drop(columns=["title", "url", "language"])).head
    assert set(head["articles"]["title"]) == {""}
    assert head["languages"] == [""]


def test_openstreetmap_is_credited_where_it_was_asked():
    assert build_payload(five_reports().assign(gazetteer="nominatim")).head["shows_osm"] is True
    assert build_payload(five_reports()).head["shows_osm"] is False
