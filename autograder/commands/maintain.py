"""What maintainers type: see what no longer agrees, and make what is made."""

import sys
from pathlib import Path

import click


@click.command()
def verify() -> None:
    """Show what no longer agrees, and the remedies."""
    from autograder.maintain.verify import disagreements

    found = disagreements(Path.cwd())
    for finding in found:
        click.echo(f"{finding.where}: {finding.what}\n    {finding.remedy}")
    click.echo("Everything agrees." if not found else f"{len(found)} to fix.", err=bool(found))
    sys.exit(1 if found else 0)


@click.command()
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
