"""A batch on a Dask cluster: the same bytes as on this machine, also when a worker is killed."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from autograder.batch.assignment import Assignment
from autograder.batch.result_key import NEVER
from autograder.grading.results import SubmissionResult
from autograder.maintain.make import solution_text
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

pytest.importorskip("distributed", reason="needs the extra “cluster”")

from autograder.batch.dask_cluster import (
    CHUNK_SECONDS,
    BatchOver,
    Cluster,
    ClusterUnavailable,
    WorkerProcesses,
    graded_here,
)

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
CORRECT = solution_text("losses")
SLOW = "import time\n" + CORRECT.replace(
    "def softmax(logits", "def softmax(logits, pause=time.sleep(0.3)"
)
KINDS = {
    "correct": CORRECT,
    "mistaken": CORRECT.replace("2.0 *", "").replace("2 *", ""),
    "slow": SLOW,
    "crash": "import os\nos._exit(3)\n",
    "syntax": "def softmax(logits)\n",
}
SCHEDULER = """
import asyncio
from distributed import Scheduler

async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""
WORKER = """
import asyncio, sys
from distributed import Worker

async def main():
    async with Worker(sys.argv[1], host="127.0.0.1", nthreads=1, dashboard=False) as worker:
        print(worker.address, flush=True)
        await worker.finished()

asyncio.run(main())
"""


def started(program: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )


def said_first(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


class LocalCluster:
    """A scheduler and workers, each a process of its own, on this machine."""

    def __init__(self, workers: int, **environment: str) -> None:
        self.scheduler = started(SCHEDULER, **environment)
        self.address = said_first(self.scheduler)
        self.workers = [started(WORKER, self.address, **environment) for _ in range(workers)]
        self.worker_addresses = [said_first(worker) for worker in self.workers]

    def graders(self) -> list[psutil.Process]:
        """The grading processes of all workers that live, and what runs in their sandboxes."""
        found = []
        for worker in self.workers:
            with suppress(psutil.NoSuchProcess):
                found += psutil.Process(worker.pid).children(recursive=True)
        return found

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def clusters(tmp_path: Path) -> Iterator[Callable[..., LocalCluster]]:
    """Starts a cluster of so many workers; stopped after the test."""
    running: list[LocalCluster] = []

    def start(workers: int, **environment: str) -> LocalCluster:
        scratch = str(tmp_path / "dask")
        running.append(LocalCluster(workers, DASK_TEMPORARY_DIRECTORY=scratch, **environment))
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def class_folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    """Fifteen submissions of five kinds, and one that is empty."""
    folder = tmp_path / "submissions"
    for number in range(15):
        kind = list(KINDS)[number % len(KINDS)]
        course = folder / f"s{number:02d}-{kind}" / "course"
        course.mkdir(parents=True)
        (course / "losses.py").write_text(KINDS[kind], encoding="utf-8")
    (folder / "zero").mkdir()
    return folder


def command(folder: Path, out: Path, *options: str) -> list[str]:
    arguments = ["grade", str(folder), "--assignment", "1_loss_functions", "--out", str(out)]
    return [*DESCENT, *arguments, *options]


def run(folder: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, out, *options), capture_output=True, text=True, timeout=300
    )


def without_seconds(path: Path) -> str:
    return re.sub(r'"seconds": [0-9.]+', '"seconds": 0', path.read_text(encoding="utf-8"))


def kept(journal: Path) -> int:
    if not journal.exists():
        return 0
    with suppress(sqlite3.OperationalError):
        connection = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
        try:
            count: int = connection.execute("select count(*) from results").fetchone()[0]
            return count
        finally:
            connection.close()
    return 0


def alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def wait_until_gone(processes: list[psutil.Process], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while (left := [each for each in processes if alive(each)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


@pytest.mark.exhaustive
def test_grade_on_a_cluster_loses_nothing_when_a_worker_is_killed(
    class_folder: Path, tmp_path: Path, clusters: Callable[..., LocalCluster]
) -> None:
    cluster = clusters(3)
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    assert run(class_folder, here).returncode == 0
    journal = class_folder.with_name("submissions.1_loss_functions.journal")
    batch = subprocess.Popen(
        command(class_folder, there, "--fresh", "--scheduler", cluster.address),
        stderr=subprocess.PIPE,
        text=True,
    )
    while not 3 <= kept(journal) < 12 and batch.poll() is None:
        time.sleep(0.02)
    victim = psutil.Process(cluster.workers[0].pid)
    graders = victim.children(recursive=True)
    assert graders, "the worker holds its grading processes itself"
    victim.kill()
    _, said = batch.communicate(timeout=300)
    assert batch.returncode == 0, said
    assert without_seconds(there) == without_seconds(here)
    assert len(json.loads(there.read_text(encoding="utf-8"))["submissions"]) == 16
    wait_until_gone(graders)
    wait_until_gone(cluster.graders())  # the batch is over: the workers gave their processes up


@pytest.mark.exhaustive
def test_a_download_with_roster_policy_and_feedback_is_the_same_on_a_cluster(
    tmp_path: Path, sandbox: Sandbox, clusters: Callable[..., LocalCluster]
) -> None:
    download, roster, policy = (tmp_path / name for name in ("download", "r.csv", "p.toml"))
    download.mkdir()
    texts = [CORRECT, KINDS["mistaken"], KINDS["syntax"], "", CORRECT, CORRECT]
    for number, text in enumerate(texts):
        name = f"L_u{number}_attempt_2026-11-2{number}-12-00-00_losses.py"
        (download / name).write_text(text, encoding="utf-8")
    rows = [f"id{number},u{number},Ada {number}" for number in range(5)]  # nobody knows the sixth
    roster.write_text("\n".join(["student,Username,Full name", *rows]), encoding="utf-8-sig")
    policy.write_text(
        "timezone = 'UTC'\n[points]\n1_loss_functions = 14\n[late]\nper_day = 0.1\n"
        "[lessons.1_loss_functions]\ndue = 2026-11-21T12:00:00\n"
    )
    options = ["--roster", str(roster), "--policy", str(policy)]
    here, there = tmp_path / "here", tmp_path / "there"
    for place, more in ((here, []), (there, ["--fresh", "--scheduler", clusters(2).address])):
        place.mkdir()
        feedback = ["--feedback", str(place / "pages")]
        done = run(download, place / "results.json", *options, *feedback, *more)
        assert done.returncode == 0, done.stderr
    found = without_seconds(there / "results.json")
    assert found == without_seconds(here / "results.json")
    results = {one["student"]: one for one in json.loads(found)["submissions"]}
    assert {*results} == {"id0", "id1", "id2", "id3", "id4", "u5"}
    assert (results["id4"]["days_late"], results["id4"]["penalty"]) == (3, 4.2)
    pages = sorted(path.name for path in (here / "pages").iterdir())
    assert len(pages) == 6
    for name in pages:
        assert (here / "pages" / name).read_bytes() == (there / "pages" / name).read_bytes()


@pytest.mark.exhaustive
def test_grade_on_a_cluster_keeps_what_it_has_when_it_is_stopped_and_when_the_cluster_goes(
    class_folder: Path, tmp_path: Path, clusters: Callable[..., LocalCluster]
) -> None:
    cluster = clusters(1)
    journal = class_folder.with_name("submissions.1_loss_functions.journal")

    def begun(results: int) -> subprocess.Popen[str]:
        batch = subprocess.Popen(
            command(class_folder, tmp_path / "a.json", "--scheduler", cluster.address),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        while kept(journal) < results and batch.poll() is None:
            time.sleep(0.02)
        return batch

    batch = begun(2)
    os.killpg(batch.pid, signal.SIGINT)
    _, said = batch.communicate(timeout=300)
    assert batch.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    wait_until_gone(cluster.graders())
    before = kept(journal)
    batch = begun(before + 2)
    cluster.scheduler.kill()
    _, said = batch.communicate(timeout=300)
    assert batch.returncode == 1
    assert "The results so far are kept" in said
    assert "Traceback" not in said
    assert before + 2 <= kept(journal) < 16
    assert run(class_folder, tmp_path / "a.json").returncode == 0  # and goes on on this machine


@pytest.mark.exhaustive
def test_grade_refuses_workers_whose_sandbox_does_not_hold(
    class_folder: Path, tmp_path: Path, clusters: Callable[..., LocalCluster]
) -> None:
    cluster = clusters(1, PATH="/nowhere")  # no bubblewrap there
    done = run(class_folder, tmp_path / "a.json", "--scheduler", cluster.address)
    assert done.returncode == 2
    assert f"Worker {cluster.worker_addresses[0]}: bubblewrap is needed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.json").exists()
    wait_until_gone(cluster.graders())


def test_grading_room_refuses_another_version_of_the_grader() -> None:
    room = WorkerProcesses(Assignment(), "another version")
    worker = SimpleNamespace(address="tcp://here:1", state=SimpleNamespace(nthreads=1))
    with pytest.raises(ClusterUnavailable, match="tcp://here:1 has another version of the grader"):
        asyncio.run(room.setup(worker))
    with pytest.raises(ClusterUnavailable, match="another version"):
        room.grade([Submission("ada", {})])


def test_cluster_lets_go_of_a_worker_when_its_batch_was_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("distributed.get_worker", lambda: SimpleNamespace(plugins={}))
    monkeypatch.setattr("autograder.batch.dask_cluster.PROCESS_SECONDS", 0.2)
    with pytest.raises(BatchOver):
        graded_here("a batch that is over", [Submission("ada", {})])


class FakeFuture:
    """One that is over already."""

    def __init__(self, status: str, **answers: Any) -> None:
        self.status = status
        vars(self).update(answers)


class FakeDask(list[Any]):
    """A client and what `as_completed` gives, in one: each task is done as it is submitted."""

    loop = None

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def submit(
        self, _function: Any, _name: str, submissions: list[Submission], **_: Any
    ) -> "FakeFuture":
        students = [each.student for each in submissions]
        self.asked.append(students)
        if "villain" in students:
            return FakeFuture("error", exception=lambda: RuntimeError("the worker is gone"))
        results = [
            SubmissionResult(each, "graded", 1.0, 1.0, 0.0, "", 0.125, ()) for each in students
        ]
        return FakeFuture("finished", result=lambda: results)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://worker": 1}

    add = list.append

    def __next__(self) -> Any:
        return self.pop(0)


def test_cluster_sends_quick_submissions_together_and_blames_none_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dask = FakeDask()
    monkeypatch.setattr("distributed.as_completed", lambda **_: dask)
    cluster = Cluster("tcp://127.0.0.1:9", Assignment())
    cluster._client = dask
    students = [f"s{number:02d}" for number in range(40)]
    students[20] = "villain"
    tasks = ((Submission(student, {}), NEVER) for student in students)
    results = {result.student: result for result, _ in cluster.graded(tasks)}
    assert sorted(results) == sorted(students)
    assert {name for name, each in results.items() if each.status != "graded"} == {"villain"}
    assert results["villain"].reason == (
        "The cluster could not grade this (RuntimeError); no score is set."
    )
    assert dask.asked[0] == ["s00"], "how long one takes is not known yet"
    assert max(map(len, dask.asked)) == CHUNK_SECONDS / 0.125
    assert dask.asked.count(["villain"]) == 1


def test_grade_refuses_a_cluster_that_is_not_there(
    class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(class_folder, tmp_path / "a.json", "--scheduler", "10.0.0.5")
    assert done.returncode == 2
    sentence = "A scheduler's address is like tcp://10.0.0.5:8786, not '10.0.0.5'."
    assert sentence in done.stderr.splitlines()[-1]
    monkeypatch.setattr("autograder.batch.dask_cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ClusterUnavailable, match=r"^No scheduler answers at tcp://127.0.0.1:9\.$"):
        Cluster("tcp://127.0.0.1:9", Assignment()).__enter__()
