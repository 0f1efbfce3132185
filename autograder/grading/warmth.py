"""What a grading process makes once, so that each fork of it finds it made.

Solutions, checks and mistakes are loaded, and how our own changed solutions answer is found out,
which the diagnosis of an exercise needs. None of it comes from a submission.
"""

import gc
import inspect
import warnings
from collections.abc import Sequence

from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.diagnose import FELL, diagnose
from autograder.diagnosis.source.witness import Witness
from autograder.exercises.bugs import program_to_repair
from autograder.exercises.manifest import Exercise
from autograder.exercises.registry import criteria_of, mistakes_of, solution, solved_student
from autograder.grading.results import SubmissionResult

UNTIL_COLLECTED = 200_000  # new objects in a fork; a right submission makes about 10,000
MISTAKES = 2  # of an exercise, diagnosed to find out what any diagnosis of it looks up


class Warmth:
    """What is made once for some exercises.

    Parameters
    ----------
    exercises : sequence of Exercise
        Those that are graded.
    """

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._cold = {exercise.name: exercise for exercise in exercises if not exercise.bonus}
        for exercise in exercises:
            criteria_of(exercise.name, exercise.module)
            mistakes_of(exercise.name, exercise.module)
            solution(exercise.module)
            if exercise.bug is not None:
                program_to_repair(exercise)
        gc.set_threshold(UNTIL_COLLECTED)
        gc.freeze()

    def after(self, result: SubmissionResult) -> None:
        """Make what the diagnoses of a submission had to make, for those that come after it."""
        fell = [graded.name for graded in result.exercises if graded.outcome in FELL]
        for name in fell:
            exercise = self._cold.pop(name, None)
            if exercise is not None:
                _diagnose_mistakes(exercise)
        gc.freeze()


def _diagnose_mistakes(exercise: Exercise) -> None:
    known = mistakes_of(exercise.name, exercise.module)
    text = inspect.getsource(solution(exercise.module)).encode()
    files = {f"course/{exercise.module}.py": text}
    shown = Witness.of(files, exercise.name, exercise.module)
    if shown is not None:
        for mistake in known:
            shown.allows(mistake)
            shown.place_of(mistake)
    seed = Seed()
    for mistake in known[:MISTAKES]:
        student = solved_student(exercise.module, {exercise.name: mistake.answer})
        judged: dict[str, Judgment] = {}
        for criterion in criteria_of(exercise.name, exercise.module):
            if all(name in judged and judged[name].passed for name in criterion.needs):
                judged[criterion.name] = judge(criterion, student, seed)
        others = [other for other in known if other is not mistake]  # then more is looked up
        with warnings.catch_warnings(action="ignore"):
            diagnose(
                *([*judged.values()], exercise.name, exercise.module, seed, student, others),
                files=files,
            )
