"""Sessions where there are no processes, in a worker of a browser: learners' code beside ours.

Whoever started the worker ends it when an operation takes too long: a page can do that to a worker
whatever runs in it. Then the same request is made of a new one, together with the number of that
operation, which is not tried again but counts as ended. All before it comes out as it did.
"""

import importlib
import io
import linecache
import os
import random
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from typing import Any

import numpy as np

from autograder.checking.in_process import InProcessSession
from autograder.checking.transcript import mapped
from autograder.protocol.learner_side import NUMPY_DEFAULTS, PACKAGE, describe, import_lazy_parts
from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import Outcome, Raised, SessionEnded

# What finds a learner's modules: not what leads `import course` to the folder that is open.
STANDARD = (BuiltinImporter, FrozenImporter, PathFinder)
Begins = Callable[[int, float], None]


class TabBackend:
    """Opens sessions in this process, and numbers what learners' code is asked to do.

    Parameters
    ----------
    begins : callable
        Called with the number of an operation and its limit in seconds as it begins, and with 0 and
        0 when it is over.
    """

    def __init__(self, begins: Begins = lambda number, seconds: None) -> None:
        import_lazy_parts()
        self._begins = begins
        self._count = 0
        self._ended: Mapping[int, str] = {}

    def expect(self, ended: Mapping[int, str]) -> None:
        """Begin a request; these of its operations ended a worker, with outcomes of these names."""
        self._count, self._ended = 0, ended

    def open(self, files: dict[str, bytes]) -> Any:  # as a session is used
        """A session with a submission loaded."""
        return TabSession(self, files)

    def warm_up(self) -> None:
        """Nothing waits: there is one process."""

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Let one operation take so many seconds at most."""
        self._count += 1
        if why := self._ended.get(self._count):
            outcome = Outcome[why]
            reason = f"no answer within {seconds:g} s" if outcome is Outcome.TIMED_OUT else ""
            raise SessionEnded(outcome, reason)
        self._begins(self._count, seconds)
        try:
            yield
        finally:
            self._begins(0, 0.0)


class TabSession(InProcessSession):
    """One submission, with its own modules: another session never sees them."""

    def __init__(self, backend: TabBackend, files: dict[str, bytes]) -> None:
        self._backend = backend
        self._scratch = os.path.realpath(tempfile.mkdtemp(prefix="descent-check-"))
        # with this, no other package of that name can come first
        for path, content in {f"{PACKAGE}/__init__.py": b"", **files}.items():
            where = os.path.join(self._scratch, *path.split("/"))
            os.makedirs(os.path.dirname(where), exist_ok=True)
            with open(where, "wb") as file:
                file.write(content)
        super().__init__({}, self._scratch)
        self._loaded: dict[str, Any] = {}
        self._output = io.StringIO()
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002 - code which uses the global generator repeats itself

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation; see `autograder.sandbox.session.Session.perform`."""
        if self.ended is not None:
            raise self.ended
        limit = self.limits.call_seconds if seconds is None else seconds
        try:
            with self._backend.limited(limit), self._inside():
                result = super().perform(operation, *operands)
        except SessionEnded as ended:
            self.ended = ended
            raise
        except (SystemExit, KeyboardInterrupt) as error:
            raise Raised(*describe(error, self._scratch)) from None
        return mapped(result, _copied)

    def load(self, module: str) -> None:
        """Load a module of the submission, as its first use would; see `perform`."""
        self.perform(Operation.GET, [module, "__name__"])

    def printed(self) -> str:
        """What the learner's code printed, warnings included."""
        text = self._output.getvalue()[: self.limits.printed]
        return text.replace(self._scratch + os.sep, "")

    def close(self) -> None:
        """Forget the submission."""
        self.ended = self.ended or SessionEnded(Outcome.GRADER_FAULT, "the session is closed")
        self._loaded.clear()
        shutil.rmtree(self._scratch, ignore_errors=True)

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """The learner's modules are there, and what they print is kept."""
        others, finders = _taken(), sys.meta_path[:]
        sys.meta_path[:] = [finder for finder in finders if finder in STANDARD]
        sys.modules.update(self._loaded)
        sys.path.insert(0, self._scratch)
        importlib.invalidate_caches()
        linecache.checkcache()
        try:
            with (
                redirect_stdout(self._output),
                redirect_stderr(self._output),
                warnings.catch_warnings(),
                np.errstate(**NUMPY_DEFAULTS),
            ):
                yield
        finally:
            sys.path.remove(self._scratch)
            sys.meta_path[:] = finders
            self._loaded |= _taken()
            sys.modules.update(others)


def _taken() -> dict[str, Any]:
    """The modules of a course that are loaded; afterwards they are not."""
    names = [name for name in sys.modules if name.partition(".")[0] == PACKAGE]
    return {name: sys.modules.pop(name) for name in names}


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
