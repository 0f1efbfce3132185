"""The learner's code beside the card, and what a person has to look at on top of the notebook."""

from typing import Any

from autograder.exercises.manifest import exercise
from autograder.grading.results import CriterionResult, SubmissionResult, exercise_result
from autograder.nbgrader.cell_scores import Origin, cell_scores, look_at_cell
from autograder.nbgrader.cells import answer_metadata, check_metadata
from autograder.nbgrader.graded_code import MAX_LINES, code_html
from autograder.sandbox.outcomes import Outcome

MODULE = b"""import numpy as np

@np.vectorize
def softmax(
    logits,
):
    # <script>alert(1)</script>
    return logits / 0

def other(x):
    return "another's"
"""


def result(message: str = "Line 8: x / 0", outcome: Outcome = Outcome.RAISED) -> SubmissionResult:
    passed = outcome is Outcome.PASSED
    said = CriterionResult("a", "holds", 3.0, passed, outcome, hidden=False, message=message)
    made = exercise_result("softmax", "losses", 3.0, [said])
    return SubmissionResult("ada", "graded", 0.0, 3.0, 0.0, None, 0.1, (made,))


def shown(files: dict[str, bytes], **options: Any) -> str:
    return code_html(result(**options).exercises[0], files)


def test_the_function_is_shown_escaped_with_the_line_that_the_card_names() -> None:
    page = shown({"course/losses.py": MODULE})
    assert "course/losses.py, lines 3 to 8" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "another" not in page
    marked = page.split("background: rgba")[1]
    assert "return logits / 0" in marked
    assert page.count("background: rgba") == 1
    assert " open " in page
    right = shown({"course/losses.py": MODULE}, outcome=Outcome.PASSED, message="")
    assert " open " not in right


def test_a_module_that_python_cannot_read_is_shown_around_the_line() -> None:
    broken = b"\n".join(b"line %d" % number for number in range(1, 41)) + b"\nx = (\n"
    page = shown({"course/losses.py": broken}, message="course/losses.py, line 20: '(' was ...")
    assert "lines 16 to 24" in page
    assert "line 20" in page
    assert "line 30" not in page


def test_the_docstring_is_folded_and_nothing_after_it() -> None:
    text = (
        'def softmax(\n    logits,\n):\n    """Return it.\n\n    More.\n    """\n'
        '    x = 1\n    """not the docstring\n    secret = 2\n    """\n    return x\n'
    )
    page = shown({"course/losses.py": text.encode()})
    assert "Return it." in page
    assert "… the docstring" in page
    assert "More." not in page
    assert all(words in page for words in ("x = 1", "secret = 2", "return x", "lines 1 to 12"))
    after = 'def softmax(x):\n    """Say.\n    More.\n    """; x = 3\n    return x\n'
    page = shown({"course/losses.py": after.encode()})
    assert "x = 3" in page
    assert "More." not in page


def test_what_is_not_there_is_not_shown() -> None:
    assert shown({}) == ""
    assert shown({"course/losses.py": MODULE}, outcome=Outcome.NOT_WRITTEN, message="") == ""
    assert shown({"course/losses.py": b"x = 1\n"}, message="") == ""


def test_long_code_is_cut_and_no_sign_turns_the_page() -> None:
    long = b"def softmax(x):\n" + b"    x = 1\n" * 500
    assert f"and {501 - MAX_LINES} more lines" in shown({"course/losses.py": long})
    assert "\u202e" not in shown({"course/losses.py": "def softmax(x):\n    '\u202e'\n".encode()})


def test_cells_have_card_and_code_and_the_top_says_what_waits() -> None:
    check: dict[str, Any] = {
        "cell_type": "code",
        "source": 'check("softmax")',
        "metadata": {"nbgrader": check_metadata(exercise("softmax"))},
    }
    answer = {"cell_type": "markdown", "source": "", "metadata": {"nbgrader": answer_metadata(1)}}
    found = result()
    scores = cell_scores([check, answer], found, Origin("", ""), {"course/losses.py": MODULE})
    page = scores["check_softmax"].outputs[0]["data"]["text/html"]
    assert page.index("Feedback") < page.index("The code that was graded")
    top = look_at_cell([check, answer], found, {"check_softmax": None})
    assert top is not None
    assert "[An answer in words](#reflection_1)" in top["source"]
    assert "](#check_softmax) has no score yet" in top["source"]
    assert look_at_cell([check], found, {"check_softmax": 0.0}) is None


def test_reasons_on_top_are_text() -> None:
    found = SubmissionResult("ada", "graded", 0.0, 3.0, 0.0, None, 0.1, (), look=("<b>[x](y)",))
    top = look_at_cell([], found, {})
    assert top is not None
    assert "<b>" not in top["source"]
    assert "[x]" not in top["source"]
