"""What learners type: open a lesson, check, see progress, ask for a hint, start a module over."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.learner.folder import LearnerFolder

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
    open_jupyterlab(folder, chosen, options)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(names: tuple[str, ...], watch: bool, as_json: bool) -> None:
    """Check what you have written.

    NAMES are exercises, modules or lessons; without any, everything is checked.
    """
    import json
    from contextlib import closing

    from autograder.exercises.selection import selected
    from autograder.learner.card import card_text
    from autograder.learner.check import check_folder
    from autograder.learner.folder import LearnerFolder
    from autograder.sandbox.unwalled import UnwalledBackend

    folder, exercises = LearnerFolder.find(), selected(names)
    with closing(UnwalledBackend()) as backend:
        while True:
            before = folder.files()  # what is saved from here on is looked at again
            card = check_folder(folder, exercises, backend)
            result = card.result
            if as_json:
                click.echo(json.dumps(result.as_json(), ensure_ascii=False))
            else:
                click.echo(card_text(result, color=sys.stdout.isatty()))
            for note in card.notes:
                click.echo(note, err=True)
            if not watch:
                break
            backend.warm_up()
            click.echo("Waiting for the next save in course/ (Ctrl-C ends).", err=True)
            _wait_for_save(folder, before)
    sys.exit(0 if all(each.passed for each in result.exercises) else 1)


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
@click.argument("exercise")
def hint(exercise: str) -> None:
    """Show the next of an exercise's three hints."""
    from autograder.exercises.selection import selected
    from autograder.learner.folder import LearnerFolder

    chosen = selected((exercise,))
    if len(chosen) != 1:
        raise click.UsageError(
            f"{exercise!r} stands for {len(chosen)} exercises; name one of them."
        )
    folder = LearnerFolder.find()
    shown = folder.hints_shown(chosen[0].name, more=True)
    for number, text in enumerate(chosen[0].hints[:shown], start=1):
        click.echo(f"{number}. {text}")
    if shown == len(chosen[0].hints):
        click.echo("These are all hints; the docstring and the lesson say the rest.")
    else:
        click.echo(f"({shown} of {len(chosen[0].hints)}; ask again for the next one)")


@click.command()
@click.argument("module")
def reset(module: str) -> None:
    """Put an unsolved module back, keeping what was there."""
    from autograder.exercises.manifest import EXERCISES, MODULES
    from autograder.learner.folder import LearnerFolder
    from autograder.maintain.make import reset as put_back

    name = module.removeprefix("course/").removesuffix(".py")
    if name not in MODULES:
        home = next((each.module for each in EXERCISES if each.name == name), None)
        if home is not None:
            raise click.UsageError(
                f"{name} is in course/{home}.py: `descent reset {home}` puts the whole module "
                "back, and keeps a copy of what was there."
            )
        raise click.UsageError(
            f"There is no module {module!r}; the modules are {', '.join(MODULES)}."
        )
    copy = put_back(LearnerFolder.find().root, name)
    kept = f"; what was there is kept as course/{copy.name}" if copy else ""
    click.echo(f"course/{name}.py is unsolved again{kept}.")
