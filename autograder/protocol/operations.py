"""The words of the protocol: what the grader asks for, what is answered, and how much of it."""

from enum import IntEnum, StrEnum

from .codec import ProtocolError

ANSWER_FACTOR = 16  # an answer may be so many times larger than what was asked; right ones are 6


class Operation(StrEnum):
    """What the grader asks of the learner's side."""

    LOAD = "load"
    CALL = "call"
    SEVERAL = "several"  # others, one after the other, whatever becomes of those before
    EACH = "each"
    FOLD = "fold"
    FOLD_OVERWRITING = "fold overwriting"
    GET = "get"
    REPLACE = "replace"


class Message(StrEnum):
    """What a message says: all but the last two come from the learner's side."""

    HELLO = "hello"
    CALL = "call"  # of one of the grader's functions
    TOLD = "told"  # calls of those that the learner's side answered by itself: needs no answer
    RETURNED = "returned"
    RAISED = "raised"
    MISSING = "missing"
    UNSENDABLE = "unsendable"
    ANSWER = "answer"
    REFUSED = "refused"


class Report(IntEnum):
    """What an answer to a call holds besides its result: bits, of which several may be set.

    Not an `IntFlag`: to look at one costs as much as a tenth of a call.
    """

    ARGUMENTS_AFTER = 1
    WARNINGS = 2
    ITEMS = 4  # of the list or iterator that was returned, instead of the result itself


_MESSAGES = {str(message): message for message in Message}


def message_of(frame: object) -> Message:
    """What a frame says, or `ProtocolError` where it is not a message."""
    if type(frame) is list and frame and type(frame[0]) is str:
        message = _MESSAGES.get(frame[0])
        if message is not None:
            return message
    raise ProtocolError("a message of no known form")
