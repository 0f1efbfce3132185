"""The same batch on a Dask cluster: ``descent grade --scheduler tcp://host:8786``.

Each worker holds as many grading processes as it has threads, each with a sandbox of its own that
has proved itself before the worker takes a submission; a job waits for one of them to be free.
Submissions travel to the workers inside the jobs, a few in each where they are quick, and results
come back as the jobs complete: no shared file system is needed, and what a lost worker had not
finished is graded by another.
"""

import asyncio
import itertools
import queue
import statistics
import time
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

import distributed

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.cores import own_cores
from autograder.batch.grading_process import Graded, GradingProcess, Job, stop
from autograder.grading.results import GRADER_FAULT, SubmissionResult
from autograder.grading.version import grader_version
from autograder.refused import Refused
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.submissions.submission import Submission

CONNECT_SECONDS = 10
WORKERS_SECONDS = 30
RECOUNT_SECONDS = 5.0
PROCESS_SECONDS = 10.0  # a job that waits longer would keep a worker from the next batch
IDLE_SECONDS = 600.0  # if nobody tells the workers that the batch is over, their processes end
AHEAD = 3  # jobs on their way for each grading process
CHUNK_SECONDS = 0.5  # of grading in a job: Dask spends some 15 ms on each, whatever is in it
MAX_IN_CHUNK = 20
PROTOCOLS = ("tcp://", "tls://")


class ClusterUnavailable(Refused):
    """The cluster cannot be used as asked; the message is a sentence that says why."""


class ClusterLost(Exception):
    """The scheduler went away in the middle of a batch."""


class BatchOver(Exception):
    """The worker holds no grading processes for a batch: it was stopped as a job of it began."""


class Cluster:
    """The workers of a Dask cluster as graders; see `autograder.batch.pool.Graders`.

    Parameters
    ----------
    address : str
        The scheduler's.
    assignment : Assignment
        What they grade.

    Raises
    ------
    ClusterUnavailable
        If the scheduler does not answer, has no workers, or a worker has another version of the
        grader.
    SandboxUnavailable
        If a worker cannot run submissions safely.
    """

    def __init__(self, address: str, assignment: Assignment) -> None:
        if not address.startswith(PROTOCOLS):
            raise ClusterUnavailable(
                f"A scheduler's address is like tcp://10.0.0.5:8786, not {address!r}."
            )
        self._address, self._assignment = address, assignment
        self._name = f"first-descent-{uuid.uuid4().hex}"
        self._numbers = itertools.count()
        self._seconds: deque[float] = deque(maxlen=100)  # that the last submissions took
        self._counted = 0.0
        self._processes = 1

    def __enter__(self) -> "Cluster":
        try:
            self._client = distributed.Client(
                self._address, timeout=CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError):
            raise ClusterUnavailable(f"No scheduler answers at {self._address}.") from None
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            room = WorkerProcesses(self._assignment, grader_version())
            self._client.register_plugin(room, name=self._name)
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            if isinstance(error, TimeoutError):
                raise ClusterUnavailable(
                    f"The scheduler at {self._address} has no workers."
                ) from None
            if isinstance(error, ImportError):
                raise ClusterUnavailable(
                    f"The workers cannot load the grader ({error}): install first-descent on them."
                ) from None
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not isinstance(error, ClusterLost):
                self._client.unregister_worker_plugin(self._name)
        except (OSError, KeyError, TimeoutError):
            pass  # its workers are gone, or never had it
        finally:
            self._client.close()

    def graded(self, jobs: Iterator[Job]) -> Iterator[Graded]:
        """Results in the order in which they complete, each with the key that came with it."""
        waiting: dict[Any, list[Job]] = {}
        ended = distributed.as_completed(loop=self._client.loop)

        def send(chunk: list[Job]) -> None:
            future = self._client.submit(
                graded_here,
                self._name,
                [submission for submission, _ in chunk],
                key=f"{self._name}-{next(self._numbers)}",
                pure=False,
            )
            waiting[future] = chunk
            ended.add(future)

        chunk = self._chunk(jobs)
        while waiting or chunk:
            while chunk and len(waiting) < AHEAD * self._workers_processes():
                send(chunk)
                chunk = self._chunk(jobs)
            future = next(ended)
            done = waiting.pop(future)
            results = self._results(future)
            if results is None and len(done) > 1:
                for suspect in done:  # one of them may be at fault: the others are not
                    send([suspect])
                continue
            for number, (submission, key) in enumerate(done):
                result = results[number] if results else self._not_graded(future, submission)
                self._seconds.append(result.seconds)
                yield result, key

    def _chunk(self, jobs: Iterator[Job]) -> list[Job]:
        """What the next job of Dask is to grade: as many as take long enough, or none."""
        seconds = statistics.median(self._seconds or [CHUNK_SECONDS])
        most = min(MAX_IN_CHUNK, int(CHUNK_SECONDS / max(seconds, 1e-3)))
        return list(itertools.islice(jobs, max(1, most)))

    def _results(self, future: Any) -> list[SubmissionResult] | None:
        """The results of a chunk, or None where Dask has none."""
        if future.status == "finished":
            results: list[SubmissionResult] = future.result()
            return results
        if future.status != "error":
            raise ClusterLost(f"The scheduler at {self._address} is gone.")
        error = future.exception()
        if isinstance(error, SandboxUnavailable):
            raise error
        return None

    def _not_graded(self, future: Any, submission: Submission) -> SubmissionResult:
        error = type(future.exception()).__name__
        reason = f"The cluster could not grade this ({error}); no score is set."
        return unscored(submission.student, GRADER_FAULT, reason, self._assignment)

    def _workers_processes(self) -> int:
        """Grading processes of all workers; workers come and go."""
        if time.monotonic() > self._counted + RECOUNT_SECONDS:
            self._processes = max(1, sum(self._client.nthreads().values()))
            self._counted = time.monotonic()
        return self._processes


