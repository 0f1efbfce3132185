"""The learner's modules as a check sees them, and the transcript of all calls and answers."""

import types
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

import numpy as np

from autograder.checking.transcript import Call, Event, Observation, mapped
from autograder.protocol.codec import Reference
from autograder.protocol.operations import Operation, Report
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded
from autograder.sandbox.session import Namespace, Unnoted

MAX_EVENTS = 20_000
OBSERVED = Report.ARGUMENTS_AFTER | Report.WARNINGS


class Performer(Protocol):
    """Anything that performs operations on a submission: a session, or modules in this process."""

    def perform(self, operation: Operation, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, within so many seconds or the usual limit, and return its result."""


class Student:
    """A submission: its attributes are the learner's modules.

    ``student.losses.softmax([0.0, 0.0])`` is a call into the learner's process, and
    ``student.optimizers.Adam(0.1).update(weights, gradient)`` are two.
    """

    def __init__(self, performer: Performer) -> None:
        self._performer = performer
        self._transcript: list[Call] = []
        self._events = 0
        self._kept: dict[str, Any] = {}
        self._ahead: deque[list[Any]] = deque()  # operations to come, each with its operands
        self._asked: deque[Call] = deque()  # what is noted of those that have been asked for

    def __getattr__(self, module: str) -> "Module":
        if module.startswith("_"):
            raise AttributeError(module)
        return Module(self, module)

    @property
    def performer(self) -> Performer:
        """Where the submission's code runs."""
        return self._performer

    @property
    def transcript(self) -> list[Call]:
        """All calls since the last criterion began."""
        return self._transcript

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returned the first time: for a long run that several criteria look at."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def _start(self) -> list[Call]:
        """Begin a new transcript and return it."""
        self._transcript, self._events = [], 0
        self._forget()
        return self._transcript

    def _forget(self) -> None:
        self._ahead.clear()
        self._asked.clear()

    def _perform(
        self,
        kind: Operation,
        target: tuple[Any, ...],
        name: str,
        *operands: Any,
        seconds: float | None = None,
    ) -> Any:
        arguments, keywords = operands[:2] if kind == Operation.CALL else (operands, {})
        call = Call(name, tuple(arguments), dict(keywords), kind)
        self._transcript.append(call)
        try:
            if not self._ahead or not self._was_asked(kind, target, operands):
                call.result = self._performer.perform(
                    kind,
                    list(target),
                    *mapped(operands, partial(self._recorded, call=call)),
                    seconds=seconds,
                )
            else:
                call.result = self._following(call, seconds)
        except (Raised, NotThere) as error:
            call.error = error
            raise
        return call.result

    def _was_asked(self, kind: Operation, target: tuple[Any, ...], operands: Any) -> bool:
        """Whether a call is the next of those that were announced; if so, all of them are asked."""
        if not _is_the_same([kind, list(target), *operands], self._ahead[0]):
            self._forget()
        elif not self._asked:
            self._asked.extend(Call(target[-1], (), {}) for _, target, *_ in self._ahead)
            operations = [
                mapped(operation, partial(self._recorded, call=call))
                for operation, call in zip(self._ahead, self._asked, strict=True)
            ]
            self._performer.announce(operations)  # type: ignore[attr-defined] # see `_announce`
        return bool(self._asked)

    def _following(self, call: Call, seconds: float | None) -> Any:
        self._ahead.popleft()
        call.events = self._asked.popleft().events
        return self._performer.following(seconds)  # type: ignore[attr-defined]

    def _recorded(self, value: Any, call: Call) -> Any:
        """The same operand, with functions replaced by ones that note each of their calls."""
        if isinstance(value, Namespace) and not isinstance(value, Unnoted):
            functions = value.functions.items()
            return Namespace(**{name: self._noted(made, name, call) for name, made in functions})
        if isinstance(value, LearnerObject):
            return value._reference
        if callable(value) and not isinstance(value, Reference):
            return self._noted(value, getattr(value, "__name__", "function"), call)
        return value

    def _noted(self, function: Callable[..., Any], name: str, call: Call) -> Callable[..., Any]:
        def noted(*arguments: Any, **keywords: Any) -> Any:
            note(
                *(
                    np.array(argument) if isinstance(argument, np.ndarray) else argument
                    for argument in (*arguments, *keywords.values())
                )
            )
            return function(*arguments, **keywords)

        def note(*arguments: Any) -> None:
            if self._events < MAX_EVENTS:
                self._events += 1
                call.events.append(Event(name, arguments))

        def told(*arguments: Any) -> None:  # its arrays are nobody else's
            note(*arguments)
            if (known := function.note) is not None:  # type: ignore[attr-defined]
                known(*arguments)

        noted.__name__ = name
        noted.__wrapped__ = function  # type: ignore[attr-defined]
        if formula := getattr(function, "formula", None):
            noted.formula, noted.note = formula, told  # type: ignore[attr-defined]
        return noted

    def _wrapped(self, value: Any, name: str) -> Any:
        """A result with objects that stayed in the learner's process made callable."""
        if isinstance(value, Reference) or _stays(value):
            return LearnerObject(self, value, name)
        return getattr(value, "__wrapped__", value) if callable(value) else value


class Module:
    """One of the learner's modules: its attributes are the learner's functions and classes."""

    def __init__(self, student: Student, name: str) -> None:
        self._student, self._name = student, name

    def __getattr__(self, name: str) -> "Function":
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(self._student, (self._name, name), name)


class Function:
    """One of the learner's functions, classes or methods."""

    def __init__(
        self,
        student: Student,
        target: tuple[Any, ...],
        name: str,
        seconds: float | None = None,
    ) -> None:
        self._student, self._target, self._name = student, target, name
        self._seconds = seconds

    def within(self, seconds: float) -> "Function":
        """The same function, with its own time limit for each exchange."""
        return Function(self._student, self._target, self._name, seconds)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it once and return what it returned."""
        return self._settle(self._perform(Operation.CALL, list(arguments), keywords, length=4)[0])

    def collected(self, *arguments: Any, **keywords: Any) -> list[Any]:
        """Call it once and return all items of the list or iterator that it returned."""
        items = self._perform(
            Operation.CALL, list(arguments), keywords, Report.ITEMS.value, length=4
        )[0]
        if type(items) is not list:
            raise _unreadable()
        self._student._transcript[-1].result = items
        return items

    def observe(self, *arguments: Any, **keywords: Any) -> Observation:
        """Call it once and report also what became of the arguments, and warnings."""
        return self._observe(OBSERVED, arguments, keywords)

    def observe_collected(self, *arguments: Any, **keywords: Any) -> Observation:
        """Call it once, go through the list or iterator that it returned, and observe both."""
        return self._observe(sum(Report), arguments, keywords)

    def _observe(
        self, report: int, arguments: Sequence[Any], keywords: dict[str, Any]
    ) -> Observation:
        answer = self._perform(Operation.CALL, list(arguments), keywords, report, length=4)
        match answer:
            case [result, [list(after), dict(named)], bool(shares), list(heard)]:
                as_many = len(after) == len(arguments) and named.keys() == keywords.keys()
                if as_many and all(type(warning) is str for warning in heard):
                    return Observation(self._settle(result), tuple(after), named, shares, heard)
        raise _unreadable()

    def ahead(
        self,
        argument_lists: Iterable[Sequence[Any]],
        *,
        observed: bool = False,
        collected: bool = False,
        keywords: Mapping[str, Any] | None = None,
    ) -> None:
        """Announce the next calls of it, in their order: all of them travel in one exchange.

        The calls are then made and judged one by one as if it had not been said, with these very
        arguments; that a call is another one than was announced ends it. What several functions
        are called with can be announced together.
        """
        report = OBSERVED * observed + Report.ITEMS.value * collected
        for arguments in argument_lists:
            operands = list(arguments), dict(keywords or {}), *([report] if report else [])
            self._announce(Operation.CALL, *operands)

    def fold_ahead(self, first: Any, argument_lists: Iterable[Sequence[Any]]) -> None:
        """Announce a `fold`: see `ahead`."""
        self._announce(Operation.FOLD, first, [list(arguments) for arguments in argument_lists])

    def _announce(self, *operation: Any) -> None:
        if hasattr(self._student._performer, "announce"):
            kind, *operands = operation
            self._student._ahead.append([kind, list(self._target), *operands])

    def each(self, argument_lists: Iterable[Sequence[Any]]) -> list[Any]:
        """Call it with each list of arguments, in one exchange, and return all results."""
        lists = [list(arguments) for arguments in argument_lists]
        return list(self._perform(Operation.EACH, lists, length=len(lists)))

    def fold(
        self,
        first: Any,
        argument_lists: Iterable[Sequence[Any]],
        *,
        overwriting: bool = False,
    ) -> list[Any]:
        """Call it on its own last result and the next arguments, in one exchange.

        ``update.fold(w, [[g1], [g2]])`` returns ``[update(w, g1), update(update(w, g1), g2)]``.
        With `overwriting`, every array that went in or came out is filled with nan after its call,
        once the result is copied: a function that keeps such an array finds its memory spoiled.
        """
        lists = [list(arguments) for arguments in argument_lists]
        kind = Operation.FOLD_OVERWRITING if overwriting else Operation.FOLD
        return list(self._perform(kind, first, lists, length=len(lists)))

    def itself(self) -> Any:
        """The function as an object, to compare with one that was returned."""
        return self._student._wrapped(
            self._student._performer.perform(Operation.GET, list(self._target)), self._name
        )

    def default(self, parameter: str) -> float | None:
        """The number that a parameter is where it is not given; None where that does not show.

        It does not show through most decorators, nor where the function looks after it itself:
        None proves nothing.
        """
        paths = ("__code__", "co_varnames"), ("__code__", "co_argcount"), ("__defaults__",)
        perform = self._student._performer.perform
        try:
            names, count, defaults = (
                perform(Operation.GET, [*self._target, *path]) for path in paths
            )
        except (Raised, NotThere):
            return None
        if not isinstance(names, (list, tuple)) or not isinstance(defaults, (list, tuple)):
            return None
        if type(count) is not int or not len(defaults) <= count <= len(names):
            return None
        if not all(type(name) is str for name in names):
            return None
        shown = dict(zip(names[count - len(defaults) : count], defaults, strict=True))
        found = shown.get(parameter)
        return found if _is_number(found) else None

    def _perform(self, kind: Operation, *operands: Any, length: int | None = None) -> Any:
        answer = self._student._perform(
            kind, self._target, self._name, *operands, seconds=self._seconds
        )
        if type(answer) is not list or length not in (None, len(answer)):
            raise _unreadable()
        return answer

    def _settle(self, result: Any) -> Any:
        call = self._student._transcript[-1]
        wrapped = self._student._wrapped(result, f"{self._name}({_brief(call)})")
        call.result = result if wrapped is result else wrapped
        return wrapped


class LearnerObject:
    """An object that stays in the learner's process: an optimizer, a returned function."""

    def __init__(self, student: Student, reference: Any, name: str) -> None:
        self._student, self._reference, self._name = student, reference, name

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(self._student, (self._reference, name), f"{self._name}.{name}")

    def __call__(self, *arguments: Any) -> Any:
        """Call the object itself."""
        return Function(self._student, (self._reference,), self._name)(*arguments)

    def within(self, seconds: float) -> Function:
        """The object itself as a function, with its own time limit for each exchange."""
        return Function(self._student, (self._reference,), self._name, seconds)

    @property
    def kind(self) -> str:
        """Name of the object's type."""
        if isinstance(self._reference, Reference):
            return self._reference.kind
        return type(self._reference).__name__

    def is_same(self, other: object) -> bool:
        """Whether two stand for the same object."""
        if not isinstance(other, LearnerObject):
            return False
        mine, theirs = self._reference, other._reference
        if isinstance(mine, Reference) and isinstance(theirs, Reference):
            return (mine.side, mine.number) == (theirs.side, theirs.number)
        return mine is theirs

    def __repr__(self) -> str:
        return f"<an object of class {self.kind}>"


def _is_the_same(asked: Any, announced: Any) -> bool:
    """Whether an operation has the very operands that were announced."""
    if asked is announced:
        return True
    if type(asked) is not type(announced):
        return False
    if isinstance(asked, (list, tuple)):
        return len(asked) == len(announced) and all(map(_is_the_same, asked, announced))
    if isinstance(asked, dict):
        return asked.keys() == announced.keys() and all(
            _is_the_same(value, announced[name]) for name, value in asked.items()
        )
    return not isinstance(asked, np.ndarray) and bool(asked == announced)


def _brief(call: Call) -> str:
    """The arguments of a call, with those that are not numbers left out."""
    numbers = [f"{value:g}" if _is_number(value) else "…" for value in call.arguments]
    named = [f"{key}={value:g}" for key, value in call.keywords.items() if _is_number(value)]
    return ", ".join([*numbers, *named])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _unreadable() -> SessionEnded:
    return SessionEnded(Outcome.PROTOCOL_VIOLATION, "an answer of no known form")


def _stays(value: Any) -> bool:
    plain = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict)
    if isinstance(value, (np.ndarray, np.generic)):
        subclass = isinstance(value, np.ndarray) and type(value) is not np.ndarray
        return subclass or value.dtype.kind not in "biufc"
    if isinstance(value, types.FunctionType) and hasattr(value, "__wrapped__"):
        return False
    return not isinstance(value, plain)
