"""Whether words in different cases are one name: "в Рубежном" and "Рубежное"."""

from functools import lru_cache

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import key_of
from geo.gazetteer.spellings import keys_of

_MOST_KEPT = 50_000


@lru_cache(maxsize=_MOST_KEPT)
def names_meant(gazetteer: Gazetteer, surface: str, place_id: str | None) -> frozenset[str]:
    """Return the names in normal form that words are, or are a case of.

    A form may be of several names: "Рубежном" of "Рубежное" and of "Рубежный". Those of the place
    that is meant count, or of the likeliest that has one.
    """
    key = key_of(surface)
    names = gazetteer.names_of(key)
    if names <= {key}:
        return frozenset({key})
    meant = [gazetteer[place_id]] if place_id and place_id in gazetteer else []
    borne = (names & keys_of(place) for place in (*meant, *gazetteer.find(surface)))
    return frozenset(next(filter(None, borne), {key}))
