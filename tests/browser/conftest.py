"""JupyterLab in a real Chromium, for tests that need to see what a learner sees.

One browser and one server serve all tests of this folder, which is a package for their sake. A test
asks for `jupyter`, which shows notebooks from any temporary folder::

    def test_something(jupyter, write_notebook, tmp_path):
        write_notebook(tmp_path / "a.ipynb", ["1 + 1"])
        page = jupyter.open(tmp_path / "a.ipynb")
        jupyter.run_all(page)

or for `stage`, which has a learner's folder with the solutions as its ``course/``, and one page and
one kernel for all::

    def test_something_else(stage):
        stage.show(
            "from course.welcome import distance\\n"
            "from lab import slide_a_wave\\nslide_a_wave(distance)"
        )
        stage.slide("Shift", 40)
        stage.wait("run.settings.shift === 0.4")

Where Chromium is absent the tests are skipped with that reason, except under ``CI=true``.
"""

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

import solutions
from autograder.exercises.manifest import MODULES
from autograder.maintain.make import solution_text, stub

QUIET = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
TOKEN = "only-for-tests"
PROMPT = (
    "--ServerApp.kernel_websocket_connection_class=lab.widget.prompt_connection.PromptConnection"
)
PATIENCE = 180_000  # milliseconds: nothing takes as long, unless the machine is very busy
# a prediction for each experiment, so that a test can begin with what follows
ANSWERED = json.loads((Path(__file__).parents[1] / "predictions.json").read_text())
LABS = '[...document.querySelectorAll("*")].flatMap((e) => e.__experiment ?? [])'
# in the kernel: the next cell imports the learner's modules as they are on disk now
FORGET = """async code => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  await kernel.requestExecute({ code, silent: true, store_history: false }).done;
}"""
FORGOTTEN = """import sys
for name in [name for name in sys.modules if name.startswith("course")]:
    del sys.modules[name]
"""
PANEL = "window.jupyterapp.shell.currentWidget"


def notebook_written(path: Path, cells: list[str]) -> None:
    """Write a notebook with these code cells."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(made, path)


def learner_written(folder: Path) -> None:
    """Write a learner's folder as a fresh clone has it: unsolved modules and the notebooks."""
    for name in ("course", "lessons"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "course" / "__init__.py").touch()
    for module in MODULES:
        text = stub(solution_text(module), module)
        (folder / "course" / f"{module}.py").write_text(text, encoding="utf-8")
    for path in (Path(__file__).parents[2] / "lessons").glob("*.ipynb"):
        shutil.copy(path, folder / "lessons")


