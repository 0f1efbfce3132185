"""Which walls there are, and what the sandbox asks of one."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from autograder.sandbox.seccomp import seccomp_program

DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
LINKER_CACHE = "/etc/ld.so.cache"


class Wall(StrEnum):
    """The isolation of submissions; ``docs/security.md`` says what each promises."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"  # the weaker one, for systems that forbid user namespaces


class Enclosure:
    """A wall around one zygote, from before its start until after its end.

    Attributes
    ----------
    own_namespaces : bool
        Whether a submission has its own process ids and files.
    scratch : str
        The learner's folder, or the one that holds a folder for each session.
    packages : list of str
        The folders that the zygote imports packages from.
    readable : list of str
        What a submission may read.
    run_as : dict
        As which user the zygote is started: options of `subprocess.Popen`.
    inherited : list of int
        Descriptors that it is started with.
    """

    own_namespaces: bool
    scratch: str
    packages: Sequence[str]
    readable: Sequence[str]
    run_as: Mapping[str, Any] = {}
    inherited: Sequence[int] = ()

    def command(self, environment: Mapping[str, str]) -> list[str]:
        """What comes before the interpreter's own command line."""
        return []

    def system_calls(self) -> int:
        """A descriptor from which the filter of system calls can be read."""
        return seccomp_program(namespaces=self.own_namespaces)

    def complete(self) -> str:
        """Finish the wall once the zygote was started; why that cannot be, or nothing."""
        return ""

    def next_scratch(self) -> str:
        """The learner's folder in the next session."""
        return self.scratch

    def close(self) -> None:
        """Leave nothing of it behind."""
