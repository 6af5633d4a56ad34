"""Articles in web pages, Word files and PDFs; guesses of outlet and day."""

import io
import sys
import warnings
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from matplotlib import rc_context
from matplotlib.figure import Figure

import geo
from geo.articles import documents, pages, read_articles
from geo.articles.documents import join_lines
from geo.articles.guesses import guess_date, guess_outlet, page_date
from geo.errors import GeoError, InputError
from geo.records import Article

OWN = {"outlet": "The Paper", "published": "2014-08-05"}
ENGLISH = "Shells fell on Debaltsevo and near Snezhnoye on Wednesday, residents said."
RUSSIAN = "Снаряды упали под Луганском в среду вечером, сообщили жители посёлка."
UKRAINIAN = "Снаряди впали під Маріуполем у середу ввечері, повідомили мешканці."
PUBLISHED = '<meta property="article:published_time" content="2014-08-17T23:30:00-07:00">'
SITE = '<meta property="og:site_name" content="Gazette of\n\tNowhere">'


def page_of(text: str = ENGLISH, head: str = "", title: str = "Shells fall") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
        f"<article><h1>{title}</h1><p>{text}</p><p>{text} {text}</p></article>"
        "<div class='cookie-banner'>We use cookies to improve your experience.</div>"
        "<footer>All about us</footer></body></html>"
    )


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def word(*paragraphs: str, title: str = "") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def pdf(*lines: str, lock: str = "") -> bytes:
    out = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}):
        figure = Figure()
        for n, line in enumerate(lines):
            figure.text(0.05, 0.9 - n / 20, line)
        figure.savefig(out, format="pdf")
    if lock:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.getvalue()))
        writer.encrypt(lock, algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
    return out.getvalue()


def read_one(path: Path, **options: str) -> Article:
    (article,) = read_articles([path], **(options or OWN))
    return article


def message_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_articles([path], **OWN)
    return str(caught.value)


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, UKRAINIAN])
@pytest.mark.parametrize("ending", ["html", "HTM", "docx", "pdf"])
def test_a_document_is_an_article(tmp_path: Path, ending: str, text: str) -> None:
    content = {"docx": word(text), "pdf": pdf(text)}.get(ending, page_of(text))
    article = read_one(write(tmp_path, f"x.{ending}", content))
    assert text in article.text
    assert article.article_id == "x"


def test_a_page_is_read_without_what_stands_around(tmp_path: Path) -> None:
    text = read_one(write(tmp_path, "x.html", page_of())).text
    assert not [word for word in ("Home", "Weather", "cookies", "About us") if word in text]


def test_a_short_page_is_read_without_its_banner(tmp_path: Path) -> None:
    banner = '<div id="consent" role="dialog"><p>We and our partners store data.</p></div>'
    page = f"<html><body>{banner}<main><h1>Shells</h1><p>{ENGLISH}</p></main></body></html>"
    assert read_one(write(tmp_path, "x.html", page)).text == f"Shells\n\n{ENGLISH}"


