"""Every lesson of a site, all cells run with the solutions: no error, no blank experiment."""

from typing import Any

import pytest

from autograder.exercises.manifest import LESSONS

pytestmark = [pytest.mark.by_hand, pytest.mark.timeout(3600)]
LOOP = """

def train(*given, **settings):
    while True:
        pass
"""


@pytest.mark.parametrize("name", [each.name for each in LESSONS])
def test_a_lesson_runs_and_each_experiment_is_drawn(
    name: str, address: str, visit: Any, picture: Any
) -> None:
    lesson = visit(address, name)
    lesson.prepare()
    seen: set[str] = set()
    for at, cell in enumerate(lesson.cells()):
        for output in lesson.run_at(at) if cell else ():
            assert output["output_type"] != "error", (cell, output)
            assert output.get("name") != "stderr", (cell, output)
        for experiment in set(lesson.experiments()) - seen:
            lesson.drawn(experiment)
            picture(lesson.page, f"site-{name}-{experiment}")
            seen.add(experiment)
    assert lesson.page.locator(".descent .trouble:visible").count() == 0
    assert lesson.complaints == []
    assert lesson.elsewhere == []
