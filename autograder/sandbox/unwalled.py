"""Processes without walls for self-checks: a learner's own code, on any operating system.

One interpreter with NumPy loaded always waits ahead of time, so that a check starts at once; each
serves a single session and ends. Nothing of an earlier session can be stale in it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import autograder
from autograder.sandbox.learner_process import KILLED, Ending, computed_by, hung_up
from autograder.sandbox.limits import ONE_THREAD, Limits

if TYPE_CHECKING:
    from autograder.sandbox.session import Session

START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from protocol.unwalled_main import main; main(*sys.argv[2:])"
)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **ONE_THREAD, "PYTHONHASHSEED": "0"}


class UnwalledProcess:
    """An interpreter that waits for one session."""

    def __init__(self, limits: Limits) -> None:
        self.connection, theirs = socket.socketpair()
        self._kept = limits.printed
        self._scratch = tempfile.mkdtemp(prefix="descent-check-")
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._text = b""
        self._used, self._cpu_limit = 0.0, limits.cpu_seconds
        folder = str(Path(autograder.__file__).parent)
        windows = os.name == "nt"
        descriptor = len(theirs.share(os.getpid())) if windows else theirs.fileno()  # type: ignore[attr-defined,unused-ignore]
        options: dict[str, Any] = (
            {} if windows else {"pass_fds": [descriptor], "start_new_session": True}
        )
        arguments = [str(descriptor), self._scratch, str(limits.memory), str(limits.cpu_seconds)]
        arguments += [str(limits.header), str(limits.raw)]
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-c", START, folder, *arguments],
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env=_environment(),
            **options,
        )
        assert self._process.stdin is not None
        if windows:
            self._process.stdin.write(theirs.share(self._process.pid))  # type: ignore[attr-defined,unused-ignore]
            self._process.stdin.flush()
        theirs.close()  # standard input stays open: the process ends when it closes

    def kill(self) -> Ending:
        """End the process and, where the system has process groups, everything it started."""
        if self._process.poll() is None and hung_up(self.connection):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
        if self._process.poll() is None:
            self._kill_all()
        self.cpu_seconds()
        code = self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        if not self._output.closed:
            self._text = self._read()
            self._output.close()
        shutil.rmtree(self._scratch, ignore_errors=True)
        if code == -getattr(signal, "SIGXCPU", 0):
            return Ending(KILLED, self._cpu_limit)
        return Ending(code, self._used)

    def cpu_seconds(self) -> float:
        """The seconds that it has computed so far, as far as the system tells."""
        if self._process.returncode is None:
            self._used = max(self._used, computed_by(self._process.pid))
        return self._used

    @property
    def ended(self) -> bool:
        """Whether it has ended, whatever ended it."""
        return self._process.poll() is not None

    def printed(self) -> str:
        """The first bytes of what it printed."""
        content = self._text if self._output.closed else self._read()
        text = content.decode("utf-8", "replace")
        return text.replace(os.path.realpath(self._scratch) + os.sep, "")

    def _read(self) -> bytes:
        self._output.seek(0)
        return self._output.read(self._kept)

    def _kill_all(self) -> None:
        if hasattr(os, "killpg"):
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
        else:
            self._process.kill()


class UnwalledBackend:
    """Starts sessions for self-checks, each in an interpreter that was warmed up ahead of time.

    Parameters
    ----------
    limits : Limits, optional
        Bounds of each session.
    spare : int, optional
        How many interpreters wait.
    """

    def __init__(self, limits: Limits | None = None, spare: int = 1) -> None:
        self.limits, self._spare = limits or Limits(memory=2 << 30), spare
        self._waiting: list[UnwalledProcess] = []
        self.warm_up()

    def warm_up(self) -> None:
        """Start the interpreters that are missing, so that they are ready when they are needed."""
        for process in [process for process in self._waiting if process.ended]:
            self._end(process)
        while len(self._waiting) < self._spare:
            self._waiting.append(UnwalledProcess(self.limits))

    def next_connection(self) -> socket.socket:
        """The connection to the interpreter that serves the next session."""
        if not self._waiting or self._waiting[0].ended:
            self.warm_up()
        return self._waiting[0].connection

    def open(self, files: dict[str, bytes]) -> "Session":
        """A session with a submission loaded."""
        from autograder.sandbox.session import Session  # with NumPy, while an interpreter starts

        self.next_connection()
        return Session(self._waiting.pop(0), self.limits, files)

    def close(self) -> None:
        """End the interpreters that wait."""
        for process in list(self._waiting):
            self._end(process)

    def _end(self, process: UnwalledProcess) -> None:
        self._waiting.remove(process)
        process.connection.close()
        process.kill()