@pytest.mark.parametrize("head", ["", "<meta charset='windows-1251'>"])
def test_an_old_page_is_read_in_its_letters(tmp_path: Path, head: str) -> None:
    path = write(tmp_path, "x.html", page_of(RUSSIAN, head).encode("cp1251"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if not head else "error")
        assert RUSSIAN in read_one(path).text


def test_a_page_in_xml_is_read(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?>\n' + page_of(RUSSIAN)
    assert RUSSIAN in read_one(write(tmp_path, "x.html", page.encode("cp1251"))).text


def test_a_page_tells_its_title_address_outlet_and_day(tmp_path: Path) -> None:
    head = PUBLISHED + SITE + '<link rel="canonical" href="https://gazette.test/a/1">'
    path = write(tmp_path, "x.html", page_of(head=head))
    with pytest.warns(UserWarning, match="guessed from") as caught:
        (article,) = read_articles([path])
    assert (article.title, article.url) == ("Shells fall", "https://gazette.test/a/1")
    assert (article.outlet, article.published_date) == ("Gazette of Nowhere", date(2014, 8, 17))
    assert [str(warning.message) for warning in caught] == [
        f'{path}: outlet Gazette of Nowhere, guessed from <meta property="og:site_name">; '
        "say it in --metadata if it is wrong",
        f'{path}: published 2014-08-17, guessed from <meta property="article:published_time">; '
        "say it in --metadata if it is wrong",
    ]


def test_an_address_tells_a_known_outlet(tmp_path: Path) -> None:
    saved = "<!-- saved from url=(0035)https://news.vice.com/article/shells -->"
    path = write(tmp_path, "x.html", page_of(head=SITE + saved))
    with pytest.warns(UserWarning, match="outlet VICE News, guessed from the address"):
        assert read_one(path, published="2014-08-05").outlet == "VICE News"


def test_a_guess_never_overrides_what_is_said_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "x.html", page_of(head=PUBLISHED + SITE))
    sidecar = write(tmp_path, "about.csv", "file,published,outlet\nx.html,2014-08-04,RT\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (article,) = read_articles([path], metadata=sidecar)
    assert (article.outlet, article.published_date) == ("RT", date(2014, 8, 4))


def test_what_is_said_of_all_files_fills_gaps_only(tmp_path: Path) -> None:
    write(tmp_path, "page.html", page_of(head=PUBLISHED))
    write(tmp_path, "text.txt", "Fire in Lviv.")
    with pytest.warns(UserWarning, match="published 2014-08-17, guessed from"):
        page, text = read_articles([tmp_path], outlet="RT", published="2014-08-04")
    assert (page.outlet, page.published_date) == ("RT", date(2014, 8, 17))
    assert (text.outlet, text.published_date) == ("RT", date(2014, 8, 4))


DATED = {
    '<meta property="article:published_time">': page_of(head=PUBLISHED),
    "datePublished in its JSON-LD": page_of(
        head='<script type="application/ld+json">{"@type": "NewsArticle", '
        '"datePublished": "2014-08-17T10:00:00Z"}</script>'
    ),
    "<time>": page_of(f"<time datetime='2014-08-17'>Sunday</time> {ENGLISH}"),
    "the address": page_of(head="<link rel='canonical' href='https://a.test/2014/08/17/b'>"),
    "the line '17 August 2014'": page_of(f"<span>17 August 2014</span></p><p>{ENGLISH}"),
}


@pytest.mark.parametrize("why", DATED)
def test_the_day_of_a_page_has_its_evidence(tmp_path: Path, why: str) -> None:
    with pytest.warns(UserWarning, match="guessed from") as caught:
        (article,) = read_articles([write(tmp_path, "x.html", DATED[why])], outlet="RT")
    assert article.published_date == date(2014, 8, 17)
    assert f"guessed from {why};" in str(caught[0].message)


def test_a_day_found_elsewhere_is_a_reading_of_the_page(tmp_path: Path) -> None:
    path = write(tmp_path, "x.html", page_of(head='<meta name="date" content="2014-08-17">'))
    with pytest.warns(UserWarning, match="2014-08-17, guessed from htmldate's reading of the page"):
        read_one(path, outlet="RT")


def test_a_year_alone_is_no_day() -> None:
    assert page_date(page_of().replace("All about us", "© 2014 Gazette")) is None


def test_a_title_is_text_whatever_it_says(tmp_path: Path) -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} a&#x202e;b\n\tc"
    article = read_one(write(tmp_path, "x.html", page_of(title=title)))
    assert article.title == "<script>alert(1)</script> {{ 7*7 }} ab c"


def test_only_an_address_of_the_web_is_one(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="javascript:alert(1)">'
    assert read_one(write(tmp_path, "x.html", page_of(head=head))).url == ""


def test_tables_of_a_word_file_are_read_in_their_place(tmp_path: Path) -> None:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("One.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Two.", "Three."
    document.add_paragraph("Four.")
    document.save(out)
    assert (
        read_one(write(tmp_path, "x.docx", out.getvalue())).text
        == "One.\n\nTwo.\n\nThree.\n\nFour."
    )


def test_a_word_file_tells_its_title(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "x.docx", word("Hi", title="A\nb"))).title == "A b"


def test_a_text_that_word_tracks_is_read_as_it_is_now(tmp_path: Path) -> None:
    document, out = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("Shells fell")
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.add_run(" on Donetsk")._r)
    paragraph._p.append(inserted)
    document.save(out)
    assert read_one(write(tmp_path, "x.docx", out.getvalue())).text == "Shells fell on Donetsk"


def test_lines_of_print_become_paragraphs() -> None:
    lines = ["Fighting went on in the south-", "ern districts, said Interfax-", "Ukraine.", "More:"]
    assert join_lines(lines) == [
        "Fighting went on in the southern districts, said Interfax-Ukraine.",
        "More:",
    ]


def test_a_name_keeps_its_hyphen() -> None:
    assert join_lines(["Shells, said Interfax-", "Ukraine, fell on Do-", "netsk."]) == [
        "Shells, said Interfax-Ukraine, fell on Donetsk."
    ]


def test_a_document_is_guessed_from_its_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "x.docx", word("VICE News", "17 августа 2014", RUSSIAN))
    with pytest.warns(UserWarning, match="guessed from the line '17 августа 2014'"):
        assert read_one(path, outlet="RT").published_date == date(2014, 8, 17)


