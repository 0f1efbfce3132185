"""The grader's side of one session: asks, answers callbacks, and ends it when a bound is broken."""

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.protocol.channel import LENGTHS, Channel
from autograder.protocol.codec import Codec, ProtocolError, Reference, Unsendable
from autograder.protocol.operations import ANSWER_FACTOR, Message, Operation, message_of
from autograder.sandbox.learner_process import Ending, Process, read_ending
from autograder.sandbox.limits import START_SECONDS, Limits
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SandboxUnavailable, SessionEnded

# What becomes of a callback in the grader: it is noted with copies of its arguments, a check may
# note it too, and a byte of an array of True and False is eight where it is computed with.
CALLBACK_IN_MEMORY, ARRAY_BYTE_IN_MEMORY = 1 << 10, 16


class Namespace:
    """An object for the learner's code whose methods stay in the grader (a network, an optimizer).

    Parameters
    ----------
    **functions : callable
        The methods by name.
    """

    def __init__(self, **functions: Callable[..., Any]) -> None:
        self.functions = functions
        for name, function in functions.items():
            setattr(self, name, function)


class TooMuchToKeep(ProtocolError):
    """What a session sent in all is more than the grader has room for."""


class Verdict(Exception):
    """A judgment made inside a callback: it ends the call and reaches the check unchanged."""


