"""The formgrader in a real browser: autograde from the page, a grade by hand, and the feedback."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.exhaustive

LESSON = "1_loss_functions"
COMMENT = "Clear, but say by how much."
TOKEN = "only-for-tests"


@pytest.fixture(scope="module")
def office(classroom: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The instructor's JupyterLab on the collected course; `address` is where it listens."""
    room = classroom.copied_to(tmp_path_factory.mktemp("office"))
    (port,) = serve.free_ports(1)
    room.address = f"http://127.0.0.1:{port}"
    command = ["jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += ["--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
    serve(command, f"{room.address}/api?token={TOKEN}", room.course, room.environment)
    return room


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    """A page of the browser."""
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.set_default_timeout(120_000)
    return opened


def open_from_the_menu(office: Any, page: Any) -> str:
    """Choose *Nbgrader → Formgrader* in JupyterLab; the names of the assignments it shows.

    Afterwards the page is signed in, so that the formgrader can be opened by its address.
    """
    page.goto(f"{office.address}/lab?token={TOKEN}&reset")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    names = page.frame_locator("iframe").locator("td.name")
    names.get_by_text(LESSON).wait_for()
    return str(names.all_inner_texts())


def autograde_from_the_page(office: Any, page: Any, student: str) -> str:
    """Click the flash beside a student's submission and wait until it is graded; the log."""
    page.goto(f"{office.address}/formgrader/manage_submissions/{LESSON}")
    row = page.locator("tbody tr", has=page.locator("td.student-id", has_text=student))
    row.locator("td.autograde a").click()
    dialog = page.locator(".modal")
    title = dialog.locator(".modal-title", has_text=re.compile("Success|Error"))
    title.wait_for()
    said = dialog.inner_text()
    assert title.inner_text() == "Success", said
    row.locator("td.score", has_text="/").wait_for()
    return str(said)


def graded_cell(page: Any, name: str) -> Any:
    """The cell of a graded notebook with what stands under it."""
    return page.locator(".cell", has=page.locator(f"#{name}"))


def change_and_await(page: Any, kind: str, field: str, value: str) -> None:
    """Fill in a field of the formgrader, which is saved when it is left."""
    page.locator(field).fill(value)
    with page.expect_response(
        lambda answer: f"/api/{kind}/" in answer.url and answer.request.method == "PUT"
    ) as saved:
        page.locator(field).blur()
    assert saved.value.ok


@pytest.fixture(scope="module")
def seen(office: Any, page: Any, picture: Any) -> dict[str, Any]:
    """What an instructor sees and does, in one sitting."""
    notes: dict[str, Any] = {"menu": open_from_the_menu(office, page)}
    picture(page, "formgrader-in-jupyterlab")
    notes["log"] = autograde_from_the_page(office, page, "cem")
    picture(page, "formgrader-autograded")
    notes["after autograde"] = office.grades()

    page.goto(f"{office.address}/formgrader/gradebook/{LESSON}/{LESSON}")
    page.locator("td.name a").first.wait_for()
    picture(page, "formgrader-submissions")
    page.locator("td.name a").first.click()
    page.wait_for_function("document.querySelector('#check_softmax')?.placeholder")
    notes["score"] = page.locator("#check_softmax").get_attribute("placeholder")
    notes["top"] = page.locator(".cell").first.inner_text()
    picture(page, "formgrader-top")
    page.locator(".cell").first.get_by_role("link").first.click()
    notes["led to"] = page.evaluate("document.querySelector(':target')?.id")
    notes["card"] = graded_cell(page, "check_softmax").inner_text()
    graded_cell(page, "check_softmax").scroll_into_view_if_needed()
    picture(page, "formgrader-card")

    change_and_await(page, "grade", "#reflection_1", "1.5")
    change_and_await(page, "comment", "#reflection_1-comment", COMMENT)
    graded_cell(page, "reflection_1").scroll_into_view_if_needed()
    picture(page, "formgrader-answer")
    notes["after the manual grade"] = office.grades()

    autograde_from_the_page(office, page, "cem")
    notes["after the regrade"] = office.grades()
    office.grade()
    notes["after descent grade"] = office.grades()

    office.run("nbgrader", "generate_feedback", LESSON, "--student", "cem")
    feedback = office.course / "feedback" / "cem" / LESSON / f"{LESSON}.html"
    page.goto(feedback.as_uri())
    notes["feedback"] = page.locator("body").inner_text()
    picture(page, "feedback")
    page.get_by_text("The result holds nan").scroll_into_view_if_needed()
    picture(page, "feedback-card")
    page.get_by_text(COMMENT).last.scroll_into_view_if_needed()
    picture(page, "feedback-comment")
    return notes


def test_formgrader_opens_from_the_menu(seen: dict[str, Any]) -> None:
    assert LESSON in seen["menu"]


def test_formgrader_autogrades_with_our_configuration(seen: dict[str, Any]) -> None:
    rows = seen["after autograde"]
    assert 0 < rows["cem", "check_softmax"]["auto_score"] < 3
    assert rows["cem", "check_sigmoid"]["auto_score"] == 2
    assert "GradeInSandbox" in seen["log"]
    assert "Execute" not in seen["log"]


def test_formgrader_shows_scores_and_cards(seen: dict[str, Any]) -> None:
    score = seen["after autograde"]["cem", "check_softmax"]["auto_score"]
    assert float(seen["score"]) == score
    assert "stays finite for logits up to 10,000" in seen["card"]
    assert f"{score:g} of 3 points" in seen["card"]


def test_formgrader_shows_the_code_and_begins_with_what_a_person_looks_at(
    seen: dict[str, Any],
) -> None:
    assert "The code that was graded: course/losses.py, lines" in seen["card"]
    assert "def softmax(logits):" in seen["card"]
    assert "For a person to look at" in seen["top"]
    assert seen["led to"] == "reflection_1"


@pytest.mark.parametrize("moment", ["after the regrade", "after descent grade"])
def test_manual_grade_and_comment_survive(seen: dict[str, Any], moment: str) -> None:
    given = seen["after the manual grade"]["cem", "reflection_1"]
    assert given["manual_score"] == 1.5
    kept = seen[moment]["cem", "reflection_1"]
    assert kept["manual_score"] == 1.5
    assert kept["manual_comment"] == given["manual_comment"] == COMMENT


def test_feedback_page_shows_cards_grades_and_comment(seen: dict[str, Any]) -> None:
    assert "stays finite for logits up to 10,000" in seen["feedback"]
    assert COMMENT in seen["feedback"]
    automatic = [
        row["auto_score"]
        for (student, name), row in seen["after autograde"].items()
        if student == "cem" and name.startswith("check_")
    ]
    assert f"(Score: {round(sum(automatic) + 1.5, 2)} / 30.0)" in seen["feedback"]
