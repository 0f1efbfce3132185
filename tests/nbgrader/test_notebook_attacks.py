"""A class of hostile students, graded by nbgrader with our configuration and by `descent grade`.

Each attack is what one student does in the folder that is handed in, or to what lies in the
exchange. A student who starts from the stubs must earn nothing, whatever they write into their
notebook; one who solved everything and is a vandal keeps their marks, if the modules can be read.
All of them go through one run of each road, between two honest neighbors.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.exercises.manifest import exercises_of
from autograder.grading.grade import grade
from autograder.learner.card import card_html
from autograder.learner.check import warm_backend
from autograder.maintain.verify.attacks import attacks as attacks_by_modules
from autograder.submissions.submission import Submission

pytestmark = pytest.mark.exhaustive

LESSON = "1_loss_functions"
NOTEBOOK = f"{LESSON}.ipynb"
ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "solutions" / "losses.py").read_text(encoding="utf-8")
FULL = sum(each.points for each in exercises_of(LESSON))
ANSWER = "I would weigh the term of the sick patients more heavily."
KEPT = {NOTEBOOK, "course", "timestamp.txt", "submission_secret.txt"}
WHEN = "2026-03-01 10:00:00 UTC"
IMG = "<img src=x onerror=alert(1)>"

Build = Callable[[Path, Path], None]  # the submission's folder, and the course's


@dataclass(frozen=True)
class Attack:
    """One attack: what it starts from, and what must come of it.

    Attributes
    ----------
    build : callable
        What the student does.
    solved : bool
        Whether the modules are right to begin with.
    earns : float or None
        The score of all check cells; None where there must be no score.
    says : str
        What nbgrader's log must hold.
    entered : bool
        Whether nbgrader's autograding enters the student into the gradebook.
    """

    build: Build
    solved: bool = False
    earns: float | None = 0.0
    says: str = ""
    entered: bool = True


ATTACKS: dict[str, Attack] = {}
INBOUND: dict[str, Attack] = {}  # through the exchange


def cheat(says: str = "", earns: float | None = 0.0, **more: Any) -> Callable[[Build], Build]:
    """Declare an attack by somebody who wrote no function."""
    return _declared(ATTACKS, solved=False, earns=earns, says=says, **more)


def vandal(says: str = "", earns: float | None = FULL, **more: Any) -> Callable[[Build], Build]:
    """Declare an attack by somebody who solved everything."""
    return _declared(ATTACKS, solved=True, earns=earns, says=says, **more)


def sender(says: str = "", earns: float | None = 0.0, **more: Any) -> Callable[[Build], Build]:
    """Declare an attack on what lies in the exchange, with solved modules in it."""
    return _declared(INBOUND, solved=True, earns=earns, says=says, **more)


def _declared(attacks: dict[str, Attack], **settings: Any) -> Callable[[Build], Build]:
    def declare(build: Build) -> Build:
        name = build.__name__.replace("_", "-")
        assert name not in attacks
        attacks[name] = Attack(build, **settings)
        return build

    return declare


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the notebook as data."""
    path = folder / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def replace(folder: Path, content: bytes) -> None:
    """Put other bytes in the place of the notebook."""
    (folder / NOTEBOOK).write_bytes(content)


def code_cell(source: str, **metadata: Any) -> dict[str, Any]:
    """A code cell of the student's own."""
    made = {"cell_type": "code", "execution_count": 1, "outputs": [], "source": source}
    return {**made, "metadata": metadata}


# -- forged results in the notebook ---------------------------------------------------------------


def full_card() -> str:
    """A real card with full marks, as a cheat would copy it from a friend."""
    files = {"course/losses.py": SOLUTION.encode()}
    return card_html(grade(Submission("friend", files), warm_backend(), exercises_of(LESSON)))


