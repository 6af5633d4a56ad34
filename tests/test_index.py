"""The index: what is written is found again; damage is noticed; two builders build once."""

import signal
import subprocess
import sys
from copy import copy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from helpers import run_well
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer.cache import Track, checksums, open_index
from geo.gazetteer.index import Index
from geo.gazetteer.index_writer import write_index
from geo.gazetteer.names import key_of
from geo.records import Place

PARIS = Place("gn:1", "Paris", "settlement", 48.85341, 2.3488, "FR", "Ile", ("Paris", "Lutèce"), 9)
GAP = Place("geo:gap", "Gap", "hill", 1, 2, names=("Gap", "", "Gop"))
TEXAN = Place("gn:2", "Paris", "settlement", 33.66094, -95.55551, "US", "Texas", ("Paris",), 3)
DOOM = (("ru", "Роковая гора"), ("uk", "Фатум-гора"))
MOUNT = Place(
    "geo:m", "Mount Doom", "hill", -39.2, 175.6, names=("Mount Doom",), error_km=0.3, labels=DOOM
)


def write(folder: Path, _: Track | None = None) -> None:
    write_index(
        [PARIS, TEXAN, MOUNT, GAP], folder, areas=[("FR", b"shape")], codes={"gn:1": ["FR"]}
    )


def found(index: Index, name: str) -> list[Place]:
    return [index.place(row) for row in index.rows(key_of(name))]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write(tmp_path)
    return Index(tmp_path)


def test_a_record_comes_back_as_it_was(index: Index) -> None:
    assert found(index, "Lutece") == [PARIS]
    assert found(index, "Mount Doom") == [MOUNT]
    assert found(index, "Gop")[0].names == ("Gap", "Gop")


def test_a_name_gives_all_its_places_the_likeliest_first(index: Index) -> None:
    assert [place.country_code for place in found(index, "PARIS")] == ["FR", "US"]


def test_other_forms_of_mount_are_known(index: Index) -> None:
    assert found(index, "Mt. Doom") == [MOUNT]


def test_a_skeleton_has_its_rows_the_likeliest_first(tmp_path: Path) -> None:
    small = Place("gn:1", "Дмитровка", "settlement", 48.0, 37.8, "UA", population=10_000)
    large = Place("gn:2", "Дмитрівка", "settlement", 48.5, 35.0, "UA", population=20_000)
    write_index([small, large], tmp_path)
    index = Index(tmp_path)
    assert [index.place(row).place_id for row in index.skeleton_rows("dmitrivka")] == [
        "gn:2",
        "gn:1",
    ]


def test_only_names_of_well_known_places_are_looked_for_in_misspellings(tmp_path: Path) -> None:
    village = Place("gn:1", "Parish", "settlement", 48.0, 2.0, "FR", gazetteer="geonames")
    write_index([PARIS, village], tmp_path)
    assert list(Index(tmp_path).well_known("pa")) == ["paris"]


def test_an_unknown_name_has_no_rows(index: Index) -> None:
    assert index.rows("narnia") == []


def test_an_id_has_its_row(index: Index) -> None:
    row = index.row("geo:m")
    assert row is not None
    assert index.place(row) == MOUNT


def test_an_area_without_a_code_is_none(index: Index) -> None:
    assert index.area("XX") is None


def test_another_process_gets_the_same_index(index: Index) -> None:
    assert found(copy(index), "Paris") == [PARIS, TEXAN]  # by what pickle uses too


def test_names_are_listed_by_their_beginning(index: Index) -> None:
    assert sorted(index.keys("p")) == ["paris"]


@given(st.lists(st.text(min_size=1).filter(key_of), min_size=1, max_size=20))
def test_every_name_of_a_place_finds_it(names: list[str]) -> None:
    import tempfile

    names = [name.replace("\n", " ") for name in names]
    place = Place("x:1", names[0], "settlement", 1.0, 2.0, names=tuple(names))
    with tempfile.TemporaryDirectory() as folder:
        write_index([place], Path(folder))
        index = Index(Path(folder))
        assert all(index.rows(key_of(name)) == [0] for name in names if key_of(name))


