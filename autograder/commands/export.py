"""`descent export`: scores in the formats of other systems."""

import json
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.commands.export_scores import COURSE_GRADE, lesson_titles, scores_of
from autograder.commands.output_file import refuse_unwritable
from autograder.commands.path_kinds import FILE_IN
from autograder.exercises.selection import lesson_called
from autograder.grading.platform_scores import filled_in, scores_file
from autograder.grading.policy_file import read_policy
from autograder.grading.result_file import submissions_of
from autograder.grading.results import GRADER_FAULT
from autograder.refused import Refused
from autograder.submissions.platforms import SCORES_FILES
from autograder.submissions.roster import read_table


@click.command()
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=FILE_IN,
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*SCORES_FILES, "gradescope"]),
    required=True,
    help="The system.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="FILE or FOLDER.")
@click.option(
    "--roster",
    type=FILE_IN,
    help="A file that the system exported, to fill in.",
)
@click.option("--title", help="The assignment's name there; by default the lesson's.")
@click.option("--assignment", help="Of a gradebook: only this one; a lesson's name or number.")
@click.option(
    "--policy",
    type=FILE_IN,
    help="FILE.toml whose weights make a grade of several lessons.",
)
def export(
    sources: tuple[Path, ...],
    form: str,
    out: Path,
    roster: Path | None,
    title: str | None,
    assignment: str | None,
    policy: Path | None,
) -> None:
    """Write scores in the format of another system.

    SOURCE is a result file of `descent grade`, or several of different lessons, or nbgrader's
    gradebook.db.

    \b
    descent export results.json --format moodle --roster worksheet.csv --out grades.csv
    """
    if form == "gradescope":
        if roster is not None or policy is not None:
            raise Refused("Gradescope takes a file a learner: no --roster, no --policy.")
        for source in sources:
            _export_gradescope(source, out)
        return
    refuse_unwritable(out)
    lesson = lesson_called(assignment) if assignment else None  # others are an instructor's own
    found = scores_of(sources, lesson.name if lesson else assignment)
    if policy is not None:
        course = title or COURSE_GRADE
        found = found.with_course(read_policy(policy), course)
        found = found if SCORES_FILES[form].takes_several else found.only(course)
    elif title is not None and len(found.points) > 1:
        raise Refused("--title is for one assignment: name it by --assignment.")
    if len(found.points) > 1 and not SCORES_FILES[form].takes_several:
        raise Refused(f"{form} takes one assignment a file: name it by --assignment.")
    in_gradebook = sources[0].suffix == ".db"  # nbgrader's export names lessons as it does
    titles = {} if in_gradebook else lesson_titles()
    if title is not None and policy is None:
        titles = dict.fromkeys(found.points, title)
    found = found.titled(titles)
    points, scores = found.points, [*found.rows.values()]
    strangers: dict[str, str] = {}
    if roster is None:
        text = scores_file(form, points, scores)
    else:
        text, strangers = filled_in(form, points, scores, read_table(roster))
    write_in_one_step(out, [text])
    for student, why in strangers.items():
        who = found.rows[student].person.named
        click.echo(f"{who} is not in {roster}: {why}; no score there.", err=True)


def _export_gradescope(source: Path, out: Path) -> None:
    from autograder.grading.gradescope_file import gradescope_results

    count, faults = sum(1 for _ in submissions_of(source)), []
    if out.suffix == ".json" and count != 1:
        raise Refused(f"{source} holds {count} submissions: name a folder by --out.")
    for result in submissions_of(source):
        if result.status == GRADER_FAULT:
            faults.append(result.student)  # no score may come of it
            continue
        path = out if out.suffix == ".json" else out / result.student / "results.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_in_one_step(
            path, [json.dumps(gradescope_results(result), ensure_ascii=False, indent=1), "\n"]
        )
    if faults:
        raise click.ClickException(f"The grader failed, no score: {', '.join(faults)}.")
