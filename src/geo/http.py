"""All network use of the package goes through here, and is refused unless asked for."""

from typing import TYPE_CHECKING

from geo.errors import OnlineError

if TYPE_CHECKING:
    from geopy.adapters import BaseSyncAdapter


def connect(*, asked: bool = False) -> "type[BaseSyncAdapter]":
    """Return what makes connections for geopy (its `adapter_factory`).

    `asked` says that the user has asked for the network; without it OnlineError is raised.

    >>> connect(asked=True).__name__
    'URLLibAdapter'
    """
    if not asked:
        raise OnlineError(
            "geo uses the network only when it is asked to; ask for it (--online, or a "
            "NominatimGazetteer of your own), or work offline"
        )
    from geopy.adapters import URLLibAdapter

    # Of geopy's adapters the one that needs no other package, and heeds no_proxy.
    adapter: type[BaseSyncAdapter] = URLLibAdapter
    return adapter
