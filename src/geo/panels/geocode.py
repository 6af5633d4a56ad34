"""The panel of "Geocode your own text": paste or upload, then correct, look and save."""

from datetime import date
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, DatePicker, FileUpload, HBox, Layout, Text, Textarea, VBox

from geo.articles.guesses import guess_date, guess_outlet
from geo.errors import GeoError
from geo.panels.inbox import ENDINGS, free_name, keep_file, keep_text
from geo.panels.reporting import reporting
from geo.panels.review import ReviewPanel
from geo.panels.words import notes

_FIELD = {"width": "32%"}


class GeocodePanel(VBox):  # type: ignore[misc]
    """A form for texts and files, and below it what `ReviewPanel` shows of them.

    What comes in is kept in `folder` as articles, which geo's commands read too. The form begins
    with `text`. Map and tables are saved in `output`.
    """

    def __init__(
        self, folder: str | Path, *, output: str | Path, text: str = "", who: str = ""
    ) -> None:
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
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
        super().__init__([*self._form(), self._review])
        self._text.observe(self._guess, "value")
        self._text.value = text

    def _form(self) -> list[VBox | HBox | HTML]:
        geocode = Button(description="Geocode", button_style="primary")
        geocode.on_click(lambda _: self._geocode())
        clear = Button(description="Another text", tooltip="Empty the form; the text is kept")
        clear.on_click(lambda _: self._clear())
        upload = FileUpload(accept=",".join(ENDINGS), multiple=True, description="Add files")
        upload.observe(self._add_files, "value")
        fields = HBox([self._name, self._outlet, self._date])
        return [self._text, fields, self._guessed, HBox([geocode, clear, upload]), self._said]

    def _guess(self, _: object = None) -> None:
        """Fill in what the text itself tells, where nothing has been filled in."""
        outlet, day = guess_outlet(self._text.value), guess_date(self._text.value)
        told = []
        if outlet and not self._outlet.value:
            self._outlet.value = outlet.value
            told.append(f"Outlet guessed: {outlet.value}, from {outlet.why}; change it if wrong")
        if day and not self._date.value:
            self._date.value = date.fromisoformat(day.value)
            told.append(f"Date guessed: {day.value}, from {day.why}; change it if wrong")
        self._guessed.value = notes(told)

    def _geocode(self) -> None:
        with reporting(self._said):
            outlet = self._outlet.value.strip()
            keep_text(self._folder, self._name.value, self._text.value, outlet, self._date.value)
            self._review.geocode()

    def _clear(self) -> None:
        self._text.value = self._outlet.value = self._guessed.value = ""
        self._date.value = None
        self._name.value = free_name(self._folder)

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
