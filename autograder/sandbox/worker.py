"""The grading backend: a warm zygote behind walls, and one confined child of it for each session.

`Sandbox` is a room for `autograder.grading`: it starts the zygote, proves that the walls hold
before any submission is run, and opens sessions. It refuses to work where they do not hold.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from autograder.outcomes import SandboxUnavailable, SessionEnded
from autograder.sandbox.bubblewrap import ONE_USER, bubblewrap_arguments
from autograder.sandbox.identity import NOBODY, Handshake, may_map_two_users
from autograder.sandbox.limits import Limits
from autograder.sandbox.probe import prove
from autograder.sandbox.seccomp import seccomp_program
from autograder.sandbox.session import Ending, Session
from autograder.sandbox.visible import DEVICES, INSIDE, Visible, visible

START = (
    "import sys; sys.path += sys.argv[1].split(':'); "
    "from protocol.zygote import main; main(*sys.argv[2:])"
)
ENVIRONMENT = {
    "PATH": "/usr/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
WALLS = ("namespaces", "landlock")
START_SECONDS = 30.0
SCRATCH = "/scratch"  # where the learner's folder lies inside the walls


class WorkerGone(Exception):
    """The zygote itself has died; the sandbox has to be started anew."""


class Sandbox:
    """One worker: a zygote with one session at a time.

    Start it in a thread that outlives it: the kernel ends it with the thread that started it.

    Parameters
    ----------
    limits : Limits, optional
        Bounds of each session.
    secrets : iterable of Path, optional
        Files and folders that must not be visible inside; the probe tries to read them.
    wall : str, optional
        ``"namespaces"``, the full isolation, or ``"landlock"``, the weaker one for systems that
        forbid user namespaces; see ``docs/security.md`` for what it does not promise.

    Raises
    ------
    SandboxUnavailable
        If the isolation cannot be had or does not hold; the message says what to do.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        secrets: Iterable[Path] = (),
        wall: str = "namespaces",
    ) -> None:
        if wall not in WALLS:
            raise ValueError(f"there is no wall {wall!r}: choose one of {', '.join(WALLS)}")
        if not sys.platform.startswith("linux"):
            raise SandboxUnavailable(
                "Submissions can be run safely on Linux alone. "
                "On Windows use WSL 2, on macOS a Linux virtual machine."
            )
        self.limits, self.wall = limits or Limits(), wall
        self._secrets = [Path(each) for each in secrets]
        self._visible = visible()
        self._visible.refuse_secrets(self._secrets)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._used = [0.0]
        self._forks = 0
        self._start()

    def open(self, files: dict[str, bytes]) -> Session:
        """A session in a new confined child, with a submission loaded."""
        try:
            return Session(self._fork(), self.limits, files)
        except WorkerGone:
            self._stop()
            self._start()
            return Session(self._fork(), self.limits, files)

    def cpu_seconds(self) -> float:
        """CPU time that the children of this worker have used, as far as they have ended."""
        return self._used[0]

    def close(self) -> None:
        """End the worker and everything in it."""
        self._stop()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- the worker -------------------------------------------------------------------------------

    def _start(self) -> None:
        namespaces = self.wall == "namespaces"
        scratch = SCRATCH
        if not namespaces:
            self._folder = tempfile.TemporaryDirectory(
                prefix="descent-grade-", ignore_cleanup_errors=True
            )
            scratch = self._folder.name
            if os.geteuid() == 0:
                os.chown(scratch, NOBODY, NOBODY)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        try:
            program = seccomp_program(own_pid_namespace=namespaces)
        except (ImportError, OSError, RuntimeError) as error:
            raise SandboxUnavailable(
                f"libseccomp is needed to run submissions ({error}): apt-get install libseccomp2"
            ) from None
        self._errors = os.memfd_create("errors")
        descriptors = [theirs.fileno(), program]
        handshake = Handshake() if namespaces and may_map_two_users() else None
        other_user = not namespaces and os.geteuid() == 0
        try:
            command = self._command(scratch, descriptors, handshake, namespaces)
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                cwd="/",
                env={**ENVIRONMENT, "HOME": scratch, "TMPDIR": scratch},
                pass_fds=[*descriptors, *(handshake.descriptors if handshake else ())],
                user=NOBODY if other_user else None,
                group=NOBODY if other_user else None,
                extra_groups=[] if other_user else None,
            )
            if handshake:
                handshake.complete()
        except PermissionError as error:
            self._stop()
            raise SandboxUnavailable(f"{error}: {_other_user_remedy(self._visible)}") from None
        except SandboxUnavailable:
            self._stop()
            raise
        finally:
            theirs.close()
            os.close(program)
            if handshake:
                handshake.close()
        try:
            started = self._control.recv(100) == b"ready"
        except OSError:
            started = False
        if not started:
            said = os.pread(self._errors, 4000, 0).decode("utf-8", "replace").strip()
            self._stop()
            raise SandboxUnavailable(_why_not_started(said))
        try:
            prove(self, self._secrets)
        except (SandboxUnavailable, SessionEnded) as error:
            self._stop()
            raise SandboxUnavailable(str(error)) from None

    def _command(
        self, scratch: str, descriptors: list[int], handshake: Handshake | None, namespaces: bool
    ) -> list[str]:
        seen = self._visible
        folders = [INSIDE]
        command: list[str] = []
        if namespaces:
            program = shutil.which("bwrap")
            if program is None:
                raise SandboxUnavailable(
                    "bubblewrap is needed to run submissions: apt-get install bubblewrap "
                    "(or dnf install bubblewrap)."
                )
            identity = handshake.arguments if handshake else ONE_USER
            command = bubblewrap_arguments(
                program, seen, self.limits, ENVIRONMENT, scratch, identity
            )
            readable = [*seen.system, *(f"{INSIDE}/{name}" for name in seen.packages)]
        else:
            folders = sorted({os.path.dirname(path) for path in seen.packages.values()})
            readable = list(seen.roots)
        settings = {
            "namespaces": namespaces,
            "scratch": scratch,
            "readable": [*readable, "/etc/ld.so.cache", *DEVICES],
            "hidden": [folder for folder in folders if folder != INSIDE],
        }
        command += [seen.interpreter, "-S", "-s", "-B", "-P", "-X", "utf8", "-c", START]
        return [*command, ":".join(folders), *map(str, descriptors), json.dumps(settings)]

    def _fork(self) -> "ConfinedProcess":
        mine, theirs = socket.socketpair()
        output = os.memfd_create("output")
        limits = {name: int(value) for name, value in asdict(self.limits).items()}
        self._forks += 1
        scratch = SCRATCH if self._folder is None else f"{self._folder.name}/{self._forks}"
        request = json.dumps({"do": "fork", "limits": limits, "scratch": scratch}).encode()
        try:
            socket.send_fds(self._control, [request], [theirs.fileno(), output])
            answer, handles, _, _ = socket.recv_fds(self._control, 64, 1)
        except OSError:
            answer, handles = b"", []
        theirs.close()
        if not answer or not handles:
            mine.close()
            os.close(output)
            raise WorkerGone
        return ConfinedProcess(
            mine, output, int(answer), handles[0], self._control, self._used, scratch
        )

    def _stop(self) -> None:
        self._control.close()
        if hasattr(self, "_process"):
            self._process.kill()
            self._process.wait()
        if self._errors >= 0:
            os.close(self._errors)
            self._errors = -1
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


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
        """Kill process 1 of the child's namespace: the kernel ends everything in it."""
        if self._ending is None:
            exiting = bool(select.select([self._handle], [], [], 0)[0])
            if not exiting and self._hung_up():
                exiting = bool(select.select([self._handle], [], [], 1.0)[0])
            if not exiting:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            self._ending = self._wait()
            self._text = os.pread(self._output, 1 << 16, 0)
            os.close(self._handle)
            os.close(self._output)
        return self._ending

    def printed(self, most: int) -> str:
        """The first bytes of what it printed."""
        text = os.pread(self._output, most, 0) if self._ending is None else self._text[:most]
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
            code, seconds, _ = json.loads(self._control.recv(200))
        except (OSError, ValueError):  # the zygote died, and its children with it
            return Ending(-signal.SIGKILL)
        self._used[0] += seconds
        return Ending(code, seconds)


def _why_not_started(said: str) -> str:
    text = "The sandbox did not start: " + (said or "no reason was given") + "."
    if "namespace" in said.lower() or "Operation not permitted" in said or "uid map" in said:
        text += (
            " This system forbids user namespaces to this user. Allow them "
            "(sysctl kernel.unprivileged_userns_clone=1, or on Ubuntu 24.04 and later "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run on a machine that "
            "does; in a container, allow them in its security profile. "
            "`--wall landlock` is a weaker wall that does without: see docs/security.md."
        )
    return text


def _other_user_remedy(seen: Visible) -> str:
    return (
        f"the user “nobody”, who runs submissions behind this wall, cannot use {seen.interpreter}; "
        "install Python where every user can read it, or run the grader as an ordinary user"
    )
