"""Thousands of submissions of every kind in one batch: all accounted for, nothing stays behind.

Correct, mistaken and unfinished ones are made up, hostile ones are those of ``tests/attacks``, and
malformed ones cannot be read at all. The batch runs as an instructor runs it, as a command of its
own, while this program looks at its processes and its memory. It ends with status 1 and says what
was not as it must be, if anything was not.

Run it with ``uv run python benchmarks/soak.py --count 5000``.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

import made_class
import psutil

from autograder.exercises.manifest import exercises_of
from autograder.maintain.verify.attacks import attacks

LESSON = "1_loss_functions"
FULL = sum(exercise.points for exercise in exercises_of("1_loss_functions"))
ATTACKS = attacks(made_class.ROOT)
DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
SHARES = {"correct": 40, "mistaken": 40, "unfinished": 8, "hostile": 4, "malformed": 8}
HOSTILE_MOST = FULL / 2  # an attack may hold some honest work; none comes near the whole
LOOK_SECONDS = 0.5
FEWEST_LOOKS = 40  # with fewer nothing is said about memory
FLAT, WARM = 1.05, 2000  # of so many submissions, the first quarter warms up
SANDBOX = 3  # processes: bubblewrap twice, and the zygote


# -- what is handed in ----------------------------------------------------------------------------


def correct(folder: Path, drawn: random.Random) -> None:
    """The solutions, now and then as a zip file."""
    files = made_class.correct([LESSON])
    if drawn.random() < 0.2:
        with zipfile.ZipFile(folder.with_name(folder.name + ".zip"), "w") as archive:
            for path, text in files.items():
                archive.writestr(f"handed in/{path}", text)
    else:
        made_class.write(folder, files)


def mistaken(folder: Path, drawn: random.Random) -> None:
    """Known mistakes among right answers: at least one."""
    while True:
        files = made_class.learner(drawn.randrange(10**9), 1, [LESSON], attempt=3)
        if any("mistaken_" in path for path in files):
            made_class.write(folder, files)
            return


def unfinished(folder: Path, drawn: random.Random) -> None:
    """Nothing, or not a module that can be imported."""
    texts = ["", "import numpy as np\n", "def softmax(logits)\n", "import os\nos._exit(3)\n"]
    made_class.write(folder, {"course/losses.py": drawn.choice(texts)})


def hostile(folder: Path, drawn: random.Random) -> None:
    """One of the attacks."""
    for path, content in drawn.choice(ATTACKS).submission().items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def malformed(folder: Path, drawn: random.Random) -> None:
    """Something that cannot be read as a submission."""
    drawn.choice(MALFORMED)(folder)


def _without_course(folder: Path) -> None:
    folder.mkdir()


def _link(folder: Path) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").symlink_to("/etc/passwd")


def _pipe(folder: Path) -> None:
    (folder / "course").mkdir(parents=True)
    os.mkfifo(folder / "course" / "losses.py")


def _gigabyte(folder: Path) -> None:
    (folder / "course").mkdir(parents=True)
    with (folder / "course" / "losses.py").open("wb") as file:
        file.truncate(1 << 30)


def _many(folder: Path) -> None:
    made_class.write(folder, {f"course/m{number}.py": "" for number in range(250)})


def _deep(folder: Path) -> None:
    made_class.write(folder, {"course/" + "d/" * 12 + "losses.py": ""})


def _broken_zip(folder: Path) -> None:
    folder.with_name(folder.name + ".zip").write_bytes(b"PK\x03\x04" + bytes(40))


def _zip_bomb(folder: Path) -> None:
    with zipfile.ZipFile(
        folder.with_name(folder.name + ".zip"), "w", zipfile.ZIP_DEFLATED
    ) as archive:
        archive.writestr("course/losses.py", bytes(64 << 20))


def _zip_that_leads_out(folder: Path) -> None:
    with zipfile.ZipFile(folder.with_name(folder.name + ".zip"), "w") as archive:
        archive.writestr("course/losses.py", "")
        archive.writestr("../outside.py", "")


MALFORMED: list[Callable[[Path], None]] = [
    *(_without_course, _link, _pipe, _gigabyte, _many, _deep),
    *(_broken_zip, _zip_bomb, _zip_that_leads_out),
]
KINDS = {kind.__name__: kind for kind in (correct, mistaken, unfinished, hostile, malformed)}


def hand_in(folder: Path, count: int, seed: int) -> dict[str, str]:
    """Write so many submissions; their kinds by student."""
    drawn = random.Random(seed)
    kinds = drawn.choices(list(SHARES), weights=list(SHARES.values()), k=count)
    folder.mkdir()
    handed = {}
    for number, kind in enumerate(kinds):
        student = f"s{number:05d}"
        handed[student] = kind
        KINDS[kind](folder / student, drawn)
    return handed


# -- how it went ----------------------------------------------------------------------------------


@dataclass
class Watched:
    """What was seen of a batch from outside."""

    status: int
    seconds: float
    said: str
    memory: list[dict[str, float]] = field(default_factory=list)  # bytes by part, look by look
    family: dict[int, float] = field(default_factory=dict)  # process ids with starting times


def watched(command: list[str], scratch: Path) -> Watched:
    """Run the batch and look at it until it ends."""
    environment = {**os.environ, "TMPDIR": str(scratch)}
    started = time.perf_counter()
    batch = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    seen = Watched(0, 0.0, "")
    process = psutil.Process(batch.pid)
    while batch.poll() is None:
        try:
            seen.memory.append(memory_of(process))
            for child in process.children(recursive=True):
                seen.family[child.pid] = child.create_time()
        except psutil.NoSuchProcess:
            continue
        time.sleep(LOOK_SECONDS)
    assert batch.stderr is not None
    seen.status, seen.said = batch.returncode, batch.stderr.read()
    seen.seconds = time.perf_counter() - started
    return seen


def memory_of(batch: psutil.Process) -> dict[str, float]:
    """What each part of a batch holds at the moment, in bytes: the mean over its processes."""
    found = {"the process that gives out the work": [batch.memory_info().rss]}
    for grader in batch.children():
        found.setdefault("a grading process", []).append(grader.memory_info().rss)
        # Not the fork that grades a submission, nor the process of the submission itself.
        bubblewraps = [process for process in grader.children() if process.name() == "bwrap"]
        below = bubblewraps + [
            process for outer in bubblewraps for process in outer.children(recursive=True)
        ]
        below = below[:SANDBOX]
        found.setdefault("its sandbox", []).append(
            sum(process.memory_info().rss for process in below)
        )
    return {part: mean(sizes) for part, sizes in found.items()}


def grown(memory: list[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """The middle of what each part held in the second quarter of the time, and in the last."""
    quarter = max(1, len(memory) // 4)
    return {
        part: (
            median(size[part] for size in memory[quarter : 2 * quarter] if part in size),
            median(size[part] for size in memory[-quarter:] if part in size),
        )
        for part in (memory[len(memory) // 2] if len(memory) >= FEWEST_LOOKS else ())
    }


def left_behind(family: dict[int, float]) -> list[str]:
    """Processes of the batch that still live."""
    found = []
    for pid, created in family.items():
        try:
            process = psutil.Process(pid)
            if process.create_time() == created and process.status() != psutil.STATUS_ZOMBIE:
                found.append(f"process {pid} lives on: {' '.join(process.cmdline())[:80]}")
        except psutil.NoSuchProcess:
            continue
    return found


def fingerprint(folder: Path) -> str:
    """Every name, size and kind under a folder."""
    digest = hashlib.sha256()
    for place, folders, files in sorted(os.walk(folder)):
        for name in sorted([*folders, *files]):
            found = os.lstat(os.path.join(place, name))
            digest.update(f"{place}/{name} {found.st_mode} {found.st_size}\n".encode())
    return digest.hexdigest()


def unaccounted(handed: dict[str, str], submissions: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the results."""
    found = {submission["student"]: submission for submission in submissions}
    if [submission["student"] for submission in submissions] != sorted(handed):
        yield f"{len(submissions)} results for {len(handed)} submissions, or not in order"
    for student, kind in handed.items():
        result = found.get(student)
        if result is None:
            yield f"{student} ({kind}) has no result"
            continue
        status, score = result["status"], result["score"]
        passed = [graded["outcome"] == "passed" for graded in result["exercises"]]
        fits = {
            "correct": status == "graded" and score == FULL,
            "mistaken": status == "graded" and 0 < score < FULL and not all(passed),
            "unfinished": status == "graded" and score == 0,
            "hostile": status == "graded" and 0 <= score <= HOSTILE_MOST,
            "malformed": status == "unreadable" and score is None and bool(result["reason"]),
        }[kind]
        if not fits:
            yield f"{student} ({kind}) is {status} with score {score}: {result['reason']}"


