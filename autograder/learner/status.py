"""A learner's progress by lesson and exercise, as text."""

from contextlib import closing

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_of
from autograder.learner.card import points
from autograder.learner.check import check_folder
from autograder.learner.folder import LearnerFolder, progress_entries
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import files_digest
from lab.widget.challenge_progress import ChallengeProgress


def status_text(folder: LearnerFolder) -> str:
    """Every lesson with its exercises, checked again where the files have changed since."""
    files = folder.files()
    fingerprint = files_digest(files)
    known = folder.progress()
    stale = tuple(
        each
        for each in EXERCISES
        if not each.bonus and known.get(each.name, {}).get("files") != fingerprint
    )
    notes: tuple[str, ...] = ()
    if stale:
        with closing(UnwalledBackend()) as backend:
            card = check_folder(folder, stale, backend)
        known |= progress_entries(card.result.exercises, files)
        notes = card.notes
    lines = []
    earned_in_all = 0.0
    for lesson in LESSONS:
        exercises = exercises_of(lesson.name)
        rows = []
        earned = 0.0
        for each in exercises:
            last = known.get(each.name, {"outcome": "not checked yet", "score": 0.0})
            earned += 0.0 if each.bonus else last["score"]
            mark, said = ("✓", "") if last["outcome"] == "passed" else ("·", last["outcome"])
            worth = f"{points(last['score'])}/{points(each.points)}" if each.points else ""
            rows.append(f"  {mark} {each.name:<34}{worth:>8}  {said}")
        possible = sum(each.points for each in exercises if not each.bonus)
        total = f"{points(earned)} of {points(possible)} points" if possible else ""
        lines += [f"{lesson.name}  {lesson.title}  {total}".rstrip(), *rows]
        earned_in_all += earned
    lines.append(f"In all: {points(earned_in_all)} of 100 points.")
    met = ChallengeProgress(folder.root).met()
    if met:
        lines.append(f"Challenges met in the experiments: {', '.join(sorted(met))}.")
    return "\n".join([*lines, *notes])
