"""The course folders of one Jupyter server: who is told what a check found, and what starts it."""

import asyncio
import threading
from pathlib import Path
from typing import Any

from tornado import web

from autograder.exercises.manifest import MODULES
from autograder.learner.check_process import CheckProcess
from autograder.learner.folder import LearnerFolder, NoCourse

EVENT = "https://first-descent.invalid/check/v1"
CONTENTS = "https://events.jupyter.org/jupyter_server/contents_service/v1"
SCHEMA = {
    "$id": EVENT,
    "version": "1",
    "title": "A check of exercises: that it began, one result, that it is over; or only a sign",
    "personal-data": True,
    "type": "object",
    "required": ["folder", "stage"],
    "properties": {
        "folder": {"type": "string"},
        "stage": {"type": "string", "enum": ["here", "checking", "result", "checked", "failed"]},
        "names": {"type": "array", "items": {"type": "string"}},
        "exercise": {"type": "object"},
        "reason": {"type": "string"},
    },
}


class Known:
    """What the checks of one folder have said, for pages that did not hear it."""

    def __init__(self, path: str) -> None:
        self.path = path  # below the server's root
        self.results: dict[str, dict[str, Any]] = {}
        self.checking: list[str] = []

    def hear(self, message: dict[str, Any]) -> None:
        """Note a message of the process that checks."""
        if message["stage"] == "result":
            result = message["exercise"]
            self.results[result["name"]] = result
            self.checking = [name for name in self.checking if name != result["name"]]
        else:
            self.checking = message.get("names", [])

    def since(self, at: float) -> dict[str, Any]:
        """The results of checks that began at this time or later, and what is being checked."""
        results = [result for result in self.results.values() if result["at"] >= at]
        return {"results": results, "checking": self.checking}


class CourseServer:
    """The course folders of one server, and the process that checks them.

    Parameters
    ----------
    serverapp : ServerApp
        Jupyter's server.
    """

    def __init__(self, serverapp: Any) -> None:
        self._app = serverapp
        self._top = Path(serverapp.contents_manager.root_dir).resolve()
        self._checks = CheckProcess(self._hear)
        self._watched: dict[str, Known] = {}  # by folder
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def at_root(self) -> bool:
        """Whether the server's root holds the course."""
        return _holds_course(self._top)

    def folder(self, path: str) -> LearnerFolder:
        """The learner's folder of a path; 404 where it is not one, or not below the root."""
        root = (self._top / path.strip("/")).resolve()
        if not root.is_relative_to(self._top) or not _holds_course(root):
            raise web.HTTPError(404, "There is no course in this folder.")
        return LearnerFolder(root)

    def path_of(self, notebook: str) -> str | None:
        """The path of the folder with the course of a notebook; None where there is none."""
        try:
            found = LearnerFolder.find((self._top / notebook.strip("/")).parent).root
        except NoCourse:
            return None
        if not found.is_relative_to(self._top) or not _holds_course(found):
            return None
        return "" if found == self._top else found.relative_to(self._top).as_posix()

    def check(self, folder: LearnerFolder, names: list[str]) -> None:
        """Have exercises checked; without names, what has changed since the last check."""
        self._checks.ask(str(folder.root), names)

    def watch(self, folder: LearnerFolder, path: str) -> Known:
        """Check a folder from now on whenever a file of its course changes, whoever writes it."""
        if known := self._watched.get(str(folder.root)):
            return known
        known = self._watched[str(folder.root)] = Known(path)
        self._loop = asyncio.get_running_loop()
        # A daemon: the thread in which `watchfiles.awatch` waits would keep the server from ending.
        threading.Thread(target=self._watch, args=(folder,), daemon=True).start()
        return known

    def greet(self, path: str) -> None:
        """Give the pages a sign, by which they know that they hear of checks."""
        self._emit({"folder": path, "stage": "here"})

    async def saved(self, logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        """Check what a page saved: some file systems report no changes."""
        path = (self._top / str(data.get("path", "")).strip("/")).resolve()
        for root in self._watched:
            if data.get("action") == "save" and path.is_relative_to(Path(root) / "course"):
                self.check(LearnerFolder(Path(root)), [])

    def close(self) -> None:
        """Stop watching, and end the process that checks."""
        self._stopping.set()
        self._checks.close()

    def _watch(self, folder: LearnerFolder) -> None:
        from watchfiles import PythonFilter, watch

        for _ in watch(
            folder.root / "course",
            watch_filter=PythonFilter(),
            debounce=60,
            step=20,
            stop_event=self._stopping,
        ):
            self.check(folder, [])

    def _hear(self, message: dict[str, Any]) -> None:
        """A message of the process, in a thread."""
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(self._take, message)
        except RuntimeError:  # the server has stopped
            return

    def _take(self, message: dict[str, Any]) -> None:
        known = self._watched[message["folder"]]
        known.hear(message)
        self._emit({**message, "folder": known.path})

    def _emit(self, data: dict[str, Any]) -> None:
        self._app.event_logger.emit(schema_id=EVENT, data=data)


def _holds_course(root: Path) -> bool:
    return any((root / "course" / f"{module}.py").is_file() for module in MODULES)
