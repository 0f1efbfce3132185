"""Opening JupyterLab on a lesson: the notebook left, the module to write right."""

import json
import os
import sys
from pathlib import Path

from autograder.atomic_files import write_json
from autograder.exercises.manifest import LESSONS, Lesson, exercises_of
from autograder.learner.folder import LearnerFolder

# No news pop-up, no look for updates, no extension manager: the lessons need no network.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    "@jupyterlab/fileeditor-extension:plugin": {"editorConfig": {"rulers": [100]}},
}
PAGE = {"disabledExtensions": {"@jupyter/nbgrader": True}}  # panels for instructors
OPTIONS = [
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--ServerApp.kernel_websocket_connection_class=lab.widget.prompt_connection.PromptConnection",
]
ACROSS = [0.58, 0.42]  # share of the window: notebook, editor


def next_lesson(folder: LearnerFolder) -> Lesson:
    """The first lesson with an exercise that did not pass its last check, or the last lesson."""
    progress = folder.progress()
    for lesson in LESSONS:
        names = [each.name for each in exercises_of(lesson.name) if not each.bonus]
        if any(progress.get(name, {}).get("outcome") != "passed" for name in names):
            return lesson
    return LESSONS[-1]


def jupyterlab_command(folder: LearnerFolder, lesson: Lesson, extra: tuple[str, ...]) -> list[str]:
    """The command that opens JupyterLab on a lesson; writes its workspace and settings first."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    private = folder.root / ".descent"
    write_json(private / "labconfig" / "default_setting_overrides.json", SETTINGS)
    name = f"lesson-{lesson.name[0]}"
    write_json(private / "labconfig" / "page_config.json", PAGE)
    (private / "workspaces").mkdir(exist_ok=True)
    WorkspacesManager(str(private / "workspaces")).save(name, json.dumps(workspace(lesson, name)))
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder.root}",
        f"--LabApp.workspaces_dir={private / 'workspaces'}",
        f"--LabApp.default_url=/lab/workspaces/{name}",
        *OPTIONS,
        *(["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),  # in a container
        *extra,
    ]


def jupyterlab_environment(folder: LearnerFolder) -> dict[str, str]:
    """The environment of that command: settings and the learner's course are found first."""
    return {
        **os.environ,
        "JUPYTER_CONFIG_PATH": _before("JUPYTER_CONFIG_PATH", folder.root / ".descent"),
        "PYTHONPATH": _before("PYTHONPATH", folder.root),  # kernels import this folder's course
    }


def _before(variable: str, path: Path) -> str:
    """A search path from the environment with one more entry in front."""
    return os.pathsep.join(filter(None, [str(path), os.environ.get(variable, "")]))


def workspace(lesson: Lesson, name: str) -> dict[str, object]:
    """A JupyterLab workspace with the lesson's notebook left and its module right."""
    notebook, module = f"lessons/{lesson.name}.ipynb", f"course/{lesson.module}.py"
    areas = [
        {"type": "tab-area", "currentIndex": 0, "widgets": [f"notebook:{notebook}"]},
        {"type": "tab-area", "currentIndex": 0, "widgets": [f"editor:{module}"]},
    ]
    dock = {"type": "split-area", "orientation": "horizontal", "sizes": ACROSS, "children": areas}
    layout = {
        "main": {"dock": dock, "current": f"notebook:{notebook}"},
        "left": {"collapsed": True, "visible": True, "widgets": []},
        "right": {"collapsed": True, "visible": True, "widgets": []},
        "down": {"size": 0, "widgets": []},
        "relativeSizes": [0, 1, 0],
    }
    return {
        "data": {
            "layout-restorer:data": layout,
            f"notebook:{notebook}": {"data": {"path": notebook, "factory": "Notebook"}},
            f"editor:{module}": {"data": {"path": module, "factory": "Editor"}},
            "file-browser-filebrowser:cwd": {"path": "lessons"},
        },
        "metadata": {"id": name},
    }


def open_jupyterlab(folder: LearnerFolder, lesson: Lesson, extra: tuple[str, ...]) -> None:
    """Replace this process by JupyterLab, opened on a lesson."""
    command = jupyterlab_command(folder, lesson, extra)
    environment = jupyterlab_environment(folder)
    if os.name == "nt":  # there, a replaced process would leave the terminal behind
        import subprocess

        raise SystemExit(subprocess.call(command, env=environment, cwd=folder.root))
    os.chdir(folder.root)
    os.execve(command[0], command, environment)
