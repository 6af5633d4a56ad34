"""Tell which provinces of Natural Earth make up each first-level division of GeoNames.

The two draw the world at different times and to different depths: England is one division of
GeoNames and 150 provinces of Natural Earth, Kenya 47 counties there and eight old provinces
here. So a province asks its cities which division they belong to, never the other way round:
asked for the province that holds most of its cities, England would answer with Norfolk.
"""

import re
import unicodedata
from collections import defaultdict

import geopandas
import pandas as pd
import shapely

# A province's cities decide alone where there are this many and they agree this far. Below
# that, points on the wrong side of a border outweigh the truth, and a known name goes first.
ENOUGH_CITIES = 5
CLEAR_SHARE = 0.75
# From here on a name needs a share of the cities, or most of their people, too: the old
# Équateur of Congo is five provinces today, and the one with its name is not all of it.
MANY_CITIES = 10
NAME_SHARE = 1 / 3
# Degrees: a harbour whose point lies off the drawn coast still belongs to the shore.
OFFSHORE = 0.1

# Words that say what a division is, not which.
GENERIC_WORDS = set(
    """
    apskritis autonomous baladiyat canton castello commune community concelho county da de
    del della departamento departement department des di distrito district distrikt division do
    du emirate federal federation gouvernorat governorate grad il judetul kanton krai kray la
    mestna mintaqat muhafazat municipality novada novads obcina oblast oblasy oblysy of okrug
    opcina opstina parish parroquia prefecture province provincia provincie provinsi quarter
    raion raionul rajons rayon rayonu region republic respublika shabiyat state territory the
    union voivodeship wilaya zone
    """.split()  # noqa: SIM905 - a block of words is easier to read than a list
)
# Letters that Unicode does not take apart.
LETTERS = str.maketrans("əǝıđłøħ", "aaidloh", "'`’ʼʻ‘")


def province_of_cities(
    provinces: geopandas.GeoDataFrame, cities: geopandas.GeoDataFrame
) -> pd.Series:
    """Return the province of its own country that each city lies in, or just off."""
    found = []
    for code, own in cities.groupby("iso_a2"):
        country = provinces[provinces["iso_a2"] == code]
        city, area = country.sindex.nearest(own.geometry, return_all=False, max_distance=OFFSHORE)
        found.append(pd.Series(country.index[area], own.index[city]))
    return pd.concat(found)


def join_divisions(
    provinces: geopandas.GeoDataFrame, cities: pd.DataFrame, divisions: pd.DataFrame
) -> pd.Series:
    """Return the division's code of each province that has one, by the province's index.

    `provinces` have `iso_a2`, `name`, `gn_name`, `fips`; `cities` have `code`, `province`,
    `population`; `divisions` have `code` and `name`. The first of these that answers decides:

    1. the province's cities, where there are enough and most of them and of their people
       agree;
    2. its name, or its name in GeoNames by the source, which one division of the country bears;
    3. its cities, if more than half of them agree, or half of a few;
    4. if it has no city: the number in its FIPS code, which most codes of GeoNames still are;
    5. if it has no city: the neighbour in the country with the longest shared border.
    """
    votes = votes_of(cities[cities["code"].isin(divisions["code"])])
    best = votes.drop_duplicates("province").set_index("province")
    by_people = votes.sort_values("sum", ascending=False).drop_duplicates("province")
    largest = by_people.set_index("province")["code"].reindex(best.index)
    enough = best["cities"] >= ENOUGH_CITIES
    few = best["cities"] < MANY_CITIES
    # Around a capital's district lie suburbs with another code; it has the people.
    clear = enough & (best["share"] >= CLEAR_SHARE) & (best["code"] == largest)
    most = (best["share"] > 0.5) | (few & (best["share"] == 0.5))
    empty = provinces[~provinces.index.isin(best.index)]
    codes = best["code"][clear]
    codes = codes.combine_first(possible(names_of(provinces, divisions), votes))
    codes = codes.combine_first(best["code"][most])
    codes = codes.combine_first(numbers_of(empty, divisions))
    left = empty[~empty.index.isin(codes.index)]
    return codes.combine_first(neighbours_of(left, provinces, codes))


