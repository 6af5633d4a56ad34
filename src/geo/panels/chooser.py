"""One mention after another, the least certain first, and what each may mean."""

import time
import warnings
from collections.abc import Callable
from typing import Any

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
    Widget,
)

from geo.decisions import MENTION, SCOPE_WORDS, Decision
from geo.errors import InputError
from geo.maps.choice_map import make_choice_map
from geo.panels.reporting import reporting
from geo.panels.words import marked, source, told
from geo.records import KINDS, Place
from geo.review import Choice, Review, parse_point

# A longer list takes long to draw; those are the least certain.
_MOST_LISTED = 500
# In seconds, from the end of what the first click did.
_DOUBLE_CLICK = 0.3
_WIDE = {"width": "98%"}
_WHOLE = {"width": "auto", "flex": "0 0 auto"}
# A place may need two lines, where ipywidgets gives every one a single line's height.
_CSS = """<style>
.geo-places label { height: auto !important; padding-left: 20px; position: relative }
.geo-places input { position: absolute; left: 0; top: 0 }
</style>"""


class Chooser(VBox):  # type: ignore[misc]
    """The mentions of a review that nobody has decided yet; `changed` is told of each decision."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._opened: Review | None = None
        self._rows: list[dict[str, Any]] = []
        self._choices: list[Choice] = []
        self._last: Callable[[], str | None] | None = None
        self._ended = 0.0
        self._left, self._text, self._now, self._map, self._said = (HTML() for _ in range(5))
        self._list = Select(rows=16, layout=Layout(**_WIDE))
        self._places = RadioButtons(layout=Layout(**_WIDE))
        self._places.add_class("geo-places")
        self._scope = Dropdown(options=[(words, scope) for scope, words in SCOPE_WORDS.items()])
        self._name = Text(placeholder="a name, as the gazetteer may have it")
        self._point = Text(placeholder="48.57, 39.31")
        self._note = Text(placeholder="a note, if you like")
        self._kind = Dropdown(options=KINDS, value="settlement", layout=Layout(width="9em"))
        self._list.observe(self._pick, "value")
        super().__init__([self._left, _row(self._side(), self._middle())])

    def begin(self, review: Review) -> None:
        """Begin with the least certain mention of a review."""
        self._opened = review
        self._said.value = ""
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
        return VBox(
            [self._list, HBox([skip, undo])],
            layout=Layout(width="36%", min_width="min(280px, 98%)"),
        )

    def _middle(self) -> VBox:
        choose = self._button("It is this place", self._choose, "Decide for the place above")
        choose.button_style = "primary"
        reject = self._button("No place's name", self._reject, "The words name no place")
        give_up = self._button("Nobody can tell", self._give_up, "It is a place, but which?")
        search = self._button("Search", self._search, "Look the name up in the gazetteer")
        put = self._button("It is at this point", self._put, "Decide for the point")
        add = self._button("It is a new place", self._add, "Add name and point to places.csv")
        rows = [
            _row(choose, reject, give_up),
            _row(_words("Holds for"), self._scope, self._note),
            _row(_words("Another name"), self._name, search),
            _row(_words("Latitude, longitude"), self._point, put, self._kind, add),
        ]
        parts = [HTML(_CSS), self._text, self._now, self._places, *rows, self._said, self._map]
        return VBox(parts, layout=Layout(width="63%", min_width="min(420px, 98%)"))

    def _button(self, words: str, do: Callable[[], str | None], tooltip: str) -> Button:
        button = Button(description=words, tooltip=tooltip, layout=Layout(**_WHOLE))
        button.on_click(lambda _: self._act(do))
        return button

    def _act(self, do: Callable[[], str | None]) -> None:
        """Do what a button stands for, and say what there is to say of it."""
        # The second of two quick clicks was meant for the mention that stood there before.
        if do == self._last and time.monotonic() - self._ended < _DOUBLE_CLICK:
            return
        before = self._rows
        with reporting(self._said):
            self._review.note = self._note.value.strip()
            if told := do():
                warnings.warn(told, stacklevel=1)
        if self._rows is not before:
            self._last, self._ended = do, time.monotonic()

    # ---- showing ----

    def _fill(self) -> None:
        """List what is left, and show the first of it."""
        remaining = self._review.remaining
        self._rows = remaining[:_MOST_LISTED]
        n_left = f"{len(remaining)} mention{'s' * (len(remaining) != 1)} left"
        self._left.value = f"<b>{n_left}</b>, the least certain first"
        labels = [(_label(row), number) for number, row in enumerate(self._rows)]
        self._list.unobserve(self._pick, "value")
        self._list.options = labels
        self._list.value = 0 if labels else None
        self._list.observe(self._pick, "value")
        self._show()

    @property
    def _row(self) -> dict[str, Any]:
        if self._list.value is None:
            raise InputError("no mention is left to decide")
        number: int = self._list.value
        return self._rows[number]

    def _pick(self, _: object) -> None:
        with reporting(self._said):
            self._show()

    def _show(self) -> None:
        if self._list.value is None:
            self._text.value = "All mentions are decided or skipped."
            self._now.value = self._map.value = ""
            self._places.options = ()
            return
        row = self._row
        self._text.value = f"{source(row)}<p>{marked(*self._review.around(row))}</p>"
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
        self._map.value = make_choice_map(places, self._review.near(self._row))._repr_html_()

    # ---- deciding ----

    def _decided(self, decision: Decision | None = None) -> str:
        """Go on with the next mention; return what was decided, in words."""
        self._fill()
        self._changed()
        return decision.describe() if decision else ""

    def _choose(self) -> str:
        return self._decided(self._review.choose(self._row, self._place(), self._scope.value))

    def _place(self) -> Place:
        if self._places.value is None:
            raise InputError("pick one of the places first")
        number: int = self._places.value
        return self._choices[number].place

    def _reject(self) -> str:
        return self._decided(self._review.reject(self._row, self._scope.value))

    def _give_up(self) -> str:
        return self._decided(self._review.give_up(self._row, self._scope.value))

    def _put(self) -> str:
        point = parse_point(self._point.value)
        return self._decided(self._review.put_at(self._row, *point, scope=self._scope.value))

    def _add(self) -> str:
        point = parse_point(self._point.value)
        name, kind, scope = self._name.value, self._kind.value, self._scope.value
        place = self._review.add_place(self._row, name, kind, *point, scope=scope)
        return f"{self._decided()}{place.name} is in your places.csv as {place.place_id}"

    def _search(self) -> None:
        found = self._review.find(self._row, self._name.value)
        if not found:
            raise InputError(f"the gazetteer has no place called {self._name.value!r}")
        self._offer(found)

    def _skip(self) -> None:
        self._review.skip(self._row)
        self._fill()

    def _undo(self) -> str:
        undone = self._review.undo()
        if not undone:
            raise InputError("there is nothing of yours to take back")
        self._decided()
        return f"Taken back: {undone}"


def _row(*parts: Widget) -> HBox:
    return HBox(parts, layout=Layout(flex_flow="row wrap"))


def _words(text: str) -> HTML:
    return HTML(text, layout=Layout(**_WHOLE))


def _label(row: dict[str, Any]) -> str:
    parts = (row["place_name"], row["admin1_name"], row["country_code"])
    place = ", ".join(filter(None, parts))
    return f"{row['score']:.2f}  {row['surface']} → {place or '?'}"
