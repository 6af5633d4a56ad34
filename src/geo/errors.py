"""What can go wrong, as five errors and the one that covers them all.

GeoError
├── InputError     (ValueError)         a text, table or option that cannot be read
├── GazetteerError (ValueError)         a gazetteer row that is wrong
├── OutputError    (OSError)            a result that cannot be written
├── NotFoundError  (LookupError)        a name that no gazetteer knows
└── OnlineError    (OSError)            the network was not asked for, or fails

Every message says what is wrong, where, with which value, and what to do.
"""


class GeoError(Exception):
    """Any error that `geo` raises on purpose."""


class InputError(GeoError, ValueError):
    """A text, a table or an option cannot be read."""


class GazetteerError(GeoError, ValueError):
    """A row of a gazetteer is wrong."""


class OutputError(GeoError, OSError):
    """A result cannot be written."""


class NotFoundError(GeoError, LookupError):
    """No gazetteer knows the name."""


class OnlineError(GeoError, OSError):
    """The network was not asked for, or a server refuses or cannot be reached."""
