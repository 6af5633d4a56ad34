"""Find the programs that tests need beside Python, and install what is missing on Debian."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

LONGEST_INSTALL_SECONDS = 600


def on_path(names: Iterable[str]) -> str:
    """Return the first of these programs that is on the PATH, or ""."""
    return next(filter(None, map(shutil.which, names)), "")


def install_debian_packages(*packages: str) -> None:
    """Install packages of the distribution, as root on Debian; elsewhere do nothing."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    tell(f"Installing the distribution's {' and '.join(packages)} ...")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


def run(command: list[str]) -> bool:
    """Run a command without its output; say whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            env=environment,
            timeout=LONGEST_INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def tell(message: str) -> None:
    """Say something on standard error; standard output is for the path alone."""
    print(message, file=sys.stderr)
