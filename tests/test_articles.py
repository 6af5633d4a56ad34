import io
import json
import sys
import warnings
from datetime import date
from pathlib import Path

import pytest

from geo.articles import read_articles
from geo.errors import GeoError, InputError
from geo.records import Article

OWN = {"outlet": "The Paper", "published": "2014-08-05"}


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read_one(path: Path, **options: object) -> Article:
    (article,) = read_articles([path], **options)  # type: ignore[arg-type]
    return article


def message_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_articles([path], **OWN)
    return str(caught.value)


def test_front_matter_tells_of_an_article(tmp_path: Path) -> None:
    text = "---\nid: a1\noutlet: RT\npublished: 2014-08-04\ntitle: 'A: b'\n---\nIn Gukovo.\n"
    article = read_one(write(tmp_path, "x.md", text))
    assert article == Article("a1", "In Gukovo.", "RT", date(2014, 8, 4), "A: b")


def test_a_text_takes_its_id_from_its_file(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "note.txt", "In Gukovo."), **OWN).article_id == "note"


def test_a_fallback_never_overrides(tmp_path: Path) -> None:
    path = write(tmp_path, "x.md", "---\noutlet: RT\n---\nIn Gukovo.")
    article = read_one(path, **OWN)
    assert (article.outlet, article.published_date) == ("RT", date(2014, 8, 5))


def test_a_sidecar_fills_gaps_by_file_name(tmp_path: Path) -> None:
    sidecar = write(tmp_path, "about.csv", "file,outlet,published\nx.txt,VICE News,2014-08-04\n")
    article = read_one(write(tmp_path, "x.txt", "Hi"), metadata=sidecar, **OWN)
    assert (article.outlet, article.published_date) == ("VICE News", date(2014, 8, 4))


def test_a_folder_is_read_without_its_sidecar(tmp_path: Path) -> None:
    sidecar = write(tmp_path, "about.csv", "file,outlet,published\nx.txt,RT,2014-08-04\n")
    write(tmp_path, "x.txt", "Hi")
    assert [a.outlet for a in read_articles([tmp_path], metadata=sidecar)] == ["RT"]


def test_a_table_has_an_article_a_row(tmp_path: Path) -> None:
    rows = 'text,outlet,published\n"One, two",RT,2014-08-04\nThree,RT,2014-08-05\n'
    assert [a.text for a in read_articles([write(tmp_path, "t.csv", rows)])] == [
        "One, two",
        "Three",
    ]


def test_json_lines_may_hold_odd_line_separators(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": "One\u2028two", "outlet": "RT"}, ensure_ascii=False)
    path = write(tmp_path, "t.jsonl", row + "\n")
    assert read_one(path, **OWN).text == "One\u2028two"


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"In Gukovo.")))
    assert read_one(Path("-"), **OWN).text == "In Gukovo."


def test_an_article_without_a_date_is_kept_with_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", "Hi")
    with pytest.warns(UserWarning, match="no date") as caught:
        article = read_one(path, outlet="RT")
    assert article.published_date is None
    assert str(caught[0].message) == (
        f"{path} has no date; it is kept. Say it in the sidecar (--metadata), or with --date"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "x.txt", "Бои под Мар’їнкою".encode(encoding))
    assert read_one(path, **OWN).text == "Бои под Мар’їнкою"


def test_another_encoding_is_guessed_with_a_warning(tmp_path: Path) -> None:
    text = "Тяжёлые бои идут под Донецком и Луганском, сообщают жители города. " * 5
    path = write(tmp_path, "x.txt", text.encode("cp1251"))
    with pytest.warns(UserWarning, match="is not UTF-8; read as cp1251"):
        assert read_one(path, **OWN).text == text


def test_windows_line_ends_become_plain(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "x.txt", "a\r\nb"), **OWN).text == "a\nb"


def test_a_time_zone_never_moves_the_day(tmp_path: Path) -> None:
    path = write(tmp_path, "x.md", "---\noutlet: RT\npublished: 2014-08-04T23:30:00-07:00\n---\nHi")
    assert read_one(path).published_date == date(2014, 8, 4)


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", " \n")
    assert message_of(path) == f"{path} is empty: give it some text or leave it out"


def test_a_binary_file_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\0")
    assert message_of(path) == f"{path} is not a text file: save it as plain text in UTF-8"


