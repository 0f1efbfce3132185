"""Whom submissions run as where the grader is root: as nobody, in a namespace of two users.

The kernel holds root to no number of processes and threads, whatever the limit says. So where the
grader is root, the zygote's user namespace knows root, who sets up each child, and nobody, whom the
child becomes before it reads a submission. For an ordinary user bubblewrap's own way will do: there
the one user of the namespace is counted.
"""

import json
import os
from pathlib import Path

ROOT, NOBODY = 0, 65534
SET_GROUP, SET_USER = 6, 7  # capabilities(7)
TWO_USERS = "".join(f"{user} {user} 1\n" for user in (ROOT, NOBODY))


class Handshake:
    """Lets bubblewrap start a namespace, and writes down who is who in it.

    Attributes
    ----------
    arguments : list of str
        Its part of bubblewrap's command line.
    descriptors : list of int
        What it has to inherit.
    """

    def __init__(self) -> None:
        self._reported, reporting = os.pipe2(os.O_CLOEXEC)
        waiting, self._release = os.pipe2(os.O_CLOEXEC)
        self.descriptors = [reporting, waiting]
        self.arguments = ["--info-fd", str(reporting), "--userns-block-fd", str(waiting)]
        self.arguments += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]

    def complete(self) -> str:
        """Once bubblewrap has started: map the users, and let it go on.

        Returns
        -------
        str
            Why that cannot be, or nothing.
        """
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors = []
        report = b""
        while b"}" not in report and (part := os.read(self._reported, 4096)):
            report += part
        if not report:
            return ""  # it ended already, and says why itself
        try:
            place = Path("/proc") / str(int(json.loads(report)["child-pid"]))
            for name in ("uid_map", "gid_map"):
                (place / name).write_text(TWO_USERS, encoding="ascii")
            os.write(self._release, b"x")
        except (OSError, ValueError) as error:
            return f"the users of its namespace cannot be mapped ({error})"
        return ""

    def close(self) -> None:
        """Close what is still open."""
        for descriptor in (*self.descriptors, self._reported, self._release):
            if descriptor >= 0:
                os.close(descriptor)
        self.descriptors = []
        self._reported = self._release = -1


def may_become_nobody(proc: Path = Path("/proc/self")) -> bool:
    """Whether this process is root, knows nobody, and may become or map that user."""
    if os.geteuid() != ROOT:
        return False
    try:
        status = (proc / "status").read_text(encoding="utf-8")
        known = [
            list(map(int, line.split()))
            for name in ("uid_map", "gid_map")
            for line in (proc / name).read_text(encoding="ascii").splitlines()
        ]
    except OSError:
        return False
    effective = int(status.partition("CapEff:")[2].split()[0], 16)
    capable = all(effective >> capability & 1 for capability in (SET_GROUP, SET_USER))
    return capable and sum(first <= NOBODY < first + count for first, _, count in known) == 2
