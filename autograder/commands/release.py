"""What `descent release` says on the terminal."""

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.exercises.manifest import LESSONS
from autograder.exercises.selection import lesson_asked_for
from autograder.nbgrader.release import SECRET, release


def release_lessons(folder: Path, names: Sequence[str], earlier: str) -> None:
    """Write a course folder and say what to do next.

    Parameters
    ----------
    folder : Path
        Where.
    names : sequence of str
        Names or numbers of lessons; none means all.
    earlier : {"stubs", "solved"}
        What stands in the modules of earlier lessons.
    """
    chosen = [lesson_asked_for(name) for name in names] or list(LESSONS)
    done = release(folder, [each for each in LESSONS if each in chosen], earlier=earlier)
    for path in done.written:
        click.echo(f"wrote {path}")
    if not done.written:
        click.echo(f"{folder} is up to date.")
    if done.new_secret:
        click.echo(
            f"wrote {folder / SECRET}: keep it to yourself, and keep it; with another secret the "
            "hidden inputs, and so perhaps the scores, are others"
        )
    click.echo(f"Next, in {folder}: nbgrader generate_assignment {chosen[0].name}", err=True)
