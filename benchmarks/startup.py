"""How long `import geo` and `geo --help` take, beside a bare interpreter in the same run.

usage: python benchmarks/startup.py [RUNS]
"""

import subprocess
import sys
import time
from statistics import median

COMMANDS = {
    "bare interpreter": ["-c", "pass"],
    "import geo": ["-c", "import geo"],
    "geo --help": ["-m", "geo", "--help"],
}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print median wall times, and how they compare with the bare interpreter's."""
    medians = {
        name: median(seconds(arguments) for _ in range(runs))
        for name, arguments in COMMANDS.items()
    }
    bare = medians["bare interpreter"]
    for name, value in medians.items():
        print(f"{name:17} {value:.3f} s  {value - bare:+.3f} s  {value / bare:.1f} x bare")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
