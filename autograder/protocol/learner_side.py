"""The learner's side of a session: holds the submission and does what the grader asks of it.

Once the submission is loaded, nothing here can be relied on, and the grader relies on nothing here:
what it sends back is the learner's word, and is judged as such.
"""

import importlib
import linecache
import os
import random
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from .channel import Channel
from .codec import Codec, ProtocolError, Reference, Unsendable
from .expressions import Expression, formula_of
from .formulas import MAX_ANSWERED, MAX_TOLD, Formula, told
from .operations import ANSWER_FACTOR, Message, Operation, Report

PACKAGE = "course"  # what holds the submission's modules
LAZY_PARTS = ("fft", "linalg", "polynomial", "random")  # of NumPy: imported when first asked for
NUMPY_DEFAULTS: Any = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
# What Python itself does not show unless it is asked to.
HIDDEN_WARNINGS = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
MAX_NAMES = 200
MAX_FRAMES = 20
MAX_TEXT = 2000
MAX_WARNINGS = 20


class NameMissing(Exception):
    """A module of the submission, or a name in it, does not exist."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("not there")
        self.names = names


class LoadedModules:
    """The submission's modules and objects, and the operations on them.

    A *target* names a function: the name of a module, or an object, followed by attribute names.
    Modules that are given by name need not be imported.
    """

    def __init__(self, modules: dict[str, ModuleType] | None = None) -> None:
        self._modules: dict[str, Any] = {} if modules is None else dict(modules)
        self._operations: dict[str, Callable[..., Any]] = {
            Operation.CALL: self.call,
            Operation.EACH: self.each,
            Operation.FOLD: self.fold,
            Operation.FOLD_OVERWRITING: partial(self.fold, overwriting=True),
            Operation.GET: self.find,
            Operation.REPLACE: self.replace,
        }

    def perform(self, operation: Operation, *operands: Any) -> Any:
        """Do one operation that the grader asked for and return its result."""
        if operation not in self._operations:
            raise ProtocolError(f"no such operation: {operation}")
        return self._operations[operation](*operands)

    def find(self, target: Sequence[Any]) -> Any:
        """The object that a target names."""
        found, *names = target
        if isinstance(found, str):
            found = self._module(found)
        for name in names:
            try:
                found = getattr(found, name)
            except AttributeError:
                if isinstance(found, ModuleType):
                    raise NameMissing(_public_names(found)) from None
                raise
        return found

    def call(
        self, target: Sequence[Any], arguments: list[Any], keywords: dict[str, Any], report: int = 0
    ) -> list[Any]:
        """Call a function once: its result, or a list of its items, and what else was asked for."""
        function = self.find(target)
        if not report:
            return [function(*arguments, **keywords), None, None, None]

        def asked_for() -> Any:
            result = function(*arguments, **keywords)
            return list(result) if report & Report.ITEMS else result

        if report & Report.WARNINGS:
            result, heard = _with_warnings(asked_for)
        else:
            result, heard = asked_for(), None
        if not report & Report.ARGUMENTS_AFTER:
            return [result, None, None, heard]
        after = [arguments, keywords]
        return [result, after, _shares_memory(result, [*arguments, *keywords.values()]), heard]

    def each(self, target: Sequence[Any], argument_lists: Iterable[list[Any]]) -> list[Any]:
        """Results of calling one function with each list of arguments in turn."""
        function = self.find(target)
        return [function(*arguments) for arguments in argument_lists]

    def fold(
        self,
        target: Sequence[Any],
        first: Any,
        argument_lists: Iterable[list[Any]],
        *,
        overwriting: bool = False,
    ) -> list[Any]:
        """All results of calling a function on its own last result and the next arguments.

        With `overwriting`, every array that went in or came out is filled with nan after its call,
        as a caller may do with its own arrays; the next call gets a copy of the result.
        """
        function = self.find(target)
        results = []
        for arguments in argument_lists:
            served = [first, *arguments]
            first = function(first, *arguments)
            results.append(np.array(first) if isinstance(first, np.ndarray) else first)
            if overwriting:
                served.append(first)
                if isinstance(first, np.ndarray):
                    first = np.array(first)
                _overwrite(served)
        return results

    def replace(self, module: str, name: str, replacement: Any) -> None:
        """Put a function of the grader where one of the learner's was."""
        setattr(self._module(module), name, replacement)

    def _module(self, name: str) -> Any:
        if name not in self._modules:
            full_name = f"{PACKAGE}.{name}"
            try:
                self._modules[name] = importlib.import_module(full_name)
            except ModuleNotFoundError as error:
                if error.name not in (full_name, PACKAGE):
                    raise
                raise NameMissing([]) from None
        return self._modules[name]


