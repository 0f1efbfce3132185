"""Main program inside the walls: a warm interpreter that forks one confined child a session.

The zygote itself never sees a byte of any submission: it arrives in the child, over the child's own
connection, so a fork inherits nothing about the ones before it.
"""

import ctypes
import fcntl
import gc
import json
import os
import random
import resource
import socket
import struct
import sys
import traceback
from typing import Any

import numpy as np

from .landlock import restrict
from .learner_side import Service

NEW_MOUNTS, NEW_PIDS, NEW_IPC = 0x00020000, 0x20000000, 0x08000000  # CLONE_NEW… of unshare(2)
RECURSIVE_PRIVATE, NO_SUID_NO_DEVICES = 0x44000, 0x6  # MS_REC | MS_PRIVATE; MS_NOSUID | MS_NODEV
SET_DEATH_SIGNAL, SET_DUMPABLE, SET_SECCOMP, DROP_BOUNDING, SET_NO_NEW_PRIVILEGES, AMBIENT = (
    1,
    4,
    22,
    24,
    38,
    47,
)  # prctl(2)
CLEAR_ALL_AMBIENT, FILTER_MODE, SIGKILL = 4, 2, 9
CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534
FIRST_FREE = 4  # descriptors of a child: 0 to 2 are the standard ones, 3 is its connection
LAZY_PARTS = ("fft", "linalg", "polynomial", "random")

libc = ctypes.CDLL(None, use_errno=True)


def main(control_descriptor: str, filter_descriptor: str, settings: str) -> None:
    """Serve the worker's control socket until it closes."""
    control = socket.socket(
        socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=int(control_descriptor)
    )
    program = _read_all(int(filter_descriptor))
    own = json.loads(settings)
    namespaces: bool = own["namespaces"]
    for part in LAZY_PARTS:
        getattr(np, part)
    own_pids = os.pidfd_open(os.getpid()) if namespaces else None
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16384, 4)
        if not message:
            return
        request = json.loads(message)
        if request["do"] == "fork":
            own["scratch"] = request["scratch"]
            if namespaces:
                _checked("unshare", libc.unshare(NEW_PIDS))
            else:
                os.mkdir(own["scratch"], 0o700)
            pid = os.fork()
            if pid == 0:
                control.close()
                _child(descriptors, request["limits"], own, program)
            if own_pids is not None:
                _checked("setns", libc.setns(own_pids, NEW_PIDS))
            handle = os.pidfd_open(pid)
            socket.send_fds(control, [b"%d" % pid], [handle])
            for descriptor in (handle, *descriptors):
                os.close(descriptor)
        else:
            _, status, used = os.wait4(request["pid"], 0)
            if not namespaces:
                remove(request["scratch"])
            code = os.waitstatus_to_exitcode(status)
            seconds = used.ru_utime + used.ru_stime
            control.send(json.dumps([code, seconds]).encode())


def _child(
    descriptors: list[int], limits: dict[str, int], own: dict[str, Any], program: bytes
) -> None:
    """Confine this process, then serve one session; never returns."""
    try:
        connection, output = (_moved_up(each) for each in descriptors)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(connection, 3)
        os.closerange(FIRST_FREE, 1 << 12)
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
        confine(limits, own, program)
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002 - so that code which uses the global generator repeats itself
        sys.path[:] = [entry for entry in sys.path if entry not in own["hidden"]]
        os.environ.update(HOME=own["scratch"], TMPDIR=own["scratch"])
        service = Service((channel, limits["header"], limits["raw"]), own["scratch"])
        service.greet(own["landlock"])
        service.serve()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(97)


def confine(limits: dict[str, int], own: dict[str, Any], program: bytes) -> None:
    """Give up every right that a submission has no need of, before a byte of it is read."""
    scratch = own["scratch"]
    if own["namespaces"]:
        _checked("unshare", libc.unshare(NEW_MOUNTS | NEW_IPC))
        _checked("mount", libc.mount(b"none", b"/", None, RECURSIVE_PRIVATE, None))
        options = b"mode=0700,uid=%d,gid=%d,size=%d,nr_inodes=%d" % (
            NOBODY,
            NOBODY,
            limits["scratch"],
            limits["scratch_files"],
        )
        where = scratch.encode()
        _checked("mount", libc.mount(b"tmpfs", where, b"tmpfs", NO_SUID_NO_DEVICES, options))
        if os.geteuid() == 0:  # root of this namespace: the kernel does not count root's threads
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    os.chdir(scratch)
    _prctl(SET_DEATH_SIGNAL, SIGKILL)
    for name, most in (
        ("AS", limits["memory"]),
        ("CPU", limits["cpu_seconds"]),
        *([("NPROC", limits["processes"])] if own["namespaces"] else []),  # else it counts others
        ("FSIZE", limits["file_size"]),
        ("NOFILE", limits["open_files"]),
        *((each, 0) for each in ("CORE", "MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO")),
    ):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    for capability in range(64):
        libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)  # fails past the last one that exists
    _prctl(AMBIENT, CLEAR_ALL_AMBIENT)
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    _checked("capset", libc.capset(header, bytes(24)))
    _prctl(SET_NO_NEW_PRIVILEGES, 1)
    _prctl(SET_DUMPABLE, 0)
    own["landlock"] = restrict(own["readable"], [scratch])
    code = ctypes.create_string_buffer(program, len(program))
    filter_program = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    _checked("seccomp", libc.prctl(SET_SECCOMP, FILTER_MODE, filter_program, 0, 0))


def _moved_up(descriptor: int) -> int:
    """The same open file at a number that no standard descriptor will be copied onto."""
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD, 64)


def remove(folder: str) -> None:
    """Remove a folder, however deeply its owner nested others in it, and whatever they may.

    Each folder inside is first moved beside it, so that no path grows long and no call is nested.
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


def _read_all(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _prctl(option: int, value: int) -> None:
    _checked("prctl", libc.prctl(option, value, 0, 0, 0))


def _checked(name: str, result: int) -> None:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
