"""What stands in for an exercise that another one builds on, in a process of the learner's own."""

from contextlib import closing

from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.maintain.make import solution_text
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission


def test_a_class_is_supplied_where_the_learners_own_does_not_hold() -> None:
    # AdamW keeps an Adam, whose memory is in the grader then: it outlives the call that made it.
    text = solution_text("optimizers").replace("self.updates += 1", "self.updates += 2")
    files = {"course/optimizers.py": text.encode()}
    asked = [exercise("Adam"), exercise("AdamW")]
    with closing(UnwalledBackend()) as backend:
        adam, adamw = grade(Submission("ada", files), backend, asked, "secret").exercises
    assert adam.score < adam.max_score
    assert adamw.score == adamw.max_score