def descent_lab(serve: Any, folder: Path, lesson: str = "1") -> str:
    """Start `descent lab` on a learner's folder; its address."""
    (port,) = serve.free_ports(1)
    address = f"http://127.0.0.1:{port}"
    start = "from autograder.commands.main import main; main()"
    command = [sys.executable, "-c", start, "lab", lesson, "--no-browser"]
    command += [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.expose_app_in_browser=True"]
    settings = {"JUPYTERLAB_SETTINGS_DIR": str(folder / ".descent" / "settings-of-tests")}
    serve(command, f"{address}/api?token={TOKEN}", folder, {**os.environ, **settings})
    return address


def predictions_made(folder: Path, made: bool = True) -> None:
    """Write the predictions of a learner: all, or none."""
    kept = folder / ".descent" / "predictions.json"
    kept.parent.mkdir(exist_ok=True)
    answers = {name: [{"given": given}] for name, given in ANSWERED.items()}
    kept.write_text(json.dumps(answers if made else {}))


class JupyterLab:
    """A JupyterLab server on a folder, and pages of the browser that look at what is below it."""

    def __init__(self, folder: Path, browser: Any, serve: Any, scratch: Path) -> None:
        self.folder = folder
        self.browser = browser
        (self.port,) = serve.free_ports(1)
        settings = scratch / "settings"
        settings.mkdir(parents=True)
        (settings / "overrides.json").write_text(json.dumps(QUIET))
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(scratch / "config"),
            "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
            "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
            "JUPYTERLAB_SETTINGS_DIR": str(scratch / "user-settings"),
            "IPYTHONDIR": str(scratch / "ipython"),
        }
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += [
            f"--ServerApp.port={self.port}",
            "--ServerApp.ip=127.0.0.1",
            f"--IdentityProvider.token={TOKEN}",
            f"--LabApp.app_settings_dir={settings}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            PROMPT,
        ]
        serve(command, f"{self.address}/api?token={TOKEN}", folder, environment)

    @property
    def address(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    def open(self, path: Path, width: int = 1280, height: int = 900, **context: Any) -> Any:
        """Open a file below the folder in its own page, side bars closed."""
        page = self.browser.new_context(
            viewport={"width": width, "height": height}, **context
        ).new_page()
        page.set_default_timeout(PATIENCE)
        place = path.relative_to(self.folder).as_posix()
        page.goto(f"{self.address}/doc/tree/{place}?token={TOKEN}&reset")
        page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"
            " && window.jupyterapp.shell.currentWidget.sessionContext?.isReady"
        )
        return page

    def run_all(self, page: Any) -> None:
        """Run all cells and wait until the kernel is idle again."""
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(
            "() => { const s = window.jupyterapp.shell.currentWidget.sessionContext;"
            " return s.session?.kernel?.status === 'idle' }"
        )

    @contextmanager
    def themed(self, page: Any, name: str) -> Iterator[None]:
        """Change JupyterLab's theme, to "JupyterLab Dark" for instance, for a block."""

        def change(theme: str) -> None:
            page.evaluate(
                "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
                theme,
            )
            light = str("Dark" not in theme).lower()
            page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")

        change(name)
        try:
            yield
        finally:
            change("JupyterLab Light")

    def save(self, page: Any) -> None:
        """Save the notebook."""
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")

    def leave(self, page: Any) -> None:
        """Shut the kernel down and close the page: what is saved has to speak for itself."""
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.context.close()


def listen(page: Any, complaints: list[str]) -> None:
    """Note the errors of a page, each with its stack.

    JupyterLab takes its splash screen away with a timer, and sometimes a second time: an error
    whose stack is that timer's function alone.
    """

    def note(error: Any) -> None:
        said = error.stack or str(error)
        if not re.search(r"'removeChild'[^\n]*\n\s+at \S+/jlab_core\.\S+$", said):
            complaints.append(said)

    page.on("pageerror", note)


