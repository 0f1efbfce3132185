"""The weaker wall, without namespaces: Landlock and seccomp keep a submission from all else."""

import itertools
import os
import tempfile

from autograder.sandbox.limits import Limits
from autograder.sandbox.user_mapping import NOBODY, may_become_nobody
from autograder.sandbox.visible_files import Visible
from autograder.sandbox.wall import DEVICES, LINKER_CACHE, Enclosure


class LandlockWall(Enclosure):
    """A folder on disk, which the zygote shares with the grader's system.

    Parameters
    ----------
    seen : Visible
        What a submission can see.
    limits : Limits
        Its bounds: nothing here can hold it to them.
    """

    own_namespaces = False

    def __init__(self, seen: Visible, limits: Limits) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="descent-grade-", ignore_cleanup_errors=True
        )
        self._numbers = itertools.count(1)
        self.scratch = self._folder.name
        self.packages = sorted({os.path.dirname(path) for path in seen.packages.values()})
        self.readable = [*seen.roots, LINKER_CACHE, *DEVICES]
        if may_become_nobody():
            os.chown(self.scratch, NOBODY, NOBODY)
            self.run_as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def next_scratch(self) -> str:
        """A folder that the zygote makes for the session and removes after it."""
        return f"{self.scratch}/{next(self._numbers)}"

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
