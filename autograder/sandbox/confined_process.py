"""One confined child of the zygote: how it is ended, and what is left of it."""

import json
import os
import select
import signal
import socket

from autograder.sandbox.session import Ending

MOST_KEPT = 1 << 16  # of what it printed, once it has ended


class WorkerGone(Exception):
    """The zygote itself has died, and its children with it; the sandbox has to be started anew."""


class ConfinedProcess:
    """One child of the zygote, as a session sees it."""

    def __init__(
        self,
        connection: socket.socket,
        output: int,
        pid: int,
        handle: int,
        control: socket.socket,
        used: list[float],
        scratch: str,
    ) -> None:
        self.connection, self._used, self._scratch = connection, used, scratch
        self._output, self._pid, self._handle, self._control = output, pid, handle, control
        self._ending: Ending | None = None
        self._text = b""

    def kill(self) -> Ending:
        """Kill process 1 of the child's namespace: the kernel ends everything in it.

        Raises
        ------
        WorkerGone
            If the zygote is not there to say how it ended: that says nothing about the learner.
        """
        if self._ending is None:
            if self._handle < 0:
                raise WorkerGone
            exiting = bool(select.select([self._handle], [], [], 0)[0])
            if not exiting and self._hung_up():
                exiting = bool(select.select([self._handle], [], [], 1.0)[0])
            if not exiting:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            try:
                self._ending = self._wait()
            finally:
                self._text = os.pread(self._output, MOST_KEPT, 0)
                os.close(self._handle)
                os.close(self._output)
                self._handle = -1
        return self._ending

    def printed(self, most: int) -> str:
        """The first bytes of what it printed."""
        text = self._text[:most] if self._handle < 0 else os.pread(self._output, most, 0)
        return text.decode("utf-8", "replace").replace(self._scratch + "/", "")

    def _hung_up(self) -> bool:
        """Whether the child closed its end, as it does when it exits."""
        try:
            self.connection.setblocking(False)
            return self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return False

    def _wait(self) -> Ending:
        try:
            request = {"do": "wait", "pid": self._pid, "scratch": self._scratch}
            self._control.send(json.dumps(request).encode())
            code, seconds = json.loads(self._control.recv(200))
        except (OSError, ValueError):
            raise WorkerGone from None
        self._used[0] += seconds
        return Ending(code, seconds)
