"""The arena: a sandbox with short limits, and things next to it that nobody may read or change."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

import solutions
from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.wall import Wall
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

ROOT = Path(__file__).parents[2]
RIGHT = Path(solutions.__file__).with_name("losses.py").read_bytes()
SECRET = "the-secret-of-this-assignment-7d1f"
LIMITS = Limits(call_seconds=1.0, memory=512 * MIB)


@dataclass
class Bait:
    """Files of the instructor and of another student, as they are next to a grader."""

    folder: Path
    before: str = field(init=False)

    def __post_init__(self) -> None:
        course = self.folder / "submissions" / "ada" / "course"
        course.mkdir(parents=True)
        (course / "losses.py").write_bytes(RIGHT)
        (self.folder / "secret.txt").write_text(SECRET, encoding="utf-8")
        (self.folder / "results.json").write_text(json.dumps({"score": 0.0}), encoding="utf-8")
        (self.folder / "class.journal").write_bytes(b"SQLite format 3\0" + bytes(84))
        self.before = self.fingerprint()

    def fingerprint(self) -> str:
        """A digest of everything in the folder: names, kinds, times and contents."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            kind = path.lstat()
            digest.update(f"{path} {kind.st_mode} {kind.st_nlink} {kind.st_mtime_ns}".encode())
            if path.is_file():
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def filled_in(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """A submission's files with the places of this machine in them."""
        places = {
            b"@BAIT@": os.fsencode(self.folder),
            b"@ROOT@": os.fsencode(ROOT),
            b"@SECRET@": SECRET.encode(),
            b"@TERCES@": SECRET[::-1].encode(),  # for those that search their memory for it
            b"@GRADER@": str(os.getpid()).encode(),
        }
        for mark, place in places.items():
            files = {path: text.replace(mark, place) for path, text in files.items()}
        return files


@dataclass
class Arena:
    """A sandbox for attacks, and what is next to it."""

    sandbox: Sandbox
    wall: Wall
    bait: Bait
    temporary: Path
    secret: str = SECRET

    def __post_init__(self) -> None:
        self._processes = self._running()
        self._files = self._left()

    def _running(self) -> list[str]:
        """The programs of the worker's processes, and how many threads each has."""
        started = psutil.Process(self.sandbox._process.pid)
        found = [started, *started.children(recursive=True)]
        return sorted(f"{process.name()} {process.num_threads()}" for process in found)

    def _left(self) -> list[str]:
        return sorted(str(path) for path in self.temporary.rglob("*"))

    def assert_clean(self) -> None:
        """Assert that no process and no file is left, and that the bait is as it was."""
        assert self._running() == self._processes
        assert self._left() == self._files
        assert self.bait.fingerprint() == self.bait.before

    def assert_grades_on(self, honest: Submission) -> None:
        """Assert that an honest submission gets its full marks now."""
        result = grade(honest, self.sandbox, [exercise("softmax")], SECRET)
        assert result.score == result.max_score == 3.0


@pytest.fixture(scope="session")
def honest() -> Submission:
    """A correct submission."""
    return Submission("ada", {"course/losses.py": RIGHT})


@pytest.fixture
def bait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bait:
    """Bait that may be taken."""
    monkeypatch.setenv("DESCENT_SECRET", SECRET)
    return Bait(tmp_path / "instructor")


@pytest.fixture(
    scope="session",
    params=[Wall.NAMESPACES, pytest.param(Wall.LANDLOCK, marks=pytest.mark.exhaustive)],
)
def arena(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arena]:
    """A sandbox with short limits, some bait, and its own folder for temporary files."""
    bait = Bait(tmp_path_factory.mktemp("instructor"))
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        temporary = Path(place)
        temporary.chmod(0o755)  # behind the weaker wall a submission may be run as another user
        patch.setattr("tempfile.tempdir", str(temporary))
        patch.setenv("DESCENT_SECRET", SECRET)
        try:
            opened = Sandbox(LIMITS, secrets=[ROOT, bait.folder], wall=request.param)
        except SandboxUnavailable as reason:
            # the weaker wall depends on where Python is: not every machine of the CI can have it
            if os.environ.get("CI") == "true" and request.param is Wall.NAMESPACES:
                raise
            pytest.skip(str(reason))
        with closing(opened) as sandbox:
            yield Arena(sandbox, request.param, bait, temporary)
