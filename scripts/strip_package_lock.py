"""Take the addresses out of package-lock.json: npm writes where packages ask for donations.

    npm update --package-lock-only && python scripts/strip_package_lock.py package-lock.json

What is left are names, versions and checksums; .npmrc keeps the download addresses out.
"""

import json
import sys
from pathlib import Path

NOT_NEEDED = ("funding", "deprecated")


def main(path: Path) -> None:
    """Rewrite the file without these fields, as npm itself would print it."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        for field in NOT_NEEDED:
            package.pop(field, None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
