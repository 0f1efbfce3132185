"""The grading processes of this machine, as one grader of many submissions."""

from collections.abc import Iterator
from multiprocessing.connection import wait
from typing import Protocol

from autograder.batch.assignment import Assignment
from autograder.batch.cores import own_cores
from autograder.batch.grading_process import Graded, GradingProcess, Job, stop


class Graders(Protocol):
    """Whoever grades many submissions at once: the processes of this machine, or of a cluster."""

    def graded(self, jobs: Iterator[Job]) -> Iterator[Graded]:
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
        self._processes = [GradingProcess(assignment, core=core) for core in own_cores(jobs)]

    def graded(self, jobs: Iterator[Job]) -> Iterator[Graded]:
        """Results in the order in which they complete, each with the key that came with it."""
        following = next(jobs, None)
        while True:
            for process in self._processes:
                if following is not None and process.idle:
                    process.give(*following)
                    following = next(jobs, None)
            expected = {
                process.pipe: process
                for process in self._processes
                if process.job is not None or (following is not None and not process.ready)
            }
            if not expected:
                return
            for pipe in wait(list(expected)):
                process = expected[pipe]  # type: ignore[index]
                finished = process.take()
                if following is not None and process.idle:  # it goes on while its result is kept
                    process.give(*following)
                    following = next(jobs, None)
                if finished is not None:
                    yield finished

    def close(self) -> None:
        """End the processes and their sandboxes."""
        stop(self._processes)
