"""Grading a folder of submissions in parallel, with a journal that survives any interruption."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import chain

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.grading_process import Job
from autograder.batch.journal import Journal
from autograder.batch.pool import Graders, Pool
from autograder.batch.process_memory import give_back
from autograder.batch.result_key import NEVER, Key, conditions_of, key_of
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
        How many of all may have changed, once all are looked at.
    graded : int
        How many of those are graded, or turned out to be unreadable or the same as before.
    """

    looked_at: int = 0
    waiting: int | None = None
    graded: int = 0


def grade_folder(
    handed: Sequence[Handed],
    assignment: Assignment,
    journal: Journal,
    graders: Callable[[int], AbstractContextManager[Graders]],
    on_progress: Callable[[Progress], None] = lambda progress: None,
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
        Takes the number of submissions to grade at most; called only where there are any.
    on_progress : callable, optional
        Called with how far it is, after each submission.

    Returns
    -------
    int
        How many submissions were graded now.
    """
    progress = Progress()
    conditions = conditions_of(assignment)
    known = journal.keys()
    waiting: list[Handed] = []
    for submission in handed:
        if not _is_unchanged(submission, known.get(submission.student), conditions):
            waiting.append(submission)
        progress.looked_at += 1
        on_progress(progress)
    progress.waiting = len(waiting)
    on_progress(progress)

    def jobs() -> Iterator[Job]:
        """Read once, one by one: what waits is not kept in memory."""
        for submission in waiting:
            job = _job(submission, assignment, conditions, journal)
            before = known.get(submission.student, NEVER)
            if job is not None and job[1].content != before.content:
                yield job
                continue
            if job is not None:
                journal.restamp(submission.student, job[1].stamp)
            progress.graded += 1
            on_progress(progress)

    stream = jobs()
    first = next(stream, None)
    if first is None:
        return 0
    graded = 0
    with graders(len(waiting)) as pool:
        for result, key in pool.graded(chain([first], stream)):
            journal.add(result, key)
            give_back()
            graded += 1
            progress.graded += 1
            on_progress(progress)
    return graded


def _is_unchanged(submission: Handed, before: Key | None, conditions: str) -> bool:
    """Whether the journal has its result, as far as the file system tells."""
    if before is None or not before.stamp:
        return False
    return stamp_of(submission, conditions) == before.stamp


def _job(handed: Handed, assignment: Assignment, conditions: str, journal: Journal) -> Job | None:
    """A submission with its key, or None where it cannot be read; the journal then says why."""
    stamp = stamp_of(handed, conditions)  # before it is read: a change meanwhile is noticed later
    try:
        submission = read_submission(handed)
    except Unreadable as error:
        reason = str(error)
    except OSError as error:
        reason = f"The submission cannot be read ({error.strerror})."
    except Exception as error:  # noqa: BLE001 - whatever is in an archive, the batch goes on
        reason = f"The submission cannot be read ({type(error).__name__})."
    else:
        return submission, key_of(submission, stamp, conditions)
    look = tuple(note.text for note in handed.notes if note.always)
    result = replace(unscored(handed.student, UNREADABLE, reason, assignment), look=look)
    journal.add(result, NEVER)
    return None
