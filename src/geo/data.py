"""Where the data files are, those of a user and ours, and where the cache is."""

import os
from pathlib import Path

# The tables of a user that lie beside the articles: what people decided, and places of their own.
OWN_TABLES = DECISIONS, OWN_PLACES = ("decisions.csv", "places.csv")
_PACKAGE = Path(__file__).parent


def path(name: str) -> Path:
    """Return the path of a data file, such as `natural_earth/countries.topojson`.

    An installed package carries its data in `geo/_data/`; in a clone they lie in `data/`
    beside `src/`.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / "data" / name)
    for candidate in places:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(
        f"no data file {name!r} in {places[0].parent} or {places[1].parent}; install geo again, "
        "or run it from a complete clone"
    )


def cache_folder() -> Path:
    """Return the folder for what can be made again; GEO_CACHE_DIR names another one."""
    if chosen := os.environ.get("GEO_CACHE_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("geo-notebooks", appauthor=False)
