"""The grader's side of one session: asks, answers callbacks, and ends it when a bound is broken."""

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.protocol.channel import LENGTHS, Channel
from autograder.protocol.codec import Codec, ProtocolError, Reference, Unsendable
from autograder.protocol.expressions import Shared as Shared
from autograder.protocol.expressions import Symbol as Symbol
from autograder.protocol.expressions import traced as traced
from autograder.protocol.formulas import MAX_TOLD, heard
from autograder.protocol.formulas import Constant as Constant
from autograder.protocol.formulas import Course as Course
from autograder.protocol.formulas import Formula as Formula
from autograder.protocol.formulas import Slope as Slope
from autograder.protocol.operations import ANSWER_FACTOR, Message, Operation, message_of
from autograder.sandbox.learner_process import Ending, Process, read_ending
from autograder.sandbox.limits import START_SECONDS, Limits
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SandboxUnavailable, SessionEnded

# What becomes of a callback in the grader: it is noted with copies of its arguments, a check may
# note it too, and a byte of an array of True and False is eight where it is computed with.
CALLBACK_IN_MEMORY, ARRAY_BYTE_IN_MEMORY = 1 << 10, 16
# What ends a session in the middle of an exchange.
BROKEN = (TimeoutError, ProtocolError, EOFError, BrokenPipeError, ConnectionResetError)


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


def with_formula(
    formula: Formula, function: Callable[..., Any] | None = None, name: str = "gradient"
) -> Callable[..., Any]:
    """A function of the grader's that the learner's side may answer: see `protocol.formulas`.

    Parameters
    ----------
    formula : Formula
        Its answer.
    function : callable, optional
        What to do at each call, its `note`; its answer counts where the formula has none.
    name : str
        Its name where there is no such function.
    """

    def answer(*arguments: Any, **keywords: Any) -> Any:
        if function is None:
            return formula(*arguments, **keywords)
        result, given = function(*arguments, **keywords), formula.positional(arguments, keywords)
        if formula.group is not None:  # the function keeps the values that it shares with others
            return result
        return formula.answer(*given) if given is not None and formula.takes(given) else result

    answer.__name__ = function.__name__ if function else name
    answer.formula, answer.note = formula, function  # type: ignore[attr-defined]
    return answer