def import_lazy_parts() -> None:
    """Import all of NumPy that a submission may use, while the packages are still visible."""
    for part in LAZY_PARTS:
        getattr(np, part)


def serve(
    connection: Any, header_limit: int, raw_limit: int, scratch: str, confinement: object = None
) -> None:
    """Serve one session until the grader closes it; `confinement` is reported as it begins."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - so that code which uses the global generator repeats itself
    service = Service(connection, header_limit, raw_limit, scratch)
    service.send(Message.HELLO, confinement)
    service.serve()


class Service:
    """One submission behind a channel, with its files in a scratch folder."""

    def __init__(self, connection: Any, header_limit: int, raw_limit: int, scratch: str) -> None:
        self._channel = Channel(
            connection,
            Codec(self._refer, self._resolve, bounded=False),
            header_limit=header_limit,
            raw_limit=raw_limit,
            blocking=True,
        )
        self._scratch = scratch
        self._modules = LoadedModules()
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._supplied: dict[int, Any] = {}
        self._exchange = threading.RLock()
        self._calls = self._answered = 0
        self._to_tell: list[tuple[Reference, list[Any]]] = []
        self._shared: dict[int, dict[str, Any] | None] = {}  # None where the grader alone knows

    def send(self, message: Message, *content: Any) -> None:
        """Send a message to the grader."""
        self._channel.send([str(message), *content])

    def serve(self) -> None:
        """Answer requests until the grader closes the session."""
        while True:
            try:
                number, operation, most, *operands = self._channel.receive()
            except EOFError:
                return
            before = self._channel.received_in_all - self._channel.received
            asked = operands[0] if operation == Operation.SEVERAL else [[operation, *operands]]
            for first, *others in asked:
                self._answered = 0
                answer = self._answer(number, first, others)
                self._send_answer(number, answer, most, before)

    def _send_answer(self, number: int, answer: list[Any], most: int, before: int) -> None:
        with self._exchange:
            self._tell()
            asked = self._channel.received_in_all - before  # with what callbacks answered
            try:
                self._channel.send(answer, most=most + ANSWER_FACTOR * asked)
            except (Unsendable, ValueError, RecursionError, MemoryError):
                self.send(Message.UNSENDABLE, number, type(answer[-1]).__name__[:80])

    def _answer(self, number: int, operation: Operation, operands: list[Any]) -> list[Any]:
        try:
            if operation == Operation.LOAD:
                result = None
                self._load(*operands)
            else:
                result = self._modules.perform(operation, *operands)
        except NameMissing as missing:
            return [str(Message.MISSING), number, missing.names]
        except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt too are the learner's
            return [str(Message.RAISED), number, *describe(error, self._scratch)]
        finally:
            _flush()
        return [str(Message.RETURNED), number, result]

    def _load(self, files: dict[str, Any]) -> None:
        for path, content in files.items():
            where = os.path.join(self._scratch, *path.split("/"))
            os.makedirs(os.path.dirname(where), exist_ok=True)
            with open(where, "wb") as file:
                file.write(content.tobytes())
        sys.path.insert(0, self._scratch)
        importlib.invalidate_caches()

    # -- objects that do not cross ----------------------------------------------------------------

    def _refer(self, thing: object) -> Reference:
        if isinstance(thing, (_Supplied, _SuppliedNamespace)):
            return thing.reference
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = len(self._objects)
            self._objects.append(thing)
        return Reference("learner", number, type(thing).__name__)

    def _resolve(self, reference: Reference) -> object:
        if reference.side == "learner":
            return self._objects[reference.number]
        if reference.number not in self._supplied:
            if reference.names:
                supplied: Any = _SuppliedNamespace(self, reference)
            else:
                supplied = _Supplied(self, reference)
            self._supplied[reference.number] = supplied
        return self._supplied[reference.number]

    def ask(
        self, reference: Reference, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Any:
        """Call a function that stays in the grader."""
        with self._exchange:
            self._calls += 1
            number = self._calls
            names = list(reference.names)
            self._tell()
            self.send(Message.CALL, number, reference.number, names, list(arguments), keywords)
            message, answered, answer = self._channel.receive()
        if message == Message.ANSWER and answered == number:
            return answer
        raise RuntimeError(answer)

    def answers(self, reference: Reference, formula: Formula, arguments: Sequence[Any]) -> bool:
        """Whether to answer a call by its formula; then the grader is told of it later."""
        with self._exchange:
            known = formula.group is None or self._shared[formula.group] is not None
            if not known or self._answered >= MAX_ANSWERED or not formula.takes(arguments):
                return False
            self._answered += 1
            given = [
                np.array(argument) if isinstance(argument, np.ndarray) else argument
                for argument in arguments
            ]
            self._to_tell.append((reference, given))
            if len(self._to_tell) >= MAX_TOLD:
                self._tell()
            return True

    def leave(self, formula: Formula) -> None:
        """Ask about all functions of a group, now that the grader is asked about one."""
        if formula.group is not None:
            self._shared[formula.group] = None

    def share(self, formula: Formula) -> Formula:
        """Let a formula have the values of those of its group."""
        if isinstance(formula, Expression) and formula.group is not None:
            formula.values = self._shared.setdefault(formula.group, formula.values) or {}
        return formula

    def _tell(self) -> None:
        if self._to_tell:
            calls, self._to_tell = self._to_tell, []
            self.send(Message.TOLD, *told(calls))


class _Supplied:
    """A function of the grader's, as the learner's code sees it."""

    def __init__(self, service: Service, reference: Reference) -> None:
        self._service = service
        self.reference = Reference("grader", reference.number, reference.kind, reference.names)
        parts = reference.formulas[0] if reference.formulas else None
        self._formula = service.share(formula_of(parts)) if parts else None
        self.__name__ = reference.kind

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        formula = self._formula
        if formula is not None:
            given = formula.positional(arguments, keywords)
            if given is not None and self._service.answers(self.reference, formula, given):
                return formula.answer(*given)
            self._service.leave(formula)
        return self._service.ask(self.reference, arguments, keywords)


class _SuppliedNamespace:
    """An object of the grader's whose methods stay there."""

    def __init__(self, service: Service, reference: Reference) -> None:
        self.reference = Reference("grader", reference.number, reference.kind)
        formulas = reference.formulas or (None,) * len(reference.names)
        for name, formula in zip(reference.names, formulas, strict=True):
            method = Reference("grader", reference.number, reference.kind, (name,), (formula,))
            setattr(self, name, _Supplied(service, method))