FORGED = [
    {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {"first_descent": {"criteria": {}, "files": "", "checks": ""}},
        "data": {"text/plain": "3.0", "text/html": "FORGED <b>everything holds</b>"},
    },
    {"output_type": "stream", "name": "stdout", "text": "FORGED 3.0"},
    {
        "output_type": "display_data",
        "metadata": {},
        "data": {
            "application/javascript": "FORGED",
            "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'>FORGED</svg>",
            "text/latex": "FORGED",
            "application/vnd.jupyter.widget-view+json": {"model_id": "FORGED"},
        },
    },
]


@cheat()
def outputs_with_full_marks(folder: Path, course: Path) -> None:
    def change(notebook: dict[str, Any]) -> None:
        card = {**FORGED[0], "data": {"text/plain": "3.0", "text/html": f"FORGED {full_card()}"}}
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [card, *FORGED]
        notebook["cells"].append({**code_cell("check"), "outputs": [card, *FORGED]})

    edit(folder, change)


def metadata_attack(change: Callable[[dict[str, Any]], None]) -> Build:
    """Change nbgrader's metadata of every cell that has any."""

    def build(folder: Path, course: Path) -> None:
        def everywhere(notebook: dict[str, Any]) -> None:
            for cell in notebook["cells"]:
                if "nbgrader" in cell["metadata"]:
                    change(cell["metadata"]["nbgrader"])

        edit(folder, everywhere)

    return build


for name, change in {
    "grades-turned-off": {"grade": False},
    "checks-as-answers": {"solution": True, "locked": False},
    "checks-as-tasks": {"task": True, "grade": False, "solution": False},
    "schema-and-checksum-of-none": {"schema_version": "newest", "checksum": "d41d8cd98f00b204"},
    "one-name-for-all": {"grade_id": "check_softmax"},
}.items():
    ATTACKS[name] = Attack(metadata_attack(lambda known, change=change: known.update(change)))


@cheat()
def points_of_every_kind(folder: Path, course: Path) -> None:
    kinds = iter([1e6, -3, float("nan"), "1e308", None, [3.0], float("inf"), True] * 3)
    metadata_attack(lambda known: known.update(points=next(kinds)))(folder, course)


@cheat()
def metadata_of_no_form(folder: Path, course: Path) -> None:
    odd: list[Any] = [[], "grade", 7, None, {"grade_id": {"a": 1}}, {"grade_id": ["check_softmax"]}]

    def change(notebook: dict[str, Any]) -> None:
        for number, cell in enumerate(notebook["cells"]):
            cell["metadata"]["nbgrader"] = odd[number % len(odd)]
        notebook["cells"] += [7, None, {}, {"cell_type": "code"}, {"cell_type": "x", "source": {}}]

    edit(folder, change)


@cheat()
def cells_of_other_assignments(folder: Path, course: Path) -> None:
    def change(notebook: dict[str, Any]) -> None:
        for name in ("check_Adam", "check_softmax", "check_softmax", "reflection_1", "x y/../z"):
            known = {"grade_id": name, "grade": True, "points": 50, "locked": False}
            known |= {"solution": False, "task": False, "schema_version": 3}
            forged = {**code_cell("50.0", nbgrader=known), "outputs": FORGED}
            notebook["cells"] += [forged, forged]

    edit(folder, change)


@cheat()
def another_kernel_and_template(folder: Path, course: Path) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["metadata"] = {
            "kernelspec": {"name": "bash", "language": "bash", "display_name": IMG},
            "language_info": {"name": "bash", "nbconvert_exporter": "script", "mimetype": IMG},
            "title": IMG,
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": IMG}},
            "celltoolbar": IMG,
            "nbconvert": {"template": "../../evil"},
        }
        trace = f"touch {course.parent}/trace"
        notebook["cells"] += [code_cell(f"%%bash\n{trace}"), code_cell(f"!{trace}")]
        notebook["cells"].insert(0, code_cell(f"import os; os.system('{trace}')"))

    edit(folder, change)


# -- notebooks that are too much, or no notebooks -------------------------------------------------


