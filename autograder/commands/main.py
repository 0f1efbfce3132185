"""The command `descent`: for learners, for instructors, for maintainers."""

import ast
import importlib
import sys
from pathlib import Path
from typing import Any

import click

from autograder.commands.one_place import refuse_foreign_packages
from autograder.commands.terminal import print_what_the_terminal_can
from autograder.refused import Refused, said_by_the_disk

COMMANDS = {  # by group, in the order of the help: the module of each, imported when it is used
    "Learn": dict.fromkeys(("lab", "check", "status", "hint", "reset", "init", "update"), "learn"),
    "Teach": {
        "release": "release",
        "grade": "grade",
        "report": "report",
        "export": "export",
        "similar": "similar",
        "site": "site",
    },
    "Maintain": {"verify": "maintain", "make": "maintain"},
}
EXTRA = {  # packages that learners do without, and what brings them
    **dict.fromkeys(("jinja2", "nbconvert", "nbformat", "nbgrader", "pyseccomp", "rich"), "teach"),
    "distributed": "cluster",
}
# Checks of addresses in all alphabets, which nothing of Jupyter's or nbgrader's asks for: importing
# them takes two seconds, longer than importing all the rest.
UNUSED = "rfc3987_syntax"


class LazyCommands(click.Group):
    """A command whose subcommands are imported only when they are used."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Names of all subcommands."""
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The subcommand of a name."""
        for group in COMMANDS.values():
            if name in group:
                module = importlib.import_module(f"autograder.commands.{group[name]}")
                command: click.Command = getattr(module, name)
                return command
        return None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section for each group of people."""
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name, _summary(module, name)) for name, module in group.items()]
                )

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Take `descent --port 9000` as `descent lab --port 9000`: it opens JupyterLab, too."""
        own = {name for option in self.get_params(context) for name in option.opts}
        if arguments and arguments[0].startswith("-") and arguments[0] not in own:
            arguments = ["lab", *arguments]
        return super().parse_args(context, arguments)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run; what the user can fix ends with one sentence on standard error and status 2."""
        print_what_the_terminal_can()
        sys.modules.setdefault(UNUSED, None)  # type: ignore[arg-type] # importing it fails at once
        try:
            refuse_foreign_packages()
            return super().main(*arguments, **options)
        except Refused as reason:
            click.echo(f"descent: {reason}", err=True)
        except ModuleNotFoundError as absent:
            if (absent.name or "").partition(".")[0] not in EXTRA:
                raise
            click.echo(f"descent: {_how_to_install(str(absent.name))}", err=True)
        except OSError as refused:
            click.echo(f"descent: {said_by_the_disk(refused)}", err=True)
        sys.exit(2)


def _summary(module: str, name: str) -> str:
    """The first line of a command's docstring, read without importing what the command needs."""
    source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return (ast.get_docstring(node) or "").partition("\n")[0]
    raise AssertionError(f"{module} has no command {name}")


def _how_to_install(package: str) -> str:
    extra = EXTRA[package.partition(".")[0]]
    words = " ".join(sys.argv[1:])
    project = Path(__file__).parents[2]
    if (project / "pyproject.toml").is_file():
        command = f"uv run --extra {extra} descent {words}"
    else:
        command = f"pip install 'first-descent[{extra}]'"
    return f"This needs {package}, which learners do without. It comes with `{command}`."


@click.group(cls=LazyCommands, invoke_without_command=True)
@click.version_option(package_name="first-descent", prog_name="descent")
@click.pass_context
def main(context: click.Context) -> None:
    """First Descent: a course on loss functions and optimization, and its grader.

    Without a command it opens JupyterLab on the next unfinished lesson.
    """
    if context.invoked_subcommand is None:
        lab = main.get_command(context, "lab")
        assert lab is not None
        context.invoke(lab)