def main() -> None:
    """Run the soak and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--jobs", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        folder, scratch = Path(place) / "submissions", Path(place) / "scratch"
        out = Path(place) / "results.json"
        scratch.mkdir()
        handed = hand_in(folder, arguments.count, arguments.seed)
        before = fingerprint(folder)
        command = [*DESCENT, "grade", str(folder), "--assignment", LESSON, "--out", str(out)]
        command += ["--jobs", str(arguments.jobs)] if arguments.jobs else []
        seen = watched(command, scratch)
        submissions: list[dict[str, Any]] = []
        problems = [] if seen.status == 0 else [f"status {seen.status}: {seen.said[-300:]}"]
        if out.exists():
            submissions = json.loads(out.read_text(encoding="utf-8"))["submissions"]
            problems += unaccounted(handed, submissions)
        problems += [
            f"{part} grew from {before:.3g} to {after:.3g} bytes"
            for part, (before, after) in grown(seen.memory).items()
            if after > FLAT * before and len(handed) >= WARM
        ]
        problems += left_behind(seen.family)
        problems += [f"{path} was left in the scratch folder" for path in scratch.iterdir()]
        if fingerprint(folder) != before:
            problems.append("the folder of submissions is not as it was")
        names = {file.name for file in Path(place).iterdir()}
        kept = {f"submissions.{LESSON}.journal", f"submissions.{LESSON}.secret"}
        for name in sorted(names - {"submissions", "scratch", "results.json", *kept}):
            problems.append(f"{name} was left beside the results")
    _print(handed, seen, submissions, problems)
    sys.exit(1 if problems else 0)


def _print(
    handed: dict[str, str],
    seen: Watched,
    submissions: list[dict[str, Any]],
    problems: list[str],
) -> None:
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(handed.values()).most_common())
    print(f"{len(handed)} submissions ({kinds}) in {seen.seconds:.0f} s")
    print(f"{60 * len(handed) / seen.seconds:.0f} a minute; {len(seen.family)} processes seen")
    for kind in SHARES:
        taken = [
            submission["seconds"]
            for submission in submissions
            if handed.get(submission["student"]) == kind
        ]
        if taken:
            print(f"  {kind}: {mean(taken):.2f} s each in the mean, {max(taken):.2f} at most")
    for part, (before, after) in grown(seen.memory).items():
        print(
            f"memory of {part}: {before / 2**20:.0f} MiB in the second quarter of the time, "
            f"{after / 2**20:.0f} MiB in the last, ratio {after / before:.3f}"
        )
    for problem in problems:
        print(problem)
    print(
        "Everyone is accounted for, nothing is left."
        if not problems
        else f"{len(problems)} problems"
    )


if __name__ == "__main__":
    main()
