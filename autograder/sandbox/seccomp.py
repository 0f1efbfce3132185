"""The system calls that a submission may make, as a program for the kernel's seccomp filter.

Everything else fails with EPERM. libseccomp knows the numbers of each architecture; a call that an
architecture lacks is left out there.
"""

import errno
import os

ALLOWED = [
    *("read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "lseek"),
    *("close", "close_range", "open", "openat", "stat", "fstat", "lstat", "newfstatat", "statx"),
    *("statfs", "fstatfs", "access", "faccessat", "faccessat2", "getdents", "getdents64", "getcwd"),
    *("chdir", "fchdir", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "unlink"),
    *("unlinkat", "symlink", "symlinkat", "readlink", "readlinkat", "umask"),
    *("ftruncate", "fallocate", "fsync", "fdatasync", "dup", "dup2", "dup3", "pipe", "pipe2"),
    *("poll", "ppoll", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait"),
    *("epoll_pwait", "eventfd2"),
    *("mmap", "mprotect", "munmap", "mremap", "brk", "madvise", "msync", "mincore", "membarrier"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigpending"),
    *("rt_sigtimedwait", "sigaltstack"),
    *("nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time"),
    "times",
    *("getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getgroups"),
    *("getresuid", "getresgid", "getpgrp"),
    *("getrlimit", "getrusage", "getpriority", "getcpu", "sysinfo", "uname", "sched_yield"),
    "sched_getaffinity",
    *("futex", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "arch_prctl"),
    *("getrandom", "restart_syscall", "exit", "exit_group"),
]

# Neither F_SETOWN nor F_SETSIG: with them a descriptor could be made to signal the grader.
FILE_COMMANDS = [
    *("F_DUPFD", "F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL"),
    *("F_GETLK", "F_SETLK", "F_SETLKW", "F_DUPFD_CLOEXEC", "F_GETPIPE_SZ"),
]
# The ioctl requests that Python's own file objects make: whether it is a terminal, how many bytes
# can be read, whether reading waits, whether the file is closed or kept where a program is run.
FILE_REQUESTS = (0x5401, 0x541B, 0x5421, 0x5451, 0x5450)
# Landlock lets these pass for every file of the same user: allowed only if there are no others.
OWN_FILES = ["chmod", "fchmod", "fchmodat", "utimensat", "truncate"]
CLONE_THREAD, CLONE_NEW = 0x00010000, 0x7E020080  # a thread, and none of the new namespaces
OWN_PID = 1  # in its namespace a submission is process 1


def seccomp_program(*, namespaces: bool, architecture: str | None = None) -> int:
    """A descriptor from which the compiled filter can be read.

    Parameters
    ----------
    namespaces : bool
        Whether a submission has its own process ids and files: then it may signal itself, and
        change what the kernel notes of files.
    architecture : str, optional
        Such as ``"aarch64"``, where it is not this machine's.

    Raises
    ------
    ImportError, OSError
        If libseccomp is not installed.
    """
    import fcntl  # absent on Windows, where this module is still imported

    import pyseccomp

    program = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    if architecture is not None:
        program.remove_arch(pyseccomp.Arch.NATIVE)
        program.add_arch(getattr(pyseccomp.Arch, architecture.upper()))

    def allow(name: str, *conditions: object) -> None:
        try:
            program.add_rule(pyseccomp.ALLOW, name, *conditions)
        except (ValueError, OSError):  # not a call of this architecture
            return

    def equal(position: int, value: int) -> object:
        return pyseccomp.Arg(position, pyseccomp.EQ, value)

    for name in ALLOWED:
        allow(name)
    program.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")  # the C library falls back to clone
    allow("clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD | CLONE_NEW, CLONE_THREAD))
    for command in FILE_COMMANDS:
        allow("fcntl", equal(1, getattr(fcntl, command)))
    for request in FILE_REQUESTS:
        allow("ioctl", equal(1, request))
    if namespaces:
        for name in OWN_FILES:
            allow(name)
        for name in ("kill", "tkill", "tgkill"):
            allow(name, equal(0, OWN_PID))
    allow("prlimit64", equal(0, 0), equal(2, 0))  # reads its own limits, sets none

    descriptor = os.memfd_create("seccomp", 0)
    with os.fdopen(os.dup(descriptor), "wb") as file:
        program.export_bpf(file)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
