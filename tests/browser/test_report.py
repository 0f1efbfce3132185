"""The class report in a browser: accessible in both themes, on a telephone and on paper."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograder.exercises.manifest import EXERCISES
from autograder.grading.result_file import Heading
from autograder.grading.results import submission_result
from autograder.report.comparison import compared
from autograder.report.figures import class_figures
from autograder.report.page import page


def result(student: str, holding: int, astray: int) -> Any:
    """A submission of which so many exercises hold, and so many more are written."""
    exercises = []
    for number, each in enumerate(EXERCISES):
        outcome = "passed" if number < holding else "not written"
        if holding <= number < holding + astray:
            outcome = "failed"
        passed = outcome == "passed"
        criterion = {
            "name": f"{each.name}_by_hand",
            "title": "gives the example of the docstring",
            "points": each.points,
            "passed": passed,
            "outcome": outcome,
            "hidden": False,
            "message": "",
            "mistake": "mean_squared_error_halved" if outcome == "failed" else None,
        }
        exercises.append(
            {
                "name": each.name,
                "module": each.module,
                "score": each.points if passed else 0.0,
                "max_score": each.points,
                "outcome": outcome,
                "criteria": [criterion],
            }
        )
    score = sum(each["score"] for each in exercises)
    return submission_result(
        {
            "student": student,
            "status": "graded",
            "score": score,
            "max_score": 100.0,
            "bonus": 0.0,
            "reason": None,
            "seconds": 0.1,
            "exercises": exercises,
        }
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of thirty learners, with what changed since they were half as far."""
    before = class_figures(result(f"learner {n}", n // 2, 2) for n in range(30))
    now = class_figures(result(f"learner {n}", n, 3) for n in range(30))
    path = tmp_path_factory.mktemp("report") / "report.html"
    text = page(Heading("all"), now, compared(before, now), before="earlier.json")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """The theme that the reader's system asks for."""
    return str(request.param)


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("width", [420, 1280])
def test_report_is_accessible(report: Path, browser: Any, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    opened = context.new_page()
    opened.goto(report.as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    if width == 1280:  # where cells are laid out one below the other, there is nothing to scroll
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_report_fits_a_telephone(report: Path, browser: Any) -> None:
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    opened.goto(report.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    heads = opened.locator("thead").first.bounding_box()
    assert heads is not None
    assert heads["width"] <= 1  # there, each cell says its own head
    cell = "document.querySelector('#exercises ~ table td.number')"
    said = f"getComputedStyle({cell}, '::before').content"
    assert "Holds" in opened.evaluate(said)
    opened.close()


def test_report_asks_for_nothing_and_runs_nothing(report: Path, browser: Any) -> None:
    opened = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert said == []  # the page's own policy refuses nothing that it needs
    color = "getComputedStyle(document.querySelector('rect.astray')).fill"
    assert opened.evaluate(color) == "rgb(213, 94, 0)"
    opened.close()


def test_report_shows_everything_on_paper(report: Path, browser: Any) -> None:
    opened = browser.new_page(color_scheme="dark")
    opened.goto(report.as_uri())
    last = opened.locator("#learners ~ details tbody tr").last
    assert not last.is_visible()  # folded, on the screen
    opened.emulate_media(media="print")
    assert last.is_visible()
    assert not opened.locator("nav").is_visible()
    background = "getComputedStyle(document.body).backgroundColor"
    assert opened.evaluate(background) == "rgb(255, 255, 255)"
    assert opened.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    opened.close()
