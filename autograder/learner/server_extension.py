"""What the course adds to a Jupyter server: the course map, and a check at each save.

Code of the learner's never runs in the server: it starts `autograder.learner.check_process` with
the first page that shows the course. Results go to all pages by the server's own event bus, which
every page of JupyterLab listens to.
"""

import json
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.application import ExtensionApp
from tornado import web

from autograder.exercises.manifest import EXERCISES, LESSONS
from autograder.learner.answers import ANSWERS, answer
from autograder.learner.course_server import CONTENTS, SCHEMA, CourseServer


class Base(APIHandler):
    """Requests about one course folder; `APIHandler` checks who asks, and the XSRF cookie."""

    auth_resource = "first-descent"

    def initialize(self, course: CourseServer) -> None:
        """Keep what all requests share."""
        self.course = course

    def asked(self) -> dict[str, Any]:
        """The request's JSON object."""
        found = self.get_json_body()
        return found if isinstance(found, dict) else {}


class CourseHandler(Base):
    """The course map of the folder of a notebook; from then on, the folder is watched.

    Results come by events, and a page can miss some: while it connects, or after it was cut off.
    So the answer holds those since a time that the page names.
    """

    @web.authenticated
    def get(self) -> None:
        """Answer with the map and results, or with null where the notebook has no course."""
        from autograder.learner.course_map import course_map

        path = self.course.path_of(self.get_argument("notebook", "lessons/any.ipynb"))
        if path is None:
            self.finish("null")
            return
        folder = self.course.folder(path)
        try:
            since = float(self.get_argument("since", "0"))
        except ValueError:
            raise web.HTTPError(400, "`since` is a number of seconds.") from None
        missed = self.course.watch(folder, path).since(since)
        self.finish(json.dumps({"folder": path, **course_map(folder), **missed}))
        self.course.greet(path)
        self.course.check(folder, [])


class CheckHandler(Base):
    """A check that somebody asked for."""

    @web.authenticated
    def post(self) -> None:
        """Check the named exercises; the results go to every page."""
        asked = self.asked()
        path = str(asked.get("folder", ""))
        folder = self.course.folder(path)
        names = [exercise.name for exercise in EXERCISES if exercise.name in asked.get("names", [])]
        if names:
            self.course.watch(folder, path)
            self.course.check(folder, names)
        self.set_status(202)
        self.finish("{}")


class AskHandler(Base):
    """What a learner asks about one exercise or one lesson."""

    @web.authenticated
    def post(self, what: str) -> None:
        """Answer with the thing, or with ``refused`` and a sentence."""
        asked = self.asked()
        folder = self.course.folder(str(asked.get("folder", "")))
        try:
            self.finish(json.dumps(answer(what, folder, str(asked.get("name", "")))))
        except KeyError:
            raise web.HTTPError(404, "There is no such exercise or lesson.") from None


class CourseExtension(ExtensionApp):
    """Tells the pages that there is a course here, and answers what they ask."""

    name = "first_descent"
    load_other_extensions = True
    course: CourseServer | None = None

    def initialize_settings(self) -> None:
        """Leave word for the pages: without it they ask nothing and show nothing."""
        server: Any = self.serverapp
        if not getattr(server.contents_manager, "root_dir", ""):
            return  # files that are not on this disk
        self.course = CourseServer(server)
        page = server.web_app.settings.setdefault("page_config_data", {})
        page["firstDescent"] = json.dumps(
            {"atRoot": self.course.at_root, "lessons": [lesson.name for lesson in LESSONS]}
        )
        server.event_logger.register_event_schema(SCHEMA)
        server.event_logger.add_listener(schema_id=CONTENTS, listener=self.course.saved)

    def initialize_handlers(self) -> None:
        """Add the addresses below ``first-descent/``."""
        if self.course is not None:
            shared = {"course": self.course}
            self.handlers.extend(
                [
                    ("/first-descent/course", CourseHandler, shared),
                    ("/first-descent/check", CheckHandler, shared),
                    (f"/first-descent/({'|'.join(ANSWERS)})", AskHandler, shared),
                ]
            )

    async def stop_extension(self) -> None:
        """End what was started: a thread or process that is left over would keep the server."""
        if self.course is not None:
            self.course.close()


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": __name__, "app": CourseExtension}]
