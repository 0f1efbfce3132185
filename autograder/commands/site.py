"""`descent site`: the browser edition, a folder for any web server."""

from pathlib import Path

import click

from autograder.commands.path_kinds import FOLDER_IN, FOLDER_OUT


@click.command()
@click.argument("out", type=FOLDER_OUT)
@click.option(
    "--pyodide",
    type=FOLDER_IN,
    help="A folder with Pyodide's release; without it, a package brings it.",
)
def site(out: Path, pyodide: Path | None) -> None:
    """Write the browser edition of the course into the folder OUT.

    Any web server can hand it out, also from a folder below its top; learners install nothing. A
    site that was written before is replaced; what learners wrote is in their browsers and stays.
    """
    from autograder.site.build import build_site

    size = build_site(out, pyodide, lambda sentence: click.echo(sentence, err=True))
    click.echo(f"The course is in {out}: {size / 1e6:.1f} MB.")
    click.echo(f"To look at it: `python -m http.server --directory {out}`.")
