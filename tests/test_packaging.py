"""What is installed: the same bounds for pip and conda, and a wheel that works alone."""

import csv
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from helpers import ROOT, run_well
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# conda-forge calls matplotlib without its Qt windows by another name.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
# Files of these can run code when they are read.
RUNS_CODE = re.compile(r"pickle|joblib|torch|\.pkl|\.pt\b", re.IGNORECASE)
MODELS = ROOT / "src" / "geo" / "models"
WEIGHTS = sorted(path for path in MODELS.rglob("*") if path.is_file())


def bounds(lines: list[str]) -> dict[str, str]:
    requirements = [Requirement(line) for line in lines]
    names = [CONDA_NAMES.get(r.name, canonicalize_name(r.name)) for r in requirements]
    return {n: str(r.specifier) for n, r in zip(names, requirements, strict=True)}


def conda_lines() -> list[str]:
    lines: list[Any] = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    (pip,) = [line["pip"] for line in lines if isinstance(line, dict)]
    plain = [line for line in lines if isinstance(line, str)]
    return [line for line in [*plain, *pip] if line not in ("pip", "-e .")]


def test_conda_agrees_with_pip_in_names_and_bounds() -> None:
    extras = PROJECT["optional-dependencies"]
    ours = PROJECT["dependencies"] + extras["notebooks"] + extras["documents"]
    ours.remove(f"{PROJECT['name']}[documents]")
    wanted = bounds([*ours, f"python{PROJECT['requires-python']}"])
    assert bounds(conda_lines()) == wanted


def test_every_dependency_is_pinned() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pinned = {canonicalize_name(line.split("==")[0]) for line in lock.splitlines()}
    lines = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    assert {canonicalize_name(Requirement(line).name) for line in lines} - {
        PROJECT["name"]
    } <= pinned


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_a_lock_records_no_addresses(name: str) -> None:
    assert not re.search(r'https?:|file:|"resolved"', (ROOT / name).read_text())


def test_every_package_of_the_page_has_a_checksum() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, told in packages.items() if name and "integrity" not in told] == []


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: str(p.name))
def test_no_module_reads_a_format_that_can_run_code(path: Path) -> None:
    code = path.read_text(encoding="utf-8").replace("allow_pickle=False", "")
    assert RUNS_CODE.findall(code) == []


def test_nothing_that_reads_such_a_format_is_needed() -> None:
    assert [line for line in PROJECT["dependencies"] if RUNS_CODE.search(line)] == []


@pytest.mark.parametrize("path", WEIGHTS, ids=lambda p: p.relative_to(MODELS).as_posix())
def test_a_model_is_text_or_a_plain_array(path: Path) -> None:
    if path.suffix == ".npy":
        assert not np.load(path, allow_pickle=False).dtype.hasobject
    else:
        assert "\0" not in path.read_text(encoding="utf-8")


def test_the_models_are_at_most_8_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS) <= 8_000_000


def test_the_data_package_describes_the_tables_as_they_are() -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        assert all((ROOT / "data" / path).exists() for path in paths)
        if "schema" in resource:
            with (ROOT / "data" / paths[0]).open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert [field["name"] for field in resource["schema"]["fields"]] == header


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it alone; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "-t", folder / "site", wheel], check=True)
    return folder


def run_installed(code: list[str], folder: Path, stdin: str = "") -> str:
    environment = {"PYTHONPATH": str(folder / "site")}
    return run_well([sys.executable, *code], folder, environment, stdin)


def test_the_wheel_is_what_runs(installed: Path) -> None:
    home = run_installed(["-c", "import geo; print(geo.__file__)"], installed)
    assert Path(home.strip()).is_relative_to(installed / "site")


def test_the_wheel_holds_no_file_that_can_run_code(installed: Path) -> None:
    (wheel,) = installed.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if RUNS_CODE.search(name)] == []


def test_the_wheel_holds_the_models(installed: Path) -> None:
    names = {path.name for path in (installed / "site" / "geo" / "models").iterdir()}
    assert names == {path.name for path in MODELS.iterdir()}


def test_the_wheel_looks_names_up(installed: Path) -> None:
    assert "gn:558082" in run_installed(["-m", "geo", "lookup", "Gukovo"], installed)


def test_the_wheel_geocodes_and_maps(installed: Path) -> None:
    options = ["--outlet", "A", "--date", "2014-08-04"]
    text = "Shelling was heard near Gukovo, Rostov region."
    run_installed(["-m", "geo", "map", "-", *options, "-o", "m.html"], installed, text)
    assert (installed / "m.html").exists()
