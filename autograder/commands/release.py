"""`descent release`: an nbgrader course folder, and what to do next."""

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.commands.path_kinds import FILE_IN
from autograder.exercises.manifest import LESSONS, Lesson
from autograder.exercises.selection import lesson_asked_for
from autograder.grading.policy_file import read_policy
from autograder.nbgrader.configuration import SECRET
from autograder.nbgrader.release import release as write_course
from autograder.nbgrader.release import release_feedback


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lesson",
    "names",
    multiple=True,
    help="A lesson's name or number; give it again for more. All by default.",
)
@click.option(
    "--earlier",
    type=click.Choice(["stubs", "solved"]),
    default="stubs",
    show_default=True,
    help="The modules of earlier lessons: to be written, or solved, for all students to read.",
)
@click.option(
    "--exam",
    is_flag=True,
    help="These lessons are exams: checks say what is written, not what holds.",
)
@click.option("--feedback", is_flag=True, help="Release the feedback of exams; nothing else.")
@click.option(
    "--policy",
    type=FILE_IN,
    help="FILE.toml with the points of exercises, for nbgrader's cells.",
)
def release(
    folder: Path,
    names: tuple[str, ...],
    earlier: str,
    exam: bool,
    feedback: bool,
    policy: Path | None,
) -> None:
    """Write an nbgrader course folder.

    DIR gets nbgrader's configuration, a secret, and for each lesson an assignment with its
    notebook and the modules to write. Solutions are in it with --earlier solved only. Files that
    you have changed are never overwritten.
    """
    chosen = [lesson_asked_for(name) for name in names] or list(LESSONS)
    if exam and feedback:
        raise click.UsageError("--exam begins what --feedback ends: name one of them.")
    if feedback:
        _release_feedback(folder, chosen)
        return
    ordered = [lesson for lesson in LESSONS if lesson in chosen]
    points = read_policy(policy).points if policy is not None else None
    done = write_course(folder, ordered, earlier=earlier, exam=exam, points=points)
    for path in done.written:
        click.echo(f"wrote {path}")
    if not done.written:
        click.echo(f"{folder} is up to date.")
    if done.new_secret:
        click.echo(
            f"wrote {folder / SECRET}: keep it to yourself, and keep it; with another secret the "
            "hidden inputs, and so perhaps the scores, are others"
        )
    for name in done.exams:
        click.echo(f"{name} is an exam: no feedback until descent release {folder} --feedback")
    click.echo(f"Next, in {folder}: nbgrader generate_assignment {chosen[0].name}", err=True)


def _release_feedback(folder: Path, chosen: Sequence[Lesson]) -> None:
    """Release the feedback of exams, and say what to run."""
    for name in release_feedback(folder, chosen):
        click.echo(f"The feedback of {name} is released.")
    names = [lesson.name for lesson in chosen]
    command = f"nbgrader generate_feedback {names[0] if len(names) == 1 else 'LESSON'}"
    click.echo(f"Next, in {folder}: {command}, then nbgrader release_feedback", err=True)
