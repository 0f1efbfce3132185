"""What the person at the command line can fix: said in one sentence, with status 2."""


class Refused(Exception):
    """Something was not done; the message says what is so, and what to do.

    The command line catches this one class: what derives from it needs no traceback.
    """
