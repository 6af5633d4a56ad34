"""The panels of the notebooks, without a browser: what is pressed, and what the files then hold."""

from codecs import BOM_UTF8
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile_strings import STRINGS
from ipywidgets import (
    HTML,
    Button,
    DatePicker,
    FileUpload,
    RadioButtons,
    Select,
    Text,
    Textarea,
)

import geo
from geo.decisions import read_decisions
from geo.errors import InputError
from geo.panels import GeocodePanel, ReviewPanel
from geo.panels.inbox import keep_file, keep_text

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Shells fell on Rubezhnoye. Calm in Kiev, said the mayor of Donetsk."


def parts(panel, kind):
    """Return the widgets of a kind in a panel, from the top."""
    found = [panel] if isinstance(panel, kind) else []
    for child in getattr(panel, "children", ()):
        found += parts(child, kind)
    return found


def press(panel, words: str) -> None:
    next(button for button in parts(panel, Button) if button.description == words).click()


def field(panel, placeholder: str) -> Text:
    return next(one for one in parts(panel, Text) if one.placeholder.startswith(placeholder))


def said(panel) -> str:
    """Return all that the panel says, as HTML."""
    return " ".join(html.value for html in parts(panel, HTML))


def left(panel) -> list[str]:
    return [label for label, _ in parts(panel, Select)[0].options]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text(f"---\noutlet: A\npublished: 2014-08-17\n---\n{TEXT}\n")
    return folder


@pytest.fixture
def panel(folder: Path) -> ReviewPanel:
    return ReviewPanel(folder, output=folder.parent / "out", who="Ann")


def pick(panel, surface: str) -> None:
    chosen = parts(panel, Select)[0]
    chosen.value = next(n for label, n in chosen.options if f"  {surface} " in label)


def test_a_picked_place_is_a_decision_on_the_disk(panel, folder: Path) -> None:
    pick(panel, "Rubezhnoye")
    parts(panel, RadioButtons)[0].value = 0
    field(panel, "a note").value = "as the mayor says"
    press(panel, "It is this place")
    (decision,) = read_decisions(folder / "decisions.csv")
    assert (decision.surface, decision.status, decision.who) == ("Rubezhnoye", "verified", "Ann")
    assert decision.note == "as the mayor says"
    assert not any("Rubezhnoye" in label for label in left(panel))


def test_a_decision_is_said(panel) -> None:
    pick(panel, "Rubezhnoye")
    press(panel, "No place's name")
    assert "&#x27;Rubezhnoye&#x27;: rejected, for this mention" in said(panel)


def test_pressing_without_a_pick_decides_nothing(panel, folder: Path) -> None:
    press(panel, "It is this place")
    assert "pick one of the places first" in said(panel)
    assert not (folder / "decisions.csv").exists()


def test_undo_brings_a_mention_back(panel, folder: Path) -> None:
    before = left(panel)
    press(panel, "No place's name")
    assert len(left(panel)) == len(before) - 1
    press(panel, "Undo")
    assert left(panel) == before
    assert "Taken back: rejected &#x27;" in said(panel)
    assert read_decisions(folder / "decisions.csv") == []


def test_a_point_is_typed(panel, folder: Path) -> None:
    pick(panel, "Rubezhnoye")
    point = field(panel, "48.57")
    point.value = "nowhere"
    press(panel, "It is at this point")
    assert "nowhere" in said(panel)
    point.value = "49.01, 38.38"
    press(panel, "It is at this point")
    (decision,) = read_decisions(folder / "decisions.csv")
    assert (decision.latitude, decision.longitude) == (49.01, 38.38)


def test_a_new_place_goes_into_the_users_table(panel, folder: Path) -> None:
    pick(panel, "Rubezhnoye")
    field(panel, "a name").value, field(panel, "48.57").value = "Rubezhnoye farm", "49.01, 38.38"
    press(panel, "It is a new place")
    assert "Rubezhnoye farm" in (folder / "places.csv").read_text()


def test_a_search_offers_other_places(panel) -> None:
    name = field(panel, "a name")
    name.value = "Lviv"
    press(panel, "Search")
    assert "Lviv" in parts(panel, RadioButtons)[0].options[0][0]
    name.value = "Narnia"
    press(panel, "Search")
    assert "no place called &#x27;Narnia&#x27;" in said(panel)


