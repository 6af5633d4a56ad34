"""Node.js and its packages for the tests of the page's scripts."""

import shutil
import subprocess

import pytest
from helpers import ROOT

PACKAGES = ROOT / "node_modules"


def need_package(name: str) -> None:
    """Skip the test where a package of package.json is not installed."""
    if not (PACKAGES / name).exists():
        pytest.skip(f"{name} is not there: install Node.js with npm, then run make test")


def run_npm(*arguments: str, stdin: str = "") -> str:
    """Run npm, which must succeed; return what it printed, or skip the test without Node.js."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm is not there: install Node.js with npm, then run make test")
    done = subprocess.run(
        [npm, "--silent", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
