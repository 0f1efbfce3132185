"""The formgrader in a real browser: autograde from the page, a grade by hand, and the feedback.

With ``DESCENT_SCREENSHOTS=folder`` each page that is looked at is kept there as a picture.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LESSON = "1_loss_functions"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = "only-for-tests"


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page of a headless Chromium."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is absent, and CI=true asks for every test")
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        opened.set_default_timeout(90_000)
        yield opened
        browser.close()


@pytest.fixture(scope="module")
def office(classroom: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The instructor's JupyterLab on the collected course; `address` is where it listens."""
    room = classroom.copied_to(tmp_path_factory.mktemp("office"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.port={port}"]
    command += ["--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
    log = (room.root / "server.log").open("w")
    server = subprocess.Popen(
        command, cwd=room.course, env=room.environment, stdout=log, stderr=subprocess.STDOUT
    )
    room.address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{room.address}/api?token={TOKEN}", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    yield room
    server.terminate()
    server.wait(20)
    log.close()


def picture(page: Any, name: str) -> None:
    """Keep what a page looks like, if asked to."""
    if folder := os.environ.get("DESCENT_SCREENSHOTS"):
        Path(folder).mkdir(exist_ok=True, parents=True)
        page.screenshot(path=f"{folder}/{name}.png")


def autograde_from_the_page(office: Any, page: Any, student: str) -> None:
    """Click the flash beside a student's submission, and wait until it is graded."""
    page.goto(f"{office.address}/formgrader/manage_submissions/{LESSON}")
    row = page.locator("tbody tr", has=page.locator("td.student-id", has_text=student))
    row.locator("td.autograde a").click()
    page.locator(".modal-title", has_text="Success").wait_for()
    picture(page, f"autograded-{student}")
    page.locator(".modal.in button.close, .modal-footer button").first.click()


@pytest.fixture(scope="module")
def seen(office: Any, page: Any) -> dict[str, Any]:
    """What an instructor sees and does, in one sitting."""
    page.goto(
        f"{office.address}/lab?token={TOKEN}"
    )  # else the formgrader's requests are redirected
    autograde_from_the_page(office, page, "cem")
    notes: dict[str, Any] = {"after autograde": office.grades()}
    page.goto(f"{office.address}/formgrader/gradebook/{LESSON}/{LESSON}")
    picture(page, "submissions")
    page.locator("td.name a").first.click()
    page.locator("#check_softmax").wait_for()
    page.wait_for_function("document.querySelector('#check_softmax').placeholder !== ''")
    notes["score"] = page.locator("#check_softmax").get_attribute("placeholder")
    panel = page.locator(".nbgrader_cell", has=page.locator("#check_softmax"))
    panel.scroll_into_view_if_needed()
    notes["card"] = panel.inner_text()
    picture(page, "card")
    answer = page.locator("#reflection_1")
    answer.scroll_into_view_if_needed()
    answer.fill("1.5")
    page.locator("#reflection_1-comment").fill("Clear, but say by how much.")
    page.locator("#check_softmax").focus()  # leaving a field saves it
    picture(page, "answer")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        row = office.grades()["cem", "reflection_1"]
        if row["manual_score"] is not None and row["manual_comment"] is not None:
            break
        time.sleep(0.2)
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
    page.get_by_text("stays finite for logits up to 10,000").first.scroll_into_view_if_needed()
    picture(page, "feedback-card")
    return notes


def test_formgrader_autogrades_with_our_configuration(seen: dict[str, Any]) -> None:
    rows = seen["after autograde"]
    assert 0 < rows["cem", "check_softmax"]["auto_score"] < 3
    assert rows["cem", "check_sigmoid"]["auto_score"] == 2


def test_formgrader_shows_scores_and_cards(seen: dict[str, Any]) -> None:
    score = seen["after autograde"]["cem", "check_softmax"]["auto_score"]
    assert float(seen["score"]) == score
    assert "stays finite for logits up to 10,000" in seen["card"]
    assert f"{score:g} of 3 points" in seen["card"]


@pytest.mark.parametrize("moment", ["after the regrade", "after descent grade"])
def test_manual_grade_and_comment_survive(seen: dict[str, Any], moment: str) -> None:
    given = seen["after the manual grade"]["cem", "reflection_1"]
    assert given["manual_score"] == 1.5
    kept = seen[moment]["cem", "reflection_1"]
    assert kept["manual_score"] == 1.5
    assert kept["manual_comment"] == given["manual_comment"] == "Clear, but say by how much."


def test_feedback_page_shows_cards_grades_and_comment(seen: dict[str, Any]) -> None:
    assert "stays finite for logits up to 10,000" in seen["feedback"]
    assert "Clear, but say by how much." in seen["feedback"]
    total = (
        sum(
            row["auto_score"]
            for (who, _), row in seen["after autograde"].items()
            if who == "cem" and row["auto_score"] is not None
        )
        + 1.5
    )
    assert f"Score: {total:g}" in seen["feedback"] or f"Score: {total}" in seen["feedback"]
