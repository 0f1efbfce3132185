"""A class from a platform's download to the file that goes back, in one go.

Learners of one lesson, each with the solution and one slip of the catalogue in it, packed as Canvas
packs them, go through `descent grade` with a roster, a policy and feedback pages, through `descent
report` and `descent export`. Grading is killed once on the way, as a power cut would, and goes on.
Printed are seconds by the clock and of computing, with all processes that a command started, and
the most memory that its own process had, for a small and for a large class: that must hardly grow.

    uv run python benchmarks/whole_class.py --learners 100 --learners 1000
    uv run python benchmarks/whole_class.py --lesson 0_welcome    # small submissions: quicker
"""

import argparse
import ast
import csv
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path

from autograder.batch.journal import Journal
from autograder.checking.mistake import Slip
from autograder.exercises.manifest import lesson as lesson_of
from autograder.exercises.registry import mistakes_in
from autograder.maintain.make import solution_text

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
POLICY = """
[late]
per_day = 0.1
[lessons.{lesson}]
days_late = {{ u00004 = 2 }}
"""


def with_one_slip(module: str) -> list[str]:
    """The solution as often as the catalogue has slips, each with one of them in its place."""
    lines = solution_text(module).splitlines()
    nodes = [node for node in ast.parse("\n".join(lines)).body if hasattr(node, "name")]
    places = {node.name: slice(node.lineno - 1, node.end_lineno) for node in nodes}
    texts = []
    for known in mistakes_in(module):
        if isinstance(known.answer, Slip):
            changed = list(lines)
            changed[places[known.exercise]] = known.answer.text.splitlines()
            texts.append("\n".join(changed) + "\n")
    return texts


def hand_in(root: Path, lesson: str, learners: int) -> None:
    """Write the download, the gradebook that Canvas exported, and the policy."""
    download = root / "download"
    download.mkdir()
    module = lesson_of(lesson).module
    texts = with_one_slip(module)
    with (root / "canvas.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson"])
        for number in range(learners):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"course/{module}.py", texts[number % len(texts)])
            late = "_LATE" if number % 9 == 4 else ""
            name = f"ngada{number}{late}_{10_000 + number}_{90_000 + number}_course.zip"
            (download / name).write_bytes(packed.getvalue())
            rows.writerow([f"Ng, Ada {number}", 10_000 + number, "", f"u{number:05}", "M1", ""])
    (root / "policy.toml").write_text(POLICY.format(lesson=lesson), encoding="utf-8")


def run(*arguments: object, kill_after: float | None = None) -> tuple[float, float, float]:
    """Run a command, or kill it: seconds, those of computing, and MiB of its own process."""
    start, before = time.monotonic(), computed()
    command = [*DESCENT, *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    status, most = Path(f"/proc/{process.pid}/status"), 0.0
    while process.poll() is None:
        try:
            lines = status.read_text().splitlines()
            most = max(most, *(float(x.split()[1]) / 1024 for x in lines if "VmHWM" in x), 0.0)
        except (OSError, ValueError):
            pass
        if kill_after is not None and time.monotonic() - start > kill_after:
            process.kill()
        time.sleep(0.05)
    assert process.stderr is not None
    said = process.stderr.read()
    if process.returncode and kill_after is None:
        sys.exit(said)
    return time.monotonic() - start, computed() - before, most


def computed() -> float:
    """The seconds of computing of all processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(lesson: str, learners: int) -> dict[str, float]:
    """Take a class of so many learners all the way; MiB by command."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        hand_in(root, lesson, learners)
        grade = ["grade", root / "download", "--assignment", lesson]
        grade += ["--roster", root / "canvas.csv", "--policy", root / "policy.toml"]
        grade += ["--out", root / "results.json", "--feedback", root / "pages"]
        results = [root / "results.json"]
        first, *_ = run(*grade, kill_after=4 + learners / 40)
        kept = graded_so_far(root, lesson)
        rows = {"grade, after the kill": run(*grade), "grade, nothing new": run(*grade)}
        rows["report"] = run(
            *("report", *results, "--out", root / "report.html", "--feedback", root / "pages"),
            *("--lecture", root / "lecture.html"),
        )
        rows["export"] = run(
            *("export", *results, "--format", "canvas", "--roster", root / "canvas.csv"),
            *("--out", root / "grades.csv", "--title", "Lesson"),
        )
        pages = len(list((root / "pages").iterdir()))
        with (root / "grades.csv").open(encoding="utf-8") as file:
            given = sum(1 for row in csv.reader(file) if row[-1]) - 2
    print(f"{learners} learners: killed after {first:.1f} s, {kept} results are kept")
    for name, (seconds, cpu, memory) in rows.items():
        print(f"    {name}: {seconds:.1f} s, {cpu:.1f} s of computing, {memory:.0f} MiB")
    print(f"    {pages} pages, {given} scores in the file for Canvas")
    if (pages, given) != (learners, learners):
        sys.exit("Somebody is missing.")
    return {name: memory for name, (*_, memory) in rows.items()}


def graded_so_far(root: Path, lesson: str) -> int:
    """How many results the journal of a killed command holds."""
    with closing(Journal(root / f"download.{lesson}.journal")) as journal:
        return len(journal.keys())


def main() -> None:
    """Measure classes of several sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--lesson", default="1_loss_functions")
    parser.add_argument("--learners", type=int, action="append")
    arguments = parser.parse_args()
    sizes = arguments.learners or [100, 1000]
    found = [measured(arguments.lesson, size) for size in sizes]
    for name in found[0]:
        growth = found[-1][name] - found[0][name]
        more = sizes[-1] - sizes[0]
        if more:
            print(f"{name}: {1024 * growth / more:.1f} KiB more for each learner more")


if __name__ == "__main__":
    main()
