"""Opening JupyterLab on a lesson: the notebook left, the module to write right.

The folder itself is never on Python's path, where a file of the learner's could come before one of
Python's: kernels find a small package `course` that leads to the folder's.
"""

import json
import os
import sys
from pathlib import Path

from autograder.atomic_files import write_in_one_step, write_json
from autograder.exercises.manifest import LESSONS, Lesson, exercises_of
from autograder.learner.folder import LearnerFolder

# No news pop-up, no look for updates, no extension manager: the lessons need no network. And no
# bar to scroll code with: beside a module there is room for some 70 columns.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    "@jupyterlab/fileeditor-extension:plugin": {"editorConfig": {"rulers": [72]}},
    "@jupyterlab/notebook-extension:tracker": {
        "codeCellConfig": {"lineNumbers": False, "lineWrap": True}
    },
}
MAP = "first-descent-map"  # the id of the course map's panel
EXTENSION = {"autograder.learner.server_extension": True}  # also in packaging/, for other servers
# What learners do without, on both sides: nbgrader's panels for instructors, language servers,
# notebooks as text, the simpler notebook page. Each costs time before the first page.
PAGE = {
    "disabledExtensions": {
        "@jupyter-notebook/lab-extension": True,
        "@jupyter/nbgrader": True,
        "@jupyterlab/fileeditor-extension:language-server": True,
        "@jupyterlab/lsp-extension": True,
        "@jupyterlab/notebook-extension:language-server": True,
        "jupyterlab-jupytext": True,
    }
}
SERVER = {
    "ServerApp": {
        "jpserver_extensions": {
            **EXTENSION,
            "jupyter_lsp": False,
            "jupyterlab_jupytext": False,
            "nbgrader.server_extensions.assignment_list": False,
            "nbgrader.server_extensions.course_list": False,
            "nbgrader.server_extensions.formgrader": False,
            "nbgrader.server_extensions.validate_assignment": False,
            "notebook": False,
        }
    }
}
OPTIONS = [
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--ServerApp.kernel_websocket_connection_class=lab.widget.prompt_connection.PromptConnection",
]
ACROSS = [0.58, 0.42]  # share of the main area: notebook, editor
MAP_WIDTH = 0.18  # share of the window
BUILT = Path(__file__).parents[2] / "labextension" / "built"  # in a checkout; else it is installed


def next_lesson(folder: LearnerFolder) -> Lesson:
    """The first lesson with an exercise that did not pass its last check, or the last lesson.

    Where the folder holds the notebooks of some lessons, it is one of these.
    """
    progress = folder.progress()
    there = [lesson for lesson in LESSONS if notebook_of(folder, lesson)] or LESSONS
    for lesson in there:
        names = [exercise.name for exercise in exercises_of(lesson.name) if not exercise.bonus]
        if any(progress.get(name, {}).get("outcome") != "passed" for name in names):
            return lesson
    return there[-1]


def notebook_of(folder: LearnerFolder, lesson: Lesson) -> str:
    """The path of a lesson's notebook in a folder; empty where it is not there.

    It is in `lessons/`, or, in an assignment that nbgrader fetched, next to `course/`.
    """
    name = f"{lesson.name}.ipynb"
    return next((path for path in (f"lessons/{name}", name) if (folder.root / path).is_file()), "")


def hiding_files(folder: LearnerFolder, lesson: Lesson) -> list[str]:
    """Files next to a lesson's notebook that its kernel finds instead of Python's own or ours."""
    notebook = notebook_of(folder, lesson)
    if not notebook:
        return []
    beside = (folder.root / notebook).parent
    names = {*sys.stdlib_module_names, "numpy", "matplotlib", "autograder", "lab"}
    files = [path for path in beside.glob("*.py") if path.stem in names]
    files += [path for path in beside.glob("*/__init__.py") if path.parent.name in names]
    return sorted(path.relative_to(folder.root).as_posix() for path in files)