BROKEN = {
    "zip.docx": (b"PK\3\4 no archive", "is damaged or of another format; open it"),
    "cut.docx": (word("Hi")[:900], "is damaged or of another format; open it"),
    "bare.docx": (word(), "no text of an article was found; open it"),
    "cut.pdf": (b"%PDF-1.4 no more", "is damaged or of another format; if it is a scan"),
    "locked.pdf": (pdf("Hi", lock="x"), "is encrypted; save it without a password"),
    "scan.pdf": (pdf(), "no text of an article was found; if it is a scan, have its text rec"),
    "bare.html": (
        b"<html><body><div id=app></div><script>run()</script></body></html>",
        "no text of an article was found",
    ),
    "link.html": (b"https://a.test/", "no text of an article was found; copy the article's text"),
    "none.html": (b"", "no text of an article was found"),
    "deep.html": (b"<div>" * 20_000 + b"x", "; copy the article's text into a .txt file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_is_said_and_stops_no_other(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    path = write(tmp_path, name, content)
    write(tmp_path, "good.txt", "Hi")
    problems: list[GeoError] = []
    articles = read_articles([tmp_path], problems=problems, **OWN)
    assert [article.article_id for article in articles] == ["good"]
    assert [str(problem) for problem in problems if str(path) in str(problem)] == [str(problems[0])]
    assert message in str(problems[0])


def test_what_is_too_large_to_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_LARGEST_WORD", 1 << 20)
    monkeypatch.setattr(pages, "_LARGEST", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2 << 20))
    (tmp_path / "page.html").write_bytes(bytes(2 << 20))
    problems: list[GeoError] = []
    assert read_articles([tmp_path], problems=problems) == []
    assert [str(one).removeprefix(f"{tmp_path}/").partition(";")[0] for one in problems] == [
        "bomb.docx unpacks to 2 MB, and 1 MB are read at most",
        "page.html has 2 MB, and 1 MB of a page are read at most",
    ]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError])
def test_whatever_a_library_throws_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(docx, "Document", fail)
    path = write(tmp_path, "x.docx", b"Hi")
    assert message_of(path) == (
        f"{path} is damaged or of another format; open it and save it as .docx again"
    )


@pytest.mark.parametrize(
    ("ending", "module", "package"),
    [
        ("html", "trafilatura", "trafilatura"),
        ("html", "htmldate", "htmldate"),
        ("docx", "docx", "python-docx"),
        ("pdf", "pypdf", "pypdf"),
    ],
)
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, module: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = write(tmp_path, f"x.{ending}", page_of())
    assert message_of(path) == (
        f"{path} needs the package {package}, which is not installed; "
        'install it with: pip install "geo-notebooks[documents]"'
    )


