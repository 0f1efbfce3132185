"""The command `descent`: for learners, for instructors, for maintainers."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from autograder.sandbox.wall import Wall

GROUPS = {
    "Learn": ["lab", "check", "status", "hint", "reset"],
    "Teach": ["release", "grade", "report", "export"],
    "Maintain": ["verify", "make"],
}


class GroupedCommands(click.Group):
    """A command whose help lists its subcommands in the three groups of people who use it."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section for each group."""
        for title, names in GROUPS.items():
            rows = [
                (name, command.get_short_help_str(70))
                for name in names
                if (command := self.commands.get(name))
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run; what the user can mend ends with one sentence on standard error and status 2."""
        from autograder.learner.check import UnknownExercise
        from autograder.learner.folder import NoCourse
        from autograder.maintain.make import NotMade
        from autograder.sandbox.outcomes import SandboxUnavailable

        try:
            return super().main(*arguments, **options)
        except (NoCourse, NotMade, SandboxUnavailable, UnknownExercise) as error:
            click.echo(f"descent: {error}", err=True)
            sys.exit(2)


@click.group(cls=GroupedCommands, invoke_without_command=True)
@click.version_option(package_name="first-descent", prog_name="descent")
@click.pass_context
def main(context: click.Context) -> None:
    """First Descent: a course on loss functions and optimization, and its grader.

    Without a command it opens JupyterLab on the next unfinished lesson.
    """
    if context.invoked_subcommand is None:
        context.invoke(lab)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("lesson", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(lesson: str | None = None, options: tuple[str, ...] = ()) -> None:
    """Open JupyterLab on a lesson, its notebook beside its module.

    LESSON is a lesson's name or number; without it, the next unfinished one. OPTIONS go to
    JupyterLab as they are (--no-browser, --port 9000).
    """
    from autograder.learner.folder import LearnerFolder
    from autograder.learner.jupyterlab import next_lesson, open_jupyterlab
    from autograder.refused import lesson_asked_for

    folder = LearnerFolder.find()
    if lesson is not None and lesson.startswith("-"):
        options, lesson = (lesson, *options), None
    chosen = next_lesson(folder) if lesson is None else lesson_asked_for(lesson)
    open_jupyterlab(folder, chosen, options)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(names: tuple[str, ...], watch: bool, as_json: bool) -> None:
    """Check what you have written.

    NAMES are exercises, modules or lessons; without any, everything is checked.
    """
    import json

    from autograder.learner.card import card_text
    from autograder.learner.check import check_folder, selected
    from autograder.learner.folder import LearnerFolder
    from autograder.sandbox.unwalled import UnwalledBackend

    folder, exercises = LearnerFolder.find(), selected(names)
    with closing(UnwalledBackend()) as backend:
        while True:
            result = check_folder(folder, exercises, backend)
            if as_json:
                click.echo(json.dumps(result.as_json(), ensure_ascii=False))
            else:
                click.echo(card_text(result, color=sys.stdout.isatty()))
            if not watch:
                break
            backend.warm_up()
            click.echo("Waiting for the next save in course/ (Ctrl-C ends).", err=True)
            _wait_for_save(folder.root / "course")
    sys.exit(0 if all(each.passed for each in result.exercises) else 1)


def _wait_for_save(course: Path) -> None:
    import watchfiles

    only_python = watchfiles.PythonFilter()
    try:
        for _ in watchfiles.watch(course, watch_filter=only_python, raise_interrupt=True):
            return
    except KeyboardInterrupt:
        sys.exit(0)


@main.command()
def status() -> None:
    """Show your progress by lesson and exercise."""
    from autograder.learner.folder import LearnerFolder
    from autograder.learner.status import status_text

    click.echo(status_text(LearnerFolder.find()))


@main.command()
@click.argument("exercise")
def hint(exercise: str) -> None:
    """Show the next of an exercise's three hints."""
    from autograder.learner.check import selected
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


@main.command()
@click.argument("module")
def reset(module: str) -> None:
    """Put an unsolved module back, keeping what was there."""
    from autograder.exercises.manifest import MODULES
    from autograder.learner.folder import LearnerFolder
    from autograder.maintain.make import reset as put_back

    name = module.removeprefix("course/").removesuffix(".py")
    if name not in MODULES:
        raise click.UsageError(
            f"There is no module {module!r}; the modules are {', '.join(MODULES)}."
        )
    copy = put_back(LearnerFolder.find().root, name)
    kept = f"; what was there is kept as course/{copy.name}" if copy else ""
    click.echo(f"course/{name}.py is unsolved again{kept}.")


@main.command()
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
    from autograder.commands.release import release_lessons

    release_lessons(folder, names, earlier)


@main.command()
@click.argument("submissions", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--assignment", default="all", show_default=True, help="A lesson's name or number, or all."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="FILE.json or FILE.csv."
)
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes at once; one for each core by default."
)
@click.option(
    "--secret-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the secret that seeds the random inputs.",
)
@click.option(
    "--scheduler", help="Grade on a Dask cluster (tcp://host:8786) instead of this machine."
)
@click.option("--fresh", is_flag=True, help="Grade everything anew, whatever the journal holds.")
@click.option(
    "--gradebook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the scores into this gradebook.db of nbgrader.",
)
@click.option("--dry-run", is_flag=True, help="With --gradebook: say whose score would move.")
@click.option(
    "--wall",
    type=click.Choice([wall.value for wall in Wall]),
    default=Wall.NAMESPACES.value,
    help="The isolation; landlock is weaker: see docs/security.md.",
)
def grade(
    submissions: Path,
    assignment: str,
    out: Path | None,
    jobs: int | None,
    secret_file: Path | None,
    scheduler: str | None,
    fresh: bool,
    gradebook: Path | None,
    dry_run: bool,
    wall: str,
) -> None:
    """Grade a folder of submissions in the sandbox.

    SUBMISSIONS holds a folder or a zip file for each learner, with course/ in it. nbgrader's
    folders, and names that Moodle or Canvas gave, are taken as they are.

    \b
    descent grade submitted --assignment 1_loss_functions --out results.json
    descent report results.json --out results.html

    Results are kept beside the folder as they complete: after Ctrl-C, a crash or a power cut the
    same command goes on where it was, and grades again only what changed.
    """
    from autograder.commands.grade import grade_submissions
    from autograder.refused import lesson_asked_for

    if assignment != "all":
        assignment = lesson_asked_for(assignment).name
    if out is not None and out.suffix not in (".json", ".csv"):
        raise click.UsageError(f"--out takes a file ending in .json or .csv, not {out.name!r}.")
    then = None
    if dry_run and gradebook is None:
        raise click.UsageError("--dry-run compares with a gradebook: name it, --gradebook DB.")
    if gradebook is not None:
        from autograder.nbgrader.gradebook_writer import IntoGradebook, course_secret

        then = IntoGradebook(gradebook, assignment, dry_run=dry_run)
        secret_file = secret_file or course_secret(gradebook)
    grade_submissions(
        submissions,
        assignment,
        out,
        jobs,
        secret_file,
        fresh=fresh,
        wall=Wall(wall),
        scheduler=scheduler,
        then=then,
    )


