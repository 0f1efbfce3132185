"""The filter of system calls, on both architectures: read by an interpreter of the tests."""

import errno
import os
import struct

import pytest

from autograder.sandbox.seccomp import ALLOWED, seccomp_program

ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # linux/audit.h
# Numbers of calls, from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and
# include/uapi/asm-generic/unistd.h.
NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "mmap": 9, "ioctl": 16, "clone": 56, "fork": 57, "vfork": 58,
        "execve": 59, "kill": 62, "fcntl": 72, "flock": 73, "chmod": 90, "ptrace": 101,
        "socket": 41, "sendmsg": 46, "mount": 165, "setns": 308, "unshare": 272, "bpf": 321,
        "memfd_create": 319, "openat": 257, "newfstatat": 262, "prctl": 157, "clone3": 435,
        "pidfd_open": 434, "io_uring_setup": 425, "prlimit64": 302, "tgkill": 234,
        "exit_group": 231, "execveat": 322, "process_vm_readv": 310, "userfaultfd": 323,
        "keyctl": 250, "truncate": 76,
    },
    "aarch64": {
        "read": 63, "write": 64, "mmap": 222, "ioctl": 29, "clone": 220,
        "execve": 221, "kill": 129, "fcntl": 25, "flock": 32, "fchmodat": 53, "ptrace": 117,
        "socket": 198, "sendmsg": 211, "mount": 40, "setns": 268, "unshare": 97, "bpf": 280,
        "memfd_create": 279, "openat": 56, "newfstatat": 79, "prctl": 167, "clone3": 435,
        "pidfd_open": 434, "io_uring_setup": 425, "prlimit64": 261, "tgkill": 131, "exit_group": 94,
        "execveat": 281, "process_vm_readv": 270, "userfaultfd": 282, "keyctl": 219, "truncate": 45,
    },
}  # fmt: skip
THREAD = 0x3D0F00  # how the C library makes a thread
FORK = 0x1200011
SET_OWNER, SET_SIGNAL, DUPLICATE = 8, 10, 0  # fcntl(2)
INSERT_INTO_TERMINAL, TERMINAL_QUERY = 0x5412, 0x5401  # ioctl(2)


def verdict(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """What the kernel would decide: interprets the few instructions that libseccomp makes."""
    values = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *values)
    code = list(struct.iter_unpack("<HBBI", program))
    place, accumulator = 0, 0
    while True:
        operation, true, false, constant = code[place]
        place += 1
        if operation == 0x20:  # load a word
            (accumulator,) = struct.unpack_from("<I", data, constant)
        elif operation == 0x54:  # and
            accumulator &= constant
        elif operation == 0x05:  # jump
            place += constant
        elif operation in (0x15, 0x25, 0x35):  # jump if equal, greater, greater or equal
            holds = {
                0x15: accumulator == constant,
                0x25: accumulator > constant,
                0x35: accumulator >= constant,
            }[operation]
            place += true if holds else false
        elif operation == 0x06:  # return
            return constant
        else:
            raise AssertionError(f"an instruction that libseccomp does not make: {operation:#x}")


