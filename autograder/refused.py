"""What the person at the command line can fix: said in one sentence, with status 2."""


class Refused(Exception):
    """Something was not done; the message says what is so, and what to do.

    The command line catches this one class: what derives from it needs no traceback.
    """

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the sentence, no traceback either."""
        return [f"{type(self).__name__}: {self}"]


def said_by_the_disk(error: OSError) -> str:
    """What a disk refuses, in two sentences.

    Examples
    --------
    >>> said_by_the_disk(PermissionError(13, "Permission denied", "course/losses.py"))
    'course/losses.py cannot be used (Permission denied). Fix that, then run this again.'
    """
    file = error.filename2 or error.filename
    why = error.strerror or str(error) or type(error).__name__
    what = f"{file} cannot be used" if file else "A file cannot be written or read"
    return f"{what} ({why}). Fix that, then run this again."
