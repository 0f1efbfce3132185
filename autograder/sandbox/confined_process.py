"""One confined child of the zygote: how it is ended, and what is left of it."""

import json
import os
import select
import signal
import socket

from autograder.sandbox.learner_process import Ending, computed_by, hung_up


class WorkerGone(Exception):
    """The zygote itself has died, with its children; the sandbox has to be started again."""


class ConfinedProcess:
    """One child of the zygote, as a session sees it.

    Parameters
    ----------
    connection : socket.socket
        The grader's end of the session.
    child : tuple of int
        Its number as the zygote knows it, and a descriptor that stands for the process.
    control : socket.socket
        The connection to the zygote.
    output, kept : int
        The file that it prints to, and how many bytes of that are kept.
    scratch : str
        Its folder.
    used : list of float
        Where the seconds that it computed are added.
    """

    def __init__(
        self,
        connection: socket.socket,
        child: tuple[int, int],
        control: socket.socket,
        output: int,
        kept: int,
        scratch: str,
        used: list[float],
    ) -> None:
        self.connection, self._control, self._used = connection, control, used
        self._pid, self._handle = child
        self._pid_here = _pid_here(self._handle)
        self._output, self._kept, self._scratch = output, kept, scratch
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
            if not exiting and hung_up(self.connection):
                exiting = bool(select.select([self._handle], [], [], 1.0)[0])
            if not exiting:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            try:
                self._ending = self._wait()
            finally:
                self._text = os.pread(self._output, self._kept, 0)
                os.close(self._handle)
                os.close(self._output)
                self._handle = -1
        return self._ending

    def cpu_seconds(self) -> float:
        """The seconds that it has computed so far, as far as the system tells."""
        if self._ending is not None:
            return self._ending.cpu_seconds
        return computed_by(self._pid_here) if self._pid_here > 0 else 0.0

    def printed(self) -> str:
        """The first bytes of what it printed."""
        text = self._text if self._handle < 0 else os.pread(self._output, self._kept, 0)
        return text.decode("utf-8", "replace").replace(self._scratch + "/", "")

    def _wait(self) -> Ending:
        try:
            request = {"do": "wait", "pid": self._pid, "scratch": self._scratch}
            self._control.send(json.dumps(request).encode())
            code, seconds = json.loads(self._control.recv(200))
        except (OSError, ValueError):
            raise WorkerGone from None
        self._used[0] += seconds
        return Ending(code, seconds)


def _pid_here(handle: int) -> int:
    """The number of a process in our own namespace; 0 where the system does not tell."""
    try:
        with open(f"/proc/self/fdinfo/{handle}", encoding="ascii") as file:
            return next((int(line[4:]) for line in file if line.startswith("Pid:")), 0)
    except (OSError, ValueError):
        return 0
