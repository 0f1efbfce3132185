"""Grading is only for Linux, and says so; all other rooms work without what only Linux has."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
INSIDE_THE_WALLS = {"autograder.protocol.walled_main"}  # it runs on Linux, behind bubblewrap, alone
UNIX = {"fcntl", "grp", "pwd", "pyseccomp", "resource", "termios"}
ELSEWHERE = """
import builtins, importlib, os, pkgutil, select, signal, socket, sys

OURS = ("autograder", "course", "solutions")
UNIX = set(sys.argv[1:])
SLOW = ("autograder.nbgrader", "autograder.batch.dask_cluster", "autograder.exercises.conftest")
ABSENT = {
    os: "O_CLOEXEC O_NOFOLLOW O_NONBLOCK chown fork geteuid getuid killpg memfd_create mkfifo "
    "pidfd_open pread sched_getaffinity sched_setaffinity setsid wait4 waitid",
    select: "poll",
    signal: "SIGALRM SIGCHLD SIGHUP SIGKILL SIGSTOP SIGSYS SIGUSR1 SIGXCPU pidfd_send_signal "
    "pthread_kill setitimer",
    socket: "AF_UNIX SOCK_SEQPACKET recv_fds send_fds",
}

def names():
    for room in map(importlib.import_module, OURS):
        yield room.__name__
        yield from (m.name for m in pkgutil.walk_packages(room.__path__, room.__name__ + "."))

found = [each for each in names() if not each.startswith(SLOW)]
for name in found:  # what they need from elsewhere is loaded while this is still Linux
    importlib.import_module(name)
for name in [each for each in sys.modules if each.split(".")[0] in OURS]:
    del sys.modules[name]
for module, absent in ABSENT.items():
    for name in absent.split():
        if hasattr(module, name):
            delattr(module, name)
imported = builtins.__import__

def without(name, globals=None, *rest):
    ours = str((globals or {}).get("__name__")).split(".")[0] in OURS
    if ours and name.split(".")[0] in UNIX:
        raise ModuleNotFoundError(name)
    return imported(name, globals, *rest)

builtins.__import__ = without
for name in found:
    try:
        importlib.import_module(name)
    except (ImportError, AttributeError) as error:
        print(name)
print(len(found))
"""


def imported_at_once(path: Path) -> Iterator[str]:
    """Top-level names of what a module imports outside its functions."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0]
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            waiting += ast.iter_child_nodes(node)


def test_no_module_imports_at_once_what_only_unix_has() -> None:
    paths = [path for room in ("autograder", "lab") for path in (ROOT / room).rglob("*.py")]
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in paths
        if UNIX.intersection(imported_at_once(path))
    }
    assert len(paths) > 150
    assert found == INSIDE_THE_WALLS


def test_modules_import_without_what_only_linux_has() -> None:
    command = [sys.executable, "-c", ELSEWHERE, *UNIX]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    *failed, count = done.stdout.split()
    assert int(count) > 100, done.stderr
    assert set(failed) == INSIDE_THE_WALLS


def test_grade_refuses_other_systems_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "ada" / "course").mkdir(parents=True)
    program = (
        "import sys, zoneinfo; sys.platform = 'darwin'; "  # zoneinfo reads a file of the platform
        "from autograder.commands.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "grade", str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == (
        "descent: Submissions can be run safely only on Linux. "
        "On Windows use WSL 2, on macOS a Linux virtual machine.\n"
    )
    assert done.stdout == ""
