"""Main program of the process that runs a learner's own code for a self-check, without walls.

It is started ahead of time with NumPy loaded, serves one session, and ends. The learner's own code
is no enemy here; the limits only keep a slip (an endless list, say) from harming the machine.
"""

import os
import socket
import sys
import sysconfig

from .learner_side import import_lazy_parts, serve


def main(descriptor: str, scratch: str, memory: str, header_limit: str, raw_limit: str) -> None:
    """Serve one session over an inherited socket."""
    import_lazy_parts()
    _hide_packages()
    connection = _inherited_socket(int(descriptor))
    _limit_memory(int(memory))
    os.chdir(scratch)
    serve(connection, int(header_limit), int(raw_limit), os.path.realpath(scratch))


def _hide_packages() -> None:
    """Leave only the standard library on the path, as in the grader's sandbox."""
    standard = {os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    kept = []
    for entry in sys.path:
        folder = os.path.realpath(entry)
        above = os.path.dirname(folder)
        if folder in standard or above in standard or entry.endswith(".zip"):
            kept.append(entry)
    sys.path[:] = [
        entry for entry in kept if not entry.endswith(("site-packages", "dist-packages"))
    ]
    sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]


def _inherited_socket(descriptor: int) -> socket.socket:
    if os.name == "nt":  # the socket arrives as bytes on standard input, made for this process
        return socket.fromshare(sys.stdin.buffer.read(descriptor))  # type: ignore[attr-defined,unused-ignore]
    return socket.socket(fileno=descriptor)


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit for a process
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (OSError, ValueError):  # macOS refuses limits below what is already mapped
        return