def describe(error: BaseException, folder: str | None) -> tuple[list[str], str, list[list[Any]]]:
    """What an exception was: names of its classes, its message, and its frames inside a folder."""
    names = [kind.__name__ for kind in type(error).__mro__][:MAX_FRAMES]
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - the learner's own __str__ may do anything
        message = ""
    frames = []
    trace = error.__traceback__ if folder is not None else None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(f"{folder}{os.sep}"):
            path = os.path.relpath(code.co_filename, folder).replace(os.sep, "/")
            source = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            frames.append([path, trace.tb_lineno, code.co_name, _clean(source)])
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(f"{folder}{os.sep}"):
        path = os.path.relpath(error.filename or "", folder).replace(os.sep, "/")
        frames.append([path, error.lineno or 0, "", _clean((error.text or "").strip())])
        message = error.msg or ""
    return names, _clean(message), frames[-MAX_FRAMES:]


def _clean(text: str) -> str:
    return text[:MAX_TEXT].encode("utf-8", "replace").decode()


def _public_names(module: ModuleType) -> list[str]:
    return [str(name)[:80] for name in vars(module) if not name.startswith("_")][:MAX_NAMES]


def _with_warnings(function: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What a function returns, and the warnings that Python gave meanwhile."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(**NUMPY_DEFAULTS):
        warnings.simplefilter("always")
        for hidden in HIDDEN_WARNINGS:
            warnings.simplefilter("ignore", hidden)
        result = function()
    heard = [f"{w.category.__name__}: {w.message}"[:MAX_TEXT] for w in caught]
    return result, heard[:MAX_WARNINGS]


def _shares_memory(result: Any, arguments: Iterable[Any]) -> bool:
    if not isinstance(result, np.ndarray):
        return any(result is argument for argument in arguments if isinstance(argument, list))
    return any(
        isinstance(argument, np.ndarray) and np.may_share_memory(result, argument)
        for argument in arguments
    )


def _overwrite(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.flags.writeable:
            value.fill(np.nan)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: BLE001 - the learner's own stream may do anything
            continue
