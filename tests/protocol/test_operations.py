"""The words of the protocol: what both sides write, and what is refused."""

from typing import Any

import pytest

from autograder.protocol.codec import ProtocolError
from autograder.protocol.learner_side import LoadedModules
from autograder.protocol.operations import Message, Operation, Report, message_of


def test_words_are_what_crosses_the_boundary() -> None:
    # A kept journal, an attack or another version's process may hold them: they are not renamed.
    assert [*Operation] == [
        "load", "call", "several", "each", "fold", "fold overwriting", "get", "replace",
    ]  # fmt: skip
    assert [*Message] == [
        "hello", "call", "told", "returned", "raised", "missing", "unsendable", "answer", "refused",
    ]  # fmt: skip
    assert [report.value for report in Report] == [1, 2, 4]


@pytest.mark.parametrize("message", Message)
def test_message_of_knows_every_message(message: Message) -> None:
    assert message_of([message.value, 1]) is message


@pytest.mark.parametrize(
    "frame",
    [None, "call", [], [1], [["call"]], [b"call"], ["CALL"], ["call "], {"call": 1}, ("call", 1)],
    ids=repr,
)
def test_message_of_refuses_what_is_not_a_message(frame: Any) -> None:
    with pytest.raises(ProtocolError, match="no known form"):
        message_of(frame)


@pytest.mark.parametrize("operation", ["load", "delete", ""])
def test_loaded_modules_refuse_an_unknown_operation(operation: Any) -> None:
    with pytest.raises(ProtocolError, match="no such operation"):
        LoadedModules(modules={}).perform(operation, ["losses"])
