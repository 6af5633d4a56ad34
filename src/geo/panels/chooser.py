"""One mention after another, the least certain first, and what each may mean."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from ipywidgets import (
    HTML,
    Button,
    Dropdown,
    HBox,
    Layout,
    RadioButtons,
    Select,
    Text,
    VBox,
)

from geo.decisions import MENTION
from geo.errors import InputError
from geo.maps.choice_map import make_choice_map
from geo.panels.reporting import reporting
from geo.panels.words import marked, told
from geo.records import KINDS, Place
from geo.review import SCOPE_WORDS, Choice, Review, parse_point

# A longer list takes long to draw; those are the least certain.
_MOST_LISTED = 500
_WIDE = {"width": "98%"}


class Chooser(VBox):  # type: ignore[misc]
    """The mentions of a review that nobody has decided yet; `changed` is told of each decision."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._opened: Review | None = None
        self._rows: list[dict[str, Any]] = []
        self._choices: list[Choice] = []
        self._left, self._text, self._now, self._map, self._said = (HTML() for _ in range(5))
        self._list = Select(rows=16, layout=Layout(**_WIDE))
        self._places = RadioButtons(layout=Layout(**_WIDE))
        self._scope = Dropdown(options=[(words, scope) for scope, words in SCOPE_WORDS.items()])
        self._name = Text(placeholder="a name, as the gazetteer may have it")
        self._point = Text(placeholder="48.57, 39.31")
        self._note = Text(placeholder="a note, if you like")
        self._kind = Dropdown(options=KINDS, value="settlement", layout=Layout(width="9em"))
        self._list.observe(self._show, "value")
        super().__init__([self._left, HBox([self._side(), self._middle()])])

    def begin(self, review: Review) -> None:
        """Begin with the least certain mention of a review."""
        self._opened = review
        self._fill()

    @property
    def _review(self) -> Review:
        if self._opened is None:
            raise InputError("nothing has been geocoded yet")
        return self._opened

    # ---- what is on the page ----

    def _side(self) -> VBox:
        undo = self._button("Undo", self._undo, "Take back the last decision")
        skip = self._button("Skip", self._skip, "Leave this mention for another time")
        return VBox([self._list, HBox([skip, undo])], layout=Layout(width="30%"))

    def _middle(self) -> VBox:
        choose = self._button("It is this place", self._choose, "Decide for the place above")
        reject = self._button("No place's name", self._reject, "The words name no place")
        give_up = self._button("Nobody can tell", self._give_up, "It is a place, but which?")
        search = self._button("Search", self._search, "Look the name up in the gazetteer")
        put = self._button("It is at this point", self._put, "Decide for the point")
        add = self._button("It is a new place", self._add, "Add name and point to places.csv")
        for button in (choose, put, add):
            button.button_style = "primary" if button is choose else ""
        rows = [
            HBox([choose, reject, give_up]),
            HBox([HTML("Holds for"), self._scope, self._note]),
            HBox([HTML("Another name"), self._name, search]),
            HBox([HTML("Latitude, longitude"), self._point, put, self._kind, add]),
        ]
        parts = [self._text, self._now, self._places, *rows, self._said, self._map]
        return VBox(parts, layout=Layout(width="69%"))

    def _button(self, words: str, do: Callable[[], None], tooltip: str) -> Button:
        button = Button(description=words, tooltip=tooltip, layout=Layout(width="auto"))
        button.on_click(lambda _: self._act(do))
        return button

    def _act(self, do: Callable[[], None]) -> None:
        with reporting(self._said):
            self._review.note = self._note.value.strip()
            do()

    # ---- showing ----

    def _fill(self) -> None:
        """List what is left, and show the first of it."""
        remaining = self._review.remaining
        self._rows = remaining[:_MOST_LISTED]
        self._left.value = f"<b>{len(remaining)} mentions left</b>, the least certain first"
        labels = [(_label(row), number) for number, row in enumerate(self._rows)]
        self._list.unobserve(self._show, "value")
        self._list.options = labels
        self._list.value = 0 if labels else None
        self._list.observe(self._show, "value")
        self._show()

    @property
    def _row(self) -> dict[str, Any]:
        if self._list.value is None:
            raise InputError("no mention is left to decide")
        number: int = self._list.value
        return self._rows[number]

    def _show(self, _: object = None) -> None:
        self._said.value = ""
        if self._list.value is None:
            self._text.value = "All mentions are decided or skipped."
            self._now.value = self._map.value = ""
            self._places.options = ()
            return
        row = self._row
        self._text.value = f"<p>{marked(*self._review.around(row))}</p>"
        self._now.value = told(row)
        self._scope.value = MENTION
        self._name.value, self._point.value, self._note.value = row["surface"], "", ""
        self._offer(self._review.choices(row))

    def _offer(self, choices: list[Choice]) -> None:
        self._choices = choices
        self._places.options = [
            (f"{number}  {choice.describe()}", number - 1)
            for number, choice in enumerate(choices, start=1)
        ]
        # Nobody decides by pressing twice.
        self._places.value = None
        places = [choice.place for choice in choices]
        self._map.value = make_choice_map(places, self._near())._repr_html_()

    def _near(self) -> list[tuple[float, float]]:
        """Return where the article's other mentions are put."""
        same = [r for r in self._rows if r["article_id"] == self._row["article_id"]]
        points = ((row["latitude"], row["longitude"]) for row in same)
        return [point for point in dict.fromkeys(points) if pd.notna(point[0])]

    # ---- deciding ----

    def _decided(self) -> None:
        self._fill()
        self._changed()

    def _choose(self) -> None:
        self._review.choose(self._row, self._place(), self._scope.value)
        self._decided()

    def _place(self) -> Place:
        if self._places.value is None:
            raise InputError("pick one of the places first")
        number: int = self._places.value
        return self._choices[number].place

    def _reject(self) -> None:
        self._review.reject(self._row, self._scope.value)
        self._decided()

    def _give_up(self) -> None:
        self._review.give_up(self._row, self._scope.value)
        self._decided()

    def _put(self) -> None:
        self._review.put_at(self._row, *parse_point(self._point.value), scope=self._scope.value)
        self._decided()

    def _add(self) -> None:
        point = parse_point(self._point.value)
        name, kind, scope = self._name.value, self._kind.value, self._scope.value
        self._review.add_place(self._row, name, kind, *point, scope=scope)
        self._decided()

    def _search(self) -> None:
        found = self._review.find(self._row, self._name.value)
        if not found:
            raise InputError(f"the gazetteer has no place called {self._name.value!r}")
        self._offer(found)

    def _skip(self) -> None:
        self._review.skip(self._row)
        self._fill()

    def _undo(self) -> None:
        if not self._review.undo():
            raise InputError("there is nothing of yours to take back")
        self._decided()


def _label(row: dict[str, Any]) -> str:
    return f"{row['score']:.2f}  {row['surface']} → {row['place_name'] or '?'}"
