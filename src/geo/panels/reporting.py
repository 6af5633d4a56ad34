"""What goes wrong is said on the page, in a sentence."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from ipywidgets import HTML

from geo.errors import GeoError
from geo.panels.words import notes

_LOG = logging.getLogger(__name__)


@contextmanager
def reporting(box: HTML) -> Iterator[list[GeoError]]:
    """Show warnings, the problems added to the list and what is raised; nothing passes on."""
    problems: list[GeoError] = []
    faults: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            yield problems
        except GeoError as error:
            problems.append(error)
        except OSError as error:
            faults = [f"{error.filename}: {error.strerror}; check its place and its rights"]
        except Exception as error:
            # The traceback, which would tell a reader of the page nothing, is in the log.
            _LOG.exception("a fault of geo")
            faults = [f"This is a fault of geo, please report it: {error!r}"]
    said = [str(warning.message) for warning in caught if warning.category is UserWarning]
    box.value = notes([*map(str, problems), *faults], is_error=True) + notes(said)
