"""The process that checks at each save, for a Jupyter server: lines of JSON in, lines of JSON out.

It runs the same check as the notebook, each in a process of its own with the same limits. What
arrives while a check is running ends that check; what the ended one still owed is checked with it.
It ends when its input closes, or when nothing has been asked for a while.
"""

import json
import os
import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from autograder.exercises.manifest import EXERCISES, exercise
from autograder.grading.grade import grade
from autograder.grading.results import ExerciseResult
from autograder.learner.affected import affected
from autograder.learner.card import exercise_card_html
from autograder.learner.exam import is_exam, withheld, withheld_exercise
from autograder.learner.folder import LearnerFolder, out_of_date
from autograder.sandbox.backend import Backend
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Session
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission

IDLE_SECONDS = 900.0
SPARE = 3  # a check that fails asks in a second process, and what builds on it in two more
Files = dict[str, bytes]
Say = Callable[[dict[str, Any]], None]


class Superseded(BaseException):
    """A newer request has arrived; not an `Exception`, so that nothing on the way takes it for one
    of the learner's."""


class StoppableBackend(UnwalledBackend):
    """Sessions for self-checks that another thread can end.

    Parameters
    ----------
    limits : Limits, optional
        Bounds of each session.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._turn, self._stopped = threading.Lock(), False
        self._connections: list[socket.socket] = []
        super().__init__(limits, spare=SPARE)

    def open(self, files: Files) -> Session:
        """A session, unless the checks are to stop."""
        with self._turn:
            if self._stopped:
                raise Superseded
            self._connections.append(self.next_connection())
        return super().open(files)

    def stop(self) -> None:
        """End the sessions that run, and refuse others until `resume`."""
        with self._turn:
            self._stopped = True
            for connection in self._connections:
                with suppress(OSError):  # that session is over
                    connection.shutdown(socket.SHUT_RDWR)

    def resume(self) -> None:
        """Open sessions again."""
        with self._turn:
            self._stopped = False
            self._connections.clear()

    @property
    def stopped(self) -> bool:
        """Whether the checks are to stop."""
        return self._stopped


class Stoppable(Backend, Protocol):
    """A backend whose sessions another thread can end."""

    @property
    def stopped(self) -> bool:
        """Whether the checks are to stop."""

    def stop(self) -> None:
        """End the sessions that run."""

    def resume(self) -> None:
        """Open sessions again."""

    def warm_up(self) -> None:
        """Be ready for the next check."""

    def close(self) -> None:
        """End what waits."""


class BackgroundCheck:
    """Checks what changes of a learner's files may have changed, the newest request first.

    Parameters
    ----------
    say : callable
        Called with each message: a dictionary with the folder, the stage and what belongs to it.
    backend : backend, optional
        Where the checks run.
    """

    def __init__(self, say: Say, backend: Stoppable | None = None) -> None:
        self._say = say
        self._backend = backend or StoppableBackend()
        self._requests: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._checked: dict[Path, Files] = {}  # the files of the last look
        self._owed: dict[Path, list[str]] = {}

    def hear(self, request: dict[str, Any] | None) -> None:
        """Take a request, from any thread; None ends `run`.

        Parameters
        ----------
        request : dict or None
            Its ``folder``, and in ``names`` the exercises to check; without these, those that the
            files' changes may have changed. Files that were looked at already are no request.
        """
        if request is not None and not request.get("names"):
            root = Path(request["folder"])
            with suppress(OSError):
                if self._checked.get(root) == LearnerFolder(root).files():
                    return
        self._backend.stop()
        self._requests.put(request)

    def run(self, idle_seconds: float = IDLE_SECONDS) -> None:
        """Serve requests until the end."""
        with suppress(queue.Empty):
            while (request := self._requests.get(timeout=idle_seconds)) is not None:
                self._backend.resume()
                self.serve(request)
                self._backend.warm_up()
        self._backend.close()

    def serve(self, request: dict[str, Any]) -> None:
        """Serve one request, as `hear` takes it; of an ``again``, exactly what it names."""
        folder = LearnerFolder(Path(request["folder"]))
        if request.get("again"):
            self._checked[folder.root] = folder.files()
        try:
            self._check(folder, list(request.get("names") or []))
        except Superseded:
            pass
        except Exception as error:  # noqa: BLE001 - the page has to hear of every ending
            if not self._backend.stopped:
                self._tell(folder, "failed", reason=f"{type(error).__name__}: {error}")

    def owes(self, root: Path) -> bool:
        """Whether a check of a folder was ended before it was complete."""
        return bool(self._owed.get(root))

    def _check(self, folder: LearnerFolder, asked: list[str]) -> None:
        """Check what was asked for, what has changed, and what an ended check still owed."""
        files = folder.files()
        before = self._checked.get(folder.root)
        if before is None:
            changed = [exercise.name for exercise in out_of_date(folder.progress(), files)]
        elif before != files:
            changed = affected(before, files)
            folder.still_holds(before, files)
        else:
            changed = []
        self._checked[folder.root] = files
        owed = {*asked, *changed, *self._owed.get(folder.root, [])}
        names = [exercise.name for exercise in EXERCISES if exercise.name in owed]
        self._owed[folder.root] = list(names)
        if names:
            self._tell(folder, "checking", names=names)
            self._grade(folder, files, names)
        if names or before is None:
            self._tell(folder, "checked")

    def _grade(self, folder: LearnerFolder, files: Files, names: list[str]) -> None:
        at = time.time()
        exam = is_exam(folder.root)
        said: dict[str, str] = {}

        def answer(result: ExerciseResult, printed: str = "") -> None:
            card = exercise_card_html(result, printed)
            if said.get(result.name) != card:
                said[result.name] = card
                self._tell(folder, "result", exercise=_entry(result, card, at))

        def on_result(result: ExerciseResult) -> None:
            if self._backend.stopped:
                raise Superseded
            result = withheld_exercise(result) if exam else result
            self._owed[folder.root].remove(result.name)
            folder.remember((result,), files)
            answer(result)

        result = grade(
            Submission("", files),
            self._backend,
            [exercise(name) for name in names],
            on_result=on_result,
        )
        result = withheld(result) if exam else result
        for other in result.exercises:  # what was printed, and notes, are known only now
            answer(other, result.printed if len(names) == 1 else "")

    def _tell(self, folder: LearnerFolder, stage: str, **what: Any) -> None:
        self._say({"folder": str(folder.root), "stage": stage, **what})


def _entry(result: ExerciseResult, card: str, at: float) -> dict[str, Any]:
    return {
        "name": result.name,
        "outcome": str(result.outcome),
        "holds": sum(criterion.passed for criterion in result.criteria),
        "of": len(result.criteria),
        "html": card,
        "at": at,
    }


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints, prints into the server's log

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    checks = BackgroundCheck(say)
    threading.Thread(target=_read, args=(checks.hear,), daemon=True).start()
    with suppress(BrokenPipeError):
        checks.run()


def _read(hear: Callable[[dict[str, Any] | None], None]) -> None:
    """Hand on each line of the input; by `os.read`, which holds no lock when Python ends."""
    rest = b""
    while received := os.read(0, 1 << 16):
        *lines, rest = (rest + received).split(b"\n")
        for line in lines:
            hear(json.loads(line))
    hear(None)


if __name__ == "__main__":
    main()
