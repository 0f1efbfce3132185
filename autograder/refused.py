"""What the person at the command line can put right: said in one sentence, with status 2."""

import os
from pathlib import Path

import click

from autograder.exercises.manifest import LESSONS, Lesson


class Refused(click.ClickException):
    """Something was not done; the message says why, and what to do."""

    exit_code = 2


def lesson_asked_for(name: str) -> Lesson:
    """The lesson of a name, a number or a module.

    Raises
    ------
    UsageError
        If there is none; the message names the lessons.
    """
    for each in LESSONS:
        if name in (each.name, each.name[0], each.module):
            return each
    names = ", ".join(each.name for each in LESSONS)
    raise click.UsageError(f"There is no lesson {name!r}; the lessons are {names}.")


def refuse_unwritable(out: Path) -> None:
    """Refuse a file that cannot be written, before any work is done for it.

    Raises
    ------
    Refused
        If its folder is not there or cannot be written to.
    """
    if not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent} for {out.name}.")
    if not os.access(out.parent, os.W_OK):
        raise Refused(f"{out.parent} cannot be written to: {out.name} has no place.")
