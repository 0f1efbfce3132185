"""What the options of commands take: a file or a folder that is there, or that is to be written."""

from pathlib import Path

import click

FILE_IN = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER_IN = click.Path(exists=True, file_okay=False, path_type=Path)
FILE_OUT = click.Path(dir_okay=False, path_type=Path)
FOLDER_OUT = click.Path(file_okay=False, path_type=Path)
