"""What `descent grade` says of a class: how it came out, and whom to look at."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import click

from autograder.commands.results import ClassResults

MAX_NAMED = 5
MAX_LOOKED_AT = 10


def report(results: ClassResults, graded: int, out: Path | None) -> None:
    """Say how the batch came out, who has no score and why, and what to do next."""
    found = results.summary()
    scores, unscored = found.scores, found.unscored
    noun = "submission" if len(scores) == 1 else "submissions"
    most = results.policy.most(results.grading.name)
    middle = f", median {round(median(scores), 2):g} of {most:g} points" if scores and most else ""
    now = "" if graded == len(scores) else f" ({graded or 'none'} of them now)"
    rest = f"; {len(unscored)} without a score:" if unscored else "."
    click.echo(f"{len(scores)} {noun} graded{now}{middle}{rest}", err=True)
    for student, reason in unscored[:MAX_NAMED]:
        click.echo(f"    {results.group.named(student)}: {reason}", err=True)
    if len(unscored) > MAX_NAMED:
        click.echo(f"    and {len(unscored) - MAX_NAMED} more", err=True)
    if found.late:
        off = f"{round(found.penalty, 2):g} points taken off"
        click.echo(f"{found.late} late by the policy: {off}.", err=True)
    _show_to_look_at([(results.group.named(student), why) for student, why in found.look])
    if out is not None:
        click.echo(f"Results: {out}", err=True)
        if out.suffix == ".json":
            command = shlex.join(["descent", "report", str(out), "--out", f"{out.stem}.html"])
            click.echo(f"What to teach again: {command}", err=True)


def _show_to_look_at(found: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Name the submissions that a person should look at, zeros without a reason last."""
    if not found:
        return
    click.echo("Look at these:", err=True)
    ordered = sorted(found, key=lambda student: student[1][0].startswith("0 points"))
    for student, reasons in ordered[:MAX_LOOKED_AT]:
        click.echo(f"    {student}: {' '.join(reasons)}", err=True)
    if len(found) > MAX_LOOKED_AT:
        more = len(found) - MAX_LOOKED_AT
        click.echo(f"    and {more} more; --out FILE.json and `descent report` list all", err=True)
