"""Print the path of npm for the tests of the page's scripts, getting Node.js if need be.

In this order: npm on the PATH beside a Node.js that is new enough, and, as root on Debian, the
distribution's packages. If neither can be had, a sentence on standard error says so, and nothing
is printed: the page's scripts are then neither linted nor tested.
"""

import json
import re
import subprocess
from pathlib import Path

from programs import install_debian_packages, on_path, tell

PACKAGE = Path(__file__).parents[1] / "package.json"


def main() -> None:
    """Print where npm is."""
    if not usable_npm():
        install_debian_packages("nodejs", "npm")
    npm = usable_npm()
    if npm:
        print(npm)
    else:
        oldest = ".".join(map(str, oldest_node()))
        tell(
            f"No Node.js {oldest} or newer with npm was found and none could be installed, so the "
            "page's scripts are not linted and their tests are skipped; install Node.js with npm."
        )


def usable_npm() -> str:
    """Return npm if Node.js is there too and new enough, or ""."""
    node = on_path(["node"])
    return on_path(["npm"]) if node and version(node) >= oldest_node() else ""


def version(node: str) -> tuple[int, ...]:
    """Return the version of a Node.js, such as (18, 20, 4)."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return numbers(told.stdout)


def oldest_node() -> tuple[int, ...]:
    """Return the oldest version that package.json allows."""
    return numbers(json.loads(PACKAGE.read_text(encoding="utf-8"))["engines"]["node"])


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a text, in order."""
    return tuple(map(int, re.findall(r"\d+", text)))


if __name__ == "__main__":
    main()
