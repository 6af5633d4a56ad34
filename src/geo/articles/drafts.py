"""A draft: what a file says of an article, before gaps are filled."""

from dataclasses import dataclass, field
from pathlib import Path

from geo.articles.guesses import Guess


@dataclass(frozen=True)
class Draft:
    """An article's fields as they stand in a file, and where, for messages.

    What is only guessed counts after what people say of the file, before what they say of all.
    """

    where: str
    path: Path
    fields: dict[str, str]
    guessed: dict[str, Guess] = field(default_factory=dict)
