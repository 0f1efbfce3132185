"""A site in a real Chromium, below a path of a server of files, all other addresses blocked.

A test asks for `address`, and for `visit`, which opens a lesson as a first visitor sees it::

    def test_something(address, visit):
        lesson = visit(address, "1_loss_functions")
        lesson.write("course/losses.py", solution_text("losses"))
        assert "everything holds" in lesson.run('check("softmax")')
"""

import functools
import http.server
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import MODULES
from autograder.maintain.make import solution_text
from autograder.site.build import build_site
from autograder.site.tools import NotBuilt

PATIENCE = 600_000  # milliseconds: on a busy machine Python takes long to start in a browser
ANSWERED = json.loads((Path(__file__).parents[1] / "predictions.json").read_text())
APP = "window.jupyterapp"
PANEL = f"{APP}.shell.currentWidget"
LABS = "[...document.querySelectorAll('*')].flatMap(each => each.__experiment ?? [])"
RUN = f"""async at => {{
  const {{ content }} = {PANEL};
  content.activeCellIndex = at;
  await {APP}.commands.execute('notebook:run-cell');
  return content.widgets[at].model.toJSON().outputs;
}}"""
SAVE = f"""([path, content]) => {APP}.serviceManager.contents.save(
  path, {{type: 'file', format: 'text', content}})"""
READ = f"async path => (await {APP}.serviceManager.contents.get(path, {{content: true}})).content"
# An experiment is drawn where its run is there and each drawing has two colors or more; of a map,
# of which every cell is a run and comes by itself, where enough of them are known.
DRAWN = f"""name => {{
  const lab = ({LABS}).findLast(each => each.root.classList.contains(name));
  lab.root.scrollIntoView({{ block: 'center' }});
  const colors = canvas => new Set(new Uint32Array(canvas.getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
  const drawings = [...lab.root.querySelectorAll('canvas')].filter(each => each.checkVisibility());
  const drawn = drawings.length || lab.root.querySelector('svg *') !== null;
  const {{ run, values }} = lab.state;
  const known = values?.filter(each => !Number.isNaN(each)).length;
  return Boolean(drawn && run) && drawings.every(each => colors(each) > 1)
    && (!values || known >= Math.min(100, values.length));
}}"""
FOLDER = f"""path => {APP}.serviceManager.contents.save(
  path, {{type: 'directory', format: 'json', content: null, name: path}})"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Hands out files and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


class Lesson:
    """A lesson in its own page.

    Attributes
    ----------
    page : playwright.sync_api.Page
        The page.
    elsewhere : list of str
        What it has asked of other addresses.
    complaints : list of str
        Errors of its scripts.
    """

    def __init__(self, page: Any, address: str, name: str) -> None:
        self.page, self._address, self._name = page, address, name
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(error.stack or str(error)))
        page.context.route("http*://**", self._watch)

    def open(self) -> None:
        """Open the lesson, and wait for its kernel."""
        self.page.goto(f"{self._address}lab/index.html?path=lessons/{self._name}.ipynb")
        self.ready()

    def ready(self) -> None:
        """Wait for the kernel."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function(f"{PANEL}?.sessionContext?.session?.kernel")

    def cells(self) -> list[str]:
        """The source of each cell; empty where it is not code."""
        return self.page.evaluate(
            f"() => {PANEL}.content.widgets.map(cell => "
            "cell.model.type === 'code' ? cell.model.sharedModel.getSource() : '')"
        )

    def run_at(self, at: int) -> list[dict[str, Any]]:
        """Run a cell; its outputs."""
        return self.page.evaluate(RUN, at)

    def run(self, begins: str) -> str:
        """Run the first cell that begins so; what it shows, as text in JSON."""
        found = (at for at, cell in enumerate(self.cells()) if cell.startswith(begins))
        return json.dumps(self.run_at(next(found)), ensure_ascii=False)

    def write(self, path: str, text: str) -> None:
        """Save a file as an editor would."""
        folder, _, name = path.rpartition("/")
        if name and folder.startswith("."):
            self.page.evaluate(FOLDER, folder)
        self.page.evaluate(SAVE, [path, text])

    def read(self, path: str) -> str:
        """A file of the learner's."""
        return self.page.evaluate(READ, path)

    def prepare(self) -> None:
        """Write all functions, and make all predictions."""
        for module in MODULES:
            self.write(f"course/{module}.py", solution_text(module))
        made = {name: [{"given": given}] for name, given in ANSWERED.items()}
        self.write(".descent/predictions.json", json.dumps(made))

    def experiments(self) -> list[str]:
        """The names of all experiments that are shown."""
        return self.page.evaluate(f"() => ({LABS}).map(each => each.root.classList[1])")

    def drawn(self, experiment: str) -> None:
        """Scroll to an experiment, and wait until its picture is drawn."""
        self.page.wait_for_function(DRAWN, arg=experiment)

    def _watch(self, route: Any) -> None:
        if route.request.url.startswith(self._address):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as `descent site` writes it."""
    place = tmp_path_factory.mktemp("site") / "built"
    try:
        build_site(place, say=lambda _: None)
    except NotBuilt as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"a site cannot be built here: {reason}")
    return place


@contextmanager
def served(top: Path) -> Iterator[str]:
    """The address at which a folder is handed out."""
    handler = functools.partial(Quiet, directory=str(top))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is, two folders below the top of its server."""
    top = tmp_path_factory.mktemp("web")
    (top / "a").mkdir()
    (top / "a" / "school").symlink_to(site)
    with served(top) as host:
        yield f"{host}a/school/"


@pytest.fixture
def own_address(site: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a copy of the site, and the copy, which a test may change."""
    copy = tmp_path / "web" / "course"
    shutil.copytree(site, copy)
    with served(tmp_path / "web") as host:
        yield f"{host}course/", copy


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Lesson]]:
    """Function that opens a lesson in its own profile, or in one that is given."""
    contexts = []

    def open_lesson(
        address: str, name: str = "1_loss_functions", profile: Any = None, **context: Any
    ) -> Lesson:
        if profile is None:
            profile = browser.new_context(**context)
            contexts.append(profile)
        lesson = Lesson(profile.new_page(), address, name)
        lesson.open()
        return lesson

    yield open_lesson
    for context in contexts:
        context.close()
