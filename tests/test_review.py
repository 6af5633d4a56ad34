"""Correcting once: `geo review` in a real terminal, and what later runs make of it."""

import csv
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from helpers import run_geo

pexpect = pytest.importorskip("pexpect")

SENTENCE = "Shells fell on Rubezhnoye at night."
HEAD = "---\noutlet: Herald\npublished: 2014-08-04\n---\n"
DONETSK = "gn:709717"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    write(articles, "one", f"Calm in Kiev. {SENTENCE}")
    return articles


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.md").write_text(f"{HEAD}{text}\n", encoding="utf-8")


def rows(folder: Path) -> tuple[list[tuple[str, str, str]], str]:
    """Return where Rubezhnoye is in a new run, and what the run said."""
    table = folder.parent / "mentions.csv"
    done = run_geo("geocode", folder, "-o", table)
    with table.open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["surface"] == "Rubezhnoye"]
    return [(r["article_id"], r["place_name"], r["status"]) for r in found], done.stderr


@pytest.fixture
def terminal(folder: Path) -> Iterator["pexpect.spawn"]:
    spawned = pexpect.spawn(
        sys.executable,
        ["-m", "geo", "review", str(folder), "--who", "Ann"],
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 200),
        env=os.environ | {"TERM": "dumb"},
    )
    yield spawned
    spawned.close(force=True)


def go_to(terminal: "pexpect.spawn", surface: str) -> None:
    while terminal.expect([rf">>{surface}<<.*\? for help", r"\? for help"]):
        terminal.send("s")


def correct(terminal: "pexpect.spawn") -> None:
    """Say that Rubezhnoye is Donetsk."""
    go_to(terminal, "Rubezhnoye")
    terminal.send("/")
    terminal.expect("Search")
    terminal.sendline("Donetsk")
    terminal.expect(r"1  Donetsk \(settlement; Donetsk Oblast, UA\).*\? for help")
    terminal.send("1")


def leave(terminal: "pexpect.spawn") -> None:
    if terminal.expect([r"\? for help", "mentions left"]) == 0:
        terminal.send("q")
    terminal.expect(pexpect.EOF)


def test_a_correction_lives_through_edits_and_new_articles(
    folder: Path, terminal: "pexpect.spawn"
) -> None:
    correct(terminal)
    leave(terminal)
    assert rows(folder)[0] == [("one", "Donetsk", "corrected")]
    write(folder, "two", "Rubezhnoye burns.")
    assert rows(folder)[0][1] == ("two", "Rubizhne", "machine")
    write(folder, "one", f"Something new comes first. Calm in Kiev. {SENTENCE}")
    assert rows(folder)[0][0] == ("one", "Donetsk", "corrected")
    write(folder, "one", "Calm in Kiev.")
    found, said = rows(folder)
    assert found == [("two", "Rubizhne", "machine")]
    assert "the decision on 'Rubezhnoye' in 'one'" in " ".join(said.split())
    assert DONETSK in (folder / "decisions.csv").read_text(encoding="utf-8")


def test_a_killed_review_loses_only_the_key_not_yet_pressed(
    folder: Path, terminal: "pexpect.spawn"
) -> None:
    write(folder, "two", f"{SENTENCE} Snow fell on Luhansk.")
    correct(terminal)
    terminal.expect([r"\? for help", "mentions left"])
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    assert ("one", "Donetsk", "corrected") in rows(folder)[0]


def test_undo_takes_a_decision_back(folder: Path, terminal: "pexpect.spawn") -> None:
    go_to(terminal, "Rubezhnoye")
    terminal.send("a")
    terminal.expect("this name in this article")
    terminal.send("r")
    terminal.expect(r">>Kiev<<.*\? for help")
    terminal.send("u")
    terminal.expect("taken back: rejected 'Rubezhnoye'")
    leave(terminal)
    assert rows(folder)[0] == [("one", "Rubizhne", "machine")]


def test_a_search_in_vain_brings_the_mentions_own_places_back(
    folder: Path, terminal: "pexpect.spawn"
) -> None:
    go_to(terminal, "Rubezhnoye")
    for name in ("Donetsk", "Zzyzxqq"):
        terminal.send("/")
        terminal.expect("Search")
        terminal.sendline(name)
        terminal.expect(r"\? for help")
    terminal.send("1")
    leave(terminal)
    assert rows(folder)[0] == [("one", "Rubizhne", "verified")]


def test_an_answer_that_cannot_be_is_asked_again(folder: Path, terminal: "pexpect.spawn") -> None:
    go_to(terminal, "Rubezhnoye")
    terminal.send("n")
    for question, answer in (("Name", "Farm"), ("Kind", "castle"), ("is no kind", "site")):
        terminal.expect(question)
        terminal.sendline(answer)
    terminal.expect("Latitude, longitude")
    terminal.sendline("nowhere")
    terminal.expect("is no point")
    terminal.sendintr()
    terminal.expect("left as it is")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    assert not (folder / "places.csv").exists()


