"""How many cores this process may keep busy, and which of them is whose."""

import os
from pathlib import Path

CONTROL_GROUPS = Path("/sys/fs/cgroup")


def usable_cores(groups: Path = CONTROL_GROUPS, own: Path = Path("/proc/self/cgroup")) -> int:
    """The cores that its affinity allows, or fewer where its control group has a quota.

    Parameters
    ----------
    groups : Path, optional
        Where the control groups (version 2) are mounted.
    own : Path, optional
        The file that names this process's control group.

    Examples
    --------
    >>> 1 <= usable_cores() <= os.cpu_count()
    True
    """
    cores = len(os.sched_getaffinity(0))
    try:
        name = own.read_text(encoding="utf-8").rpartition("::")[2].strip().lstrip("/")
    except OSError:
        name = ""
    folder = groups / name
    for place in (folder, *folder.parents):
        cores = min(cores, _quota(place / "cpu.max", cores))
        if place == groups:
            break
    return max(1, cores)


def own_cores(processes: int) -> list[int | None]:
    """A core for each of so many processes where there are as many as cores, else none.

    A grader and its sandbox take turns, which costs less on one core than across two. Where there
    are fewer of them than cores, the system knows better which ones are free.
    """
    cores = sorted(os.sched_getaffinity(0))
    return [*cores] if processes == len(cores) else [None] * processes


def _quota(file: Path, otherwise: int) -> int:
    """Whole cores of a quota such as ``150000 100000``, in microseconds of each period."""
    try:
        most, period = file.read_text(encoding="ascii").split()
        return int(most) // int(period)
    except (OSError, ValueError):  # no such file, or no quota: "max 100000"
        return otherwise
