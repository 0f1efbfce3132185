"""Main program of the process that runs a learner's own code for a self-check, without walls.

It is started ahead of time with NumPy loaded, serves one session, and ends. The learner's own code
is no enemy here; the limits only keep a slip (an endless list, say) from harming the machine.

Standard input is a pipe that the other side holds open as long as it lives: when it closes, this
process ends, with all that it started.
"""

import contextlib
import os
import signal
import socket
import sys
import sysconfig
import threading

from .learner_side import import_lazy_parts, serve


def main(
    descriptor: str, scratch: str, memory: str, cpu_seconds: str, header_limit: str, raw_limit: str
) -> None:
    """Serve one session over an inherited socket."""
    import_lazy_parts()
    _hide_packages()
    connection = _inherited_socket(int(descriptor))
    _end_with_parent()
    _limit("RLIMIT_CPU", int(cpu_seconds), int(cpu_seconds) + 1)  # the first signal says why
    _limit("RLIMIT_AS", int(memory), int(memory))
    os.chdir(scratch)
    serve(connection, int(header_limit), int(raw_limit), os.path.realpath(scratch))


def _hide_packages() -> None:
    """Leave only the standard library on the path, as in the grader's sandbox."""
    standard = {os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}

    def is_standard(entry: str) -> bool:
        folder = os.path.realpath(entry)
        inside = folder in standard or os.path.dirname(folder) in standard
        packages = entry.endswith(("site-packages", "dist-packages"))
        return (inside or entry.endswith(".zip")) and not packages

    sys.path[:] = filter(is_standard, sys.path)
    sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]


def _inherited_socket(descriptor: int) -> socket.socket:
    if os.name == "nt":  # the socket arrives as bytes on standard input, made for this process
        return socket.fromshare(sys.stdin.buffer.read(descriptor))  # type: ignore[attr-defined,unused-ignore]
    return socket.socket(fileno=descriptor)


def _end_with_parent() -> None:
    """End this process, and its process group where there are such, when standard input closes.

    A thread waits for that on every system. Code in C that keeps the interpreter's lock would hold
    the thread up; so on Linux the kernel is asked as well, to kill the group at that moment.
    """
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # what the learner's own `input()` reads
    os.close(nothing)
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # some containers know no such signals
            fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
            fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
            flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
            fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    threading.Thread(target=_wait_for_end, args=(lifeline,), daemon=True).start()


def _wait_for_end(lifeline: int) -> None:
    os.read(lifeline, 1)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _limit(name: str, soft: int, hard: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits for a process
        return
    try:
        resource.setrlimit(getattr(resource, name), (soft, hard))
    except (OSError, ValueError):  # macOS refuses limits below what is already mapped
        return