def test_buttons_save_map_table_and_decisions(panel, folder: Path) -> None:
    press(panel, "Save decisions")
    assert "nothing has been decided yet" in said(panel)
    press(panel, "No place's name")
    for words in ("Save map", "Save table", "Save decisions"):
        press(panel, words)
    saved = sorted(path.name for path in (folder.parent / "out").iterdir())
    assert saved == ["map.html", "mentions.csv"]
    assert str(folder / "decisions.csv") in said(panel)
    # As Excel needs it.
    assert (folder.parent / "out" / "mentions.csv").read_bytes().startswith(BOM_UTF8)
    assert "rejected" in (folder.parent / "out" / "mentions.csv").read_text()


def test_a_pasted_text_is_kept_and_geocoded(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path / "mine", output=tmp_path / "out", text="Fire in Lviv.")
    assert "role" not in said(panel)
    press(panel, "Geocode")
    assert (tmp_path / "mine" / "text.md").read_text().endswith("Fire in Lviv.\n")
    assert any("Lviv" in label for label in left(panel))
    press(panel, "Another text")
    parts(panel, Textarea)[0].value = "Snow in Odesa."
    press(panel, "Geocode")
    assert (tmp_path / "mine" / "text-2.md").exists()


def test_what_an_article_does_not_say_is_shown_in_a_table(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path, output=tmp_path / "out", text="Fire in Lviv.")
    press(panel, "Geocode")
    assert "<td>text</td><td>no outlet</td><td>no date</td><td>1</td>" in said(panel)
    assert "--outlet" not in said(panel)


def test_no_text_is_said_on_the_page(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path / "mine", output=tmp_path / "out")
    press(panel, "Geocode")
    assert "there is no text; paste one, or add a file" in said(panel)


def upload(panel, *files: tuple[str, bytes]) -> None:
    parts(panel, FileUpload)[0].value = tuple(
        {"name": name, "type": "", "size": len(content), "content": content, "last_modified": NOW}
        for name, content in files
    )


def test_uploads_are_kept_and_a_bad_one_is_named(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path / "mine", output=tmp_path / "out")
    good, table = (b"Fire in Lviv.", b"id,text\n1,Rain in Kyiv")
    upload(panel, ("../good.txt", good), ("bad.jsonl", b"{"), ("ann.csv", table))
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["ann.csv", "good.md"]
    assert "<div>bad.jsonl, line 1: not JSON" in said(panel)
    assert len(left(panel)) == 2


def test_an_id_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    kept = keep_file(tmp_path, "a.md", b"---\nid: ../../evil\n---\nFire in Lviv.")
    assert kept == tmp_path / "evil.md"


def test_an_upload_takes_no_name_that_is_there(tmp_path: Path) -> None:
    names = ["a.txt", "A.md", "a.jsonl", f"{'Ж' * 300}.txt"]
    contents = [b"Rain.", b"Snow.", b'{"text": "Fire."}', b"Hail."]
    with pytest.warns(UserWarning, match=r"a.jsonl: another .* kept as a-3"):
        kept = [keep_file(tmp_path, *file).name for file in zip(names, contents, strict=True)]
    assert kept == ["a.md", "A-2.md", "a-3.jsonl", f"{'Ж' * 60}.md"]


@pytest.mark.parametrize("name", ["decisions.csv", "Places.CSV", "../places.csv"])
def test_an_upload_is_no_table_of_the_users(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is what a table of yours .* is called"):
        keep_file(tmp_path, name, b"text\nFire in Lviv.")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"---\npublished: soon\n---\nFire.", "bad.md, published: 'soon' is no date"),
        (b"---\noutlet: A\n---\n", "bad.md has no text"),
        (b"---\n: [\n---\nFire.", "bad.md, line 2: the front matter is not YAML"),
    ],
)
def test_an_upload_that_cannot_be_read_is_not_kept(
    content: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=why):
        keep_file(tmp_path, "bad.md", content)
    assert not list(tmp_path.iterdir())


def test_what_an_upload_tells_of_itself_is_said_once(tmp_path: Path) -> None:
    with pytest.warns() as caught:
        keep_file(tmp_path, "a.txt", b"Shells fell.\n\nThe Moscow Times\n17 August 2014")
    assert [str(one.message) for one in caught] == [
        "a.txt: outlet guessed: The Moscow Times, from the line 'The Moscow Times'; "
        f"mend it in {tmp_path / 'a.md'} if it is wrong",
        "a.txt: published guessed: 2014-08-17, from the line '17 August 2014'; "
        f"mend it in {tmp_path / 'a.md'} if it is wrong",
    ]


