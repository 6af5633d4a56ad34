"""Long texts in parts, so that to read one takes no more memory and time a page than an article."""

from collections.abc import Iterator

# Where a text is cut, the best first.
_SIGNS = ("\n\n", "\n", " ")


def find_parts(text: str, longest: int) -> Iterator[tuple[int, int]]:
    r"""Yield the start and end of parts that make up a text, none longer than `longest`.

    A part ends before an empty line, a line end or a space if there is one in its second half.

    >>> list(find_parts("one two three", 8))
    [(0, 7), (7, 13)]
    """
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start + longest // 2, start + longest)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, first: int, last: int) -> int:
    found = (text.rfind(sign, first, last) for sign in _SIGNS)
    return next((end for end in found if end > 0), last)
