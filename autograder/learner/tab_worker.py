"""The other side of a page in a browser: what Jupyter's server does elsewhere, in a worker.

The page sends the learner's files with each request, and keeps what has changed of them. A request
and its answer are JSON: ``what`` is asked with which ``body``, the ``files`` by path (null where
the content does not matter), and as ``ended`` the operations that ended a worker before this one.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.checking.in_tab import TabBackend
from autograder.exercises.manifest import EXERCISES
from autograder.exercises.selection import selected
from autograder.learner.answers import ANSWERS, answer
from autograder.learner.background_check import BackgroundCheck, Superseded
from autograder.learner.check import check_folder
from autograder.learner.course_map import course_map
from autograder.learner.folder import LearnerFolder
from autograder.learner.reloading import why_it_does_not_load
from autograder.learner.take_away import opened, packed
from autograder.maintain.given_files import (
    assume_given,
    fingerprint,
    given_as_shipped,
    update,
)
from autograder.refused import Refused

ROOT = Path("/learner")
# A check that nobody waits for is done in pieces: what is asked meanwhile is answered in between.
PIECE_SECONDS = 1.0


class Worker:
    """Answers a page.

    Parameters
    ----------
    post : callable
        Called with a text in JSON for what the page is to hear before the answer: an ``event``, or
        which operation is ``running`` and for how many ``seconds`` it may.
    root : Path, optional
        Where the learner's files are laid out.
    """

    def __init__(self, post: Callable[[str], object], root: Path = ROOT) -> None:
        self._post, self._root = post, root
        self._backend = _InPieces(self._begins)
        self._checks = BackgroundCheck(self._say, self._backend)

    def answer(self, text: str) -> str:
        """Do what was asked for; the answer, and the files that have changed."""
        request = json.loads(text)
        files: dict[str, str | None] = request["files"]
        self._lay_out(files)
        self._backend.expect({int(key): why for key, why in request.get("ended", {}).items()})
        try:
            found = self._answered(request["what"], request.get("body") or {})
        except Refused as reason:
            found = {"refused": str(reason)}
        return json.dumps({"answer": found, "changed": self._changed(files)})

    def _answered(self, what: str, body: dict[str, Any]) -> Any:
        folder = LearnerFolder(self._root)
        match what:
            case "course":
                return {"folder": "", "checking": [], "results": [], **course_map(folder)}
            case "check":
                known = [
                    exercise.name
                    for exercise in EXERCISES
                    if exercise.name in body.get("names", [])
                ]
                request = {"folder": str(self._root), "names": known, "again": body.get("again")}
                with self._backend.piece():
                    self._checks.serve(request)
                return {"more": self._checks.owes(self._root)}
            case "kernel-check":
                card = check_folder(folder, selected(tuple(body["names"])), self._backend)
                found = {"result": card.result.as_json(), "printed": card.result.printed}
                return {**found, "notes": list(card.notes)}
            case "kernel-load":
                said = why_it_does_not_load(body["module"], folder.files(), self._backend)
                return {"said": said}
            case "update":
                given = given_as_shipped()
                assume_given(self._root, given)  # a first visitor may have begun to write
                done = update(self._root, given)
                changes = [f"{file.name}: {file.fate} {file.beside}".strip() for file in done]
                return {"done": changes, "given": fingerprint(given)}
            case "take-away":
                return {"zip": packed(self._root)}
            case "open":
                return {"kept": opened(self._root, body["zip"])}
        if what in ANSWERS:
            return answer(what, folder, str(body.get("name", "")))
        raise Refused(f"There is no answer to {what}.")

    def _lay_out(self, files: dict[str, str | None]) -> None:
        for path in [*self._root.rglob("*")] if self._root.is_dir() else []:
            if path.is_file() and path.relative_to(self._root).as_posix() not in files:
                path.unlink()
        for name, content in files.items():
            path = self._root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content or "", encoding="utf-8", newline="")

    def _changed(self, before: dict[str, str | None]) -> dict[str, str]:
        """The files that are other than the page sent them."""
        found = {}
        for path in sorted(self._root.rglob("*")):
            name = path.relative_to(self._root).as_posix()
            if path.is_file() and path.suffix != ".lock":
                text = path.read_bytes().decode("utf-8", "replace")
                if text != (before.get(name, None if name not in before else "") or ""):
                    found[name] = text
        return found

    def _begins(self, number: int, seconds: float) -> None:
        self._post(json.dumps({"running": number, "seconds": seconds}))

    def _say(self, message: dict[str, Any]) -> None:
        self._backend.has_result = self._backend.has_result or message["stage"] == "result"
        self._post(json.dumps({"event": {**message, "folder": ""}}))


class _InPieces(TabBackend):
    """The page ends the whole worker where an operation takes too long; a check stops by itself."""

    stopped = False
    has_result = False
    _until = float("inf")

    @contextmanager
    def piece(self) -> Iterator[None]:
        """Check for about a second, but one exercise at least."""
        self.has_result, self._until = False, time.monotonic() + PIECE_SECONDS
        try:
            yield
        finally:
            self._until = float("inf")

    def open(self, files: dict[str, bytes]) -> Any:
        """A session, unless what is left is for the next piece."""
        if self.has_result and time.monotonic() > self._until:
            raise Superseded
        return super().open(files)

    def stop(self) -> None:
        """Not from here."""

    def resume(self) -> None:
        """Nothing was stopped."""

    def close(self) -> None:
        """Nothing waits."""
