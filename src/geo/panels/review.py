"""The panel of "Review and correct": the mentions of a folder of articles, one by one."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ipywidgets import HTML, IntProgress, VBox

from geo.panels.chooser import Chooser
from geo.panels.reporting import reporting
from geo.panels.results import Results
from geo.panels.reviewed_folder import ReviewedFolder
from geo.panels.words import listed
from geo.records import Article
from geo.review import user_name

_MOST_LISTED = 20
_HEADER = ("Article", "Outlet", "Date", "Mentions")


class ReviewPanel(VBox):  # type: ignore[misc]
    """Geocode a folder of articles and decide its mentions, the least certain first.

    Each decision goes to `decisions.csv` in the folder at once, under the name `who` (else that
    which you are logged in as). Map and tables are saved in `output`. What goes wrong is said in
    the panel.
    """

    def __init__(self, folder: str | Path, *, output: str | Path, who: str = "") -> None:
        self.folder = ReviewedFolder(folder, who or user_name())
        self._said, self._done = HTML(), HTML()
        self._progress = IntProgress(description="Geocoding")
        self._results = Results(self.folder, Path(output))
        self._chooser = Chooser(self._results.draw)
        self._found = VBox([self._chooser, self._results])
        super().__init__([self._progress, self._said, self._done, self._found])
        if not self.folder.is_empty:
            self.geocode()
        else:
            self._progress.layout.display = self._found.layout.display = "none"

    def geocode(self) -> None:
        """Geocode what is new in the folder or has changed, and begin anew with the doubtful."""
        with reporting(self._said) as problems:
            self._found.layout.display = "none"
            problems.extend(self.folder.geocode(self._track))
            # First, for a map that is drawn where nobody sees it does not know its size.
            self._found.layout.display = ""
            self._chooser.begin(self.folder.review)
            self._results.draw()
            self._done.value = _articles(self.folder.counts())
        self._progress.layout.display = "none"

    def _track(self, articles: Sequence[Article]) -> Iterable[Article]:
        self._progress.layout.display = ""
        self._progress.value, self._progress.max = 0, len(articles)
        for article in articles:
            yield article
            self._progress.value += 1


def _articles(counts: list[tuple[str, ...]]) -> str:
    more = len(counts) - _MOST_LISTED
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return listed(_HEADER, counts[:_MOST_LISTED]) + rest
