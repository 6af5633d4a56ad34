"""Web pages that a browser saved: their main text, and what they say of themselves."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from geo.articles.guesses import Guess, page_date
from geo.errors import InputError
from geo.files import decode

ENDINGS = (".html", ".htm")
_LARGEST = 20 << 20
# What save_map writes first; no other program writes just that.
_OUR_MAP = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src '
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{1,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+)")
# A banner about cookies, but not what holds a page of which it is a part.
_BANNER = (
    "//*[@role='dialog' or contains(concat(@id, ' ', @class), 'cookie')"
    " or contains(concat(@id, ' ', @class), 'consent')]"
    "[not(self::html or self::body or .//h1 or .//article or .//main)]"
)
_SITE_NAME = "//meta[@property='og:site_name']/@content"


def is_our_map(path: Path) -> bool:
    """Say whether a file is a map that geo drew, by its first lines."""
    if path.suffix.lower() not in ENDINGS:
        return False
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(len(_OUR_MAP)) == _OUR_MAP
    except OSError:
        return False  # who reads it will say why it cannot be read


def read_page(data: bytes, where: str) -> tuple[dict[str, str], dict[str, Guess]]:
    """Return the text, title and address of a page, and its guessed outlet and day."""
    import trafilatura

    if len(data) > _LARGEST:
        raise InputError(
            f"{where} has {len(data) >> 20} MB, and {_LARGEST >> 20} MB of a page are read at "
            "most; save it without its pictures, or copy the text into a .txt file"
        )
    # The text is decoded now, so what XML says of its bytes would be wrong.
    html = re.sub(r"\A\s*<\?xml[^>]*>", "", _decode(data, where).replace("\r\n", "\n"))
    if html.startswith(_OUR_MAP):
        raise InputError(f"{where} is a map that geo drew; give the articles instead")
    tree = trafilatura.load_html(html)
    if tree is None:
        return {"text": ""}, {}
    url = _address(html, tree)
    page: Any = trafilatura.bare_extraction(
        html,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        prune_xpath=_BANNER,
    )
    text, title = (page.text or "", page.title or "") if page else ("", "")
    fields = {"text": re.sub(r"\n+", "\n\n", text), "title": title, "url": url}
    return fields, _guesses(html, tree, url)


def _decode(data: bytes, where: str) -> str:
    """Return a page's text: as UTF-8, else as it says itself, else by a good guess."""
    declared = _CHARSET.search(data[:4096])
    if declared and not _is_utf8(data):
        with suppress(UnicodeError, LookupError):
            return data.decode(declared[1].decode())
    return decode(data, where)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _address(html: str, tree: Any) -> str:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    saved = _SAVED_FROM.findall(html[:4096])
    addresses = (str(address).strip() for address in (*found, *saved))
    return next((a for a in addresses if re.match(r"https?://[^\s/]+\.", a)), "")


def _guesses(html: str, tree: Any, url: str) -> dict[str, Guess]:
    found = {"outlet": _outlet(tree, url), "published": page_date(html, url)}
    return {key: guess for key, guess in found.items() if guess}


def _outlet(tree: Any, url: str) -> Guess | None:
    from geo.gazetteer.outlets import find_outlet

    if known := find_outlet(url) if url else None:
        return Guess(known.name, "the address")
    names = tree.xpath(_SITE_NAME)
    if not names or not names[0].strip():
        return None
    known = find_outlet(names[0])
    return Guess(known.name if known else str(names[0]), '<meta property="og:site_name">')