class Unnoted(Namespace):
    """An object whose calls leave nothing in the grader: for long runs, whose end is judged."""


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
        self._announced: deque[tuple[int, Sequence[Any]]] = deque()
        self._sent_before = self._asked_with = 0
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
            self._await(self._ask(Operation.LOAD, [contents]), [])
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
        self.settle()
        self._permitted = set(self._lasting)
        result = self._result(self._ask(operation, list(operands), seconds), operands, seconds)
        if operation == Operation.REPLACE:
            self._lasting |= self._permitted
        return result

    def announce(self, operations: Sequence[Sequence[Any]], seconds: float | None = None) -> None:
        """Ask for several operations at once, each with its operands: see `following`."""
        self.settle()
        self._permitted = set(self._lasting)
        number = self._ask(Operation.SEVERAL, [operations], seconds)
        self._announced.extend((number, operands) for _, *operands in operations)

    def following(self, seconds: float | None = None) -> Any:
        """What came of the next of the operations that were announced; see `perform`."""
        number, operands = self._announced.popleft()
        return self._result(number, operands, seconds)

    def settle(self) -> None:
        """Wait until nothing that was announced is left to be done."""
        while self._announced:
            with suppress(Raised, NotThere, Verdict):
                self.following()

    def _result(self, number: int, operands: Sequence[Any], seconds: float | None) -> Any:
        try:
            result = self._await(number, operands, seconds)
        except Raised:
            if self._verdict is None:
                raise
            result = None
        finally:
            verdict, self._verdict = self._verdict, None
        if verdict is not None:
            raise verdict
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

    def _ask(self, operation: Operation, operands: list[Any], seconds: float | None = None) -> int:
        """Ask for something; the number of the question."""
        number = int.from_bytes(os.urandom(7), "little")  # unguessable: not answered early
        deadline = self._deadline_in(seconds)
        try:
            self._sent_before = self._channel.sent_in_all
            self._channel.send([number, str(operation), self.limits.answer, *operands], deadline)
            self._asked_with = self._channel.sent
        except BROKEN as error:
            raise self._broken(error, deadline, seconds) from None
        return number

    def _await(self, number: int, operands: Sequence[Any], seconds: float | None = None) -> Any:
        """The answer to a question."""
        deadline = self._deadline_in(seconds)
        try:
            while True:
                message = self._channel.receive(deadline)
                said = message_of(message)
                if said is Message.CALL:
                    if not self._leaves_nothing(message):
                        self._keep(calls=1)
                    self._answer(message, deadline)
                elif said is Message.TOLD:
                    self._hear(message)
                else:
                    self._keep(calls=0)
                    asked = self._channel.sent_in_all - self._sent_before
                    most = self.limits.answer + ANSWER_FACTOR * asked + LENGTHS.size
                    if self._channel.received > most:
                        raise ProtocolError("an answer far larger than what was asked")
                    return self._read(message, number, operands)
        except BROKEN as error:
            raise self._broken(error, deadline, seconds) from None

    def _deadline_in(self, seconds: float | None) -> float:
        """When an exchange must be over."""
        if self._ended:
            raise self._ended
        limit = self.limits.call_seconds if seconds is None else seconds
        return min(self._deadline, time.monotonic() + limit)

    def _broken(self, error: Exception, deadline: float, seconds: float | None) -> SessionEnded:
        """End the session because a bound was broken."""
        if isinstance(error, TimeoutError):
            limit = self.limits.call_seconds if seconds is None else seconds
            reason = f"no answer within {limit:g} s"
            if deadline == self._deadline:
                reason = f"the {self.limits.session_seconds:g} s of the session were used up"
            return self._end(Outcome.TIMED_OUT, reason)
        if isinstance(error, TooMuchToKeep):
            return self._end(Outcome.OUT_OF_MEMORY, str(error))
        if isinstance(error, ProtocolError):
            return self._end(Outcome.PROTOCOL_VIOLATION, str(error))
        return self._end(Outcome.CRASHED, "")

    def _keep(self, calls: int) -> None:
        """Count what the grader keeps of what arrived, so many calls of its functions."""
        self.kept += self._channel.weight
        if calls:
            self.kept += CALLBACK_IN_MEMORY * calls + ARRAY_BYTE_IN_MEMORY * self._channel.raw
        if self.kept > self._max_kept:
            raise TooMuchToKeep("more than the grader keeps of a submission")

    def _leaves_nothing(self, message: list[Any]) -> bool:
        """Whether a callback is one of an object whose calls are not noted."""
        match message:
            case [_, _, int(index), *_] if 0 <= index < len(self._functions):
                return isinstance(self._functions[index], Unnoted)
        return False

    def _read(self, message: list[Any], number: int, operands: Sequence[Any]) -> Any:
        if len(message) < 3 or type(message[1]) is not int or message[1] != number:
            raise ProtocolError("an answer to no question")
        if message[0] == Message.RETURNED and len(message) == 3:
            return message[2]
        match message:
            case [Message.MISSING, _, list(names)] if all(type(name) is str for name in names):
                raise NotThere(_describe_target(operands), names)
            case [Message.UNSENDABLE, _, str()]:
                reason = "the result is too large, or nested too deeply, to be read"
                raise Raised(["UnreadableResult"], reason, [])
            case [Message.RAISED, _, list(kinds), str(text), list(frames)]:
                if all(type(kind) is str for kind in kinds) and all(map(_is_frame, frames)):
                    raise Raised(kinds, text, frames)
        raise ProtocolError("an answer of no known form")

    def _answer(self, message: list[Any], deadline: float) -> None:
        match message:
            case [_, int(number), int(index), list(names), list(arguments), dict(keywords)]:
                pass
            case _:
                raise ProtocolError("a callback of no known form")
        if self._channel.received > max(self.limits.callback, 2 * self._asked_with):
            raise ProtocolError("a callback with far larger arguments than it was given")
        function = self._function(index, names)
        self._count(index)
        if not all(type(name) is str for name in keywords):
            raise ProtocolError("a callback of no known form")
        try:
            result = function(*arguments, **keywords)
            if index in self._lasting and isinstance(result, Namespace):
                self._lasting.add(self._refer(result).number)  # it lasts as its maker does
            answer = [str(Message.ANSWER), number, result]
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

    def _hear(self, message: list[Any]) -> None:
        """Go through calls that the learner's side answered by itself, as if they came now."""
        match message:
            case [_, list(order), list(functions)]:
                calls_of = heard(order, functions)
            case _:
                raise ProtocolError("calls of no known form")
        self._keep(calls=len(order))
        if self._channel.received > MAX_TOLD * self.limits.callback:
            raise ProtocolError("calls with far larger arguments than they were given")
        notes = [self._note_of(*answered) for answered in calls_of]
        following = [iter(calls) for *_, calls in calls_of]
        for place in order:
            note, arguments = notes[place], next(following[place])
            if note is not None and self._verdict is None:
                try:
                    note(*arguments)
                except Verdict as verdict:
                    self._verdict = verdict

    def _note_of(
        self, index: int, names: list[Any], calls: Sequence[Sequence[Any]]
    ) -> Callable[..., Any] | None:
        """What notes the calls of a function that the learner's side answered by itself."""
        function = self._function(index, names)
        self._count(index, len(calls))
        formula = getattr(function, "formula", None)
        given = formula and all(len(arguments) == len(formula.names) for arguments in calls)
        if formula is None or not given or not all(map(formula.takes, calls)):
            raise ProtocolError("a call that was not answered on the learner's side")
        note: Callable[..., Any] | None = function.note
        return note

    def _count(self, index: int, calls: int = 1) -> None:
        """Count calls of one of the grader's functions, where they are allowed."""
        self._left_callbacks -= calls
        if self._left_callbacks < 0:
            raise ProtocolError("too many callbacks")
        if index not in self._permitted:
            raise ProtocolError("a callback after its call was over")

    def _end(self, outcome: Outcome, reason: str) -> SessionEnded:
        ending = self._kill()
        self._announced.clear()
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
            functions = thing.functions
            formulas = tuple(map(_formula_parts, functions.values()))
            return Reference("grader", number, "namespace", tuple(functions), formulas)
        name = getattr(thing, "__name__", "function")
        return Reference("grader", number, name, formulas=(_formula_parts(thing),))

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


def _formula_parts(function: object) -> list[Any] | None:
    formula = getattr(function, "formula", None)
    return formula.parts() if isinstance(formula, Formula) else None


def _is_frame(frame: object) -> bool:
    match frame:
        case [str(), int(), str(), str()]:
            return True
    return False


def _describe_target(operands: Sequence[Any]) -> str:
    target = operands[0] if operands else ()
    return ".".join(part for part in target if isinstance(part, str))