def test_another_text_pasted_over_the_first_replaces_nothing(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path, output=tmp_path / "out")
    box, outlet = parts(panel, Textarea)[0], parts(panel, Text)[1]
    box.value = "Fire in Lviv.\n\nReuters\n17 August 2014"
    press(panel, "Geocode")
    box.value = "Large fire in Lviv.\n\nReuters\n17 August 2014"
    press(panel, "Geocode")
    assert [path.name for path in tmp_path.glob("*.md")] == ["text.md"]
    box.value = "Snow fell on Odesa, said the mayor of the town to nobody in particular."
    assert (outlet.value, parts(panel, DatePicker)[0].value) == ("", None)
    press(panel, "Geocode")
    assert sorted(path.name for path in tmp_path.glob("*.md")) == ["text-2.md", "text.md"]
    assert "Large fire" in (tmp_path / "text.md").read_text()


def test_a_guess_gives_way_but_not_what_was_typed(tmp_path: Path) -> None:
    panel = GeocodePanel(tmp_path, output=tmp_path / "out")
    box, outlet = parts(panel, Textarea)[0], parts(panel, Text)[1]
    box.value = "Fire in Lviv.\n\nReuters"
    box.value = "Fire in Lviv.\n\nThe Moscow Times"
    assert outlet.value == "The Moscow Times"
    outlet.value = "Herald"
    box.value = "Fire in Lviv.\n\nReuters"
    assert outlet.value == "Herald"


def test_the_sample_is_for_an_empty_folder(tmp_path: Path) -> None:
    keep_text(tmp_path, "a", "Snow in Odesa.")
    panel = GeocodePanel(tmp_path, output=tmp_path / "out", text="A sample.")
    assert parts(panel, Textarea)[0].value == ""


def test_two_forms_take_different_names(tmp_path: Path) -> None:
    forms = [GeocodePanel(tmp_path, output=tmp_path / "out", text=f"Fire {n}.") for n in (1, 2)]
    for form in forms:
        press(form, "Geocode")
    assert "text: another article has that name; kept as text-2" in said(forms[1])
    assert sorted(path.name for path in tmp_path.glob("*.md")) == ["text-2.md", "text.md"]


def test_the_second_of_two_quick_clicks_decides_nothing(panel, folder: Path) -> None:
    press(panel, "No place's name")
    press(panel, "No place's name")
    assert len(read_decisions(folder / "decisions.csv")) == 1


def test_a_folder_with_another_table_of_places_is_geocoded(folder: Path) -> None:
    (folder / "places.csv").write_text("city,mayor\nKyiv,X\n")
    panel = ReviewPanel(folder, output=folder.parent / "out")
    assert "the table beside the articles is not used" in said(panel)
    assert left(panel)


def test_a_folder_that_cannot_be_written_is_said(panel, folder: Path) -> None:
    (folder.parent / "out").write_text("a file")
    press(panel, "Save map")
    assert "out: File exists; check its place and its rights" in said(panel)


def test_a_fault_of_ours_is_a_sentence(panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel.folder.review, "reject", lambda *_: 1 / 0)
    press(panel, "No place's name")
    assert "This is a fault of geo" in said(panel)


def test_strangers_text_is_only_text(folder: Path) -> None:
    for number, text in enumerate(STRINGS):
        keep_text(folder, str(number), f"Fire in Lviv. {text} Snow in Kiev.", text, None)
    panel = ReviewPanel(folder, output=folder.parent / "out")
    chosen, shown = parts(panel, Select)[0], ""
    for _, number in chosen.options[::5]:
        chosen.value = number
        shown += said(panel)
    assert "&lt;script&gt;" in shown
    assert not [text for text in STRINGS if "<" in text and text in shown]


def test_what_was_uploaded_comes_back_as_it_was(tmp_path: Path) -> None:
    text = "---\nFire: in Lviv.\n\n# Snow\n---"
    keep_text(tmp_path, "a", text, "Outlet: 'x'", None)
    (article,) = geo.read_articles([tmp_path])
    assert (article.text, article.outlet, article.article_id) == (text, "Outlet: 'x'", "a")