def test_our_own_maps_in_a_folder_are_no_articles(tmp_path: Path) -> None:
    import folium

    geo.save_map(folium.Map(tiles=None), tmp_path / "map.html")
    write(tmp_path, "x.html", page_of())
    assert len(read_articles([tmp_path], **OWN)) == 1
    assert message_of(tmp_path / "map.html").endswith(
        "is a map that geo drew; give the articles instead"
    )


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    write(tmp_path, "x.html", page_of())
    write(tmp_path / "x_files", "advert.html", page_of())
    write(tmp_path / "my_files", "y.txt", "Hi")
    assert [a.article_id for a in read_articles([tmp_path], **OWN)] == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-08-17", "2014-08-17"),
        ("Posted: 2014-08-17T23:59:00Z", "2014-08-17"),
        ("17 August 2014", "2014-08-17"),
        ("Sunday, August 17th, 2014", "2014-08-17"),
        ("Aug. 17 2014", "2014-08-17"),
        ("17.08.2014, 14:05", "2014-08-17"),
        ("17 августа 2014", "2014-08-17"),
        ("17 серпня 2014 р.", "2014-08-17"),
        ("1 мая 2014 года", "2014-05-01"),
        (f"KIEV, August 17, 2014 (Interfax-Ukraine) - {ENGLISH} {ENGLISH}", "2014-08-17"),
        (f"{ENGLISH}\n" * 20 + "17.08.2014", "2014-08-17"),
    ],
)
def test_a_line_tells_the_day(text: str, day: str) -> None:
    guess = guess_date(text)
    assert guess
    assert guess.value == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2014",
        "31.02.2014",
        "17 August 2999",
        "17 August",
        "2014",
        "+380 44 2014 0817",
        "10.17.08.2014",
        f"On 17 July 2014 an airliner was shot down. {ENGLISH}",
        f"{ENGLISH}\n" * 9 + "17.08.2014\n" + f"{ENGLISH}\n" * 9,
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    assert guess_date(text) is None


@pytest.mark.parametrize("path", ["2014/08/17/shells", "news-2014-08-17.html"])
def test_an_address_tells_the_day(path: str) -> None:
    guess = guess_date("18 August 2014", f"https://a.test/{path}")
    assert guess
    assert (guess.value, guess.why) == ("2014-08-17", "the address")


def test_a_long_line_is_quoted_by_its_beginning() -> None:
    guess = guess_date("17 August 2014 | " + "x" * 60)
    assert guess
    assert guess.why == f"the line '17 August 2014 | {'x' * 42}…'"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VICE News\nShells fall", "VICE News"),
        (f"{ENGLISH}\n" * 20 + "Українська правда", "Ukrainska Pravda"),
        (f"{ENGLISH}\n© 2014 VICE News. All rights reserved.", "VICE News"),
        ("SLOVIANSK, Ukraine (Reuters) - Shells fell.", "Reuters"),
        ("KIEV, August 17 (Interfax-Ukraine)", "Interfax-Ukraine"),
        ("МОСКВА, 17 августа. (Интерфакс) Снаряды упали.", "Interfax"),
        (f"{ENGLISH}\n" * 9 + "https://www.rt.com/news/1\n" + f"{ENGLISH}\n" * 9, "RT"),
    ],
)
def test_a_line_tells_the_outlet(text: str, name: str) -> None:
    guess = guess_outlet(text)
    assert guess
    assert guess.value == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        ENGLISH,
        "a report (RT) said so",
        "See reuters.test",
        "https://rt.com/a or https://vice.com/b",
    ],
)
def test_no_outlet_is_made_up(text: str) -> None:
    assert guess_outlet(text) is None


def test_an_address_tells_the_outlet() -> None:
    guess = guess_outlet("RT", "https://news.vice.com/article/shells")
    assert guess
    assert (guess.value, guess.why) == ("VICE News", "the address")