class WorkerProcesses(distributed.WorkerPlugin):
    """What a worker holds during a batch: grading processes, free ones in a queue.

    Parameters
    ----------
    assignment : Assignment
        What they grade.
    version : str
        The version of the criteria that the worker has to have.
    """

    def __init__(self, assignment: Assignment, version: str) -> None:
        self._assignment, self._version = assignment, version

    async def setup(self, worker: Any) -> None:
        """Start the processes, and wait until each has proved its sandbox."""
        self._processes: list[GradingProcess] = []
        self._free: queue.Queue[GradingProcess | Exception] = queue.Queue()
        try:
            await asyncio.to_thread(self._start, worker.address, worker.state.nthreads)
        except (ClusterUnavailable, SandboxUnavailable) as reason:
            self._free.put(reason)
            raise

    async def teardown(self, worker: Any) -> None:
        """End the processes."""
        await asyncio.to_thread(stop, self._processes)

    def grade(self, submissions: Sequence[Submission]) -> list[SubmissionResult]:
        """Have the next free process grade submissions, one after the other."""
        process = self._free.get()
        try:
            if isinstance(process, Exception):
                raise process
            return [process.grade(submission) for submission in submissions]
        finally:
            self._free.put(process)

    def _start(self, address: str, count: int) -> None:
        if grader_version() != self._version:
            raise ClusterUnavailable(
                f"The worker {address} has another version of the grader, of Python or of NumPy: "
                "install the same on all machines."
            )
        cores = own_cores(count)
        self._processes += [
            GradingProcess(self._assignment, IDLE_SECONDS, core=core) for core in cores
        ]
        try:
            for process in self._processes:
                while not process.ready:
                    process.take()
        except SandboxUnavailable as reason:
            stop(self._processes)
            raise SandboxUnavailable(f"Worker {address}: {reason}") from None
        for process in self._processes:
            self._free.put(process)


def graded_here(name: str, submissions: Sequence[Submission]) -> list[SubmissionResult]:
    """Grade submissions on the worker that runs this."""
    plugins = distributed.get_worker().plugins
    end = time.monotonic() + PROCESS_SECONDS
    while name not in plugins:  # a worker that joins may be given a job a moment too early
        if time.monotonic() > end:
            raise BatchOver
        time.sleep(0.05)
    room = plugins[name]
    assert isinstance(room, WorkerProcesses)
    return room.grade(submissions)