class Session:
    """One learner's process with one submission loaded.

    Parameters
    ----------
    process : Process
        The process at the other end.
    limits : Limits
        Its bounds.
    files : dict
        The submission: content by path, with forward slashes.

    Attributes
    ----------
    limits : Limits
        Its bounds.
    kept : int
        About how many bytes it made the grader keep.
    """

    def __init__(self, process: Process, limits: Limits, files: dict[str, bytes]) -> None:
        self._process, self.limits = process, limits
        self.kept, self._max_kept = 0, limits.kept
        self._cpu_seconds = 0.0
        self._functions: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._permitted: set[int] = set()
        self._lasting: set[int] = set()
        self._verdict: Verdict | None = None
        self._left_callbacks = limits.callbacks
        self._ended: SessionEnded | None = None
        self._printed: str | None = None
        self._channel = Channel(
            process.connection,
            Codec(self._refer, self._resolve),
            header_limit=limits.header,
            raw_limit=limits.raw,
        )
        self.report = self._greeting()
        self._deadline = time.monotonic() + limits.session_seconds
        # As arrays: a frame's header is small, and a submission need not be.
        contents = {path: np.frombuffer(content, np.uint8) for path, content in files.items()}
        try:
            self._ask(Operation.LOAD, [contents])
        except Raised as error:
            raise self._end(Outcome.CRASHED, f"its files cannot be laid out: {error}") from None

    def load(self, module: str) -> None:
        """Load a module of the submission, as its first use would; see `perform`."""
        self.perform(Operation.GET, [module, "__name__"])

    def replace(self, module: str, name: str, function: object) -> None:
        """Put a function of the grader in place of the learner's; see `perform`."""
        self.perform(Operation.REPLACE, module, name, function)

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Have the learner's side do one operation, within so many seconds or the usual limit.

        Raises
        ------
        Raised
            The learner's code raised.
        NotThere
            What it names does not exist.
        SessionEnded
            The process ended, or broke a bound or the protocol and was ended.
        """
        self._permitted = set(self._lasting)
        try:
            result = self._ask(operation, list(operands), seconds)
        except Raised:
            if self._verdict is None:
                raise
            result = None
        finally:
            verdict, self._verdict = self._verdict, None
        if verdict is not None:
            raise verdict
        if operation == Operation.REPLACE:
            self._lasting |= self._permitted
        return result

    @property
    def ended(self) -> SessionEnded | None:
        """Why the session ended, or None while it lives."""
        return self._ended

    def keep_at_most(self, most: int) -> None:
        """Let it make the grader keep no more than so many bytes, or as its limits say."""
        self._max_kept = min(self.limits.kept, most)

    def cpu_seconds(self) -> float:
        """The seconds that the process has computed so far, as far as the system tells."""
        if self._printed is None:
            self._cpu_seconds = max(self._cpu_seconds, self._process.cpu_seconds())
        return self._cpu_seconds

    def printed(self) -> str:
        """What the learner's code printed, warnings included; complete once closed."""
        if self._printed is not None:
            return self._printed
        return self._process.printed()

    def close(self) -> None:
        """End the process and keep what it printed."""
        if self._printed is None:
            self._kill()
        if self._ended is None:
            self._ended = SessionEnded(Outcome.GRADER_FAULT, "the session is closed")

    def _greeting(self) -> object:
        """What the process reports of its confinement, before it has seen the submission."""
        try:
            match self._channel.receive(time.monotonic() + START_SECONDS):
                case [Message.HELLO, report]:
                    return report
        except (TimeoutError, ProtocolError, EOFError, ConnectionResetError):
            pass
        ending = self._end(Outcome.GRADER_FAULT, "the learner's process did not start")
        raise SandboxUnavailable(f"{ending}: {self._printed}")

    # -- requests ---------------------------------------------------------------------------------

    def _ask(self, operation: Operation, operands: list[Any], seconds: float | None = None) -> Any:
        if self._ended:
            raise self._ended
        number = int.from_bytes(os.urandom(7), "little")  # unguessable: not answered early
        limit = self.limits.call_seconds if seconds is None else seconds
        deadline = min(self._deadline, time.monotonic() + limit)
        try:
            before = self._channel.sent_in_all
            self._channel.send([number, str(operation), self.limits.answer, *operands], deadline)
            asked_with = self._channel.sent
            while True:
                message = self._channel.receive(deadline)
                is_callback = message_of(message) is Message.CALL
                self._keep(is_callback)
                if is_callback:
                    self._answer(message, asked_with, deadline)
                    continue
                asked = self._channel.sent_in_all - before
                most = self.limits.answer + ANSWER_FACTOR * asked + LENGTHS.size
                if self._channel.received > most:
                    raise ProtocolError("an answer far larger than what was asked")
                return self._read(message, number, operands)
        except TimeoutError:
            reason = f"no answer within {limit:g} s"
            if deadline == self._deadline:
                reason = f"the {self.limits.session_seconds:g} s of the session were used up"
            raise self._end(Outcome.TIMED_OUT, reason) from None
        except TooMuchToKeep as error:
            raise self._end(Outcome.OUT_OF_MEMORY, str(error)) from None
        except ProtocolError as error:
            raise self._end(Outcome.PROTOCOL_VIOLATION, str(error)) from None
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise self._end(Outcome.CRASHED, "") from None

    def _keep(self, is_callback: bool) -> None:
        """Count what the grader keeps of what arrived."""
        self.kept += self._channel.weight
        if is_callback:
            self.kept += CALLBACK_IN_MEMORY + ARRAY_BYTE_IN_MEMORY * self._channel.raw
        if self.kept > self._max_kept:
            raise TooMuchToKeep("more than the grader keeps of a submission")

    def _read(self, message: list[Any], number: int, operands: list[Any]) -> Any:
        if len(message) < 3 or type(message[1]) is not int or message[1] != number:
            raise ProtocolError("an answer to no question")
        match message:
            case [Message.RETURNED, _, result]:
                return result
            case [Message.MISSING, _, list(names)] if all(type(name) is str for name in names):
                raise NotThere(_describe_target(operands), names)
            case [Message.UNSENDABLE, _, str()]:
                reason = "the result is too large, or nested too deeply, to be read"
                raise Raised(["UnreadableResult"], reason, [])
            case [Message.RAISED, _, list(kinds), str(text), list(frames)]:
                if all(type(kind) is str for kind in kinds) and all(map(_is_frame, frames)):
                    raise Raised(kinds, text, frames)
        raise ProtocolError("an answer of no known form")

    def _answer(self, message: list[Any], asked_with: int, deadline: float) -> None:
        match message:
            case [_, int(number), int(index), list(names), list(arguments), dict(keywords)]:
                pass
            case _:
                raise ProtocolError("a callback of no known form")
        self._left_callbacks -= 1
        if self._left_callbacks < 0:
            raise ProtocolError("too many callbacks")
        if self._channel.received > max(self.limits.callback, 2 * asked_with):
            raise ProtocolError("a callback with far larger arguments than it was given")
        function = self._function(index, names)
        if index not in self._permitted:
            raise ProtocolError("a callback after its call was over")
        if not all(type(name) is str for name in keywords):
            raise ProtocolError("a callback of no known form")
        try:
            answer = [str(Message.ANSWER), number, function(*arguments, **keywords)]
        except Verdict as verdict:
            self._verdict = self._verdict or verdict
            answer = [str(Message.REFUSED), number, "the check has seen enough of this call"]
        except Exception as error:  # noqa: BLE001 - hostile arguments may do anything to a callback
            reason = f"the function that was passed in raised {type(error).__name__}: {error}"
            answer = [str(Message.REFUSED), number, reason[:500]]
        try:
            self._channel.send(answer, deadline)
        except (Unsendable, ValueError):  # what hostile arguments made of the callback's result
            reason = "what the function that was passed in returned cannot be sent"
            self._channel.send([str(Message.REFUSED), number, reason], deadline)

    def _end(self, outcome: Outcome, reason: str) -> SessionEnded:
        ending = self._kill()
        if outcome is Outcome.CRASHED and not reason:
            outcome, reason = read_ending(ending, self.limits)
        self._ended = SessionEnded(outcome, reason)
        return self._ended

    def _kill(self) -> Ending:
        self.cpu_seconds()
        ending = self._process.kill()
        self._cpu_seconds = max(self._cpu_seconds, ending.cpu_seconds)
        self._channel.close()
        self._printed = self._process.printed()
        return ending

    # -- references -------------------------------------------------------------------------------

    def _refer(self, thing: Any) -> Reference:
        if isinstance(thing, Reference):
            return thing
        if not callable(thing) and not isinstance(thing, Namespace):
            raise Unsendable(f"{type(thing).__name__} cannot be sent to a submission")
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = len(self._functions)
            self._functions.append(thing)
        self._permitted.add(number)
        if isinstance(thing, Namespace):
            return Reference("grader", number, "namespace", tuple(thing.functions))
        return Reference("grader", number, getattr(thing, "__name__", "function"))

    def _resolve(self, reference: Reference) -> Any:
        if reference.side == "grader":
            return self._function(reference.number, list(reference.names))
        return reference

    def _function(self, number: int, names: list[Any]) -> Any:
        if not 0 <= number < len(self._functions):
            raise ProtocolError("a reference to nothing")
        function = self._functions[number]
        match names:
            case []:
                return function
            case [str(name)] if isinstance(function, Namespace) and name in function.functions:
                return function.functions[name]
        raise ProtocolError("a reference to nothing")


def _is_frame(frame: object) -> bool:
    match frame:
        case [str(), int(), str(), str()]:
            return True
    return False


def _describe_target(operands: list[Any]) -> str:
    target = operands[0] if operands else ()
    return ".".join(part for part in target if isinstance(part, str))
