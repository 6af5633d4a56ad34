"""The panel of "Geocode your own text": paste or upload, then correct, look and save."""

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, DatePicker, FileUpload, HBox, Layout, Text, Textarea, VBox
from rapidfuzz import fuzz

from geo.articles.guesses import guess_date, guess_outlet
from geo.errors import GeoError
from geo.panels.inbox import ENDINGS, free_name, keep_file, keep_text
from geo.panels.reporting import reporting
from geo.panels.review import ReviewPanel
from geo.panels.words import notes

_FIELD = {"width": "32%", "min_width": "min(260px, 98%)"}
# Of 100; what begins less like the text before is no edit of it but another text.
_LEAST_LIKENESS = 50
_BEGINNING = 5_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the form held when it was geocoded last, and the file that it is kept in."""

    path: Path
    text: str
    outlet: str
    published: date | None


class GeocodePanel(VBox):  # type: ignore[misc]
    """A form for texts and files, and below it what `ReviewPanel` shows of them.

    What comes in is kept in `folder` as articles, which geo's commands read too. The form begins
    with `text` while there is nothing in `folder`. Map and tables are saved in `output`.
    """

    def __init__(
        self, folder: str | Path, *, output: str | Path, text: str = "", who: str = ""
    ) -> None:
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._kept: _Kept | None = None
        # What was guessed last, which is no word of the user.
        self._guesses: tuple[str, date | None] = ("", None)
        self._said, self._guessed = HTML(), HTML()
        self._text = Textarea(
            placeholder="Paste an article here",
            layout=Layout(width="98%", height="14em"),
            continuous_update=False,
        )
        self._name = Text(description="Name", layout=Layout(**_FIELD))
        self._outlet = Text(description="Outlet", layout=Layout(**_FIELD))
        self._date = DatePicker(description="Published", layout=Layout(**_FIELD))
        self._name.value = free_name(self._folder)
        self._review = ReviewPanel(folder, output=output, who=who)
        is_new = self._review.folder.is_empty
        super().__init__([*self._form(), self._review])
        self._text.observe(self._read, "value")
        # A sample is for an empty desk.
        self._text.value = text if is_new else ""

    def _form(self) -> list[VBox | HBox | HTML]:
        geocode = Button(description="Geocode", button_style="primary")
        geocode.on_click(lambda _: self._geocode())
        clear = Button(description="Another text", tooltip="Empty the form; the text is kept")
        clear.on_click(lambda _: self._clear())
        upload = FileUpload(accept=",".join(ENDINGS), multiple=True, description="Add files")
        upload.observe(self._add_files, "value")
        wrapped = Layout(flex_flow="row wrap")
        fields = HBox([self._name, self._outlet, self._date], layout=wrapped)
        buttons = HBox([geocode, clear, upload], layout=wrapped)
        kept = HTML(f"Your texts are kept in {escape(str(self._folder.resolve()))}")
        return [self._text, fields, self._guessed, buttons, kept, self._said]

    def _read(self, _: object = None) -> None:
        """Fill in what a text itself tells of its outlet and date."""
        text = self._text.value
        if not text.strip():
            return
        kept = self._kept
        if kept and _likeness(kept.text, text) < _LEAST_LIKENESS:
            self._begin_another(kept)
        outlet, day = guess_outlet(text), guess_date(text)
        guessed = (outlet.value if outlet else "", date.fromisoformat(day.value) if day else None)
        told = []
        if self._outlet.value in ("", self._guesses[0]):
            self._outlet.value = guessed[0]
            if outlet:
                told.append(f"Outlet guessed: {outlet.value}, from {outlet.why}")
        if self._date.value in (None, self._guesses[1]):
            self._date.value = guessed[1]
            if day:
                told.append(f"Date guessed: {day.value}, from {day.why}")
        self._guesses = guessed
        self._guessed.value = notes(f"{one}; change it if it is wrong" for one in told)

    def _begin_another(self, kept: _Kept) -> None:
        """Forget what was said of the text before, but not what was said since of this one."""
        self._forget()
        if self._outlet.value == kept.outlet:
            self._outlet.value = ""
        if self._date.value == kept.published:
            self._date.value = None

    def _forget(self) -> None:
        self._kept, self._name.disabled = None, False
        self._name.value = free_name(self._folder)

    def _geocode(self) -> None:
        with reporting(self._said):
            text, outlet, day = self._text.value, self._outlet.value.strip(), self._date.value
            old = self._kept.path if self._kept else None
            path = keep_text(self._folder, self._name.value, text, outlet, day, instead_of=old)
            self._kept = _Kept(path, text, outlet, day)
            # Under another name it would be another article, to which no decision applies.
            self._name.value, self._name.disabled = path.stem, True
            self._review.geocode()

    def _clear(self) -> None:
        self._forget()
        self._guesses = ("", None)
        self._text.value = self._outlet.value = self._guessed.value = ""
        self._date.value = None

    def _add_files(self, change: dict[str, Any]) -> None:
        """Keep what was uploaded; a file that cannot be read stops no other."""
        if not change["new"]:
            return
        with reporting(self._said) as problems:
            for file in change["new"]:
                try:
                    keep_file(self._folder, file["name"], bytes(file["content"]))
                except GeoError as error:
                    problems.append(error)
            self._review.geocode()
        # Else the same file could not be added again.
        change["owner"].value = ()


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one[:_BEGINNING], other[:_BEGINNING])
