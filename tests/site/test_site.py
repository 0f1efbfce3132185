"""The browser edition without a browser: what a site is built from, and what its worker answers."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from autograder.checking.in_tab import TabBackend
from autograder.exercises.manifest import EXERCISES, exercise
from autograder.grading.grade import grade
from autograder.grading.results import SubmissionResult
from autograder.learner import tab_check
from autograder.learner.tab_worker import Worker
from autograder.learner.take_away import NotACourse, begin_from
from autograder.maintain.given_files import (
    NotAFolderForThis,
    fingerprint,
    given_as_shipped,
    given_files,
)
from autograder.maintain.make import solution_text
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.site import build
from autograder.site.pyodide import LOCK, add_pyodide
from autograder.site.tools import NotBuilt
from autograder.submissions.submission import Submission

LOOP = "def softmax(z):\n    while True:\n        pass\n"
NAIVE = "import numpy as np\n\n\ndef softmax(z):\n    e = np.exp(z)\n    return e / e.sum()\n"


class Page:
    """A page that keeps what its worker changes, as the real one does."""

    def __init__(self, place: Path) -> None:
        self.files: dict[str, str] = dict(given_as_shipped())
        self.heard: list[dict[str, Any]] = []
        self._worker = Worker(lambda text: self.heard.append(json.loads(text)), place)

    def ask(self, what: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
        request = {"what": what, "body": body or {}, "files": self.files, **more}
        said = json.loads(self._worker.answer(json.dumps(request)))
        self.files |= said["changed"]
        return said["answer"]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path / "worker")


def test_what_is_shipped_is_what_is_made() -> None:
    assert given_as_shipped() == given_files()


def test_a_page_names_its_own_scripts_in_its_policy() -> None:
    page = build._with_policy("<html><head></head><body><script>go()</script></body></html>")
    policy = re.search(r'content="([^"]*)"', page)
    assert policy is not None
    assert "'sha256-" in policy[1]
    assert "http" not in policy[1]  # nothing from elsewhere
    assert "script-src 'self' 'unsafe-inline'" not in policy[1]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotBuilt, match="holds something else"):
        build.build_site(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_file_that_pyodide_did_not_publish_ends_the_build(tmp_path: Path) -> None:
    for name in json.loads(LOCK.read_text())["core"]:
        (tmp_path / name).write_text("something else")
    with pytest.raises(NotBuilt, match="not the file that Pyodide published"):
        add_pyodide(tmp_path, tmp_path / "out", tools=None)  # type: ignore[arg-type]


# -- the same results as elsewhere ----------------------------------------------------------------


def verdicts(result: SubmissionResult) -> list[tuple[str, str, str | None]]:
    return [
        (str(each.outcome), each.message, each.mistake)
        for found in result.exercises
        for each in found.criteria
    ]


@pytest.mark.parametrize(
    "source",
    [solution_text("losses"), NAIVE, "def softmax(z):\n    print(z)\n", "def softmax(:"],
    ids=["right", "naive", "nothing", "unreadable"],
)
def test_a_worker_finds_what_a_process_finds(source: str) -> None:
    submission = Submission("", {"course/losses.py": source.encode()})
    chosen = [exercise("softmax")]
    backend = UnwalledBackend()
    try:
        expected = grade(submission, backend, chosen)
    finally:
        backend.close()
    found = grade(submission, TabBackend(), chosen)
    assert verdicts(found) == verdicts(expected)
    assert found.printed == expected.printed


@pytest.mark.exhaustive
def test_all_solutions_hold_in_a_worker() -> None:
    modules = {each.module for each in EXERCISES}
    files = {f"course/{name}.py": solution_text(name).encode() for name in modules}
    result = grade(Submission("", files), TabBackend(), EXERCISES)
    assert all(each.passed for each in result.exercises)


# -- a worker that is ended -----------------------------------------------------------------------


def test_an_operation_that_ended_a_worker_is_not_tried_again(page: Page) -> None:
    page.files["course/losses.py"] = LOOP
    answer = page.ask("kernel-check", {"names": ["softmax"]}, ended={"1": "TIMED_OUT"})
    first, *others = answer["result"]["exercises"][0]["criteria"]
    assert first["outcome"] == str(Outcome.TIMED_OUT)
    assert "no answer within 5 s" in first["message"]
    assert {each["outcome"] for each in others} == {str(Outcome.NOT_RUN)}


def test_a_page_hears_which_operation_runs_and_for_how_long_it_may(page: Page) -> None:
    page.files["course/losses.py"] = solution_text("losses")
    page.ask("kernel-check", {"names": ["softmax"]})
    said = [each for each in page.heard if "running" in each]
    assert said[0] == {"running": 1, "seconds": 5.0}
    assert said[-1]["running"] == 0


def test_a_second_try_checks_what_the_first_began_with(page: Page) -> None:
    page.ask("check", {"names": ["sigmoid", "softmax"], "again": True})
    began = next(each["event"] for each in page.heard if "event" in each)
    assert (began["stage"], began["names"]) == ("checking", ["sigmoid", "softmax"])


def test_a_save_checks_what_it_may_have_changed(page: Page) -> None:
    page.ask("check", {"names": ["softmax"], "again": True})
    page.heard.clear()
    page.files["course/losses.py"] = page.files["course/losses.py"].replace(
        'raise NotImplementedError("sigmoid: not written yet")', "return 0.5"
    )
    page.ask("check", {"names": []})
    events = [each["event"] for each in page.heard if "event" in each]
    results = {each["exercise"]["name"] for each in events if each["stage"] == "result"}
    assert "sigmoid" in results
    assert "mean_squared_error" not in results
    assert events[-1]["stage"] == "checked"


def test_what_is_asked_during_a_long_check_is_answered_before_its_end(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.learner.tab_worker.PIECE_SECONDS", 0.0)
    page.files["course/welcome.py"] = solution_text("welcome")
    page.files["course/losses.py"] = solution_text("losses")
    body = {"names": ["mean_squared_error", "sigmoid", "softmax"]}
    assert page.ask("check", body, again=True) == {"more": True}
    assert page.ask("kernel-check", {"names": ["softmax"]})["result"]["score"] == 3.0
    while page.ask("check", {"names": []})["more"]:
        pass
    events = [each["event"] for each in page.heard if "event" in each]
    results = [each["exercise"]["name"] for each in events if each["stage"] == "result"]
    assert {*body["names"]} <= {*results}
    assert events[-1]["stage"] == "checked"


def test_hints_are_counted_in_the_files_of_the_page(page: Page) -> None:
    assert len(page.ask("hint", {"name": "softmax"})["hints"]) == 1
    assert len(page.ask("hint", {"name": "softmax"})["hints"]) == 2
    assert "refused" in page.ask("anything else")


# -- the work leaves and enters -------------------------------------------------------------------


def taken_along(page: Page, place: Path) -> Path:
    place.write_bytes(base64.b64decode(page.ask("take-away")["zip"]))
    return place


def test_a_course_goes_from_a_browser_into_a_folder(page: Page, tmp_path: Path) -> None:
    page.ask("update")  # as the first visit does
    page.files["course/losses.py"] = solution_text("losses")
    page.ask("kernel-check", {"names": ["softmax"]})
    begin_from(tmp_path / "mine", taken_along(page, tmp_path / "ada.zip"))
    assert (tmp_path / "mine/course/losses.py").read_text() == solution_text("losses")
    progress = json.loads((tmp_path / "mine/.descent/progress.json").read_text())
    assert progress["softmax"]["outcome"] == "passed"
    assert not list((tmp_path / "mine").rglob("*.new.*"))
    with pytest.raises(NotAFolderForThis):
        begin_from(tmp_path / "mine", tmp_path / "ada.zip")


def test_opening_a_course_loses_nothing_of_what_is_there(page: Page, tmp_path: Path) -> None:
    page.files["course/losses.py"] = solution_text("losses")
    packed = taken_along(page, tmp_path / "ada.zip")
    other = Page(tmp_path / "other")
    other.files["course/losses.py"] = mine = "# mine\n" + other.files["course/losses.py"]
    answer = other.ask("open", {"zip": base64.b64encode(packed.read_bytes()).decode()})
    assert answer["kept"] == ["course/losses.kept-1.py"]
    assert other.files["course/losses.kept-1.py"] == mine
    assert other.files["course/losses.py"] == solution_text("losses")


def test_opening_a_course_keeps_no_copy_of_a_lesson_that_was_only_run(
    page: Page, tmp_path: Path
) -> None:
    name = "lessons/1_loss_functions.ipynb"
    given = page.files[name]
    packed = taken_along(page, tmp_path / "ada.zip")
    other = Page(tmp_path / "other")
    lesson = json.loads(given)
    shown = {"output_type": "stream", "name": "stdout", "text": "hello"}
    next(cell for cell in lesson["cells"] if cell["cell_type"] == "code")["outputs"] = [shown]
    other.files[name] = json.dumps(lesson)  # in another layout, as Jupyter saves it
    zipped = {"zip": base64.b64encode(packed.read_bytes()).decode()}
    assert other.ask("open", zipped)["kept"] == []
    lesson["cells"][-1]["source"] = ["mine"]
    other.files[name] = mine = json.dumps(lesson)
    assert other.ask("open", zipped)["kept"] == ["lessons/1_loss_functions.kept-1.ipynb"]
    assert other.files["lessons/1_loss_functions.kept-1.ipynb"] == mine
    assert other.files[name] == given


def test_opening_a_course_keeps_no_copy_of_what_an_older_site_gave(
    page: Page, tmp_path: Path
) -> None:
    packed = taken_along(page, tmp_path / "ada.zip")
    other = Page(tmp_path / "other")
    older = "# older\n" + other.files["course/losses.py"]
    other.files |= {"course/losses.py": older, ".descent/given/course/losses.py": older}
    zipped = {"zip": base64.b64encode(packed.read_bytes()).decode()}
    assert other.ask("open", zipped)["kept"] == []


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\5\6" + bytes(18)])
def test_something_else_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "it.zip").write_bytes(content)
    with pytest.raises(NotACourse):
        begin_from(tmp_path / "mine", tmp_path / "it.zip")
    assert not (tmp_path / "mine").exists()


def test_who_writes_before_the_first_update_gets_no_second_version(page: Page) -> None:
    page.files["course/losses.py"] = solution_text("losses")
    lesson = json.loads(page.files["lessons/1_loss_functions.ipynb"])
    lesson["cells"][1]["source"] = "Mine"
    page.files["lessons/1_loss_functions.ipynb"] = json.dumps(lesson)
    before = dict(page.files)
    assert page.ask("update")["done"] == []
    written = {name: text for name, text in page.files.items() if not name.startswith(".descent")}
    assert written == before


def test_an_update_of_the_site_keeps_what_was_written(page: Page) -> None:
    page.ask("update")
    old = page.files["course/losses.py"]
    page.files[".descent/given/course/losses.py"] = old.replace('"""', '"""An older text. ', 1)
    page.files["course/losses.py"] = page.files[".descent/given/course/losses.py"] + "# mine\n"
    done = page.ask("update")["done"]
    assert [each for each in done if each.startswith("course/losses.py")]
    assert page.files["course/losses.py"].endswith("# mine\n")
    assert "An older text" not in page.files["course/losses.py"]


def test_an_update_says_of_which_version_it_is(page: Page) -> None:
    # a page that is still of an older site must not take the newer one for done
    assert page.ask("update")["given"] == fingerprint(given_as_shipped())


# -- what a kernel asks ---------------------------------------------------------------------------


def heard(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[Any]:
    """Have a kernel hear these; what it asks."""
    asked: list[Any] = []
    waiting = iter(answers)

    def sent(_: str, question: str) -> str:
        asked.append(json.loads(question))
        return next(waiting)

    monkeypatch.setattr(tab_check, "_sent", sent)
    return asked


def test_a_kernel_asks_for_the_same_until_the_answer_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = "<!DOCTYPE HTML>a server of files"  # Firefox has ended its service worker
    asked = heard(monkeypatch, lost, '{"waits": true}', lost, lost, '{"said": "it"}')
    assert tab_check.asked("kernel-load", {"module": "losses"}) == {"said": "it"}
    assert asked == [asked[0]] * 5  # with the same key: nothing is checked twice


def test_a_kernel_that_no_page_hears_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    heard(monkeypatch, *["nothing"] * tab_check.TRIES)
    with pytest.raises(tab_check.NoAnswer, match="Reload it"):
        tab_check.asked("kernel-load", {"module": "losses"})
    heard(monkeypatch, '{"refused": "No page of the course is open."}')
    with pytest.raises(tab_check.NoAnswer, match="No page"):
        tab_check.asked("kernel-load", {"module": "losses"})