def test_an_impossible_date_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "x.md", "---\npublished: 2014-02-30\n---\nHi")
    assert message_of(path) == f"{path}, published: '2014-02-30' is no date; write YYYY-MM-DD"


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("publishd", "did you mean 'published'? "),
        ("Date", "did you mean 'published'? "),
        ("author", ""),
    ],
)
def test_an_unknown_column_is_said(column: str, meant: str, tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", f"text,{column}\nHi,2014-08-04\n")
    with pytest.warns() as caught:
        read_one(path, **OWN)
    assert str(caught[0].message).startswith(
        f"{path}, line 1: the column {column!r} is not read; {meant}known are id, "
    )


def test_a_sidecar_is_read_strictly(tmp_path: Path) -> None:
    article = write(tmp_path, "x.txt", "Hi")
    sidecar = write(tmp_path, "about.csv", "file,date\nx.txt,2014-08-04\n")
    with pytest.raises(InputError) as caught:
        read_articles([article], metadata=sidecar)
    assert str(caught.value).startswith(
        f"{sidecar}, line 1: unknown column 'date'; remove or rename it; did you mean 'published'?"
    )


def test_a_row_of_a_sidecar_that_is_about_no_file_is_said(tmp_path: Path) -> None:
    write(tmp_path, "x.txt", "Hi")
    sidecar = write(tmp_path, "about.csv", "file,outlet\nX1.txt,RT\nx.txt,RT\n")
    with pytest.warns() as caught:
        read_articles([tmp_path], metadata=sidecar, published="2014-08-04")
    assert [str(one.message) for one in caught] == [
        f"{sidecar}, line 2: 1 of its rows are about files that were not read (X1.txt); "
        "check their names"
    ]


def test_front_matter_in_a_plain_text_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", "---\noutlet: A\n---\nHi")
    with pytest.warns(UserWarning, match="is text in a .txt; end the name in .md"):
        assert read_one(path, **OWN).text.startswith("---")


def test_a_broken_row_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", "text,outlet\nOne, two,RT\n")
    assert message_of(path) == (
        f"{path}, line 2: 3 cells where the header has 2; quote a text that holds commas"
    )


def test_a_quote_that_never_ends_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", 'text,outlet\n"One,RT\n')
    assert message_of(path) == (
        f"{path}, line 2: unexpected end of data; mend the quotes of the row that ends here "
        "(the rows after it were not read)"
    )


def test_an_unknown_ending_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "x.odt", "Hi")
    assert message_of(path) == (
        f"{path}: no reader for '.odt'; give .txt, .md, .csv, .jsonl, .html, .htm, .docx, .pdf"
    )


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert message_of(tmp_path / "x.txt") == (
        f"cannot read {tmp_path / 'x.txt'}: No such file or directory; check the path"
    )


def test_two_articles_of_one_id_are_said(tmp_path: Path) -> None:
    one, two = (tmp_path / name for name in ("one", "two"))
    for folder in (one, two):
        folder.mkdir()
        write(folder, "x.txt", "Hi")
    assert "id 'x' is taken by another article" in message_of(tmp_path)


def test_one_bad_article_never_stops_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "")
    write(tmp_path, "b.txt", "Hi")
    problems: list[GeoError] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        articles = read_articles([tmp_path], problems=problems)
    assert ([a.article_id for a in articles], len(problems)) == (["b"], 1)


def test_half_a_surrogate_pair_becomes_a_question_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "t.jsonl", '{"text": "a\\ud800b"}\n')
    assert read_one(path, **OWN).text == "a?b"


def test_two_files_of_one_name_have_rows_of_their_own(tmp_path: Path) -> None:
    for name in ("A", "B"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "r.txt", "Hi")
    rows = "file,id,outlet,published\nA/r.txt,a1,RT,2014-08-04\nB/r.txt,b1,RT,2014-08-05\n"
    sidecar = write(tmp_path, "about.csv", rows)
    articles = read_articles([tmp_path / "A", tmp_path / "B"], metadata=sidecar)
    assert [a.article_id for a in articles] == ["a1", "b1"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", "Hi")
    assert len(read_articles([path, tmp_path], **OWN)) == 1


def test_hidden_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".ipynb_checkpoints").mkdir()
    write(tmp_path / ".ipynb_checkpoints", "x-checkpoint.txt", "Hi")
    write(tmp_path, "x.txt", "Hi")
    assert len(read_articles([tmp_path], **OWN)) == 1


def test_our_own_tables_in_a_folder_are_no_articles(tmp_path: Path) -> None:
    write(tmp_path, "x.txt", "Hi")
    write(tmp_path, "mentions.csv", "mention_id,article_id\na:0-1,a\n")
    assert len(read_articles([tmp_path], **OWN)) == 1


def test_a_number_may_be_an_id(tmp_path: Path) -> None:
    path = write(tmp_path, "t.jsonl", '{"id": 5, "text": "Hi"}\n')
    assert read_one(path, **OWN).article_id == "5"


def test_a_slip_in_a_key_is_warned_of(tmp_path: Path) -> None:
    path = write(tmp_path, "x.md", "---\noutlet: RT\npublished: 2014-08-04\ntitel: A\n---\nHi")
    with pytest.warns(UserWarning, match="the key 'titel' is not read; did you mean 'title"):
        read_one(path)


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_may_have_other_separators(sign: str, tmp_path: Path) -> None:
    rows = [("text", "outlet", "published"), ('"One, two; three"', "RT", "2014-08-04")]
    path = write(tmp_path, "t.csv", "\n".join(map(sign.join, rows)))
    article = read_one(path)
    assert (article.text, article.outlet) == ("One, two; three", "RT")
