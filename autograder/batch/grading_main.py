"""The main program of a grading process: it owns a sandbox, and grades what its pipe brings.

Each submission is graded in a fork that is thrown away: whatever it does to the grader, the next
one is graded as if it were the first. What takes time to make, the process itself keeps warm.

It is a process because the kernel ends a sandbox with the *thread* that started it: here that is
the main thread of a process that does nothing else. It lives as long as its pipe: when the process
at the other end is gone, in whatever way, it ends itself and its sandbox with it.
"""

import os
import select
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.fork import result_of_fork
from autograder.exercises.manifest import Exercise
from autograder.exercises.selection import graded_exercises
from autograder.grading.grade import grade
from autograder.grading.results import GRADER_FAULT, SubmissionResult
from autograder.grading.warmth import Warmth
from autograder.sandbox.confined_process import WorkerGone
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

MAX_MEMORY = 2 << 30  # address space of a grading process; with the bonus it needs a fifth of it
MAX_TRIES = 2


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
        warmth = Warmth(exercises)
        with closing(sandbox):
            pipe.send(("ready", None))
            while pipe.poll(idle_seconds):
                result = graded_apart(pipe.recv(), sandbox, exercises, assignment)
                pipe.send(("graded", result))
                warmth.after(result)
    except (EOFError, OSError, WorkerGone, SandboxUnavailable):
        # The other end is gone, or the sandbox is: then a new process has to prove it again.
        sys.exit(1)


def _confine(core: int | None) -> None:
    """Bound this process itself: what a submission sends is computed with here."""
    import resource  # not on Windows, where nothing is graded

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MAX_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    if core is not None:
        os.sched_setaffinity(0, {core})


def graded_apart(
    submission: Submission, sandbox: Sandbox, exercises: Sequence[Exercise], assignment: Assignment
) -> SubmissionResult:
    """The grade of a submission, made in a fork of this process.

    A fault of the grader is written only if it comes again in another fork, with another sandbox.
    """
    result = None
    for _ in range(MAX_TRIES):
        result = result_of_fork(lambda: graded_or_fault(submission, sandbox, exercises, assignment))
        if result is not None and result.status != GRADER_FAULT:
            return result
        sandbox.restart()
    if result is not None:
        return result
    reason = "The grading process ended twice on this submission; no score is set."
    return unscored(submission.student, GRADER_FAULT, reason, assignment)


def graded_or_fault(
    submission: Submission, sandbox: Sandbox, exercises: Sequence[Exercise], assignment: Assignment
) -> SubmissionResult:
    """The grade of a submission; a fault of a check is reported as such, and ends nothing."""
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
