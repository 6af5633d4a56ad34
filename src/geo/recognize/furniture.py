"""Page furniture: appeals, newsletters and notices that came along with a copied article."""

import re
from collections.abc import Iterator

# A line with one of these is furniture, whatever stands around it.
_STRONG = re.compile(
    r"sign up for (?:our|the) .*newsletter|^support us\b|^support the |^dear readers|ad-free"
    r"|^a message from |^your support\b|agree to .*privacy policy|^(?:our|subscribe) .*newsletter"
    r"|remind me later|enable javascript|accept (?:all )?cookies|all rights reserved"
    r"|^follow .{1,60} on twitter|^recommended for you|^advertisement$|icon\b.*\bicon\b.*\bicon\b",
    re.IGNORECASE,
)
# These alone may be a quotation; behind furniture they are its next line.
_WEAK = re.compile(
    r"\bour (?:work|journalism|journalists|reporting|readers)\b|\bwe strive\b|your mailbox"
    r"|\byour support\b|\bsupport us\b|newsletter|independent journalism"
    r"|^(?:once|monthly|annual|continue)$",
    re.IGNORECASE,
)
# One of these is in every strong sign; most articles have none, which is quickly seen.
_TRACES = (
    "newsletter", "support us", "support the ", "dear readers", "ad-free", "a message from ",
    "your support", "privacy policy", "remind me later", "javascript", "cookies",
    "all rights reserved", "on twitter", "recommended for you", "advertisement", "icon",
)  # fmt: skip
_LINE = re.compile(r"\S.*")
# A whole article may be one line, and may speak of a newsletter.
_LONGEST_LINE = 600


def find_furniture(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the lines that are page furniture, in reading order."""
    lower = text.lower()
    if not any(trace in lower for trace in _TRACES):
        return
    inside = False
    for line in _LINE.finditer(text):
        words = line.group()
        # The length first: to search a line takes time that grows faster than the line.
        inside = len(words) <= _LONGEST_LINE and bool(
            _STRONG.search(words) or (inside and _WEAK.search(words))
        )
        if inside:
            yield line.span()
