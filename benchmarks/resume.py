"""How long the same command takes on a batch that is finished, for submissions of all lessons.

The submissions are graded beforehand in a cheap way: one is really graded, and the journal is given
that result for every student, under the key that it would have. What is timed is the whole command,
from the start of its interpreter to the complete result file.

With ``--gradebook``, the submissions of one lesson are graded into a gradebook of nbgrader's, and
then again, with nothing changed: the clock, and the CPU time of all processes.

Run it with ``uv run python benchmarks/resume.py``.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import made_class
import nbgrader_speed

from autograder.batch.assignment import Assignment
from autograder.batch.journal import Journal
from autograder.batch.result_key import conditions_of, key_of
from autograder.exercises.manifest import LESSONS
from autograder.exercises.selection import graded_exercises
from autograder.grading.grade import grade
from autograder.sandbox.walled import Sandbox
from autograder.submissions.file_stamps import RECENT, stamp_of
from autograder.submissions.reading import Handed
from autograder.submissions.submission import Submission

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
FIXED, EACH = 2.0, 0.2e-3  # the goal: seconds for the command, and for each submission


def main() -> None:
    """Print the time of the command, and what it is for each submission."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gradebook", action="store_true")
    arguments = parser.parse_args()
    count: int = arguments.count
    if arguments.gradebook:
        into_gradebook(count, arguments.rounds)
        return
    files = made_class.correct([lesson.name for lesson in LESSONS])
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "submissions", Path(place) / "results.json"
        finished(folder, files, count)
        taken = []
        for _ in range(arguments.rounds):
            started = time.perf_counter()
            command = [*DESCENT, "grade", str(folder), "--out", str(out)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            taken.append(time.perf_counter() - started)
            if f"{count} submissions graded" not in done.stderr or "a minute" in done.stderr:
                sys.exit(f"the batch was not finished: {done.stderr}")
        size = out.stat().st_size / count
    middle, goal = statistics.median(taken), FIXED + EACH * count
    print(f"a finished batch of {count}: {middle:.2f} s ({', '.join(f'{t:.2f}' for t in taken)})")
    print(f"result file: {size / 1e3:.1f} kB a submission")
    print(f"goal: {FIXED} s + {EACH * 1e3} ms each = {goal:.2f} s; ratio {middle / goal:.2f}")


def into_gradebook(count: int, rounds: int) -> None:
    """Print what grading into a gradebook takes at first, and with nothing changed."""
    with tempfile.TemporaryDirectory() as place:
        bin_folder, home = str(Path(sys.executable).parent), {"HOME": place}
        path = {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
        environment = {**os.environ, **path, **home, "JUPYTER_CONFIG_DIR": f"{place}/config"}
        course = nbgrader_speed.made_course(Path(place), count, environment)
        time.sleep(RECENT / 1e9)
        command = [*DESCENT, "grade", "submitted", "--assignment", nbgrader_speed.LESSON]
        command += ["--gradebook", "gradebook.db"]
        for number in range(rounds + 1):
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            done = subprocess.run(
                command, check=True, capture_output=True, text=True, cwd=course, env=environment
            )
            wall, after = (
                time.perf_counter() - started,
                resource.getrusage(resource.RUSAGE_CHILDREN),
            )
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            moved = f"{count if not number else 0} scores of {count} submissions moved"
            if moved not in done.stderr:
                sys.exit(f"expected that {moved}: {done.stderr}")
            what = "again, nothing changed" if number else "first"
            print(f"{count} into a gradebook, {what}: {wall:.2f} s, {cpu:.2f} s of CPU", flush=True)


def finished(folder: Path, files: dict[str, str], count: int) -> None:
    """Write the submissions, and a journal that holds a result for each."""
    content = {path: text.encode() for path, text in files.items()}
    exercises = [exercise for exercise in graded_exercises() if not exercise.bonus]
    conditions = conditions_of(Assignment())
    with closing(Sandbox()) as sandbox:
        result = grade(Submission("ada", content), sandbox, exercises)
    with closing(Journal(folder.with_name(f"{folder.name}.all.journal"))) as journal:
        students = [f"s{number:05d}" for number in range(count)]
        for student in students:
            made_class.write(folder / student, files)
        time.sleep(RECENT / 1e9)  # as after a batch of any size: the files are not brand new
        for student in students:
            stamp = stamp_of(Handed(student, folder / student), conditions)
            key = key_of(Submission(student, content), stamp, conditions)
            journal.add(replace(result, student=student), key)


if __name__ == "__main__":
    main()
