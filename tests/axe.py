"""What axe-core finds wrong with a page for those who use it otherwise than by eye and mouse."""

from typing import Any

from node import PACKAGES, need_package
from playwright.sync_api import Frame, Page

GRAVE = {"serious", "critical"}


def violations(page: Page | Frame) -> list[str]:
    """Return the grave faults of a page, a line for each, or skip the test without axe-core."""
    need_package("axe-core")
    # Not as a script tag, which the page's content security policy may refuse.
    page.evaluate((PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [as_line(fault) for fault in found["violations"] if fault["impact"] in GRAVE]


def as_line(fault: dict[str, Any]) -> str:
    """Say which rule is broken, how gravely, and by what."""
    targets = ", ".join(" ".join(map(str, node["target"])) for node in fault["nodes"])
    return f"{fault['id']} ({fault['impact']}): {fault['help']}: {targets}"