class Stage:
    """A learner's folder, and a notebook of one cell that shows one experiment after the other.

    Attributes
    ----------
    folder : Path
        The learner's folder, with the solutions in ``course/``.
    page : playwright.sync_api.Page
        The notebook.
    complaints : list of str
        Errors that the page reported since the last `show`.
    """

    def __init__(self, folder: Path, lab: JupyterLab) -> None:
        self.folder = folder
        self.lab = lab
        self.complaints: list[str] = []
        notebook_written(folder / "stage.ipynb", [""])
        self.page = lab.open(folder / "stage.ipynb")
        listen(self.page, self.complaints)
        self.course = {path.name: path.read_text() for path in (folder / "course").glob("*.py")}

    def show(
        self,
        cell: str,
        done: tuple[str, ...] = (),
        views: int = 1,
        size: tuple[int, int] = (1280, 1200),
        predicted: bool = True,
    ) -> None:
        """Run a cell and wait until what it shows is drawn.

        The learner's code is as at the start, of the challenges only those in `done` are met, and
        the predictions are made, or none is.
        """
        page = self.page
        for name, text in self.course.items():
            self.write(name, text)
        practice = self.folder / ".descent" / "practice.json"
        practice.parent.mkdir(exist_ok=True)
        practice.write_text(json.dumps({name: {"done": "2026-11-23"} for name in done}))
        predictions_made(self.folder, predicted)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(FORGET, FORGOTTEN)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        page.wait_for_selector(".descent, .flash", state="detached")
        page.evaluate(f"cell => {PANEL}.content.widgets[0].model.sharedModel.setSource(cell)", cell)
        self.complaints.clear()
        self.lab.run_all(page)
        try:
            page.wait_for_function(f"n => ({LABS}).length === n", arg=views)
        except Exception as error:
            outputs = page.locator(".jp-OutputArea-output").all_inner_texts()
            raise AssertionError(
                f"the cell does not show {views}; outputs: {outputs}, errors: {self.complaints}"
            ) from error

    def write(self, module: str, text: str) -> None:
        """Save a module of the learner's, unless it is already so."""
        path = self.folder / "course" / module
        if not path.exists() or path.read_text() != text:
            path.write_text(text)

    def state(self, script: str, view: int = 0) -> Any:
        """A value of the experiment's `state`, `run` being what is drawn."""
        return self.page.evaluate(
            f"view => {{ const {{ state }} = ({LABS})[view]; const {{ run }} = state;"
            f" return {script} }}",
            view,
        )

    def wait(self, condition: str, arg: Any = None) -> None:
        """Wait until a condition on `state` and `run`, and on `arg`, holds."""
        self.page.wait_for_function(
            f"arg => {{ const state = ({LABS})[0]?.state; const run = state?.run;"
            f" return state && ({condition}) }}",
            arg=arg,
        )

    def slide(self, label: str, position: int) -> None:
        """Move a slider to a position, as a hand does: input, then change."""
        self.page.evaluate(
            """([label, position]) => {
              const slider = document.querySelector(`.descent input[aria-label^="${label}"]`);
              slider.value = position;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
              slider.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            [label, position],
        )

    def done(self) -> list[str]:
        """The challenges in the practice file."""
        return list(json.loads((self.folder / ".descent" / "practice.json").read_text()))

    def wait_done(self, challenge: str) -> None:
        """Wait until a challenge stands in the practice file."""
        end = time.monotonic() + PATIENCE / 1000
        while challenge not in self.done():
            assert time.monotonic() < end, f"{challenge} was not recorded"
            self.page.wait_for_timeout(20)

    def saved(self) -> Any:
        """The notebook's cell, after saving."""
        self.lab.save(self.page)
        (cell,) = json.loads((self.folder / "stage.ipynb").read_text())["cells"]
        return cell

    def assert_narrow_is_fine(self) -> None:
        """Make the window narrow: nothing sticks out, and no error was reported so far."""
        self.page.set_viewport_size({"width": 420, "height": 900})
        self.page.wait_for_selector(".descent.narrow")
        sticking_out = self.page.evaluate("""() => {
          const root = document.querySelector(".descent");
          const edge = root.getBoundingClientRect().left + root.clientWidth + 0.5;
          return [...root.querySelectorAll(":not(.sr-only)")]
            .filter((element) => element.getBoundingClientRect().right > edge)
            .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`);
        }""")
        assert sticking_out == []
        assert self.complaints == []

    def close(self) -> None:
        """Stop the kernel and close the page."""
        self.page.evaluate(f"() => {PANEL}.sessionContext.shutdown()")
        self.page.context.close()


@pytest.fixture(scope="session")
def write_notebook() -> Callable[[Path, list[str]], None]:
    """Function of a path and the source of each code cell, which writes that notebook."""
    return notebook_written


@pytest.fixture(scope="session")
def answered() -> Callable[[Path], None]:
    """Function of a learner's folder, which makes all predictions of the experiments there."""
    return predictions_made


@pytest.fixture(scope="package")
def browser(launched: Callable[[], Any]) -> Iterator[Any]:
    """One Chromium for all tests of this folder."""
    with launched() as started:
        yield started


@pytest.fixture(scope="package")
def jupyter(
    browser: Any, serving: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JupyterLab]:
    """One JupyterLab on the folder that all temporary folders are in."""
    with serving() as serve:
        scratch = tmp_path_factory.mktemp("jupyter")
        yield JupyterLab(tmp_path_factory.getbasetemp(), browser, serve, scratch)


@pytest.fixture(scope="package")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with the solutions as its ``course/``."""
    folder = tmp_path_factory.mktemp("learner")
    source = Path(solutions.__file__).parent
    shutil.copytree(source, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="package")
def stage(solved: Path, jupyter: JupyterLab) -> Iterator[Stage]:
    """One page and one kernel for all tests of this folder."""
    opened = Stage(solved, jupyter)
    yield opened
    opened.close()
