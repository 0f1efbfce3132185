"""A grading process as the pool sees it: given submissions, replaced when it dies."""

import os
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing import Pipe
from typing import Any

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.result_key import NEVER, Key
from autograder.grading.results import GRADER_FAULT, SubmissionResult
from autograder.sandbox.limits import ONE_THREAD
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.submissions.submission import Submission

MAX_TRIES = 2
STOP_SECONDS = 5.0
PROGRAM = "import sys; from autograder.batch.grading_main import serve; serve(int(sys.argv[1]))"


Job = tuple[Submission, Key]
Graded = tuple[SubmissionResult, Key]


class GradingProcess:
    """One grading process, as a pool sees it.

    A process that dies is replaced, and its submission tried once more; after a second death the
    submission gets a result that says so.

    Parameters
    ----------
    assignment : Assignment
        What it grades.
    idle_seconds : float, optional
        After how long without work it ends; it is started again when there is some.
    core : int, optional
        The one core that it and its sandbox keep to.
    """

    def __init__(
        self,
        assignment: Assignment,
        idle_seconds: float | None = None,
        *,
        core: int | None = None,
    ) -> None:
        self._assignment, self._idle_seconds, self._core = assignment, idle_seconds, core
        self.job: Job | None = None
        self.ready = False
        self._tries = 0
        self._failed_starts = 0
        self._stopped = False
        self._start()

    @property
    def idle(self) -> bool:
        """Whether it has shown that its sandbox holds, and has nothing to do."""
        return self.ready and self.job is None

    def give(self, submission: Submission, key: Key) -> None:
        """Hand it a submission; `key` comes back with the result."""
        self.job, self._tries = (submission, key), 1
        if self._process.poll() is not None:
            self._restart()
        else:
            self._send()

    def take(self) -> Graded | None:
        """Wait for what it has to say: a result, or None where it was something else.

        Raises
        ------
        SandboxUnavailable
            If its sandbox cannot be had; nothing was run then.
        """
        try:
            kind, content = self.pipe.recv()
        except (EOFError, OSError):
            if self._stopped:
                raise SandboxUnavailable("The grading process was stopped.") from None
            return self._after_death()
        if kind == "unavailable":
            self._after_failed_start(content)
            return None
        if kind == "ready":
            self.ready, self._failed_starts = True, 0
            if self.job is not None:
                self._send()
            return None
        assert self.job is not None
        (_, key), self.job = self.job, None
        return content, key

    def grade(self, submission: Submission) -> SubmissionResult:
        """Give it a submission, and wait for the result."""
        self.give(submission, NEVER)
        while True:
            finished = self.take()
            if finished is not None:
                return finished[0]

    def hang_up(self) -> None:
        """Tell the process to end, whatever it is doing."""
        self._stopped = True
        self._process.terminate()

    def stop(self) -> None:
        """End the process and its sandbox, and wait until they are gone."""
        self.hang_up()
        self._end()

    def _after_failed_start(self, reason: str) -> None:
        """Start it once more: whatever ended it may have been passing."""
        self._failed_starts += 1
        if self._failed_starts == MAX_TRIES:
            raise SandboxUnavailable(reason)
        self._restart()

    def _after_death(self) -> Graded | None:
        if not self.ready:
            self._after_failed_start("The grading processes end as soon as they are started.")
            return None
        if self.job is None or self._tries < MAX_TRIES:
            self._tries += 1
            self._restart()
            return None
        (submission, key), self.job = self.job, None
        self._restart()
        reason = "The grading process ended twice on this submission; no score is set."
        return unscored(submission.student, GRADER_FAULT, reason, self._assignment), key

    def _restart(self) -> None:
        self._end()
        self._start()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.pipe.close()

    def _start(self) -> None:
        self.ready = False
        self.pipe, theirs = Pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-P", "-c", PROGRAM, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C is for the process that gives out the work
            env={**os.environ, **ONE_THREAD},
        )
        theirs.close()
        self._tell((self._assignment, self._idle_seconds, self._core))

    def _send(self) -> None:
        assert self.job is not None
        self._tell(self.job[0])

    def _tell(self, content: Any) -> None:
        try:
            self.pipe.send(content)
        except OSError:  # it has died: `take` finds that out
            return


def stop(processes: Sequence[GradingProcess]) -> None:
    """End grading processes and their sandboxes, all at once."""
    for process in processes:
        process.hang_up()
    for process in processes:
        process.stop()
