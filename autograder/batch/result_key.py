"""By what a result is found again: the content of all that it depends on."""

import hashlib
from dataclasses import dataclass

from autograder.batch.assignment import Assignment
from autograder.grading.version import grader_version
from autograder.submissions.submission import Submission


@dataclass(frozen=True)
class Key:
    """By what a result is found again.

    Attributes
    ----------
    content : str
        A fingerprint of everything that it depends on: the same content means the same result.
    stamp : str
        What the file system says of the files (`autograder.submissions.file_stamps`); empty where
        it says too little.
    digest : str
        Of the files that were graded (`autograder.submissions.submission`); empty for none.
    """

    content: str
    stamp: str = ""
    digest: str = ""


NEVER = Key("")  # of a result that is made again each time


def key_of(submission: Submission, stamp: str, conditions: str) -> Key:
    """The key of a submission's result under such conditions."""
    parts = [submission.digest, conditions, submission.student]
    content = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return Key(content, stamp, submission.digest)


def conditions_of(assignment: Assignment) -> str:
    """What all results of an assignment depend on: what is judged, how, with which seed."""
    parts = [grader_version(), assignment.name, assignment.secret, assignment.wall]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
