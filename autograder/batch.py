"""Grading a folder of submissions over all cores, with a journal that survives any interruption."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from autograder.grading import Submission, grade, graded_exercises
from autograder.journal import Journal, result_key
from autograder.outcomes import SandboxUnavailable
from autograder.results import GRADER_FAULT, UNREADABLE, SubmissionResult
from autograder.sandbox.worker import Sandbox, WorkerGone
from autograder.submissions import Handed, Unreadable, read_submission

MOST_TRIES = 2


@dataclass(frozen=True)
class Assignment:
    """What is graded, and how.

    Attributes
    ----------
    name : str
        A lesson, or ``"all"``.
    secret : str
        Seeds the random inputs, with the student's name.
    wall : str
        The isolation: see `autograder.sandbox.worker.Sandbox`.
    hidden : tuple of str
        Folders and files that submissions must not be able to see.
    """

    name: str = "all"
    secret: str = ""
    wall: str = "namespaces"
    hidden: tuple[str, ...] = ()


def grade_folder(
    handed: Sequence[Handed],
    assignment: Assignment,
    journal: Journal,
    *,
    jobs: int,
    told: Callable[[int], None] = lambda count: None,
) -> int:
    """Grade what the journal does not hold yet.

    Parameters
    ----------
    handed : sequence of Handed
        The submissions.
    assignment : Assignment
        What to judge.
    journal : Journal
        Where each result is kept as it completes.
    jobs : int
        How many processes grade at once, each with its own sandbox.
    told : callable, optional
        Told the number of results as they complete, those found in the journal first.

    Returns
    -------
    int
        How many submissions were graded anew.
    """
    known = journal.keys()
    waiting: list[tuple[Submission, str]] = []
    done = 0

    def unfinished() -> Iterator[tuple[Submission, str]]:
        nonlocal done
        for each in handed:
            try:
                submission = read_submission(each)
            except Unreadable as reason:
                journal.add(unreadable(each.student, str(reason), assignment), "")
                done += 1
            else:
                key = result_key(submission, assignment.name, assignment.secret, assignment.wall)
                if known.get(each.student) != key:
                    yield submission, key
                    continue
                done += 1
            told(done)

    graded = 0
    todo = unfinished()
    first = next(todo, None)
    if first is None:
        return 0
    waiting.append(first)
    with Pool(jobs, assignment) as pool:
        for result, key in pool.graded(_chained(waiting, todo)):
            journal.add(result, key)
            graded += 1
            done += 1
            told(done)
    return graded


def unreadable(student: str, reason: str, assignment: Assignment) -> SubmissionResult:
    """The result of a submission that cannot be read."""
    return _unscored(student, UNREADABLE, reason, assignment)


def _unscored(student: str, status: str, reason: str, assignment: Assignment) -> SubmissionResult:
    most = float(sum(each.points for each in graded_exercises(assignment.name) if not each.bonus))
    return SubmissionResult(student, status, None, most, 0.0, reason, 0.0, ())


def _chained(
    first: list[tuple[Submission, str]], rest: Iterator[tuple[Submission, str]]
) -> Iterator[tuple[Submission, str]]:
    yield from first
    yield from rest


class Pool:
    """Processes that grade, each pinned to a core together with its own sandbox.

    A process that dies is replaced and its submission tried again, once. When this process is
    gone, the others end by themselves: their pipe closes, and with it their sandbox.
    """

    def __init__(self, jobs: int, assignment: Assignment) -> None:
        self._assignment = assignment
        self._context = multiprocessing.get_context("spawn")
        cores = sorted(os.sched_getaffinity(0))
        self._members = [
            _Member(self._context, assignment, cores[number % len(cores)]) for number in range(jobs)
        ]

    def graded(
        self, submissions: Iterator[tuple[Submission, str]]
    ) -> Iterator[tuple[SubmissionResult, str]]:
        """Results in the order in which they complete, with the keys that came with them."""
        idle = list(self._members)
        while True:
            while idle and (following := next(submissions, None)):
                idle.pop().give(*following)
            busy = {each.pipe: each for each in self._members if each.task}
            if not busy:
                return
            for pipe in wait(list(busy)):
                member = busy[pipe]
                finished = member.take()
                if finished is not None:
                    idle.append(member)
                    yield finished

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._members:
            each.stop()


class _Member:
    """One grading process, as the pool sees it."""

    def __init__(self, context: Any, assignment: Assignment, core: int) -> None:
        self._context, self._assignment, self._core = context, assignment, core
        self.task: tuple[Submission, str] | None = None
        self._tries = 0
        self._start()

    def give(self, submission: Submission, key: str) -> None:
        """Hand it a submission."""
        self.task, self._tries = (submission, key), 1
        self._send()

    def take(self) -> tuple[SubmissionResult, str] | None:
        """Its result, or None where the process died and tries again."""
        assert self.task is not None
        submission, key = self.task
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            self.stop()
            self._start()
            if self._tries < MOST_TRIES:
                self._tries += 1
                self._send()
                return None
            reason = "The grading process ended twice on this submission; its score is not set."
            result = _unscored(submission.student, GRADER_FAULT, reason, self._assignment)
        if isinstance(result, str):
            raise SandboxUnavailable(result)
        self.task = None
        return result, key

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _start(self) -> None:
        self.pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve, args=(theirs, self._assignment, self._core), daemon=True
        )
        self._process.start()
        theirs.close()

    def _send(self) -> None:
        try:
            self.pipe.send(self.task)
        except OSError:  # it has died: `take` finds that out
            return


def _serve(pipe: Connection, assignment: Assignment, core: int) -> None:
    """Main program of a grading process: grade what arrives until the pipe closes."""
    os.sched_setaffinity(0, {core})  # with its sandbox on one core, a call costs half as much
    exercises = graded_exercises(assignment.name)
    try:
        sandbox = Sandbox(secrets=map(Path, assignment.hidden), wall=assignment.wall)
    except SandboxUnavailable as reason:
        pipe.recv()
        pipe.send(str(reason))
        return
    with sandbox:
        while True:
            try:
                submission, _ = pipe.recv()
            except (EOFError, OSError, KeyboardInterrupt):
                return
            try:
                result = grade(submission, sandbox, exercises, assignment.secret)
            except KeyboardInterrupt:
                return
            except WorkerGone:
                os._exit(1)
            except Exception as error:  # noqa: BLE001 - a fault of a check must not end the batch
                reason_text = (
                    f"The grader failed ({type(error).__name__}: {error}); no score is set."
                )
                result = _unscored(submission.student, GRADER_FAULT, reason_text, assignment)
            pipe.send(result)
