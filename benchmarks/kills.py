"""A batch that is killed again and again, at random moments: what is lost, and what is doubled.

The same class is graded once undisturbed. Then it is graded over and over, and each time something
is killed with ``kill -9``: the whole family of processes as in a power cut, only the command, one
grading process, or the sandbox of one (but not a learner's process in it: how that ends is the
learner's result). After each kill the same command goes on. Every finished
result file must be, except for ``seconds``, the undisturbed one, byte by byte, the journal must
never hold less than before, and no process may stay behind. It ends with status 1 otherwise.

Run it with ``uv run python benchmarks/kills.py --kills 40``.
"""

import argparse
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import made_class
import psutil

LESSON = "1_loss_functions"
DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
VICTIMS = ("all", "command", "grader", "sandbox")
SANDBOX = 3  # processes: bubblewrap twice, and the zygote; below it is the learner's own
STAY_SECONDS = 20.0
CRASH = "import os\nos._exit(3)\n"


def kept(journal: Path) -> int:
    """How many results a journal holds."""
    if journal.exists():
        with (
            closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as opened,
            suppress(sqlite3.OperationalError),
        ):
            count: int = opened.execute("select count(*) from results").fetchone()[0]
            return count
    return 0


def without_seconds(path: Path) -> str:
    """A result file without the one field that may differ."""
    return re.sub(r'"seconds": [0-9.]+', '"seconds": 0', path.read_text(encoding="utf-8"))


def is_alive(process: psutil.Process) -> bool:
    """Whether a process runs."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def killed(batch: psutil.Process, victim: str, drawn: random.Random) -> list[psutil.Process]:
    """Kill a part of a batch; what has to end by itself after that."""
    batch.suspend()  # so that it starts nothing between the look at its family and its end
    graders = batch.children()
    family = [process for grader in graders for process in grader.children(recursive=True)]
    if victim in ("all", "command"):
        for process in [*graders, *family] if victim == "all" else []:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        batch.kill()
        return [batch, *graders, *family]
    chosen = drawn.choice(graders) if graders else None
    if chosen is not None:
        below = chosen.children(recursive=True)[:SANDBOX]
        with suppress(psutil.NoSuchProcess):
            (drawn.choice(below) if victim == "sandbox" and below else chosen).kill()
    batch.resume()
    return []


def main() -> None:
    """Kill, go on, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20261123)
    arguments = parser.parse_args()
    drawn = random.Random(arguments.seed)
    done, finished, problems = Counter[str](), 0, []
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        folder = Path(place) / "submissions"
        for student, files in made_class.made_class(arguments.count, 1, [LESSON]):
            made_class.write(folder / student, files)
        made_class.write(folder / "crash", {"course/losses.py": CRASH})
        out, journal = Path(place) / "results.json", Path(place) / f"submissions.{LESSON}.journal"
        command = [*DESCENT, "grade", str(folder), "--assignment", LESSON, "--out", str(out)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        length, wanted = time.perf_counter() - started, without_seconds(out)
        fresh = True
        while done.total() < arguments.kills:
            victim, before = drawn.choice(VICTIMS), 0 if fresh else kept(journal)
            batch = psutil.Popen(
                [*command, *(["--fresh"] if fresh else [])], stderr=subprocess.PIPE, text=True
            )
            time.sleep(drawn.uniform(0.05, 0.9) * length)
            if batch.poll() is None:
                done[victim] += 1
                leaving = killed(batch, victim, drawn)
                _, gone = psutil.wait_procs(leaving, timeout=STAY_SECONDS)
                problems += [f"{child} stayed after {victim}" for child in gone if is_alive(child)]
            _, said = batch.communicate(timeout=600)
            fresh = batch.returncode == 0
            if fresh:
                finished += 1
                if without_seconds(out) != wanted:
                    problems.append(f"after {victim} the results differ; the command said: {said}")
            elif kept(journal) < before:
                problems.append(f"{before} results became {kept(journal)} after {victim}")
            if batch.returncode > 0:
                problems.append(f"status {batch.returncode} after {victim}: {said}")
    print(f"{done.total()} kills ({dict(done)}), {finished} batches of {arguments.count + 1} ended")
    print("\n".join(problems) or "Nothing was lost or doubled, and nothing stayed behind.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
