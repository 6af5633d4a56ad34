"""The map's page is several modules that the export joins into one script."""

import re
from collections import Counter
from pathlib import Path

import pytest
from helpers import ROOT
from node import need_package, run_npm

PAGE = ROOT / "src" / "geo" / "maps" / "page"
SCRIPTS = sorted(PAGE.glob("*.js"))
each_script = pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)

DECLARATION = re.compile(
    r"^(export )?(?:async )?(?:function\*?|const|let|var|class) +(\w+)", re.MULTILINE
)
# The forms that the export takes out; an import may stand on several lines.
IMPORT = re.compile(r'^import \{([^{}]+)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) )", re.MULTILINE)


def declared(path: Path) -> list[tuple[str, str]]:
    """Return the top-level declarations of a script: "export " or "", and the name."""
    return DECLARATION.findall(path.read_text(encoding="utf-8"))


def imported(path: Path) -> list[tuple[str, str]]:
    """Return what a script imports: the name, and the file that it comes from."""
    found = IMPORT.findall(path.read_text(encoding="utf-8"))
    return [(n.strip(), file) for names, file in found for n in names.split(",") if n.strip()]


def test_there_are_some() -> None:
    assert SCRIPTS


def test_they_are_free_of_lint() -> None:
    need_package("eslint")
    run_npm("run", "lint")


def test_their_own_tests_pass() -> None:
    need_package("eslint")
    assert list((ROOT / "tests" / "js").glob("*.test.js"))
    run_npm("test")


def test_no_two_declare_the_same_name() -> None:
    names = Counter(name for path in SCRIPTS for _, name in declared(path))
    assert [name for name, count in names.items() if count > 1] == []


@each_script
def test_the_export_can_take_out_imports_and_exports(path: Path) -> None:
    script = EXPORT.sub("", IMPORT.sub("", path.read_text(encoding="utf-8")))
    assert re.findall(r"^\s*(?:import|export)\b.*", script, re.MULTILINE) == []


@each_script
def test_what_is_imported_is_exported_elsewhere(path: Path) -> None:
    exported = {(n, p.name) for p in SCRIPTS if p != path for export, n in declared(p) if export}
    assert set(imported(path)) <= exported
