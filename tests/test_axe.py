"""The check that tests of pages rely on does find faults, on pages that allow no scripts too."""

from axe import violations

PAGE = """<!doctype html><html lang="en"><head><title>Bad</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><button></button></body></html>"""


def test_a_button_without_a_name_is_found(visit, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    assert violations(visit(path).page) == [
        "button-name (critical): Buttons must have discernible text: button"
    ]
