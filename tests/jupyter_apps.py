"""JupyterLab, Notebook 7 and Voila for the tests, as servers that touch nothing of the user's."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers import ROOT

SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
# JupyterLab would ask whether it may fetch news, and look for a newer version of itself.
QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


@contextmanager
def served(module: str, folder: Path) -> Iterator[str]:
    """Serve a folder by `python -m module`; give an address to put a path into.

    Settings, run-time files and the server's log stand in `folder`/.jupyter.
    """
    with started(command(module, folder), folder) as server:
        yield address_of(server, folder / ".jupyter")


@contextmanager
def served_by_voila(notebook: Path, folder: Path) -> Iterator[str]:
    """Serve one notebook as a page without code; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = (f"--port={port}", "--Voila.ip=127.0.0.1", "--no-browser")
    with started([sys.executable, "-m", "voila", str(notebook), *ours], folder) as server:
        wait_for(server, port)
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def started(words: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server; what it said stands beside an error."""
    home = folder / ".jupyter"
    write_settings(home)
    with (home / "log.txt").open("wb") as log:
        server = subprocess.Popen(words, cwd=folder, env=environment(home), stdout=log, stderr=log)
        try:
            yield server
        except Exception as error:
            error.add_note(log_of(home))
            raise
        finally:
            stop(server)


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a server listens."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise AssertionError("the server did not start")


def command(module: str, folder: Path) -> list[str]:
    """Return the command that starts a server without a window, on this machine alone."""
    return [
        *(sys.executable, "-m", module, "--no-browser", "--allow-root"),
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a server whose home is a folder, and which has this geo."""
    folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    ours = {f"JUPYTER_{name}": str(home / name.lower()) for name in folders}
    ours |= {f"JUPYTERLAB_{n}_DIR": str(home / n.lower()) for n in ("SETTINGS", "WORKSPACES")}
    ours |= {"HOME": str(home), "IPYTHONDIR": str(home), "PYTHONPATH": str(ROOT / "src")}
    theirs = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "XDG_"))}
    return theirs | ours


def write_settings(home: Path) -> None:
    """Tell JupyterLab to ask for no news."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))


def address_of(server: subprocess.Popen[bytes], home: Path) -> str:
    """Wait until a server says where it listens; return the address with "{}" for a path."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        for path in (home / "runtime_dir").glob("jpserver-*.json"):
            with suppress(json.JSONDecodeError):  # it is being written
                told = json.loads(path.read_text(encoding="utf-8"))
                return f"{told['url']}{{}}?token={told['token']}"
        time.sleep(0.2)
    raise AssertionError("Jupyter did not start")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server and its kernels: asked once, it ends them itself."""
    server.terminate()
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def log_of(home: Path) -> str:
    """Return what a server said."""
    return (home / "log.txt").read_text(encoding="utf-8", errors="replace")


def copy_notebook(name: str, folder: Path) -> None:
    """Put a notebook into a folder, with the data that it reads."""
    (folder / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / name, folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data")
