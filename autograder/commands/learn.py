"""What learners type: open a lesson, check, see progress, ask for a hint, start over."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands.path_kinds import FILE_IN
from autograder.refused import Refused

if TYPE_CHECKING:
    from autograder.exercises.manifest import Exercise
    from autograder.learner.card import Card
    from autograder.learner.folder import LearnerFolder
    from autograder.sandbox.unwalled import UnwalledBackend

LOOK_EVERY = 300  # milliseconds, while waiting for a save


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("lesson", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(lesson: str | None = None, options: tuple[str, ...] = ()) -> None:
    """Open JupyterLab on a lesson, its notebook beside its module.

    LESSON is a lesson's name or number; without it, the next unfinished one. OPTIONS go to
    JupyterLab as they are (--no-browser, --port 9000).
    """
    from autograder.exercises.selection import lesson_asked_for
    from autograder.learner.folder import LearnerFolder
    from autograder.learner.jupyterlab import (
        hiding_files,
        next_lesson,
        notebook_of,
        open_jupyterlab,
    )
    from autograder.learner.status import greeting

    folder = LearnerFolder.find()
    if lesson is not None and lesson.startswith("-"):
        options, lesson = (lesson, *options), None
    chosen = next_lesson(folder) if lesson is None else lesson_asked_for(lesson)
    for hidden in hiding_files(folder, chosen):
        click.echo(
            f"{hidden} has the name of a module that notebooks need, and hides it there: "
            "give it another name.",
            err=True,
        )
    if not notebook_of(folder, chosen):
        click.echo(f"There is no notebook {chosen.name}.ipynb in {folder.root}.", err=True)
    click.echo(greeting(folder))
    open_jupyterlab(folder, chosen, options)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(names: tuple[str, ...], watch: bool, as_json: bool) -> None:
    """Check what you have written.

    NAMES are exercises, modules or lessons, by name or number; without any, everything is
    checked. With --watch you see the first exercise that does not hold, and the next one as soon
    as it does.
    """
    from autograder.exercises.selection import selected
    from autograder.learner.folder import LearnerFolder
    from autograder.sandbox.unwalled import UnwalledBackend

    folder, exercises = LearnerFolder.find(), selected(names)
    with closing(UnwalledBackend()) as backend:
        from autograder.learner.check import check_folder  # NumPy, while an interpreter starts

        if watch and not as_json:
            _watch(folder, exercises, backend)
        while True:
            before = folder.files()  # what is saved from here on is looked at again
            card = check_folder(folder, exercises, backend)
            if as_json:
                click.echo(json.dumps(card.result.as_json(), ensure_ascii=False))
            else:
                _print_card(card, folder)
            for note in card.notes:
                click.echo(note, err=True)
            if not watch:
                break
            backend.warm_up()
            _wait_for_save(folder, before)
    sys.exit(0 if card.passed else 1)


def _print_card(card: "Card", folder: "LearnerFolder") -> None:
    from autograder.learner.card import card_text
    from autograder.learner.status import counted, where

    click.echo(card_text(card.result, color=sys.stdout.isatty()))
    if len(card.result.exercises) > 1:
        first = _first_open(card)
        ahead = f" Next: {first.name}, in {where(folder, first)}." if first else ""
        click.echo(f"{counted(card.result)}{ahead}")


def _watch(
    folder: "LearnerFolder", exercises: tuple["Exercise", ...], backend: "UnwalledBackend"
) -> None:
    """Check at every save, and show the first exercise that does not hold, until Ctrl-C."""
    from autograder.learner.card import card_text
    from autograder.learner.check import check_folder
    from autograder.learner.status import counted, where

    current: Exercise | None = None
    while True:
        before = folder.files()
        card = check_folder(folder, (current,) if current else exercises, backend)
        advanced = current.name if current is not None and card.passed else ""
        if advanced:  # only now the others matter
            card = check_folder(folder, exercises, backend)
        current = _first_open(card)
        click.clear()
        if advanced:
            click.secho(f"✓ {advanced} holds.", fg="green")
        click.echo(card_text(card.of(current.name).result if current else card.result))
        if current:
            click.echo(f"In {where(folder, current)}.")
        if len(card.result.exercises) > 1:
            click.echo(counted(card.result))
        for note in card.notes:
            click.echo(note, err=True)
        backend.warm_up()
        click.echo("Waiting for the next save in course/ (Ctrl-C ends).", err=True)
        _wait_for_save(folder, before)


def _first_open(card: "Card") -> "Exercise | None":
    """The first exercise of a card that does not hold."""
    from autograder.exercises.manifest import exercise

    found = (graded.name for graded in card.result.exercises if not graded.passed)
    return next((exercise(name) for name in found), None)


def _wait_for_save(folder: "LearnerFolder", checked: dict[str, bytes]) -> None:
    """Wait until a file is saved, or differs from what was checked before the waiting began."""
    import watchfiles

    changes = watchfiles.watch(
        folder.root / "course",
        watch_filter=watchfiles.PythonFilter(),
        raise_interrupt=True,
        rust_timeout=LOOK_EVERY,
        yield_on_timeout=True,  # with no change, for a look at the files themselves
    )
    try:
        for saved in changes:
            if saved or folder.files() != checked:
                return
    except KeyboardInterrupt:
        sys.exit(0)


@click.command()
def status() -> None:
    """Show your progress by lesson and exercise."""
    from autograder.learner.folder import LearnerFolder
    from autograder.learner.status import status_text

    click.echo(status_text(LearnerFolder.find()))


@click.command()
@click.argument("exercise", required=False)
def hint(exercise: str | None) -> None:
    """Show the next of an exercise's three hints.

    EXERCISE is its name; without it, the next one that does not hold.
    """
    from autograder.exercises.selection import selected
    from autograder.learner.exam import is_exam
    from autograder.learner.folder import LearnerFolder
    from autograder.learner.status import next_exercise, where

    folder = LearnerFolder.find()
    if is_exam(folder.root):
        raise Refused("This is an exam: hints come with the feedback.")
    if exercise is None:
        following = next_exercise(folder.progress())
        if following is None:
            click.echo("Everything holds: there is nothing to hint at.")
            return
        chosen: tuple[Exercise, ...] = (following,)
    else:
        chosen = selected((exercise,))
    if len(chosen) != 1:
        raise Refused(f"{exercise!r} stands for {len(chosen)} exercises; name one of them.")
    click.echo(f"{chosen[0].name}, in {where(folder, chosen[0])}")
    shown = folder.hints_shown(chosen[0].name, more=True)
    for number, text in enumerate(chosen[0].hints[:shown], start=1):
        click.echo(f"{number}. {text}")
    if shown == len(chosen[0].hints):
        click.echo("These are all hints; the docstring and the lesson say the rest.")
    else:
        click.echo(f"({shown} of {len(chosen[0].hints)}; ask again for the next one)")


@click.command()
@click.argument("name")
def reset(name: str) -> None:
    """Start something over, keeping what was there.

    NAME is an exercise, a module or a lesson. Where an exercise and a module have the same name it
    means the exercise, and `gradient_descent.py` the module.
    """
    from autograder.exercises.manifest import EXERCISES, MODULES
    from autograder.exercises.selection import lesson_asked_for, selected
    from autograder.learner.folder import LearnerFolder
    from autograder.maintain.reset import reset_function, reset_module, reset_notebook

    root = LearnerFolder.find().root
    path = Path(name)
    exercise = next((exercise for exercise in EXERCISES if exercise.name == name), None)
    if exercise is not None:
        copy = reset_function(root, exercise)
        place = f"{name} in course/{exercise.module}.py"
    elif path.stem in MODULES and path.suffix in ("", ".py"):
        copy = reset_module(root, path.stem)
        place = f"course/{path.stem}.py"
    else:
        if path.suffix != ".ipynb":
            selected((name,))  # refuses, and names the nearest
        lesson = lesson_asked_for(path.stem)
        copy = reset_notebook(root, lesson)
        place = f"lessons/{lesson.name}.ipynb"
    kept = f"; what was there is kept as {copy.relative_to(root).as_posix()}" if copy else ""
    click.echo(f"{place} is as it was given{kept}.")


@click.command()
@click.argument("folder", metavar="[DIR]", default="first-descent", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "taken",
    metavar="ZIP",
    type=FILE_IN,
    help="A course that was taken along from a browser: go on with it.",
)
def init(folder: Path, taken: Path | None) -> None:
    """Make a folder for the course: lessons/ and course/.

    DIR is its name, first-descent if you give none. Nothing in it is overwritten.
    """
    from autograder.learner.take_away import begin_from
    from autograder.maintain.given_files import begin

    try:
        if taken:
            begin_from(folder, taken)
        else:
            begin(folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}.") from None
    click.echo(f"The course is in {folder}: read in lessons/, write in course/.")
    there = "" if folder.resolve() == Path.cwd() else f"`cd {folder}`, then "
    click.echo(f"Next: {there}`descent` opens the first lesson.")


@click.command()
def update() -> None:
    """Bring a new version of the lessons into your folder.

    What you wrote stays. Where a new version changes the same lines, both are kept side by side.
    """
    from autograder.learner.folder import LearnerFolder
    from autograder.maintain.given_files import update as bring_in

    folder = LearnerFolder.find()
    try:
        done = bring_in(folder.root)
    except OSError as error:
        raise Refused(f"{folder.root} cannot be written: {error.strerror}.") from None
    for module in done:
        click.echo(f"{module.name}: {module.fate}{f' {module.beside}' if module.beside else ''}.")
    if not done:
        click.echo(f"{folder.root} is up to date.")
