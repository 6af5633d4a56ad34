import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import ROOT, SHARED, run_geo

import geo

NEAR_GUKOVO = b"Shelling was heard near Gukovo."
DATED = ("--outlet", "The Paper", "--date", "2014-08-05")


def article(tmp_path: Path, text: str = "Shelling was heard near Gukovo.") -> Path:
    path = tmp_path / "new.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_version() -> None:
    assert run_geo("--version").stdout == f"geo {geo.__version__}\n"


@pytest.mark.parametrize("command", ["map", "geocode", "export", "lookup", "evaluate"])
def test_every_command_has_help_with_examples(command: str) -> None:
    assert f"Examples:\n    geo {command}" in run_geo(command, "--help").stdout


def test_lookup_shows_all_places_of_a_name() -> None:
    done = run_geo("lookup", "Donetsk")
    assert done.returncode == 0
    assert {"gn:709717", "gn:565348"} <= set(done.stdout.split())


def test_geocode_shows_a_table() -> None:
    done = run_geo("geocode", "-", *DATED, stdin=NEAR_GUKOVO)
    assert done.returncode == 0
    assert "Gukovo" in done.stdout


def test_a_terminal_gets_no_control_characters() -> None:
    done = run_geo("geocode", "-", *DATED, stdin=b"Near Luhansk\x1b[31m\n[red]region.")
    assert "\x1b" not in done.stdout


def test_geocode_writes_mentions_and_candidates(tmp_path: Path) -> None:
    options = ("-o", tmp_path / "m.csv", "--candidates", tmp_path / "c.csv")
    done = run_geo("geocode", article(tmp_path), *DATED, *options)
    assert done.returncode == 0
    assert done.stdout == (
        f"1 mention of 1 place, in 1 article on 1 outlet-and-date layer: {tmp_path / 'm.csv'}\n"
    )
    assert (tmp_path / "c.csv").read_text().splitlines()[1].startswith("new:24-30,1,gn:558082")


def test_a_new_article_joins_the_corpus_on_one_map(tmp_path: Path) -> None:
    done = run_geo(
        "map", ROOT / "data" / "articles", article(tmp_path), *DATED, "-o", tmp_path / "m.html"
    )
    assert done.returncode == 0
    assert "in 6 articles on 6 outlet-and-date layers" in done.stdout


def test_a_mention_table_can_be_mapped_with_new_articles(tmp_path: Path) -> None:
    run_geo("geocode", ROOT / "data" / "articles", "-o", tmp_path / "m.csv")
    done = run_geo("map", tmp_path / "m.csv", article(tmp_path), *DATED, "-o", tmp_path / "m.html")
    assert done.returncode == 0
    assert "in 6 articles" in done.stdout


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_the_raw_articles_are_mapped_by_one_command(tmp_path: Path) -> None:
    files = sorted((SHARED / "articles").glob("*.txt"))
    sidecar = ROOT / "data" / "articles.csv"
    done = run_geo("map", *files, "--metadata", sidecar, "--fresh", "-o", tmp_path / "m.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "171 mentions" in done.stdout
    assert "in 5 articles on 5 outlet-and-date layers" in done.stdout


def test_evaluate_prints_json() -> None:
    done = run_geo("evaluate", ROOT / "data" / "labels.jsonl", "--json")
    assert json.loads(done.stdout)["documents"] == 5


def test_a_bad_article_is_listed_and_the_rest_is_written(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run_geo("geocode", empty, article(tmp_path), *DATED, "--fresh", "-o", tmp_path / "m.csv")
    assert done.returncode == 1
    assert done.stderr == f"Error: {empty} is empty: give it some text or leave it out\n"
    assert len((tmp_path / "m.csv").read_text().splitlines()) == 2


def test_if_no_article_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    done = run_geo("map", tmp_path / "none.txt", "-o", tmp_path / "m.html")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "m.html").exists()


def test_a_wrong_row_of_own_places_is_said(tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text("id,title,types,lon,lat\nx:1,Somewhere,settlement,37,480\n")
    done = run_geo("geocode", article(tmp_path), *DATED, "--places", places)
    assert done.returncode == 1
    assert f"{places}, line 2, column lat: '480' is no number from -90 to 90" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "2014-02-30", "-o", "m.html"), "'2014-02-30' is no date; write YYYY-MM-DD"),
        (("-o", "none/m.html"), "there is no folder 'none'; make it first"),
        (("-o", "m.png"), "'m.png' should end in .html or .htm"),
        (("-o", "."), "should end in .html or .htm"),
        (("-o", "m.html", "--tiles", "Nowhere"), "'Nowhere'"),
        ((), "name a file to write: -o map.html, --png picture.png, or both"),
        (("--png", "p.jpg"), "'p.jpg' should end in .png"),
        (("--png", "none/p.png"), "there is no folder 'none'; make it first"),
    ],
)
def test_a_wrong_call_exits_with_2_and_writes_nothing(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run_geo("map", article(tmp_path), *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["new.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("geocode", "m.csv", "-o", "m.csv"),
        ("geocode", "x.txt", "-o", "m.csv", "--candidates", "m.csv"),
        ("evaluate", "m.jsonl", "--save-predictions", "m.jsonl"),
    ],
)
def test_an_output_never_replaces_an_input(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for name in ("m.csv", "m.jsonl", "x.txt"):
        (tmp_path / name).write_text("kept")
    done = run_geo(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "is read or written by this command too; name another file" in done.stderr
    assert (tmp_path / arguments[-1]).read_text() == "kept"


def test_a_bad_table_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("mention_id\n1\n")
    good = article(tmp_path)
    done = run_geo("map", tmp_path / "bad.csv", good, *DATED, "-o", tmp_path / "m.html")
    assert done.returncode == 1
    assert (tmp_path / "m.html").exists()


def test_a_pipe_gets_whole_cells() -> None:
    done = run_geo("geocode", ROOT / "data" / "articles")
    assert "…" not in done.stdout


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"),
    reason="only root can make a small disk",
)
@pytest.mark.parametrize("command", ["map", "geocode"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, command: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    output = disk / ("m.html" if command == "map" else "m.csv")
    try:
        done = run_geo(command, ROOT / "data" / "articles", "-o", output)
        assert done.returncode == 1
        assert "No space left on device; free space or choose another place" in done.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_table_of_no_articles_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,outlet\n")
    done = run_geo("geocode", tmp_path / "a.csv")
    assert (done.returncode, done.stderr) == (
        1,
        "Error: the input holds no article, so nothing was written\n",
    )
