"""`check` in a browser, where the learner's code runs in a worker beside the kernel's.

The kernel asks by a request that it waits for. No server sees it: the site's service worker hands
it to the page, which can end the other worker at any time, and the page's answer back to here. As
browsers end a service worker that keeps a request for long (Firefox after a minute), the page soon
answers that it still waits, and is asked for the same again.
"""

import json
import uuid
from typing import Any

from autograder.exercises.selection import selected
from autograder.grading.results import submission_result
from autograder.learner.card import Card
from autograder.learner.course_import import other_course, written_in_notebook
from autograder.learner.folder import LearnerFolder
from autograder.refused import Refused

TRIES = 3  # of a request in a row that no page answers: a browser may just end its service worker


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
    question = json.dumps({"what": what, "body": body, "key": uuid.uuid4().hex})
    failed = 0
    while True:
        try:
            answer: dict[str, Any] = json.loads(_sent(what, question))
        except Exception as error:  # noqa: BLE001 - a request fails differently in each browser
            failed += 1
            if failed == TRIES:
                raise NoAnswer(
                    f"The page did not answer ({error}). Reload it, and check again."
                ) from None
            continue
        failed = 0
        if "refused" in answer:
            raise NoAnswer(answer["refused"])
        if "waits" not in answer:
            return answer


def _sent(what: str, question: str) -> str:
    """What comes back for a question."""
    import js  # type: ignore[import-not-found] # only where Python runs in a browser

    home = str(js.location.href).partition("/extensions/")[0]
    request = js.XMLHttpRequest.new()
    request.open("POST", f"{home}/first-descent/{what}", False)
    request.send(question)
    return str(request.responseText)
