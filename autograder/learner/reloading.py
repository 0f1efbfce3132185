"""A saved module reaches the notebook only if it loads, within a time limit.

IPython's `%autoreload` runs a changed file in the kernel: an endless loop in it would freeze the
notebook, and a half-written line prints two long tracebacks above every card. So a changed module
is first loaded in another process. If that fails, `%autoreload` is asked to leave it alone
until it is saved again, and one line says so; the card says the rest.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.grading.module_errors import unreadable_lines
from autograder.learner.course_import import PACKAGE
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import NotThere, Raised, SandboxUnavailable, SessionEnded
from autograder.sandbox.unwalled import UnwalledBackend

Stamp = tuple[int, int]


def guard_reloading() -> None:
    """Look at changed modules before each cell of this notebook, if it is one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        guard = ReloadGuard(shell)
        shell.events.register("pre_execute", guard.look)
        shell.events.register("post_execute", guard.note)


class ReloadGuard:
    """Keeps modules that do not load away from `%autoreload`.

    Parameters
    ----------
    shell : InteractiveShell
        The notebook's.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._backend: UnwalledBackend | None = (
            None  # its own: the one of `check` stays warm for it
        )
        self._seen: dict[str, Stamp] = {}
        self.note()

    def note(self) -> None:
        """Remember the files of modules that a cell has loaded."""
        for name, module in _course_modules().items():
            self._seen.setdefault(name, _stamp(module))

    def look(self) -> None:
        """Try the modules whose files have changed since the last look."""
        reloader = self._reloader()
        if reloader is None:
            return
        for name, module in _course_modules().items():
            stamp = _stamp(module)
            if self._seen.get(name) == stamp:
                continue
            self._seen[name] = stamp
            said = self._does_not_load(name, module)
            if said:
                reloader.mark_module_skipped(name)
                print(f"{said} The notebook keeps the version before.", file=sys.stderr)
            else:
                reloader.mark_module_reloadable(name)

    def _reloader(self) -> Any:
        """What `%autoreload` goes by, if it is in use."""
        magics = self._shell.magics_manager.registry.get("AutoreloadMagics")
        return getattr(magics, "_reloader", None)

    def _does_not_load(self, name: str, module: ModuleType) -> str:
        """Why a module does not load, in a sentence; empty where it does."""
        if sys.platform == "emscripten":  # in a browser another worker tries it
            from autograder.learner.tab_check import asked

            return str(asked("kernel-load", {"module": name})["said"])
        files = LearnerFolder(Path(str(module.__file__)).parents[1]).files()
        self._backend = self._backend or UnwalledBackend()
        try:
            return why_it_does_not_load(name, files, self._backend)
        except SandboxUnavailable:
            return ""
        finally:
            self._backend.warm_up()


def why_it_does_not_load(name: str, files: dict[str, bytes], backend: Backend) -> str:
    """Why a module of the course does not load, in a sentence; empty where it does."""
    path = name.replace(".", "/") + ".py"
    try:
        session = backend.open(files)
        try:
            session.load(name.removeprefix(f"{PACKAGE}."))
        finally:
            session.close()
    except Raised as error:
        known = unreadable_lines(error, files)
        return known[0] if known else f"{path} does not load: {error.kind}: {error.message}."
    except SessionEnded as ended:
        return f"{path} does not load: {ended.message}. Is there a loop that does not end?"
    except NotThere:
        return ""
    return ""


def _course_modules() -> dict[str, ModuleType]:
    """The loaded modules of the learner's package, by their full names."""
    return {
        name: module
        for name, module in list(sys.modules.items())
        if name.startswith(f"{PACKAGE}.") and getattr(module, "__file__", None)
    }


def _stamp(module: ModuleType) -> Stamp:
    try:
        status = Path(str(module.__file__)).stat()
    except OSError:  # it is being replaced
        return (0, 0)
    return status.st_mtime_ns, status.st_size
