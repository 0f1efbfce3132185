"""Landlock: the kernel's own list of the files that a process may still open.

A second wall behind the mount namespace, where the kernel has it (5.13 and later). The three system
calls have the same numbers on every architecture.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION = 1  # flag of CREATE_RULESET: only ask for the version
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
# Number of file access rights that each version knows: later ones added refer, truncate, ioctl.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
ALL_TCP, ALL_SCOPES = 3, 3


def landlock_version() -> int:
    """The version of Landlock in this kernel; 0 where there is none."""
    return max(0, _syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION))


def restrict(readable: Iterable[str], writable: Iterable[str]) -> int:
    """Give up every other file, TCP, and signals to other processes, for good.

    Returned is the version of Landlock that does so; 0 where the kernel has none.
    """
    version = landlock_version()
    if version < 1:
        return 0
    everything = (1 << FILE_RIGHTS.get(version, 16)) - 1
    attributes = struct.pack("=QQQ", everything, ALL_TCP, ALL_SCOPES)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = _checked(_syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0))
    for path in readable:
        _allow(ruleset, path, READ_FILE | READ_DIR if os.path.isdir(path) else READ_FILE)
    for path in ("/dev/null", "/dev/zero"):
        _allow(ruleset, path, READ_FILE | WRITE_FILE)
    for path in writable:
        _allow(ruleset, path, everything & ~EXECUTE)
    _checked(_syscall(RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)
    return version


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rule = struct.pack("=Qi", rights, opened)
    _checked(_syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0))
    os.close(opened)


def _syscall(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "Landlock: " + os.strerror(ctypes.get_errno()))
    return result
