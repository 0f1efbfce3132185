"""`check` in a browser, where the learner's code runs in a worker beside the kernel's.

The kernel asks by a request that it waits for. No server sees it: the site's service worker hands
it to the page, which can end the other worker at any time, and the page's answer back to here.
"""

import json
from typing import Any

from autograder.exercises.selection import selected
from autograder.grading.results import submission_result
from autograder.learner.card import Card
from autograder.learner.course_import import other_course, written_in_notebook
from autograder.learner.folder import LearnerFolder
from autograder.refused import Refused


class NoAnswer(Refused):
    """The page does not answer; the message says why."""


def check(*names: str) -> Card:
    """Check what you have written so far; see `autograder.learner.check.check`."""
    chosen = [exercise.name for exercise in selected(names)]
    folder = LearnerFolder.find()
    answer = asked("kernel-check", {"names": chosen})
    result = submission_result({**answer["result"], "printed": answer["printed"]})
    notes = (*answer["notes"], other_course(folder), *written_in_notebook(result))
    return Card(result, tuple(filter(None, notes)))


def asked(what: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the page answers to a question.

    Raises
    ------
    NoAnswer
        If there is no such answer.
    """
    import js  # type: ignore[import-not-found] # only where Python runs in a browser

    home = str(js.location.href).partition("/extensions/")[0]
    request = js.XMLHttpRequest.new()
    request.open("POST", f"{home}/first-descent/{what}", False)
    try:
        request.send(json.dumps({"what": what, "body": body}))
        answer: dict[str, Any] = json.loads(str(request.responseText))
    except Exception as error:  # noqa: BLE001 - a request fails in ways of its own in each browser
        raise NoAnswer(f"The page did not answer ({error}). Reload it, and check again.") from None
    if "refused" in answer:
        raise NoAnswer(answer["refused"])
    return answer
