"""What the person at the command line can put right: said in one sentence, with status 2."""

import click


class Refused(click.ClickException):
    """Something was not done; the message says why, and what to do."""

    exit_code = 2