def test_two_peoples_tables_are_merged_and_the_conflict_is_listed(tmp_path: Path) -> None:
    head = "scope,status,surface,place_id,who\n"
    for who, rest in (("ann", "all,rejected,Reading,,ann\n"), ("bob", "")):
        place = DONETSK if who == "ann" else "gn:703448"
        table = tmp_path / f"{who}.csv"
        table.write_text(f"{head}all,corrected,Rubezhnoye,{place},{who}\n{rest}")
    merged = tmp_path / "decisions.csv"
    done = run_geo("merge", tmp_path / "ann.csv", tmp_path / "bob.csv", "-o", merged)
    assert done.returncode == 1
    said = " ".join(done.stderr.split())
    assert "conflict about 'Rubezhnoye'" in said
    assert "ann: corrected (gn:709717); bob: corrected (gn:703448)" in said
    assert [line.split(",")[2] for line in merged.read_text().splitlines()[1:]] == ["Reading"]


def test_a_second_run_gives_the_same_table_from_what_is_kept(folder: Path) -> None:
    # Texts that no earlier run of this test has had.
    write(folder, "one", f"Calm in Kiev. {uuid4()}")
    write(folder, "two", f"Rubezhnoye burns. Взрывы в Киеве. {uuid4()}")
    first, second, fresh = (folder.parent / f"{n}.csv" for n in ("first", "second", "fresh"))
    run_geo("geocode", folder, "-o", first)
    write(folder, "three", f"Snow fell on Luhansk. {uuid4()}")
    said = run_geo("geocode", folder, "-o", second).stderr
    assert "2 of 3 articles have not changed" in said
    assert "not changed" not in run_geo("geocode", folder, "-o", fresh, "--fresh").stderr
    assert second.read_bytes() == fresh.read_bytes()
    assert first.read_bytes() != fresh.read_bytes()


def test_a_new_place_is_used_in_new_text(folder: Path, terminal: "pexpect.spawn") -> None:
    go_to(terminal, "Rubezhnoye")
    terminal.send("n")
    terminal.expect(r"Name \[Rubezhnoye\]")
    terminal.sendline("Rubezhne")
    terminal.expect(r"\[settlement\]")
    terminal.sendline("")
    terminal.expect("Latitude, longitude")
    terminal.sendline("48.57, 39.31")
    terminal.expect("Rubezhne is now own:rubezhne")
    leave(terminal)
    write(folder, "two", "Rubezhnoye burns.")
    assert rows(folder)[0] == [("one", "Rubezhne", "corrected"), ("two", "Rubezhne", "machine")]


def test_a_single_articles_new_place_is_found_again(folder: Path) -> None:
    table = folder / "places.csv"
    table.write_text("id,title,types,lon,lat\nown:farm,Rubezhnoye,site,39.31,48.57\n")
    assert "48.5700" in run_geo("geocode", folder / "one.md").stdout


def test_what_was_decided_is_told_in_the_terminal(folder: Path) -> None:
    (folder / "decisions.csv").write_text("scope,status,surface\nall,rejected,Kiev\n")
    shown = run_geo("geocode", folder).stdout.splitlines()
    assert [line.split()[-1] for line in shown if " Kiev " in line] == ["rejected"]


def test_a_data_package_beside_the_articles_is_no_article(folder: Path) -> None:
    first = rows(folder)
    run_geo("export", folder.parent / "mentions.csv", "-o", folder / "package")
    assert (folder / "package" / "places.csv").is_file()
    found, said = rows(folder)
    assert (found, said.splitlines()[1:]) == (first[0], first[1].splitlines()[1:])


def test_no_command_writes_over_decisions(folder: Path) -> None:
    table = folder / "decisions.csv"
    kept = "scope,status,surface\nall,rejected,Reading\n"
    table.write_text(kept)
    other = folder.parent / "ann.csv"
    other.write_text(kept)
    assert run_geo("geocode", folder, "-o", table).returncode == 2
    done = run_geo("merge", other, other, "-o", table)
    assert "its decisions would be lost" in " ".join(done.stderr.split())
    assert table.read_text() == kept
    assert run_geo("merge", table, other, "-o", table).returncode == 0
    assert "Reading" in table.read_text()


def test_a_merge_into_one_of_its_tables_loses_no_side_of_a_conflict(tmp_path: Path) -> None:
    head = "scope,status,surface,place_id\n"
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(f"{head}all,corrected,Reading,gn:1\nall,rejected,Orange,\n")
    theirs.write_text(f"{head}all,rejected,Reading,\n")
    before = ours.read_text()
    for _ in range(2):
        done = run_geo("merge", ours, theirs, "-o", ours)
        assert (done.returncode, ours.read_text()) == (1, before)
        assert "stays as it was" in done.stderr
        assert "conflict about 'Reading'" in done.stderr


@pytest.mark.parametrize("option", ["--decisions", "--places"])
def test_a_table_that_is_not_there_is_said(folder: Path, option: str) -> None:
    done = run_geo("geocode", folder, option, "nope.csv")
    said = f"{option}: there is no file nope.csv; check the path"
    assert (done.returncode, said in done.stderr) == (1, True)


def test_a_review_without_a_terminal_says_so(folder: Path) -> None:
    done = run_geo("review", folder, stdin=b"rq")
    assert "start it in a terminal" in done.stderr


def test_decisions_that_lie_deeper_are_told(folder: Path) -> None:
    (folder / "decisions.csv").write_text("scope,status,surface\nall,rejected,Reading\n")
    done = run_geo("geocode", folder.parent)
    assert "only decisions in the folder that you name are used" in " ".join(done.stderr.split())
