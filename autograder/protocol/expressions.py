"""Formulas that are written as the functions that they are: found out with symbols, sent as a list.

The learner's side computes them with operations of NumPy. Several of them may share values, as the
methods of a network do: then each call may change what the next one answers.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from operator import getitem
from typing import Any

import numpy as np

from .formulas import Constant, Course, Formula, Slope, is_float


class Expression(Formula):
    """A function that operations of NumPy compute from its arguments: see `traced`.

    Parameters
    ----------
    names : sequence of str
        Its parameters.
    shapes : sequence
        Of each parameter the shape of an array of floats, in which -1 is any length; or a number
        that an index is below.
    result : list
        The operations, each with its operands, as one nested list.
    changes : dict
        What becomes of the values that several functions share, in the same form.
    shared : list, optional
        The number of those values, and what they are at first.
    """

    def __init__(
        self,
        names: Sequence[str],
        shapes: Sequence[Any],
        result: Any,
        changes: Mapping[str, Any],
        shared: Sequence[Any] | None = None,
    ) -> None:
        self.names = names
        self._shapes = [tuple(shape) if isinstance(shape, list) else shape for shape in shapes]
        self._result, self._changes, self._shared = result, changes, shared
        self.group = shared[0] if shared else None
        self.values: dict[str, Any] = dict(shared[1]) if shared else {}
        self._compute = _computing(result)
        self._computed = {name: _computing(change) for name, change in changes.items()}

    def parts(self) -> list[Any]:
        """See `Formula`."""
        shapes = [list(shape) if isinstance(shape, tuple) else shape for shape in self._shapes]
        return ["expression", self.names, shapes, self._result, self._changes, self._shared]

    def takes(self, arguments: Sequence[Any]) -> bool:
        """Floats of the right shapes, and indices."""
        return all(map(_fits, arguments, self._shapes))

    def answer(self, *arguments: Any) -> Any:
        """See `Formula`."""
        result = self._compute(arguments, self.values)
        if self._computed:
            new = {
                name: function(arguments, self.values) for name, function in self._computed.items()
            }
            self.values.update(new)
        return result


class Symbol(np.lib.mixins.NDArrayOperatorsMixin):
    """A value that is not known yet: it notes what is done with it."""

    def __init__(self, *operation: Any) -> None:
        self.operation = list(operation)

    def __array_ufunc__(self, ufunc: Any, method: str, *operands: Any, **options: Any) -> Any:
        plain = method == "__call__" and not options
        return Symbol(ufunc.__name__, *operands) if plain else NotImplemented

    def __array_function__(self, function: Any, _types: Any, operands: Any, options: Any) -> Any:
        return NotImplemented if options else Symbol(function.__name__, *operands)

    def __getitem__(self, index: int) -> "Symbol":
        return Symbol("getitem", self, index)

    def sum(self) -> "Symbol":
        """The sum of all elements."""
        return Symbol("sum", self)

    def __bool__(self) -> bool:
        raise TypeError("a symbol has no truth")


class Shared:
    """Values that several functions read and change, such as the weights of a network."""

    _numbers = count()

    def __init__(self, **first: Any) -> None:
        self.number, self.first = next(self._numbers), first


def traced(
    function: Callable[..., Any], shared: Shared | None = None, **parameters: Any
) -> Expression:
    """A function as an `Expression`, found out by one call of it with symbols.

    It may do with its arguments what `OPERATIONS` has; it must not ask what they are. Where values
    are shared, it gets them first, as a dict that it may change.

    Parameters
    ----------
    function : callable
        What it does.
    shared : Shared, optional
        The values that it shares with others.
    **parameters
        The parameters, each with its shape or the number that an index is below.
    """
    symbols = [Symbol("argument", place) for place in range(len(parameters))]
    if shared is None:
        return Expression([*parameters], [*parameters.values()], _plain(function(*symbols)), {})
    values: dict[str, Any] = {name: Symbol("shared", name) for name in shared.first}
    before = dict(values)
    result = _plain(function(values, *symbols))
    changes = {name: _plain(value) for name, value in values.items() if value is not before[name]}
    first = [shared.number, shared.first]
    return Expression([*parameters], [*parameters.values()], result, changes, first)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "getitem": getitem,
    "float": float,
    "asarray": np.asarray,
    **{name: getattr(np, name) for name in ("add", "subtract", "multiply", "divide", "power")},
    **{name: getattr(np, name) for name in ("exp", "tanh", "less", "matmul", "outer", "append")},
    **{name: getattr(np, name) for name in ("sum", "mean", "size", "where", "transpose", "copy")},
}


def _plain(node: Any) -> Any:
    if isinstance(node, Symbol):
        return [*map(_plain, node.operation)]
    return node


def _computing(node: Any) -> Callable[[Sequence[Any], Mapping[str, Any]], Any]:
    """What computes a node of an expression from the arguments and the shared values."""
    if type(node) is not list:
        return lambda arguments, values: node
    name, *operands = node
    if name == "argument":
        return lambda arguments, values: arguments[operands[0]]
    if name == "shared":
        return lambda arguments, values: values[operands[0]]
    operation, parts = OPERATIONS[name], [*map(_computing, operands)]
    return lambda arguments, values: operation(*[part(arguments, values) for part in parts])


def _fits(argument: Any, shape: Any) -> bool:
    """Whether an argument is an array of floats of a shape, or an index below a number."""
    if isinstance(shape, int):
        is_index = type(argument) is int or isinstance(argument, np.integer)
        return is_index and bool(0 <= argument < shape)
    if -1 not in shape:
        return is_float(argument, shape)
    if type(argument) is not np.ndarray or argument.ndim != len(shape):
        return False
    pairs = zip(argument.shape, shape, strict=True)
    return is_float(argument, argument.shape) and all(
        one == wanted or wanted < 0 for one, wanted in pairs
    )


def formula_of(parts: Sequence[Any]) -> Formula:
    """The formula that the grader sent."""
    kind, *others = parts
    if kind == "constant":
        value, names, axes = others
        return Constant(value, *names, axes=axes)
    kinds: dict[str, Callable[..., Formula]]
    kinds = {"slope": Slope, "course": Course, "expression": Expression}
    return kinds[kind](*others)