@main.command()
@click.argument(
    "results",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="FILE.html, the page.",
)
@click.option(
    "--before",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Earlier results of the class, to show what changed.",
)
@click.option("--anonymous", is_flag=True, help="Leave out everything about single learners.")
def report(results: tuple[Path, ...], out: Path, before: Path | None, anonymous: bool) -> None:
    """Show where a class stands, as one page for the browser.

    RESULTS is what `descent grade --out FILE.json` wrote; several files are parts of one class.
    """
    from autograder.commands.report import write_report

    write_report(results, out, before, anonymous=anonymous)


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["canvas", "gradescope"]),
    required=True,
    help="Canvas's gradebook, from a gradebook.db; Gradescope's results.json, from a result file.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="FILE or FOLDER.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that Canvas's gradebook exported, to fill in.",
)
def export(source: Path, form: str, out: Path, roster: Path | None) -> None:
    """Write scores in the format of another system.

    SOURCE is nbgrader's gradebook.db or a result file of `descent grade`.
    """
    from autograder.commands.export import export_scores

    export_scores(source, form, out, roster)


@main.command()
def verify() -> None:
    """Show what no longer agrees, and the remedies."""
    from autograder.maintain.verify import disagreements

    found = disagreements(Path.cwd())
    for each in found:
        click.echo(f"{each.where}: {each.what}\n    {each.remedy}")
    click.echo("Everything agrees." if not found else f"{len(found)} to mend.", err=bool(found))
    sys.exit(1 if found else 0)


@main.command()
@click.option("--overwrite", is_flag=True, help="Replace edited files too; a copy is kept.")
def make(overwrite: bool) -> None:
    """Make the unsolved modules and the notebooks."""
    from autograder.maintain.make import make as make_files

    root = Path.cwd()
    if not (root / "solutions").is_dir():
        raise click.UsageError(
            "There is no folder solutions/ here; run this in the project itself."
        )
    written, refused = make_files(root, overwrite=overwrite)
    for path in written:
        click.echo(f"made {path.relative_to(root)}")
    for path in refused:
        click.echo(f"{path.relative_to(root)} was edited and is left alone", err=True)
    if refused:
        click.echo("`descent make --overwrite` replaces edited files and keeps a copy.", err=True)
    sys.exit(1 if refused else 0)
