"""The server's end of the process that checks: started with the first request, ended with it."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Hear = Callable[[dict[str, Any]], None]


class CheckProcess:
    """A process of `autograder.learner.background_check`, replaced where it has ended.

    Threads and `subprocess`, because the event loop of Jupyter Server cannot start processes on
    Windows.

    Parameters
    ----------
    hear : callable
        Called with each message of the process, in a thread of this object.
    """

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, folder: str, names: list[str]) -> None:
        """Have exercises of a folder checked; without names, what its changes may have changed."""
        request = {"folder": folder, "names": names}
        with self._turn:
            if self._closed:
                return
            if self._process is None or self._process.poll() is not None:
                self._start()
            assert self._process is not None
            assert self._process.stdin is not None
            with suppress(OSError):  # it is ending; whoever reads from it says so
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
                self._process.stdin.flush()

    def close(self) -> None:
        """End the process: it ends by itself once its input is closed."""
        with self._turn:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.learner.background_check"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        """Hand on what the process says, and say so where it ends in the middle of a check."""
        assert process.stdout is not None
        checking = ""
        for line in process.stdout:
            message = json.loads(line)
            checking = message["folder"] if message["stage"] in ("checking", "result") else ""
            self._hear(message)
        process.stdout.close()
        process.wait()  # else a request could still go to it, between its last word and its end
        if checking and not self._closed:
            reason = "The check ended before it was done. Save the file again."
            self._hear({"folder": checking, "stage": "failed", "reason": reason})