@pytest.mark.parametrize(
    "name", ["names.marisa", "skeletons.marisa", "numbers", "text", "tables.json", "index.json"]
)
def test_a_changed_file_is_noticed(tmp_path: Path, name: str) -> None:
    write(tmp_path)
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 255
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GazetteerError, match="is damaged"):
        Index(tmp_path)


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "text").unlink()
    with pytest.raises(GazetteerError, match="is damaged"):
        Index(tmp_path)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEO_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_an_index_is_built_once(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_index("test", "1", write)
    open_index("test", "1", write)
    assert capsys.readouterr().err == (
        "Building the gazetteer's index; this takes up to a minute, once.\n"
    )
    assert [path.name for path in (cache / "indexes").glob("*test-*")] == ["test-1"]


def test_a_damaged_index_is_built_again(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_index("test", "1", write)
    (cache / "indexes" / "test-1" / "rows").write_bytes(b"short")
    capsys.readouterr()
    assert found(open_index("test", "1", write), "Paris")
    folder = cache / "indexes" / "test-1"
    assert capsys.readouterr().err == (
        f"Building the gazetteer's index again, because the index in {folder} is damaged; "
        "this takes up to a minute, once.\n"
    )


@pytest.mark.usefixtures("cache")
def test_an_index_of_other_data_is_not_used() -> None:
    open_index("test", "1", write)
    other = open_index("test", "2", lambda folder, _: write_index([TEXAN], folder))
    assert found(other, "Paris") == [TEXAN]


def test_only_the_last_two_indexes_are_kept(cache: Path) -> None:
    for key in "1234":
        open_index("test", key, write)
    assert {path.name for path in (cache / "indexes").glob("test-?")} == {"test-3", "test-4"}


def test_folders_of_others_are_left_alone(cache: Path) -> None:
    for name in ("test-cup", ".test-mine", "world-cup"):
        (cache / name).mkdir()
    for key in "1234":
        open_index("test", key, write)
    assert {"test-cup", ".test-mine", "world-cup"} <= {path.name for path in cache.iterdir()}


@pytest.mark.parametrize("text", ["[]", "null", '{"files": {}}', '{"files": {"text": 3}}'])
def test_a_list_of_files_that_makes_no_sense_is_damage(tmp_path: Path, text: str) -> None:
    write(tmp_path)
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(GazetteerError, match="is damaged"):
        Index(tmp_path)


@pytest.mark.parametrize("text", ["[1]", "null", "5", "{", '{"x": 5}'])
def test_checksums_that_make_no_sense_are_made_anew(cache: Path, text: str) -> None:
    (cache / "checksums.json").write_text(text)
    (cache / "x").write_text("one")
    assert checksums([cache / "x"]) == [sha256(b"one").hexdigest()]


def test_a_copied_index_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    text = tmp_path / "text"
    text.write_bytes(text.read_bytes())  # the same, at another time
    assert found(Index(tmp_path), "Paris")


def test_a_cache_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GEO_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(GazetteerError, match="set GEO_CACHE_DIR to a folder that can be written"):
        open_index("test", "1", write)


BUILD = """
import sys, time
from pathlib import Path
from geo.gazetteer.cache import open_index
sys.path.insert(0, {tests!r})
from test_index import found, write

def write_slowly(folder, track):
    (folder / "half").write_text("half")
    print("building", flush=True)
    time.sleep({seconds})
    (folder / "half").unlink()
    write(folder)

print(len(found(open_index("test", "1", write_slowly), "Paris")), flush=True)
"""


PIPES: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}


def build(seconds: float) -> list[str]:
    return [sys.executable, "-c", BUILD.format(tests=str(Path(__file__).parent), seconds=seconds)]


def test_a_build_that_is_killed_leaves_nothing_behind(cache: Path) -> None:
    with subprocess.Popen(build(600), stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "building\n"
        builder.send_signal(signal.SIGKILL)
    assert list((cache / "indexes").glob(".test-*/half"))
    assert run_well(build(0), cache, {}) == "building\n2\n"
    assert sorted(path.name for path in (cache / "indexes").iterdir()) == ["test-1", "test.lock"]


def test_two_processes_at_once_build_once(cache: Path) -> None:
    with (
        subprocess.Popen(build(2), **PIPES) as one,
        subprocess.Popen(build(2), **PIPES) as other,
    ):
        outputs = [one.communicate(), other.communicate()]
    printed = sorted(word for output, _ in outputs for word in output.split())
    said = "".join(errors for _, errors in outputs)
    assert printed == ["2", "2", "building"]
    assert "Another process is building the gazetteer's index; waiting for it." in said
    assert [path.name for path in (cache / "indexes").glob("test-*")] == ["test-1"]
