"""A process that grades: it owns a sandbox, and a pipe to the pool that gives it submissions.

It is a process of its own because the kernel ends a sandbox with the *thread* that started it: here
that is the main thread of a process that does nothing else. It lives as long as its pipe: when the
process at the other end is gone, in whatever way, it ends itself and its sandbox with it.
"""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from autograder.batch.journal import NEVER, Key
from autograder.batch.process_memory import FlatMemory
from autograder.exercises.manifest import Exercise
from autograder.grading.grade import Submission, grade, graded_exercises
from autograder.grading.results import GRADER_FAULT, SubmissionResult
from autograder.sandbox.confined_process import WorkerGone
from autograder.sandbox.limits import ONE_THREAD
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.wall import Wall
from autograder.sandbox.walled import Sandbox

MOST_TRIES = 2
STOP_SECONDS = 5.0
MOST_MEMORY = 2 << 30  # address space of a grading process; with the bonus it needs a fifth of it
PROGRAM = "import sys; from autograder.batch.grading_process import serve; serve(int(sys.argv[1]))"


@dataclass(frozen=True)
class Assignment:
    """What is graded, and how.

    Attributes
    ----------
    name : str
        A lesson, or ``"all"``.
    secret : str
        Seeds the random inputs, with the student's name.
    wall : Wall
        The isolation.
    hidden : tuple of str
        Folders and files that submissions must not be able to see.
    """

    name: str = "all"
    secret: str = ""
    wall: Wall = Wall.NAMESPACES
    hidden: tuple[str, ...] = ()


Task = tuple[Submission, Key]
Graded = tuple[SubmissionResult, Key]


def unscored(
    student: str, status: str, reason: str, assignment: Assignment, seconds: float = 0.0
) -> SubmissionResult:
    """The result of a submission that no judgement was completed for."""
    most = float(sum(each.points for each in graded_exercises(assignment.name) if not each.bonus))
    return SubmissionResult(student, status, None, most, 0.0, reason, seconds, ())


class Member:
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
        self.task: Task | None = None
        self.ready = False
        self._tries = 0
        self._failed_starts = 0
        self._stopped = False
        self._start()

    @property
    def idle(self) -> bool:
        """Whether it has shown that its sandbox holds, and has nothing to do."""
        return self.ready and self.task is None

    def give(self, submission: Submission, key: Key) -> None:
        """Hand it a submission; `key` comes back with the result."""
        self.task, self._tries = (submission, key), 1
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
            if self.task is not None:
                self._send()
            return None
        assert self.task is not None
        (_, key), self.task = self.task, None
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
        if self._failed_starts == MOST_TRIES:
            raise SandboxUnavailable(reason)
        self._restart()

    def _after_death(self) -> Graded | None:
        if not self.ready:
            self._after_failed_start("The grading processes end as soon as they are started.")
            return None
        if self.task is None or self._tries < MOST_TRIES:
            self._tries += 1
            self._restart()
            return None
        (submission, key), self.task = self.task, None
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
        assert self.task is not None
        self._tell(self.task[0])

    def _tell(self, content: Any) -> None:
        try:
            self.pipe.send(content)
        except OSError:  # it has died: `take` finds that out
            return


def stop(members: Sequence[Member]) -> None:
    """End grading processes and their sandboxes, all at once."""
    for each in members:
        each.hang_up()
    for each in members:
        each.stop()


def serve(descriptor: int) -> None:
    """Grade what arrives, until the pipe closes: the main program of a grading process."""
    pipe = Connection(descriptor)
    signal.signal(signal.SIGTERM, _leave)
    main = threading.main_thread().ident
    assert main is not None
    threading.Thread(target=_end_with, args=(descriptor, main), daemon=True).start()
    try:
        assignment, idle_seconds, core = pipe.recv()
        _confine(core)
        try:
            sandbox = Sandbox(secrets=map(Path, assignment.hidden), wall=assignment.wall)
        except SandboxUnavailable as reason:
            pipe.send(("unavailable", str(reason)))
            return
        exercises = graded_exercises(assignment.name)
        memory = FlatMemory()
        with closing(sandbox):
            pipe.send(("ready", None))
            while pipe.poll(idle_seconds):
                result = graded_or_fault(pipe.recv(), sandbox, exercises, assignment)
                memory.between_submissions()
                pipe.send(("graded", result))
    except (EOFError, OSError, WorkerGone, SandboxUnavailable):
        # The other end is gone, or the sandbox is: then a new process has to prove it anew.
        sys.exit(1)


def _confine(core: int | None) -> None:
    """Bound this process itself: what a submission sends is computed with here."""
    import resource  # not on Windows, where nothing is graded

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    if core is not None:
        os.sched_setaffinity(0, {core})


def graded_or_fault(
    submission: Submission, sandbox: Sandbox, exercises: Sequence[Exercise], assignment: Assignment
) -> SubmissionResult:
    """The grade of a submission; a fault of a check is told as such, and ends nothing."""
    try:
        return grade(submission, sandbox, exercises, assignment.secret)
    except (WorkerGone, SandboxUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 - a fault of a check must not end the batch
        reason = f"The grader failed ({type(error).__name__}: {error}); no score is set."
        return unscored(submission.student, GRADER_FAULT, reason, assignment)


def _end_with(descriptor: int, main: int) -> None:
    """Wait until the other end of the pipe is closed, then end the main thread."""
    hung_up = select.poll()
    hung_up.register(descriptor, 0)
    hung_up.poll()
    signal.pthread_kill(main, signal.SIGTERM)


def _leave(_number: int, _frame: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: let the sandbox be closed
    sys.exit(0)
