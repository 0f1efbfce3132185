"""The grading backend: a warm zygote behind walls, and one confined child of it for each session.

`Sandbox` starts the zygote, proves that the walls hold before any submission is run, and opens
sessions. It refuses to work where they do not hold.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from autograder.sandbox.confined_process import ConfinedProcess, WorkerGone
from autograder.sandbox.landlock_wall import LandlockWall
from autograder.sandbox.limits import ONE_THREAD, START_SECONDS, Limits
from autograder.sandbox.namespace_wall import NamespaceWall
from autograder.sandbox.outcomes import SandboxUnavailable, SessionEnded
from autograder.sandbox.probe import prove
from autograder.sandbox.session import Session
from autograder.sandbox.visible_files import visible
from autograder.sandbox.wall import Enclosure, Wall

START = (
    "import sys; sys.path += sys.argv[1].split(':'); "
    "from protocol.walled_main import main; main(*sys.argv[2:])"
)
INTERPRETER_OPTIONS = ("-S", "-s", "-B", "-P", "-X", "utf8", "-c", START)
ENVIRONMENT = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **ONE_THREAD}
ENCLOSURES = {Wall.NAMESPACES: NamespaceWall, Wall.LANDLOCK: LandlockWall}


def refuse_other_systems() -> None:
    """Raise `SandboxUnavailable` where there is no Linux."""
    if not sys.platform.startswith("linux"):
        raise SandboxUnavailable(
            "Submissions can be run safely only on Linux. "
            "On Windows use WSL 2, on macOS a Linux virtual machine."
        )


class Sandbox:
    """One worker: a zygote with one session at a time.

    Start it in a thread that outlives it: the kernel ends it with the thread that started it. A
    fork of this process may open sessions one after the other, as long as it closes each of them.

    Parameters
    ----------
    limits : Limits, optional
        Bounds of each session.
    secrets : iterable of Path, optional
        Files and folders that must not be visible inside; the probe tries to read them.
    wall : Wall, optional
        The full isolation, or the weaker one for systems that forbid user namespaces.

    Raises
    ------
    SandboxUnavailable
        If the isolation cannot be had or does not hold; the message says what to do.
    """

    _enclosure: Enclosure
    _process: subprocess.Popen[bytes] | None
    _control: socket.socket
    _errors: int

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        secrets: Iterable[Path] = (),
        wall: Wall = Wall.NAMESPACES,
    ) -> None:
        refuse_other_systems()
        self.limits, self.wall = limits or Limits(), Wall(wall)
        self._secrets = [Path(secret) for secret in secrets]
        self._visible = visible()
        self._visible.refuse_secrets(self._secrets)
        self._used = [0.0]
        self._owner = os.getpid()
        self._start()

    def open(self, files: dict[str, bytes]) -> Session:
        """A session in a new confined child, with a submission loaded."""
        try:
            return self._session(files)
        except (WorkerGone, SandboxUnavailable):
            if os.getpid() != self._owner:  # a worker ends with the process that started it
                raise
            self.restart()
            return self._session(files)

    def restart(self) -> None:
        """End the worker and everything in it, and start another that proves itself again."""
        self.close()
        self._start()

    def cpu_seconds(self) -> float:
        """CPU time that the children of this worker have used, as far as they have ended."""
        return self._used[0]

    def close(self) -> None:
        """End the worker and everything in it."""
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._errors >= 0:
            os.close(self._errors)
            self._errors = -1
        self._enclosure.close()

    # -- the worker -------------------------------------------------------------------------------

    def _start(self) -> None:
        self._enclosure = ENCLOSURES[self.wall](self._visible, self.limits)
        self._process = None
        self._errors = os.memfd_create("errors")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        try:
            with closing(theirs):
                problem = self._start_zygote(theirs.fileno())
            if problem or not self._is_ready():
                raise SandboxUnavailable(_why_not_started(problem or self._said()))
            weaker = not self._enclosure.own_namespaces
            prove(self._session, self._secrets, self._visible.system, needs_landlock=weaker)
        except WorkerGone:
            reason = _why_not_started(self._said())
            self.close()
            raise SandboxUnavailable(reason) from None
        except (SandboxUnavailable, SessionEnded) as error:
            self.close()
            raise SandboxUnavailable(str(error)) from None

    def _start_zygote(self, control: int) -> str:
        """Start it behind its wall; why the wall cannot be completed, or nothing."""
        enclosure, interpreter = self._enclosure, self._visible.interpreter
        environment = {**ENVIRONMENT, "HOME": enclosure.scratch, "TMPDIR": enclosure.scratch}
        settings = {
            "namespaces": enclosure.own_namespaces,
            "readable": enclosure.readable,
            "hidden": enclosure.packages,
        }
        system_calls = self._system_calls()
        inherited = [control, system_calls]
        command = [*enclosure.command(environment), interpreter, *INTERPRETER_OPTIONS]
        command += [":".join(enclosure.packages), *map(str, inherited), json.dumps(settings)]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                cwd="/",
                env=environment,
                pass_fds=[*inherited, *enclosure.inherited],
                **enclosure.run_as,
            )
        except PermissionError as error:
            raise SandboxUnavailable(
                f"{error}: the user “nobody”, who runs submissions behind this wall, cannot use "
                f"{interpreter}; install Python where every user can read it, or run the grader as "
                "an ordinary user"
            ) from None
        finally:
            os.close(system_calls)
        return enclosure.complete()

    def _system_calls(self) -> int:
        try:
            return self._enclosure.system_calls()
        except (ImportError, OSError, RuntimeError) as error:
            raise SandboxUnavailable(
                f"libseccomp is needed to run submissions ({error}): apt-get install libseccomp2 "
                "(or dnf install libseccomp)."
            ) from None

    def _is_ready(self) -> bool:
        try:
            return self._control.recv(100) == b"ready"
        except OSError:
            return False

    def _said(self) -> str:
        """What the zygote, or bubblewrap, wrote to standard error."""
        text = os.pread(self._errors, 4000, 0).decode("utf-8", "replace").strip()
        return text.splitlines()[-1] if "Traceback" in text else text

    def _session(self, files: dict[str, bytes]) -> Session:
        return Session(self._fork(), self.limits, files)

    def _fork(self) -> ConfinedProcess:
        mine, theirs = socket.socketpair()
        output = os.memfd_create("output")
        limits = {name: int(value) for name, value in asdict(self.limits).items()}
        scratch = self._enclosure.next_scratch()
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
        child = int(answer), handles[0]
        kept = self.limits.printed
        return ConfinedProcess(mine, child, self._control, output, kept, scratch, self._used)


def _why_not_started(said: str) -> str:
    text = "The sandbox did not start: " + (said or "no reason was given") + "."
    if "namespace" in said.lower() or "Operation not permitted" in said or "uid map" in said:
        text += (
            " This system forbids user namespaces to this user. Allow them "
            "(sysctl user.max_user_namespaces=15000, on older Debian "
            "sysctl kernel.unprivileged_userns_clone=1, on Ubuntu 24.04 and later "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run on a machine that "
            "does; in a container, allow them in its security profile. "
            "`--wall landlock` is a weaker wall that does without: see docs/security.md."
        )
    return text
