"""The grading backend: a warm zygote behind walls, and one confined child of it for each session.

`Sandbox` is a room for `autograder.grading.grade`: it starts the zygote, proves that the walls hold
before any submission is run, and opens sessions. It refuses to work where they do not hold.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from autograder.sandbox.confined_process import ConfinedProcess, WorkerGone
from autograder.sandbox.limits import Limits
from autograder.sandbox.namespace_wall import ONE_USER, bubblewrap_arguments
from autograder.sandbox.outcomes import SandboxUnavailable, SessionEnded
from autograder.sandbox.probe import prove
from autograder.sandbox.seccomp import seccomp_program
from autograder.sandbox.session import Session
from autograder.sandbox.user_mapping import NOBODY, Handshake, may_become_nobody
from autograder.sandbox.visible_files import DEVICES, INSIDE, Visible, visible

START = (
    "import sys; sys.path += sys.argv[1].split(':'); "
    "from protocol.walled_main import main; main(*sys.argv[2:])"
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
            return self._session(files)
        except (WorkerGone, SandboxUnavailable):
            self._stop()
            self._start()
            return self._session(files)

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
        bubblewrap = _bubblewrap() if namespaces else ""
        program = _system_call_filter(namespaces)
        scratch = SCRATCH if namespaces else self._folder_on_disk()
        other_user = not namespaces and may_become_nobody()
        handshake = Handshake() if namespaces and may_become_nobody() else None
        self._errors = os.memfd_create("errors")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        descriptors = [theirs.fileno(), program]
        command = self._command(bubblewrap, scratch, descriptors, handshake)
        try:
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
        except PermissionError as error:
            reason = f"{error}: {_other_user_remedy(self._visible)}"
            raise self._unavailable(reason) from None
        else:
            problem = handshake.complete() if handshake else ""
        finally:
            theirs.close()
            os.close(program)
            if handshake:
                handshake.close()
        if problem or not self._is_ready():
            raise self._unavailable(_why_not_started(problem or self._said()))
        try:
            prove(self._session, self._secrets, self._visible.system, needs_landlock=not namespaces)
        except (SandboxUnavailable, SessionEnded) as error:
            raise self._unavailable(str(error)) from None
        except WorkerGone:
            raise self._unavailable(_why_not_started(self._said())) from None

    def _folder_on_disk(self) -> str:
        self._folder = tempfile.TemporaryDirectory(
            prefix="descent-grade-", ignore_cleanup_errors=True
        )
        if may_become_nobody():
            os.chown(self._folder.name, NOBODY, NOBODY)
        return self._folder.name

    def _is_ready(self) -> bool:
        try:
            return self._control.recv(100) == b"ready"
        except OSError:
            return False

    def _unavailable(self, reason: str) -> SandboxUnavailable:
        self._stop()
        return SandboxUnavailable(reason)

    def _said(self) -> str:
        """What the zygote, or bubblewrap, wrote to standard error."""
        text = os.pread(self._errors, 4000, 0).decode("utf-8", "replace").strip()
        return text.splitlines()[-1] if "Traceback" in text else text

    def _session(self, files: dict[str, bytes]) -> Session:
        return Session(self._fork(), self.limits, files)

    def _command(
        self, bubblewrap: str, scratch: str, descriptors: list[int], handshake: Handshake | None
    ) -> list[str]:
        seen = self._visible
        folders = [INSIDE]
        command: list[str] = []
        if bubblewrap:
            identity = handshake.arguments if handshake else ONE_USER
            command = bubblewrap_arguments(
                bubblewrap, seen, self.limits, ENVIRONMENT, scratch, identity
            )
            readable = [*seen.system, *(f"{INSIDE}/{name}" for name in seen.packages)]
        else:
            folders = sorted({os.path.dirname(path) for path in seen.packages.values()})
            readable = list(seen.roots)
        settings = {
            "namespaces": bool(bubblewrap),
            "scratch": scratch,
            "readable": [*readable, "/etc/ld.so.cache", *DEVICES],
            "hidden": [folder for folder in folders if folder != INSIDE],
        }
        command += [seen.interpreter, "-S", "-s", "-B", "-P", "-X", "utf8", "-c", START]
        return [*command, ":".join(folders), *map(str, descriptors), json.dumps(settings)]

    def _fork(self) -> ConfinedProcess:
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


def _bubblewrap() -> str:
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailable(
            "bubblewrap is needed to run submissions: apt-get install bubblewrap "
            "(or dnf install bubblewrap)."
        )
    return program


def _system_call_filter(namespaces: bool) -> int:
    try:
        return seccomp_program(namespaces=namespaces)
    except (ImportError, OSError, RuntimeError) as error:
        raise SandboxUnavailable(
            f"libseccomp is needed to run submissions ({error}): apt-get install libseccomp2 "
            "(or dnf install libseccomp)."
        ) from None


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


def _other_user_remedy(seen: Visible) -> str:
    return (
        f"the user “nobody”, who runs submissions behind this wall, cannot use {seen.interpreter}; "
        "install Python where every user can read it, or run the grader as an ordinary user"
    )