def jupyterlab_options(
    folder: LearnerFolder, lesson: Lesson, extra: tuple[str, ...], private: Path
) -> list[str]:
    """JupyterLab's options to open it on a lesson; writes its workspace and settings first."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    package = (
        f"# This folder's `course`, for kernels.\n__path__ = [{str(folder.root / 'course')!r}]\n"
    )
    (private / "path" / "course").mkdir(parents=True, exist_ok=True)
    write_in_one_step(private / "path" / "course" / "__init__.py", [package], durable=False)
    write_json(private / "labconfig" / "default_setting_overrides.json", SETTINGS)
    name = f"lesson-{lesson.name[0]}"
    write_json(private / "labconfig" / "page_config.json", PAGE)
    write_json(private / "jupyter_server_config.d" / "learners.json", SERVER)
    (private / "workspaces").mkdir(exist_ok=True)
    WorkspacesManager(str(private / "workspaces")).save(
        name, json.dumps(workspace(folder, lesson, name))
    )
    return [
        f"--ServerApp.root_dir={folder.root}",
        f"--LabApp.workspaces_dir={private / 'workspaces'}",
        f"--LabApp.default_url=/lab/workspaces/{name}",
        *OPTIONS,
        *([f"--LabApp.extra_labextensions_path={BUILT}"] if BUILT.is_dir() else []),
        *(["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),  # in a container
        *extra,
    ]


def jupyterlab_environment(private: Path) -> dict[str, str]:
    """What JupyterLab and its kernels find first: these settings and the learner's course."""
    return {
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", private),
        "PYTHONPATH": _before("PYTHONPATH", private / "path"),  # it holds `course` and no more
    }


def _before(variable: str, path: Path) -> str:
    """A search path from the environment with one more entry in front."""
    return os.pathsep.join(filter(None, [str(path), os.environ.get(variable, "")]))


def workspace(folder: LearnerFolder, lesson: Lesson, name: str) -> dict[str, object]:
    """A JupyterLab workspace with the lesson's notebook left and its module right."""
    notebook, module = notebook_of(folder, lesson), f"course/{lesson.module}.py"
    opened = {}
    if notebook:
        opened[f"notebook:{notebook}"] = {"data": {"path": notebook, "factory": "Notebook"}}
    if (folder.root / module).is_file():
        opened[f"editor:{module}"] = {"data": {"path": module, "factory": "Editor"}}
    areas = [{"type": "tab-area", "currentIndex": 0, "widgets": [widget]} for widget in opened]
    sizes = ACROSS if len(areas) == len(ACROSS) else [1.0] * len(areas)
    dock = {"type": "split-area", "orientation": "horizontal", "sizes": sizes, "children": areas}
    layout = {
        "main": {"dock": dock, "current": next(iter(opened), "")},
        "left": {"collapsed": False, "visible": True, "current": MAP, "widgets": [MAP]},
        "right": {"collapsed": True, "visible": True, "widgets": []},
        "down": {"size": 0, "widgets": []},
        "relativeSizes": [MAP_WIDTH, 1 - MAP_WIDTH, 0],
    }
    return {
        "data": {
            "layout-restorer:data": layout,
            **opened,
            "file-browser-filebrowser:cwd": {"path": notebook.rpartition("/")[0]},
        },
        "metadata": {"id": name},
    }


def open_jupyterlab(folder: LearnerFolder, lesson: Lesson, extra: tuple[str, ...]) -> None:
    """Become JupyterLab, opened on a lesson; it ends this process."""
    private = folder.private()
    options = jupyterlab_options(folder, lesson, extra, private)
    os.environ.update(jupyterlab_environment(private))
    os.chdir(folder.root)
    run_jupyterlab(options)


def run_jupyterlab(options: list[str]) -> None:
    """Run JupyterLab until it is stopped, and end this process."""
    from jupyterlab.labapp import main

    main(argv=options)
    sys.stdout.flush()
    os._exit(0)  # a request that was cut off can leave a thread, for which Python would wait
