"""`descent similar`: hands a class's modules to a program that finds similar ones."""

import shlex
from pathlib import Path

import click

from autograder.commands.grade_input import class_in
from autograder.commands.output_file import file_name
from autograder.commands.path_kinds import FILE_IN, FOLDER_IN, FOLDER_OUT
from autograder.exercises.selection import graded_exercises, lesson_asked_for
from autograder.maintain.make import solution_text, stub
from autograder.refused import Refused
from autograder.submissions.file_trees import Unreadable
from autograder.submissions.handed_in import NOTHING
from autograder.submissions.reading import read_submission


@click.command()
@click.argument("submissions", type=FOLDER_IN)
@click.option("--assignment", default="all", help="A lesson's name or number, or all.")
@click.option(
    "--out",
    type=FOLDER_OUT,
    required=True,
    help="A new folder, to be handed on.",
)
@click.option(
    "--roster",
    type=FILE_IN,
    help="Who is who, as for `descent grade`: folders are named by name and id.",
)
def similar(submissions: Path, assignment: str, out: Path, roster: Path | None) -> None:
    """Prepare a folder for JPlag or Dolos, which find similar submissions.

    OUT gets submissions/ with the modules of each learner and base/ with the stubs that everybody
    was given, and the commands are printed. What they find are pages to read, no verdict: many
    right answers to a short exercise are alike, and a person decides.
    """
    if assignment != "all":
        assignment = lesson_asked_for(assignment).name
    if out.exists() and any(out.iterdir()):
        raise Refused(f"{out} is not empty: name a new folder by --out.")
    modules = dict.fromkeys(exercise.module for exercise in graded_exercises(assignment))
    kept = 0
    for submission in class_in(submissions, assignment, roster, ()).everyone:
        try:
            files = {} if submission.refusal == NOTHING else read_submission(submission).files
        except (Unreadable, OSError) as error:
            click.echo(f"{submission.person.named}: {error}", err=True)
            continue
        found = {name: files[path] for name in modules if (path := f"course/{name}.py") in files}
        kept += bool(found)
        for name, content in found.items():
            _write(out / "submissions" / file_name(submission.person.named) / f"{name}.py", content)
    if kept < 2:
        raise Refused(
            f"There are {kept} submissions with modules in {submissions}: two are needed."
        )
    for name in modules:
        _write(out / "base" / f"{name}.py", stub(solution_text(name), name).encode())
    given, base = out / "submissions", out / "base"
    click.echo(f"{kept} submissions in {out}. Now one of:")
    click.echo(
        f"  java -jar jplag.jar --language python3 --base-code {shlex.quote(str(base))} "
        f"{shlex.quote(str(given))}"
    )
    for name in modules:  # Dolos takes one file that everybody was given
        template = shlex.quote(str(base / f"{name}.py"))
        all_of_them = f"{shlex.quote(str(given))}/*/{name}.py"
        click.echo(
            f"  dolos run --output-format web --language python --ignore {template} {all_of_them}"
        )
    click.echo("What they show is where to look: a person decides.")


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}).") from None