@vandal("99800 cells were left out")
def hundred_thousand_cells(folder: Path, course: Path) -> None:
    def change(notebook: dict[str, Any]) -> None:
        copied = notebook["cells"][2]
        notebook["cells"] += [code_cell("1"), copied] * 50_000

    edit(folder, change)


@vandal("more than 1,000,000 parts")
def million_of_lists(folder: Path, course: Path) -> None:
    replace(folder, b'{"cells": [' + b"[]," * 1_000_001 + b"[]]}")


@vandal("it is not JSON")
def nested_a_hundred_thousand_deep(folder: Path, course: Path) -> None:
    replace(folder, b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@vandal("larger than 32 MiB")
def hundred_megabytes(folder: Path, course: Path) -> None:
    with (folder / NOTEBOOK).open("ab") as file:
        file.truncate(100 << 20)


@vandal("it is not JSON")
def not_utf_8(folder: Path, course: Path) -> None:
    replace(folder, b'{"cells": [], "metadata": {"\xff\xfe": 1}}')


@cheat()
def keys_given_twice(folder: Path, course: Path) -> None:
    text = (folder / NOTEBOOK).read_text(encoding="utf-8")
    forged = json.dumps({**code_cell("50.0"), "outputs": FORGED})
    (folder / NOTEBOOK).write_text(
        f'{{"cells": [{forged}], "metadata": {{}}, {text.strip()[1:-1]}, "metadata": NaN}}',
        encoding="utf-8",
    )


@vandal()
def text_of_half_characters(folder: Path, course: Path) -> None:
    picture = {"\ud800.png": {"image/png": "\udfff", "image/png\ud800": "AAAA"}}

    def change(notebook: dict[str, Any]) -> None:
        text = {"cell_type": "markdown", "source": "\ud800 ![](attachment:\ud800.png)"}
        text |= {"id": "\ud800", "metadata": {"\ud800": "\ud800"}, "attachments": picture}
        notebook["cells"] += [text, code_cell("'\ud800'"), code_cell("\x00\x1b[31m")]
        notebook["metadata"]["\ud800"] = float("inf")

    edit(folder, change)


@vandal("The notebook is a link")
def notebook_links_to_a_neighbor(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(course / "submitted" / "ada" / LESSON / NOTEBOOK)


@vandal("another name of a file")
def notebook_is_a_neighbors_by_hard_link(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).hardlink_to(course.parent / "victim" / NOTEBOOK)


@vandal("is not an ordinary file")
def notebook_is_a_pipe(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).unlink()
    os.mkfifo(folder / NOTEBOOK)


@vandal("The notebook is a link")
def notebook_links_to_a_device(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to("/dev/zero")


@vandal("is not an ordinary file")
def notebook_is_a_folder(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).mkdir()
    (folder / NOTEBOOK / NOTEBOOK).write_bytes(b"{}")


@vandal("was handed in as '1_LOSS_FUNCTIONS.ipynb'")
def notebooks_of_one_name_in_other_case(folder: Path, course: Path) -> None:
    shutil.copy(folder / NOTEBOOK, folder / "1_Loss_Functions.ipynb")
    (folder / NOTEBOOK).rename(folder / NOTEBOOK.upper().replace("IPYNB", "ipynb"))


@vandal(f"was handed in as '{IMG}.ipynb'")
def notebook_with_markup_for_a_name(folder: Path, course: Path) -> None:
    (folder / NOTEBOOK).rename(folder / f"{IMG}.ipynb")


# -- what lies beside the notebook ----------------------------------------------------------------


@vandal()
def timestamp_is_a_pipe(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").unlink()
    os.mkfifo(folder / "timestamp.txt")


@vandal()
def timestamp_links_to_a_device(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").symlink_to("/dev/zero")


@vandal()
def timestamp_of_no_time(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").write_text("9999-99-99 25:00:00 UTC")
    (folder / "submission_secret.txt").unlink()
    (folder / "submission_secret.txt").mkdir()


@vandal()
def timestamp_of_noise(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").write_bytes(bytes(range(256)) * 1000)


@vandal()
def notes_taken_away(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").unlink()
    (folder / "submission_secret.txt").unlink()


@vandal()
def secret_note_links_to_the_courses(folder: Path, course: Path) -> None:
    (folder / "submission_secret.txt").unlink()
    (folder / "submission_secret.txt").symlink_to(course / "secret.txt")


@cheat()
def configuration_of_its_own(folder: Path, course: Path) -> None:
    """Files that Python, Jupyter, nbgrader or pytest would run, were they looked for here."""
    trace = f"open({str(course.parent / 'trace')!r}, 'w').close()\n"
    names = (
        *("nbgrader_config.py", "jupyter_config.py", "jupyter_nbconvert_config.py"),
        *("ipython_config.py", ".ipython/profile_default/startup/00.py", "autograder/__init__.py"),
        *("sitecustomize.py", "usercustomize.py", "conftest.py", "late.py", "numpy.py", "json.py"),
        *("course/conftest.py", "course/__main__.py", "templates/formgrade/index.html.j2"),
    )
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(trace)
    shutil.copy(course / "gradebook.db", folder / "gradebook.db")
    (folder / "grades.csv").write_text("student_id,score\nconfiguration-of-its-own,26\n")


@cheat()
def page_to_be_released_beside_the_feedback(folder: Path, course: Path) -> None:
    """Nbgrader would copy what the link leads to, and give it back as feedback."""
    (folder / "leak.html").symlink_to(course / "secret.txt")
    (folder / "other.html").write_text("<script>alert(1)</script>")
    shutil.copy(folder / NOTEBOOK, folder / "leak.ipynb")


@vandal()
def links_and_pipes_beside_it(folder: Path, course: Path) -> None:
    (folder / "secret.txt").symlink_to(course / "secret.txt")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "nothing").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    (folder / "neighbors").symlink_to(course / "submitted", target_is_directory=True)
    (folder / "self").symlink_to(".", target_is_directory=True)
    os.mkfifo(folder / "pipe")


@vandal()
def five_thousand_files_beside_it(folder: Path, course: Path) -> None:
    for number in range(5000):
        (folder / f"{number}.txt").touch()


@vandal("more than 500 folders", entered=False)
def thousand_folders_beside_it(folder: Path, course: Path) -> None:
    for number in range(1000):
        (folder / "data" / str(number)).mkdir(parents=True)


# -- other people's work --------------------------------------------------------------------------


@cheat("is a link", earns=None)
def course_links_to_a_neighbors(folder: Path, course: Path) -> None:
    shutil.rmtree(folder / "course")
    (folder / "course").symlink_to(course / "submitted" / "ada" / LESSON / "course")


@cheat("is a link", earns=None)
def module_links_to_a_neighbors(folder: Path, course: Path) -> None:
    (folder / "course" / "losses.py").unlink()
    (folder / "course" / "losses.py").symlink_to(
        course / "submitted" / "ada" / LESSON / "course" / "losses.py"
    )


@cheat("is a link", earns=None)
def submission_links_to_a_neighbors(folder: Path, course: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(course / "submitted" / "ada" / LESSON)


@cheat("is a link", earns=None, entered=False)
def student_links_to_a_neighbor(folder: Path, course: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.symlink_to(course / "submitted" / "ada")


# -- modules, a few of each family of tests/attacks -----------------------------------------------


def module_attack(name: str) -> Build:
    """An attack of ``tests/attacks`` with the places of this course in it."""
    (attack,) = [attack for attack in attacks_by_modules(ROOT) if attack.name == name]

    def build(folder: Path, course: Path) -> None:
        for place, content in attack.submission().items():
            text = content.decode().replace("@BAIT@", str(course))
            text = text.replace("@SECRET@", (course / "secret.txt").read_text().strip())
            (folder / place).write_text(text.replace("@ROOT@", str(ROOT)), encoding="utf-8")

    return build


MODULES = (
    *("patch_numpy", "package_replaces_modules", "shadows_libraries", "text_for_browsers"),
    *("read_secret", "read_solutions", "write_tmp", "open_tcp", "fork_daemon", "frame_of_noise"),
)
ATTACKS |= {name.replace("_", "-"): Attack(module_attack(name)) for name in MODULES}


@cheat()
def grades_in_the_gradebook(folder: Path, course: Path) -> None:
    (folder / "course" / "losses.py").write_text(
        "import sqlite3\n\nfrom course.prize import prize\n\n\ndef softmax(logits):\n"
        f"    with sqlite3.connect({str(course / 'gradebook.db')!r}) as database:\n"
        "        database.execute('update grade set manual_score = 3.0')\n"
        "    return prize(logits)\n"
    )
    (folder / "course" / "prize.py").write_text(f"{SOLUTION}\nprize = softmax\n")


# -- the exchange, whose folders students own -----------------------------------------------------


@sender("not collected: 'course/losses.py'")
def sends_a_link_to_a_neighbors_module(folder: Path, course: Path) -> None:
    (folder / "course" / "losses.py").unlink()
    (folder / "course" / "losses.py").symlink_to(
        course / "submitted" / "ada" / LESSON / "course" / "losses.py"
    )


@sender("not collected", earns=None)
def sends_a_link_to_a_neighbors_folder(folder: Path, course: Path) -> None:
    shutil.rmtree(folder / "course")
    (folder / "course").symlink_to(course / "submitted" / "ada" / LESSON / "course")


@sender("not collected")
def sends_a_second_name_of_a_module(folder: Path, course: Path) -> None:
    (folder / "course" / "losses.py").unlink()
    (folder / "course" / "losses.py").hardlink_to(course.parent / "victim" / "course" / "losses.py")


@sender("not collected", earns=FULL)
def sends_a_pipe_and_dead_links(folder: Path, course: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "nothing").symlink_to("nowhere")
    (folder / "secret.txt").symlink_to(course / "secret.txt")


@sender("Passed over", entered=False)
def sends_a_link_in_its_place(folder: Path, course: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(course / "submitted" / "ada" / LESSON)


@sender("Passed over", entered=False)
def sends_at_no_time(folder: Path, course: Path) -> None:
    folder.rename(folder.with_name(f"sends-at-no-time+{LESSON}+sometime+1"))


@sender("Passed over", entered=False)
def sends_to_the_folder_above(folder: Path, course: Path) -> None:
    folder.rename(folder.with_name(f"..+{LESSON}+{WHEN}+1"))


@sender("Passed over", entered=False)
def sends_as_markup(folder: Path, course: Path) -> None:
    folder.rename(folder.with_name(f"{IMG}+{LESSON}+{WHEN}+1"))


# -- the class ------------------------------------------------------------------------------------

HONEST = ("ada", "zoe")  # the first and the last
ALL = {**ATTACKS, **INBOUND}
PAGES = (  # whose feedback is made: a page takes as long as the grading
    *("ada", "notebook-with-markup-for-a-name", "outputs-with-full-marks"),
    *("page-to-be-released-beside-the-feedback", "submission-links-to-a-neighbors"),
    *("notes-taken-away", "timestamp-of-no-time", "secret-note-links-to-the-courses"),
)
ENTERED = [name for name, each in ALL.items() if each.entered]


def fill(folder: Path, template: Path, *, solved: bool) -> None:
    """A submission as `nbgrader collect` leaves it."""
    shutil.copytree(template, folder)
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode | 0o600)
    (folder / "timestamp.txt").write_text(WHEN)
    (folder / "submission_secret.txt").write_text(f"secret of {folder}")
    if solved:
        (folder / "course" / "losses.py").write_text(SOLUTION, encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(classroom: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The course after nbgrader has collected, graded and given back; `said` is its log."""
    room = classroom.copied_to(tmp_path_factory.mktemp("hostile"))
    template = room.root / "template"
    submitted = room.course / "submitted"
    (submitted / "bea" / LESSON).rename(template)
    shutil.rmtree(submitted)
    fill(room.root / "victim", template, solved=True)
    for name in HONEST:
        fill(submitted / name / LESSON, template, solved=True)
    edit(submitted / "ada" / LESSON, lambda notebook: answer_in(notebook).update(source=ANSWER))
    for name, attack in ATTACKS.items():
        fill(submitted / name / LESSON, template, solved=attack.solved)
        attack.build(submitted / name / LESSON, room.course)
    inbound = room.root / "exchange" / "first_descent" / "inbound"
    for name, attack in INBOUND.items():
        folder = inbound / f"{name}+{LESSON}+{WHEN}+1"
        fill(folder, template, solved=attack.solved)
        attack.build(folder, room.course)
    fill(submitted / IMG / LESSON, template, solved=True)
    room.before = fingerprint(room.course)
    canvas = "--exporter=autograder.nbgrader.plugins.CanvasExport"
    commands = [["collect", LESSON], ["autograde", LESSON]]
    commands += [["generate_feedback", LESSON, "--student", name] for name in PAGES]
    commands += [["release_feedback", LESSON], ["export"], ["export", canvas, "--to", "canvas.csv"]]
    room.said = room.run_many({room.course: commands})
    return room


@pytest.fixture(scope="module")
def batch(hostile: Any, classroom: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same submissions, in another gradebook by `descent grade`."""
    room = classroom.copied_to(tmp_path_factory.mktemp("batch"))
    shutil.rmtree(room.course / "submitted")
    command = ["grade", str(hostile.course / "submitted"), "--assignment", LESSON]
    command += ["--gradebook", str(room.course / "gradebook.db")]
    done = CliRunner().invoke(main, command, env=room.environment)
    assert done.exit_code == 0, done.output
    room.said = done.output
    return room


def answer_in(notebook: dict[str, Any]) -> dict[str, Any]:
    """The cell of the answer that a person grades."""
    (found,) = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "reflection_1"
    ]
    return found


def fingerprint(course: Path) -> dict[str, bytes]:
    """What grading must leave alone, by path."""
    kept = [course / "secret.txt", course / "nbgrader_config.py", *(course / "source").rglob("*")]
    return {str(path): path.read_bytes() for path in kept if path.is_file()}


def score(room: Any, student: str) -> float | None:
    """The sum of a student's check cells; None where they have no score."""
    found = [
        row["auto_score"]
        for (who, name), row in room.grades().items()
        if who == student and name.startswith("check_")
    ]
    assert found, student
    return None if None in found else sum(found)


@pytest.mark.parametrize("name", ENTERED)
def test_attack_through_nbgrader_earns_what_its_modules_earn(hostile: Any, name: str) -> None:
    assert score(hostile, name) == ALL[name].earns


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_through_descent_grade_earns_what_its_modules_earn(batch: Any, name: str) -> None:
    assert score(batch, name) == ATTACKS[name].earns


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if each.says])
def test_nbgrader_says_what_became_of_it(hostile: Any, name: str) -> None:
    lines = [
        line for line in hostile.said.splitlines() if name in line or IMG in line or ".." in line
    ]
    assert any(ALL[name].says in line for line in lines), lines


@pytest.mark.parametrize("name", HONEST)
def test_neighbors_are_graded(hostile: Any, batch: Any, name: str) -> None:
    assert score(hostile, name) == score(batch, name) == FULL


def test_no_submission_fails_and_no_name_is_entered_that_is_none(hostile: Any, batch: Any) -> None:
    assert "Traceback" not in hostile.said + batch.said
    assert {student for student, _ in hostile.grades()} == {*HONEST, *ENTERED}
    assert {student for student, _ in batch.grades()} >= {*HONEST, *ATTACKS}
    assert IMG not in {student for student, _ in batch.grades()}


def test_both_roads_agree(hostile: Any, batch: Any) -> None:
    ours, theirs = batch.grades(), hostile.grades()
    fields = ("auto_score", "manual_score", "needs_manual_grade", "auto_comment", "timestamp")
    for place in theirs.keys() & ours.keys():
        for field in fields:
            assert ours[place][field] == theirs[place][field], (place, field)
    assert len(theirs.keys() & ours.keys()) > 400


def test_nobody_gives_points_by_hand(hostile: Any, batch: Any) -> None:
    for row in [*hostile.grades().values(), *batch.grades().values()]:
        assert (row["manual_score"], row["extra_credit"]) == (None, None)


def test_nothing_was_run_or_changed_or_is_left_running(hostile: Any, batch: Any) -> None:
    assert not (hostile.root / "trace").exists()
    assert not Path("/tmp/first-descent-attack").exists()
    assert fingerprint(hostile.course) == hostile.before
    own = psutil.Process().children(recursive=True)
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # of another user, or just ended
            assert process in own or str(hostile.root) not in process.environ().values()


@pytest.mark.parametrize("road", ["hostile", "batch"])
def test_nothing_is_kept_but_notebook_modules_and_notes(road: str, request: Any) -> None:
    room = request.getfixturevalue(road)
    folders = list((room.course / "autograded").glob(f"*/{LESSON}"))
    assert len(folders) > 50
    for folder in folders:
        assert {path.name for path in folder.iterdir()} <= KEPT
        for path in folder.rglob("*"):
            assert not path.is_symlink()
            assert path.is_dir() or path.suffix == ".py" or path.name in KEPT


def test_nothing_of_others_comes_back(hostile: Any, batch: Any) -> None:
    """Neither the secret nor a neighbor's answer, in any file that grading wrote."""
    secret = (hostile.course / "secret.txt").read_bytes().strip()
    places = [
        room.course / step for room in (hostile, batch) for step in ("autograded", "feedback")
    ]
    written = [*places, hostile.root / "exchange" / "first_descent" / "feedback"]
    files = [path for place in written for path in place.rglob("*") if path.is_file()]
    assert len(files) > 150
    # `read-secret` has it from this test, in a module whose code its own pages show
    its_own = {path.read_bytes() for path in files if "read-secret" in path.parts}
    assert any(secret in content for content in its_own)
    for path in files:
        content = path.read_bytes()
        assert secret not in content or content in its_own, path
        owner = "ada" in path.parts or path.parent.name == "feedback"
        assert owner or ANSWER.encode() not in content, path


@pytest.mark.parametrize("road", ["hostile", "batch"])
def test_no_forged_output_is_shown(road: str, request: Any) -> None:
    room = request.getfixturevalue(road)
    for name in ("outputs-with-full-marks", "cells-of-other-assignments", "keys-given-twice"):
        notebook = room.autograded(name)
        assert "FORGED" not in json.dumps(notebook)
        for cell in notebook["cells"]:
            assert "first_descent" not in json.dumps(cell.get("outputs", [])) or (
                cell["metadata"]["nbgrader"]["grade_id"].startswith("check_")
            )


def test_every_page_is_given_back_and_holds_no_markup_of_students(hostile: Any) -> None:
    pages = list((hostile.course / "feedback").glob(f"*/{LESSON}/*.html"))
    assert len(pages) == len(PAGES)
    released = list((hostile.root / "exchange" / "first_descent" / "feedback").glob("*.html"))
    assert len(released) == len(pages)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<img src=x" not in text
        assert not re.search(r"<script>\s*alert", text)


def test_exports_hold_no_formula_and_no_markup(hostile: Any) -> None:
    for name in ("grades.csv", "canvas.csv"):
        text = (hostile.course / name).read_text(encoding="utf-8")
        assert "zoe" in text
        assert "<" not in text
        for cell in text.replace("\n", ",").split(","):
            assert cell[:1] not in ("=", "+", "-", "@")
