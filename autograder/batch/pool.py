"""The grading processes of this machine, as one grader of many submissions."""

from collections.abc import Iterator
from multiprocessing.connection import wait
from types import TracebackType
from typing import Protocol

from autograder.batch.assignment import Assignment
from autograder.batch.cores import own_cores
from autograder.batch.grading_process import Graded, Member, Task, stop


class Graders(Protocol):
    """Whoever grades many submissions at once: the processes of this machine, or of a cluster."""

    def graded(self, tasks: Iterator[Task]) -> Iterator[Graded]:
        """Results in the order in which they complete, each with the key that came with it."""


class Pool:
    """The grading processes of this machine.

    Parameters
    ----------
    jobs : int
        How many.
    assignment : Assignment
        What they grade.
    """

    def __init__(self, jobs: int, assignment: Assignment) -> None:
        self._members = [Member(assignment, core=core) for core in own_cores(jobs)]

    def graded(self, tasks: Iterator[Task]) -> Iterator[Graded]:
        """Results in the order in which they complete, each with the key that came with it."""
        following = next(tasks, None)
        while True:
            for member in self._members:
                if following is not None and member.idle:
                    member.give(*following)
                    following = next(tasks, None)
            expected = {
                member.pipe: member
                for member in self._members
                if member.task is not None or (following is not None and not member.ready)
            }
            if not expected:
                return
            for pipe in wait(list(expected)):
                member = expected[pipe]  # type: ignore[index]
                finished = member.take()
                if following is not None and member.idle:  # it goes on while its result is kept
                    member.give(*following)
                    following = next(tasks, None)
                if finished is not None:
                    yield finished

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stop(self._members)
