"""Grading a folder of submissions in parallel, with a journal that survives any interruption."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.grading_process import Task
from autograder.batch.journal import Journal
from autograder.batch.pool import Graders, Pool
from autograder.batch.process_memory import give_back
from autograder.batch.result_key import NEVER, conditions_of, key_of
from autograder.grading.results import UNREADABLE
from autograder.submissions.file_stamps import stamp_of
from autograder.submissions.file_trees import Unreadable
from autograder.submissions.reading import Handed, read_submission

__all__ = ["Assignment", "Graders", "Pool", "grade_folder"]


@dataclass
class Progress:
    """How far a batch is.

    Attributes
    ----------
    looked_at : int
        Submissions compared with the journal so far.
    waiting : int or None
        How many of all have to be graded, once all are looked at.
    graded : int
        How many of those are, or turned out to be unreadable.
    """

    looked_at: int = 0
    waiting: int | None = None
    graded: int = 0


def grade_folder(
    handed: Sequence[Handed],
    assignment: Assignment,
    journal: Journal,
    graders: Callable[[int], AbstractContextManager[Graders]],
    told: Callable[[Progress], None] = lambda progress: None,
) -> int:
    """Grade what the journal does not hold yet.

    Parameters
    ----------
    handed : sequence of Handed
        The submissions.
    assignment : Assignment
        What to judge.
    journal : Journal
        Where each result is kept as it completes.
    graders : callable
        Takes the number of submissions to grade; called only where there are any.
    told : callable, optional
        Told how far it is, after each submission.

    Returns
    -------
    int
        How many submissions were graded anew.
    """
    progress = Progress()
    conditions = conditions_of(assignment)
    waiting = _waiting(handed, assignment, conditions, journal, progress, told)
    progress.waiting = len(waiting)
    told(progress)
    if not waiting:
        return 0
    anew = 0

    def tasks() -> Iterator[Task]:
        """Read one by one: what waits is not kept in memory."""
        for each in waiting:
            task = _task(each, assignment, conditions, journal)
            if task is not None:
                yield task
            else:
                progress.graded += 1
                told(progress)

    with graders(len(waiting)) as pool:
        for result, key in pool.graded(tasks()):
            journal.add(result, key)
            give_back()
            anew += 1
            progress.graded += 1
            told(progress)
    return anew


def _waiting(
    handed: Sequence[Handed],
    assignment: Assignment,
    conditions: str,
    journal: Journal,
    progress: Progress,
    told: Callable[[Progress], None],
) -> list[Handed]:
    """What the journal does not hold as it is now; what has only been touched is noted there."""
    known = journal.keys()
    waiting: list[Handed] = []
    unchanged: dict[str, str] = {}
    for each in handed:
        before = known.get(each.student)
        if before is None:
            waiting.append(each)
        elif not before.stamp or stamp_of(each, conditions) != before.stamp:
            task = _task(each, assignment, conditions, journal)
            if task is not None and task[1].content != before.content:
                waiting.append(each)
            elif task is not None and task[1].stamp:
                unchanged[each.student] = task[1].stamp
        progress.looked_at += 1
        told(progress)
    journal.restamp(unchanged)
    return waiting


def _task(each: Handed, assignment: Assignment, conditions: str, journal: Journal) -> Task | None:
    """A submission with its key, or None where it cannot be read; the journal then says why."""
    stamp = stamp_of(each, conditions)  # before it is read: a change meanwhile is noticed next time
    try:
        submission = read_submission(each)
    except Unreadable as error:
        reason = str(error)
    except OSError as error:
        reason = f"The submission cannot be read ({error.strerror})."
    except Exception as error:  # noqa: BLE001 - whatever is in an archive, the batch goes on
        reason = f"The submission cannot be read ({type(error).__name__})."
    else:
        return submission, key_of(submission, stamp, conditions)
    journal.add(unscored(each.student, UNREADABLE, reason, assignment), NEVER)
    return None
