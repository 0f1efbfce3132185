"""A class of twelve fabricated students, who fetch and hand in through the real nbgrader.

The instructor's and the students' commands are run as such, with an exchange of their own. What
takes long is made once for all tests; a test that changes the course takes a copy of it.
"""

import ast
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.exercises.manifest import LESSONS
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.walled import Sandbox

LESSON = "1_loss_functions"
SOLUTIONS = Path(__file__).parents[2] / "solutions"
SOLUTION = (SOLUTIONS / "losses.py").read_text(encoding="utf-8")
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # dozens of commands would each compile nbgrader again
ANSWER = "I would weigh the term of the sick patients more heavily."
PRINTING = """

def sigmoid(logits, right=sigmoid):
    print("sigmoid got", np.ravel(logits)[:3])
    return right(logits)
"""

Change = Callable[[Path], None]  # what a student does in the folder of the assignment


def _edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _cell(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    found = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return found[0]


def _solve(folder: Path, ending: str = "") -> None:
    (folder / "course" / "losses.py").write_text(SOLUTION + ending, encoding="utf-8")


def _answer(folder: Path, text: str = ANSWER) -> None:
    _edit(folder, lambda notebook: _cell(notebook, "reflection_1").update(source=text))


def _ada_solves_everything(folder: Path) -> None:
    """All functions and the answer, and a cell that would leave a trace if it were run."""
    _solve(folder)
    _answer(folder)
    own = {"cell_type": "code", "id": "adas-own", "metadata": {}, "outputs": []}
    own |= {"execution_count": None, "source": "open('cell-was-run', 'w').close()"}
    _edit(folder, lambda notebook: notebook["cells"].append(own))


def _bea_hands_in_nothing(folder: Path) -> None:
    """The assignment as it was fetched."""


def _cem_gets_softmax_wrong(folder: Path) -> None:
    wrong = SOLUTION.replace("np.max(logits, axis=-1, keepdims=True)", "0.0")
    assert wrong != SOLUTION
    (folder / "course" / "losses.py").write_text(wrong, encoding="utf-8")
    _answer(folder, "More weight for the sick.")


def _dai_ends_the_process(folder: Path) -> None:
    _solve(folder, "\n\ndef sigmoid(logits):\n    import os\n    os._exit(0)\n")


def _eli_moves_cells(folder: Path) -> None:
    _solve(folder)

    def move(notebook: dict[str, Any]) -> None:
        answer = _cell(notebook, "reflection_1")
        copied = json.loads(json.dumps(answer)) | {"id": "a-copy"}
        answer["source"] = ANSWER
        notebook["cells"] = [copied, *reversed(notebook["cells"])]

    _edit(folder, move)


def _fay_deletes_cells(folder: Path) -> None:
    _solve(folder)
    gone = {"check_softmax", "check_mean_squared_error", "reflection_1", "setup"}
    _edit(
        folder,
        lambda notebook: notebook.update(
            cells=[
                cell
                for cell in notebook["cells"]
                if cell["metadata"].get("nbgrader", {}).get("grade_id") not in gone
            ]
        ),
    )


def _gil_retypes_and_cheats(folder: Path) -> None:
    def change(notebook: dict[str, Any]) -> None:
        answer = _cell(notebook, "reflection_1")
        answer.update(cell_type="code", source=ANSWER, outputs=[], execution_count=None)
        check = _cell(notebook, "check_sigmoid")
        check.update(cell_type="markdown")
        check.pop("outputs")
        check.pop("execution_count")
        dear = _cell(notebook, "check_softmax")
        dear["source"] = "1000.0"
        dear["metadata"]["nbgrader"].update(points=1000, locked=False)

    _edit(folder, change)


def _hua_renames_the_notebook(folder: Path) -> None:
    _solve(folder, PRINTING)
    _answer(folder)
    (folder / f"{LESSON}.ipynb").rename(folder / "my homework.ipynb")


def _ivy_breaks_the_notebook(folder: Path) -> None:
    _solve(folder)
    path = folder / f"{LESSON}.ipynb"
    path.write_text(path.read_text(encoding="utf-8")[:5000], encoding="utf-8")


def _jon_loses_the_package(folder: Path) -> None:
    shutil.rmtree(folder / "course")
    _answer(folder)


def _kim_saves_half_a_line(folder: Path) -> None:
    (folder / "course" / "losses.py").write_text("def mean_squared_error(predictions,\n")


def _lea_has_a_newer_schema(folder: Path) -> None:
    _solve(folder, PRINTING)

    def change(notebook: dict[str, Any]) -> None:
        for cell in notebook["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"]["schema_version"] = 99

    _edit(folder, change)


STUDENTS: dict[str, Change] = {
    "ada": _ada_solves_everything,
    "bea": _bea_hands_in_nothing,
    "cem": _cem_gets_softmax_wrong,
    "dai": _dai_ends_the_process,
    "eli": _eli_moves_cells,
    "fay": _fay_deletes_cells,
    "gil": _gil_retypes_and_cheats,
    "hua": _hua_renames_the_notebook,
    "ivy": _ivy_breaks_the_notebook,
    "jon": _jon_loses_the_package,
    "kim": _kim_saves_half_a_line,
    "lea": _lea_has_a_newer_schema,
}

GRADES = """
select assigned.student_id as student, cell.name as cell, grade.auto_score, grade.manual_score,
       grade.extra_credit, grade.needs_manual_grade, submitted.late_submission_penalty,
       comment.auto_comment, comment.manual_comment, assigned.timestamp, grade.id
from grade
join base_cell cell on cell.id = grade.cell_id
join submitted_notebook submitted on submitted.id = grade.notebook_id
join submitted_assignment assigned on assigned.id = submitted.assignment_id
left join base_cell answer
  on answer.name = cell.name and answer.notebook_id = cell.notebook_id and answer.id != cell.id
left join comment on comment.cell_id = answer.id and comment.notebook_id = submitted.id
"""

# Runs several nbgrader commands in one process: {"folder": [["submit", …], …]} on standard input.
MANY = """
import json, os, sys
from nbgrader.apps import NbGraderApp
for folder, commands in json.load(sys.stdin).items():
    os.chdir(folder)
    for arguments in commands:
        NbGraderApp.launch_instance(arguments)
        NbGraderApp.instance().reset()
"""


@dataclass
class Classroom:
    """A course's folder, its exchange, and the folders of its students."""

    root: Path

    @property
    def course(self) -> Path:
        """The instructor's folder, as `descent release` wrote it."""
        return self.root / "course"

    @property
    def environment(self) -> dict[str, str]:
        """Environment of every command: configuration and exchange of this classroom alone."""
        kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
        return {
            **kept,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.root),
            "JUPYTER_CONFIG_DIR": str(self.root / "config"),
            "JUPYTER_DATA_DIR": str(self.root / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.root / "runtime"),
            "IPYTHONDIR": str(self.root / "ipython"),
        }

    def run(
        self, *command: str, folder: Path | None = None, status: int | None = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the course's folder, or another."""
        done = subprocess.run(
            command,
            cwd=folder or self.course,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        if status is not None:
            assert done.returncode == status, done.stdout[-3000:] + done.stderr[-6000:]
        return done

    def run_many(self, commands: dict[Path, list[list[str]]]) -> str:
        """Run nbgrader commands in several folders, in one process; what they said."""
        done = subprocess.run(
            [sys.executable, "-c", MANY],
            input=json.dumps({str(folder): lines for folder, lines in commands.items()}),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr[-6000:]
        return done.stdout + done.stderr

    def copied_to(self, root: Path) -> "Classroom":
        """The course as it was after collecting, at another place, to be changed there."""
        shutil.copytree(self.root / "collected", root / "course")
        copy = Classroom(root)
        copy.configure()
        return copy

    def grade(self, *options: str, status: int = 0) -> Result:
        """Do in this process what `descent grade` does with this course's gradebook."""
        command = ["grade", str(self.course / "submitted"), "--assignment", LESSON]
        command += ["--gradebook", str(self.course / "gradebook.db"), *options]
        done = CliRunner().invoke(main, command, env=self.environment)
        assert done.exit_code == status, done.output
        return done

    def grades(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The rows of the gradebook by student and cell."""
        with sqlite3.connect(self.course / "gradebook.db") as database:
            database.row_factory = sqlite3.Row
            rows = database.execute(GRADES).fetchall()
        return {(row["student"], row["cell"]): dict(row) for row in rows}

    def change(self, query: str, *values: object) -> None:
        """Change the gradebook by hand."""
        with sqlite3.connect(self.course / "gradebook.db") as database:
            assert database.execute(query, values).rowcount == 1

    def autograded(self, student: str) -> dict[str, Any]:
        """The autograded notebook of a student."""
        path = self.course / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        return json.loads(path.read_text(encoding="utf-8"))

    def configure(self) -> None:
        """Point nbgrader at this classroom's own exchange."""
        for folder in ("config", "exchange"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / "exchange").chmod(0o777)
        (self.root / "config" / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            f"c.Exchange.root = {str(self.root / 'exchange')!r}\n"
            f"c.Exchange.cache = {str(self.root / 'cache')!r}\n"
            "c.CourseDirectory.course_id = 'first_descent'\n"
        )


@pytest.fixture(scope="session")
def isolation() -> None:
    """Skips where submissions cannot be run safely."""
    try:
        Sandbox().close()
    except SandboxUnavailable as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def classroom(isolation: None, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """A released lesson, and what twelve students handed in, collected."""
    room = Classroom(tmp_path_factory.mktemp("classroom"))
    room.configure()
    room.run("descent", "release", "course", "--lesson", "1", folder=room.root)
    desks = {name: room.root / "students" / name for name in STUDENTS}
    for desk in desks.values():
        desk.mkdir(parents=True)
        (desk / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.Exchange.cache = {str(desk / 'cache')!r}\n"
        )
    released = [["generate_assignment", LESSON], ["release_assignment", LESSON]]
    fetched = {desk: [["fetch_assignment", LESSON]] for desk in desks.values()}
    room.run_many({room.course: released, **fetched})
    for name, change in STUDENTS.items():
        change(desks[name] / LESSON)
    handed_in = {desk: [["submit", LESSON, "--student", name]] for name, desk in desks.items()}
    room.run_many({**handed_in, room.course: [["collect", LESSON]]})
    shutil.copytree(room.course, room.root / "collected")
    return room


@pytest.fixture(scope="session")
def autograded(classroom: Classroom) -> Classroom:
    """The classroom after `nbgrader autograde`; what that said is in `autograde.log`."""
    done = classroom.run("nbgrader", "autograde", LESSON)
    (classroom.root / "autograde.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return classroom


@pytest.fixture(scope="session")
def returned(autograded: Classroom) -> Classroom:
    """The classroom after exports and Cem's feedback; what was said is in `returned.log`."""
    canvas = "--exporter=autograder.nbgrader.plugins.CanvasExport"
    said = autograded.run_many(
        {
            autograded.course: [
                ["export"],
                ["export", canvas, "--to", "canvas.csv"],
                ["generate_feedback", LESSON, "--student", "cem"],
                ["release_feedback", LESSON],
            ],
            autograded.root / "students" / "cem": [
                ["list"],
                ["fetch_feedback", LESSON, "--student", "cem"],
            ],
        }
    )
    (autograded.root / "returned.log").write_text(said, encoding="utf-8")
    return autograded


def _squeezed(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def _answers() -> dict[str, str]:
    """What each solution answers: its text without signature and docstring."""
    found = {}
    for lesson in LESSONS:
        text = (SOLUTIONS / f"{lesson.module}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name != "__init__":
                first = node.body[1] if ast.get_docstring(node) is not None else node.body[0]
                lines = text.splitlines()[first.lineno - 1 : node.end_lineno]
                found[f"{lesson.module}.{node.name}"] = _squeezed(" ".join(lines))
    long = {name: body for name, body in found.items() if len(body) > 45}
    assert len(long) > 20
    return long  # not `return weights - step`: prose may well say that much


@pytest.fixture(scope="session")
def solutions_in() -> Callable[[dict[str, str]], list[str]]:
    """Names of the solutions that stand in files, which are given as texts by their paths."""
    answers = _answers()

    def found(files: dict[str, str]) -> list[str]:
        parts = []
        for path, text in files.items():
            if path.endswith(".ipynb"):
                parts += ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
            parts.append(text)
        whole = _squeezed("\n".join(parts))
        return [name for name, body in answers.items() if body in whole]

    return found
