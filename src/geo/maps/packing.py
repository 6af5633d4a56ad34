"""A payload as text that may stand in a page."""

import base64
import json
import zlib
from typing import Any

import numpy as np

from geo.maps.payload import Payload

# Higher levels take twice as long for one part in a hundred.
_LEVEL = 5


def pack_payload(payload: Payload) -> str:
    """Return a payload as JSON of three texts: `head`, `columns` and `texts`.

    Each is compressed (zlib) and written in base64, which needs no escaping anywhere. `columns`
    is the numbers of all columns one after the other, little-endian; `head` says under `columns`
    which they are: [name, bytes a number, is signed].
    """
    columns = {name: _little_endian(column) for name, column in payload.columns.items()}
    layout = [
        [name, column.itemsize, bool(column.dtype.kind == "i")] for name, column in columns.items()
    ]
    parts = {
        "head": _json(payload.head | {"columns": layout}),
        "columns": b"".join(column.tobytes() for column in columns.values()),
        "texts": _json(payload.texts),
    }
    packed = {
        name: base64.b64encode(zlib.compress(part, _LEVEL)).decode("ascii")
        for name, part in parts.items()
    }
    return json.dumps(packed, separators=(",", ":"))


def to_script_json(value: Any) -> str:
    """Write JSON that may stand inside a `<script>` element and inside JavaScript.

    >>> to_script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate is no text, and no UTF-8 has it.
    return text.encode("utf-8", errors="replace")


def _little_endian(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return column.astype(column.dtype.newbyteorder("<"))
