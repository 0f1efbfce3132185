"""The proof, at every start, that the walls hold: our own submission tries what must fail."""

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import NotThere, Raised, SandboxUnavailable
from autograder.sandbox.session import Session

PROBE = b'''
import ctypes, errno, os, socket

def succeeded(places):
    """Names of the things that must fail and did not."""
    attempts = {}
    for path, shown in places.items():
        attempts[f"read {path}"] = lambda path=path, shown=shown: _read(path, shown)
    attempts["write outside its folder"] = lambda: open("/packages/x", "w").close()
    attempts["make a device"] = lambda: os.mknod("x", 0o20600, 0x103)
    attempts["open a TCP socket"] = lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    attempts["open a UNIX socket"] = lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    attempts["open a netlink socket"] = lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
    attempts["start a process"] = lambda: os._exit(0) if os.fork() == 0 else None
    attempts["run a program"] = _execute
    attempts["signal its parent"] = lambda: os.kill(os.getppid() or -1, 0)
    attempts["trace a process"] = lambda: _called("ptrace", 0x4206, os.getppid(), 0, 0)
    attempts["mount a file system"] = lambda: _called(
        "mount", b"none", b"/scratch", b"tmpfs", 0, None)
    attempts["import the grader"] = lambda: __import__("autograder")
    attempts["import the solutions"] = lambda: __import__("solutions")
    attempts["import the lab"] = lambda: __import__("lab")
    return [name for name, attempt in attempts.items() if not _fails(attempt)]

def works():
    """Whether honest code finds what it needs."""
    import numpy
    with open("note.txt", "w") as file:
        file.write("x")
    return float(numpy.linalg.norm([3.0, 4.0])) + os.path.getsize("note.txt")

def _read(path, shown):
    if os.path.isdir(path):
        if not set(os.listdir(path)) - set(shown):
            raise OSError("nothing but what is shown on purpose")
    else:
        open(path, "rb").close()

def _execute():
    try:
        os.execv("/nowhere", ["nowhere"])
    except FileNotFoundError:  # the call itself is allowed
        return

def _called(name, *arguments):
    """Only a call that is refused has failed; one that finds nothing to act on was allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) < 0 and ctypes.get_errno() == errno.EPERM:
        raise PermissionError(name)

def _fails(attempt):
    try:
        attempt()
    except (OSError, ImportError):
        return True
    return False
'''
FORBIDDEN = ["/etc/passwd", "/etc/hostname", "/home", "/root", "/tmp", "/var", "/run"]
FORBIDDEN += ["/proc/self/environ", "/proc/1/mem", "/dev/shm", "/sys/kernel"]


def prove(
    session_with: Callable[[dict[str, bytes]], Session],
    secrets: Iterable[Path],
    roots: Iterable[str] = (),
    *,
    needs_landlock: bool,
) -> None:
    """Run the probe in a real session.

    Parameters
    ----------
    session_with : callable
        Opens a session with files loaded.
    secrets : iterable of Path
        What must not be readable inside, besides what never is.
    roots : iterable of str, optional
        What is visible on purpose, and may be in a folder that is not otherwise.
    needs_landlock : bool
        Whether there is no other wall around the files.

    Raises
    ------
    SandboxUnavailable
        If anything succeeds that must fail, or if honest code does not work.
    """
    session = session_with({"course/probe.py": PROBE})
    try:
        if needs_landlock and not session.report:
            raise SandboxUnavailable("this kernel has no Landlock (Linux 5.13 and later have it)")
        places = {path: _shown(path, roots) for path in [*FORBIDDEN, *map(str, secrets)]}
        held = session.perform(Operation.CALL, ["probe", "succeeded"], [places], {}, 0)[0]
        honest = session.perform(Operation.CALL, ["probe", "works"], [], {}, 0)[0]
    except (Raised, NotThere) as error:
        raise SandboxUnavailable(f"the sandbox's probe failed: {error}") from None
    finally:
        session.close()
    if held != []:
        listed = ", ".join(map(str, held))
        raise SandboxUnavailable(
            f"the sandbox does not hold: a submission could {listed}; no submission was run"
        )
    if honest != 6.0:
        raise SandboxUnavailable("honest code does not work in the sandbox; no submission was run")


def _shown(folder: str, roots: Iterable[str]) -> list[str]:
    """Names in a folder that lead to something that is visible on purpose."""
    inside = PurePosixPath(folder)
    paths = [PurePosixPath(root) for root in roots]
    return [path.relative_to(inside).parts[0] for path in paths if inside in path.parents]
