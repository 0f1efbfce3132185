"""The full wall: bubblewrap gives the zygote its own namespaces, with few files in them."""

import os
import shutil
from collections.abc import Mapping
from pathlib import PurePosixPath

from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.user_mapping import Handshake, may_become_nobody
from autograder.sandbox.visible_files import Visible
from autograder.sandbox.wall import DEVICES, LINKER_CACHE, Enclosure

PACKAGES = "/packages"  # where the packages appear inside the walls
SCRATCH = "/scratch"  # where a learner's folder appears
NAMESPACES = ("user", "ipc", "pid", "net", "uts", "cgroup-try")
ONE_USER = ("--uid", "65534", "--gid", "65534")


class NamespaceWall(Enclosure):
    """A system of few files and no other processes, which bubblewrap makes.

    Parameters
    ----------
    seen : Visible
        What a submission can see.
    limits : Limits
        Its bounds.

    Raises
    ------
    SandboxUnavailable
        If bubblewrap is not installed.
    """

    own_namespaces = True
    scratch = SCRATCH
    packages = (PACKAGES,)

    def __init__(self, seen: Visible, limits: Limits) -> None:
        program = shutil.which("bwrap")
        if program is None:
            raise SandboxUnavailable(
                "bubblewrap is needed to run submissions: apt-get install bubblewrap "
                "(or dnf install bubblewrap)."
            )
        self._program, self._seen, self._limits = program, seen, limits
        self._handshake = Handshake() if may_become_nobody() else None
        if self._handshake:
            self.inherited = self._handshake.descriptors
        appearing = (f"{PACKAGES}/{name}" for name in seen.packages)
        self.readable = [*seen.system, *appearing, LINKER_CACHE, *DEVICES]

    def command(self, environment: Mapping[str, str]) -> list[str]:
        """Everything that comes before the command that is run inside.

        There is no ``--proc`` (it fails where /proc is masked, and submissions need none) and no
        ``--dev`` (it would bring a writable /dev/shm without a size limit). The one capability that
        is kept is for the zygote, in its own user namespace: it gives each child its own mounts and
        process ids; children drop it before they read a submission. Who is who in that namespace is
        in `autograder.sandbox.user_mapping`.
        """
        seen = self._seen
        arguments = [self._program, *(f"--unshare-{name}" for name in NAMESPACES)]
        arguments += ["--die-with-parent", "--new-session"]
        arguments += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
        arguments += self._handshake.arguments if self._handshake else ONE_USER
        arguments += ["--hostname", "sandbox", "--clearenv"]
        places = [*seen.system, *DEVICES, LINKER_CACHE, f"{PACKAGES}/numpy"]
        above = {str(folder) for path in places for folder in PurePosixPath(path).parents}
        for folder in sorted(above - {"/"}):
            arguments += ["--dir", folder]  # for all to pass: those that it makes itself may not be
        for path in seen.system:
            arguments += ["--ro-bind", path, path]
        for path in seen.hidden:
            arguments += ["--tmpfs", path, "--remount-ro", path]
        for name in ("lib", "lib64"):
            if os.path.islink(f"/{name}"):
                arguments += ["--symlink", os.readlink(f"/{name}"), f"/{name}"]
        arguments += ["--ro-bind-try", LINKER_CACHE, LINKER_CACHE]
        for device in DEVICES:
            arguments += ["--dev-bind", device, device]
        for name, path in seen.packages.items():
            arguments += ["--ro-bind", path, f"{PACKAGES}/{name}"]
        arguments += ["--size", str(self._limits.scratch), "--tmpfs", SCRATCH, "--remount-ro", "/"]
        for name, value in environment.items():
            arguments += ["--setenv", name, value]
        return arguments

    def complete(self) -> str:
        """Say who is who in the namespace, if that has to be said."""
        problem = self._handshake.complete() if self._handshake else ""
        self.close()
        return problem

    def close(self) -> None:
        """Close what was not completed; bubblewrap's part ends with its process."""
        if self._handshake:
            self._handshake.close()
