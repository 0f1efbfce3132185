"""`descent release`: an nbgrader course folder, and what to do next."""

from pathlib import Path

import click

from autograder.exercises.manifest import LESSONS
from autograder.exercises.selection import lesson_asked_for
from autograder.nbgrader.configuration import SECRET
from autograder.nbgrader.release import release as write_course


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
def release(folder: Path, names: tuple[str, ...], earlier: str) -> None:
    """Write an nbgrader course folder.

    DIR gets nbgrader's configuration, a secret, and for each lesson an assignment with its
    notebook and the modules to write. Solutions are in it with --earlier solved only. Files that
    you have changed are never overwritten.
    """
    chosen = [lesson_asked_for(name) for name in names] or list(LESSONS)
    done = write_course(folder, [lesson for lesson in LESSONS if lesson in chosen], earlier=earlier)
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