def votes_of(cities: pd.DataFrame) -> pd.DataFrame:
    """Return how many cities of each province carry each code, the most first.

    Columns: `province`, `code`, `share` (of the province's cities), `cities` (all of them).
    Cities count alike, since a large one says no more about the land around it than a small
    one; only of two codes with equally many the one with more people comes first.
    """
    counts = cities.groupby(["province", "code"])["population"].agg(["size", "sum"]).reset_index()
    counts["cities"] = counts.groupby("province")["size"].transform("sum")
    counts["share"] = counts["size"] / counts["cities"]
    return counts.sort_values(["size", "sum"], ascending=False)


def possible(names: pd.Series, votes: pd.DataFrame) -> pd.Series:
    """Return the codes by name that the cities of a province do not speak against."""
    many = set(votes["province"][votes["cities"] >= MANY_CITIES])
    people = votes["sum"] / votes.groupby("province")["sum"].transform("sum")
    backed = votes[(votes["share"] >= NAME_SHARE) | (people > 0.5)]
    pairs = set(zip(backed["province"], backed["code"], strict=True))
    kept = [province not in many or (province, code) in pairs for province, code in names.items()]
    return names[kept]


def numbers_of(provinces: pd.DataFrame, divisions: pd.DataFrame) -> pd.Series:
    """Return the code that has the number of a province's FIPS code, where there is one."""
    codes = provinces["iso_a2"] + "." + provinces["fips"].str[2:]
    return codes[codes.isin(divisions["code"])]


def names_of(provinces: pd.DataFrame, divisions: pd.DataFrame) -> pd.Series:
    """Return the code of the one division of the country that bears a province's name."""
    by_name = defaultdict(set)
    for code, name in zip(divisions["code"], divisions["name"], strict=True):
        by_name[code[:2], folded(name)].add(code)
    found = {}
    for province in provinces.itertuples():
        for name in filter(None, (folded(province.gn_name), folded(province.name))):
            codes = by_name[province.iso_a2, name]
            if len(codes) == 1:
                found[province.Index] = next(iter(codes))
    return pd.Series(found, dtype=object)


def folded(name: object) -> str:
    """Return the words of a name in plain letters, sorted, but for those that say what it is.

    >>> folded("Dnipropetrovs'k") == folded("Dnipropetrovsk Oblast")
    True
    """
    if not isinstance(name, str):
        return ""
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[0-9a-z]+", letters)
    return " ".join(sorted(word for word in words if word not in GENERIC_WORDS))


def neighbours_of(
    left: geopandas.GeoDataFrame, provinces: geopandas.GeoDataFrame, codes: pd.Series
) -> pd.Series:
    """Return for `left` the code of the neighbour with the longest border in the country."""
    known = provinces.loc[codes.index]
    own, other = known.sindex.query(left.geometry, predicate="touches")
    borders = shapely.length(
        shapely.intersection(left.geometry.values[own], known.geometry.values[other])
    )
    pairs = pd.DataFrame({"own": left.index[own], "other": known.index[other], "length": borders})
    same = provinces["iso_a2"][pairs["own"]].values == provinces["iso_a2"][pairs["other"]].values
    longest = pairs[same].sort_values("length", ascending=False).drop_duplicates("own")
    return pd.Series(codes[longest["other"]].values, longest["own"])


def reasons_without(
    cities: pd.DataFrame, codes: pd.Series, divisions: pd.DataFrame, undivided: set[str]
) -> pd.DataFrame:
    """Return the divisions without an area: `code`, `name`, `reason`.

    `cities` have `code` and `province`, `undivided` are the countries drawn as one province.
    """
    names = divisions.set_index("code")["name"]
    holders = cities["province"].map(codes).groupby(cities["code"]).agg(pd.Series.mode)

    def reason(code: str) -> str:
        if code[:2] in undivided:
            return "the source draws the country as one area"
        if code not in holders:
            return "no city lies in it, and no province of the source bears its name"
        if not isinstance(holders[code], str):
            return "the source draws it with others in one province that is mostly none of them"
        return f"the source draws it as part of {holders[code]} {names[holders[code]]}"

    without = divisions[~divisions["code"].isin(codes)]
    return without.assign(reason=without["code"].map(reason))[["code", "name", "reason"]]
