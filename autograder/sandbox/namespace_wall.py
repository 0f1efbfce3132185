"""The command line of bubblewrap: which namespaces, and which files at which places."""

import os
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from autograder.sandbox.limits import Limits
from autograder.sandbox.visible_files import DEVICES, INSIDE, Visible

NAMESPACES = [
    "--unshare-user",
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
]
LINKER_CACHE = "/etc/ld.so.cache"
ONE_USER = ("--uid", "65534", "--gid", "65534")


def bubblewrap_arguments(
    program: str,
    seen: Visible,
    limits: Limits,
    environment: Mapping[str, str],
    scratch: str,
    identity: Sequence[str] = ONE_USER,
) -> list[str]:
    """Everything that comes before the command that is run inside.

    There is no ``--proc`` (it fails where /proc is masked, and submissions need none) and no
    ``--dev`` (it would bring a writable /dev/shm without a size limit). The one capability that is
    kept is for the zygote, in its own user namespace: it gives each child its own mounts and
    process ids; children drop it before they read a submission. `identity` says who is who in that
    namespace; see `autograder.sandbox.user_mapping`.
    """
    arguments = [program, *NAMESPACES, "--die-with-parent", "--new-session"]
    arguments += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    arguments += [*identity, "--hostname", "sandbox", "--clearenv"]
    places = [*seen.system, *DEVICES, LINKER_CACHE, f"{INSIDE}/numpy"]
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
        arguments += ["--ro-bind", path, f"{INSIDE}/{name}"]
    arguments += ["--size", str(limits.scratch), "--tmpfs", scratch, "--remount-ro", "/"]
    for name, value in {**environment, "HOME": scratch, "TMPDIR": scratch}.items():
        arguments += ["--setenv", name, value]
    return arguments