@pytest.fixture(params=["x86_64", "aarch64"])
def architecture(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def filtered(architecture: str, name: str, *arguments: int, namespaces: bool = True) -> int:
    descriptor = seccomp_program(namespaces=namespaces, architecture=architecture)
    with os.fdopen(descriptor, "rb") as file:
        program = file.read()
    return verdict(program, AUDIT[architecture], NUMBERS[architecture][name], *arguments)


@pytest.mark.parametrize("name", ["read", "write", "mmap", "openat", "newfstatat", "exit_group"])
def test_filter_allows_what_python_needs(architecture: str, name: str) -> None:
    assert filtered(architecture, name) == ALLOW


HARMFUL = {"fork", "vfork", "execve", "execveat", "ptrace", "socket", "sendmsg", "mount", "setns"}
HARMFUL |= {"unshare", "bpf", "memfd_create", "prctl", "pidfd_open", "io_uring_setup", "flock"}
HARMFUL |= {"process_vm_readv", "userfaultfd", "keyctl"}


def test_filter_refuses_what_harms(architecture: str) -> None:
    there = HARMFUL & NUMBERS[architecture].keys()
    assert len(there) >= len(HARMFUL) - 2  # there is no fork and no vfork on aarch64
    for name in there:
        assert filtered(architecture, name) == ERRNO | errno.EPERM, name


def test_filter_lets_threads_start_and_no_processes(architecture: str) -> None:
    assert filtered(architecture, "clone", THREAD) == ALLOW
    assert filtered(architecture, "clone", FORK) == ERRNO | errno.EPERM
    for namespace in (0x80, 0x20000, 0x2000000, 0x10000000, 0x20000000, 0x40000000):
        assert filtered(architecture, "clone", THREAD | namespace) == ERRNO | errno.EPERM
    assert filtered(architecture, "clone3") == ERRNO | errno.ENOSYS  # so that clone is used


def test_filter_looks_at_arguments(architecture: str) -> None:
    assert filtered(architecture, "fcntl", 3, DUPLICATE) == ALLOW
    for command in (SET_OWNER, SET_SIGNAL):
        assert filtered(architecture, "fcntl", 3, command) == ERRNO | errno.EPERM
    assert filtered(architecture, "ioctl", 1, TERMINAL_QUERY) == ALLOW
    assert filtered(architecture, "ioctl", 0, INSERT_INTO_TERMINAL) == ERRNO | errno.EPERM
    assert filtered(architecture, "prlimit64", 0, 7, 0) == ALLOW
    assert filtered(architecture, "prlimit64", 0, 7, 0x7FFF0000) == ERRNO | errno.EPERM
    assert filtered(architecture, "prlimit64", 1234, 7, 0) == ERRNO | errno.EPERM


def test_filter_lets_a_submission_signal_itself_alone(architecture: str) -> None:
    for name in ("kill", "tgkill"):
        assert filtered(architecture, name, 1) == ALLOW
        assert filtered(architecture, name, 2) == ERRNO | errno.EPERM
        assert filtered(architecture, name, 2**32 - 1) == ERRNO | errno.EPERM
        assert filtered(architecture, name, 1, namespaces=False) == ERRNO | errno.EPERM


def test_filter_is_narrower_where_files_are_not_its_own(architecture: str) -> None:
    for name in ("chmod", "fchmodat", "truncate"):
        if name in NUMBERS[architecture]:
            assert filtered(architecture, name) == ALLOW
            assert filtered(architecture, name, namespaces=False) == ERRNO | errno.EPERM


def test_filter_kills_calls_of_other_architectures(architecture: str) -> None:
    with os.fdopen(seccomp_program(namespaces=True, architecture=architecture), "rb") as file:
        program = file.read()
    for other in {0x40000003, *AUDIT.values()} - {AUDIT[architecture]}:  # 32-bit x86 too
        assert verdict(program, other, 0) in (KILL, 0)
    for number in range(600):  # x32 programs: the same architecture, other numbers
        x32 = verdict(program, AUDIT[architecture], 0x40000000 + number)
        assert x32 in (KILL, 0, ERRNO | errno.EPERM)


def test_filter_refuses_every_number_that_is_not_listed(architecture: str) -> None:
    with os.fdopen(seccomp_program(namespaces=True, architecture=architecture), "rb") as file:
        program = file.read()
    decided = [verdict(program, AUDIT[architecture], number) for number in range(600)]
    allowed = decided.count(ALLOW)
    # Calls that are allowed without a look at their arguments, and a few more whose arguments of
    # zero are allowed; some have no number on this architecture.
    assert len(ALLOWED) * 0.6 < allowed < len(ALLOWED) + 12
    assert verdict(program, AUDIT[architecture], 10_000) == ERRNO | errno.EPERM
