"""A mention table with hostile texts in every column that takes any, for the exports."""

from geopandas import GeoDataFrame
from hostile_strings import STRINGS
from map_mentions import LUHANSK, OBLAST, mention, table

INERT = (
    "=1+1",
    "@SUM(1)",
    "-2+3",
    "+1",
    "\ttab first",
    "\nnewline first",
    "'=1+1",
    " =1+1",
    "＝1+1",
    "a\ttab, a\nnewline, a;semicolon",
    'She said "no", twice',
    "Київ 🗺️ e\u0301 \U0001f1fa\U0001f1e6",
    "\u202bשלום\u202c القدس",
    "NA",
    "null",
    "\x01\x1b[31m\x7f",
)
TEXTS = (*INERT, *STRINGS)
DAY = "2014-08-04"


def hostile_mentions() -> GeoDataFrame:
    """Return one mention a text, in its outlet, title, context, reason and name."""
    return table(*(_row(number, text) for number, text in enumerate(TEXTS)), _bare(), _region())


def _row(number: int, text: str) -> dict[str, object]:
    place = {**LUHANSK, "place_id": f"own:{number}", "place_name": text, "gazetteer": "own.csv"}
    own = {"title": text, "context": text, "reason": text, "admin1_name": text, "url": text}
    day = DAY if number % 2 else None
    return mention(text, text, day, mention_id=f"a:{number}", **place) | own


def _bare() -> dict[str, object]:
    """Return a mention without place, date, language and event."""
    return mention("Novorossiya", "RT", None, mention_id="b:0-11")


def _region() -> dict[str, object]:
    events = {"event_start_date": "2014-07-31", "event_end_date": "2014-08-02"}
    place = {**OBLAST, "gazetteer": "curated", "admin1_name": "Luhansk Oblast"}
    return mention("Luhansk", "RT", DAY, mention_id="c:0-7", **place) | events
