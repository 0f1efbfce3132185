"""`descent export`: scores in the formats of other systems."""

import json
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.commands.output_file import refuse_unwritable
from autograder.grading.result_file import submissions_of
from autograder.grading.results import GRADER_FAULT
from autograder.refused import Refused


@click.command()
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
    if form == "canvas":
        _export_canvas(source, out, roster)
    elif roster is not None:
        raise Refused("--roster is for --format canvas.")
    else:
        _export_gradescope(source, out)


def _export_canvas(source: Path, out: Path, roster: Path | None) -> None:
    if source.suffix != ".db":
        raise Refused(f"For Canvas the scores come from nbgrader's gradebook.db, not {source}.")
    from autograder.nbgrader.canvas_export import canvas_csv, filled_in, scores
    from autograder.nbgrader.database import database_refusals, opened_gradebook

    refuse_unwritable(out)
    with database_refusals(source), opened_gradebook(source) as gradebook:
        table = scores(gradebook)
    strangers: list[str] = []
    if roster is None:
        text = canvas_csv(table)
    else:
        text, strangers = filled_in(table, _text_of(roster))
    write_in_one_step(out, [text])
    for name in strangers:
        click.echo(f"{name} is not in {roster}: no line for this student.", err=True)
    if table.ungraded:
        click.echo(f"{table.ungraded} submissions wait for a manual grade.", err=True)


def _text_of(roster: Path) -> str:
    try:
        return roster.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{roster} is not readable UTF-8 text.") from None


def _export_gradescope(source: Path, out: Path) -> None:
    from autograder.grading.gradescope_file import gradescope_results

    results = list(submissions_of(source))
    faults = [each.student for each in results if each.status == GRADER_FAULT]
    if out.suffix == ".json" and len(results) != 1:
        raise Refused(f"{source} holds {len(results)} submissions: name a folder by --out.")
    for result in results:
        if result.status == GRADER_FAULT:
            continue  # no score may come of it
        path = out if out.suffix == ".json" else out / result.student / "results.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_in_one_step(
            path, [json.dumps(gradescope_results(result), ensure_ascii=False, indent=1), "\n"]
        )
    if faults:
        raise click.ClickException(f"The grader failed, no score: {', '.join(faults)}.")
