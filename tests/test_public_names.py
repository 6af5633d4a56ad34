import subprocess
import sys

import geo


def test_the_public_names() -> None:
    assert geo.__all__ == [
        "Article",
        "Gazetteer",
        "GazetteerGeocoder",
        "GeoError",
        "Mention",
        "Place",
        "Resolution",
        "export",
        "geocode",
        "load_gazetteer",
        "make_map",
        "plot_map",
        "read_articles",
        "read_mentions",
        "save_map",
    ]


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(geo, name) for name in geo.__all__)


def test_importing_geo_imports_nothing_heavy() -> None:
    heavy = {"pandas", "folium", "matplotlib", "typer", "yaml"}
    code = f"import sys, geo; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
