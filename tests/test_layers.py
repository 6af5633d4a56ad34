"""Imports point one way: a module imports only from layers before its own."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "geo"

LAYERS = {
    "records": 0,
    "errors": 0,
    "data": 0,
    "files": 0,
    "http": 0,
    "parts": 0,
    "morphology": 0,
    "language": 0,
    "rows": 0,
    "columns": 0,
    "gazetteer": 1,
    "articles": 2,
    "recognize": 2,
    "resolve": 3,
    "tables": 4,
    "geocoding": 5,
    "decisions": 6,
    "reuse": 6,
    "maps": 6,
    "exports": 6,
    "evaluate": 6,
    "train": 7,
    "review": 7,
    "panels": 8,
    "cli": 8,
    "__main__": 8,
    "__init__": 8,
}


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Return the parts of geo that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "geo":
            names |= {f"geo.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[1] for name in names if name.startswith("geo.")}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.name))
def test_imports_only_from_earlier_layers(path: Path) -> None:
    own = part_of(path)
    later = {name for name in imports_of(path) if name != own and LAYERS[name] > LAYERS[own]}
    same = {n for n in imports_of(path) if n != own and LAYERS[n] == LAYERS[own] not in (0, 8)}
    assert not later | same


def test_every_part_has_a_layer() -> None:
    assert {part_of(path) for path in SOURCE.rglob("*.py")} == set(LAYERS)
