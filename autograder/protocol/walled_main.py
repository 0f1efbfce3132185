"""Main program inside the walls: a warm interpreter that forks one confined child a session.

The zygote itself never sees a byte of any submission: it arrives in the child, over the child's own
connection, so a fork inherits nothing about the ones before it.
"""

import ctypes
import fcntl
import gc
import json
import os
import resource
import socket
import struct
import sys
import traceback
from typing import Any

from .landlock import restrict
from .learner_side import import_lazy_parts, serve

NEW_MOUNTS, NEW_PIDS, NEW_IPC = 0x00020000, 0x20000000, 0x08000000  # CLONE_NEW… of unshare(2)
RECURSIVE_PRIVATE, NO_SUID_NO_DEVICES = 0x44000, 0x6  # MS_REC | MS_PRIVATE; MS_NOSUID | MS_NODEV
SET_DEATH_SIGNAL, SET_DUMPABLE, SET_SECCOMP, DROP_BOUNDING = 1, 4, 22, 24  # prctl(2)
SET_NO_NEW_PRIVILEGES, AMBIENT = 38, 47
CLEAR_ALL_AMBIENT, FILTER_MODE, SIGKILL = 4, 2, 9
CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534
UNTIL_COLLECTED = 10_000  # new objects in a child: with the usual 700 it collects all the time
FIRST_FREE = 4  # descriptors of a child: 0 to 2 are the standard ones, 3 is its connection

libc = ctypes.CDLL(None, use_errno=True)


def main(control_descriptor: str, filter_descriptor: str, settings: str) -> None:
    """Serve the sandbox's control socket until it closes.

    It is inherited, and so is the file with the compiled filter of system calls. The settings are
    JSON: ``namespaces``, whether this process is in its own; ``readable``, what a child may read;
    ``hidden``, what it must not import from.
    """
    control = socket.socket(
        socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=int(control_descriptor)
    )
    with os.fdopen(int(filter_descriptor), "rb") as file:
        program = file.read()
    own = json.loads(settings)
    import_lazy_parts()
    own_pids = os.pidfd_open(os.getpid()) if own["namespaces"] else None
    gc.collect()
    gc.set_threshold(UNTIL_COLLECTED)
    gc.freeze()
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16384, 4)
        if not message:
            return
        request = json.loads(message)
        if request["do"] == "fork":
            _fork(control, descriptors, {**own, **request}, program, own_pids)
        else:
            _wait(control, request, keeps_scratch=own["namespaces"])


def _fork(
    control: socket.socket,
    descriptors: list[int],
    own: dict[str, Any],
    program: bytes,
    own_pids: int | None,
) -> None:
    """Start a child, and send its number and a handle to it."""
    if own_pids is not None:
        _checked("unshare", libc.unshare(NEW_PIDS))
    else:
        os.mkdir(own["scratch"], 0o700)
    pid = os.fork()
    if pid == 0:
        control.close()
        _child(descriptors, own, program)
    if own_pids is not None:
        _checked("setns", libc.setns(own_pids, NEW_PIDS))
    handle = os.pidfd_open(pid)
    socket.send_fds(control, [b"%d" % pid], [handle])
    for descriptor in (handle, *descriptors):
        os.close(descriptor)


def _wait(control: socket.socket, request: dict[str, Any], *, keeps_scratch: bool) -> None:
    """Wait for a child's end, and send how it ended and the seconds that it computed."""
    _, status, used = os.wait4(request["pid"], 0)
    if not keeps_scratch:
        remove(request["scratch"])
    code = os.waitstatus_to_exitcode(status)
    control.send(json.dumps([code, used.ru_utime + used.ru_stime]).encode())


def _child(descriptors: list[int], own: dict[str, Any], program: bytes) -> None:
    """Confine this process, then serve one session; never returns."""
    limits = own["limits"]
    try:
        # First to numbers that no standard descriptor will be copied onto.
        connection, output = (fcntl.fcntl(opened, fcntl.F_DUPFD, 64) for opened in descriptors)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(connection, 3)
        os.closerange(FIRST_FREE, 1 << 12)
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
        landlock = confine(own, program)
        sys.path[:] = [entry for entry in sys.path if entry not in own["hidden"]]
        os.environ.update(HOME=own["scratch"], TMPDIR=own["scratch"])
        serve(channel, limits["header"], limits["raw"], own["scratch"], landlock)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(97)


def confine(own: dict[str, Any], program: bytes) -> int:
    """Give up every right that a submission does not need, before a byte of it is read.

    Returned is the version of Landlock that confines it too; 0 where the kernel has none.
    """
    scratch, limits = own["scratch"], own["limits"]
    if own["namespaces"]:
        _enter_namespaces(scratch, limits)
    os.chdir(scratch)
    _prctl(SET_DEATH_SIGNAL, SIGKILL)
    for name, limit in (
        ("AS", limits["memory"]),
        ("CPU", limits["cpu_seconds"]),
        *([("NPROC", limits["processes"])] if own["namespaces"] else []),  # else it counts others
        ("FSIZE", limits["file_size"]),
        ("NOFILE", limits["open_files"]),
        *((unneeded, 0) for unneeded in ("CORE", "MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO")),
    ):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    for capability in range(64):
        libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)  # fails past the last one that exists
    _prctl(AMBIENT, CLEAR_ALL_AMBIENT)
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    _checked("capset", libc.capset(header, bytes(24)))
    _prctl(SET_NO_NEW_PRIVILEGES, 1)
    _prctl(SET_DUMPABLE, 0)
    landlock = restrict(own["readable"], [scratch])
    code = ctypes.create_string_buffer(program, len(program))
    filter_program = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    _checked("seccomp", libc.prctl(SET_SECCOMP, FILTER_MODE, filter_program, 0, 0))
    return landlock


def _enter_namespaces(scratch: str, limits: dict[str, int]) -> None:
    """Get this child's own mounts, with an empty folder in memory, and become nobody."""
    _checked("unshare", libc.unshare(NEW_MOUNTS | NEW_IPC))
    _checked("mount", libc.mount(b"none", b"/", None, RECURSIVE_PRIVATE, None))
    sizes = limits["scratch"], limits["scratch_files"]
    options = b"mode=0700,uid=%d,gid=%d,size=%d,nr_inodes=%d" % (NOBODY, NOBODY, *sizes)
    folder = scratch.encode()
    _checked("mount", libc.mount(b"tmpfs", folder, b"tmpfs", NO_SUID_NO_DEVICES, options))
    if os.geteuid() == 0:  # root of this namespace: the kernel does not count root's threads
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def remove(folder: str) -> None:
    """Remove a folder, however deeply its owner nested others in it, and whatever they may.

    Each folder inside is first moved next to it, so that no path grows long and no call is nested.
    """
    waiting, moved = [folder], 0
    while waiting:
        place = waiting.pop()
        with os.scandir(place) as found:
            entries = list(found)
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            moved += 1
            os.chmod(entry.path, 0o700)
            os.rename(entry.path, f"{folder}.{moved}")
            waiting.append(f"{folder}.{moved}")
        os.rmdir(place)


def _prctl(option: int, value: int) -> None:
    _checked("prctl", libc.prctl(option, value, 0, 0, 0))


def _checked(name: str, result: int) -> None:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
