"""Functions of the grader's that are so plain that the learner's side answers them by itself.

The grader hears of all their calls with the next message, in their order, and goes through them
then. So a formula must hold no secret: what it is shows in what it answers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .codec import ProtocolError, Reference

MAX_ANSWERED = 1000  # calls in one exchange that are answered so; those after them are asked
MAX_TOLD = 250  # calls in one message
MAX_BYTES = 512  # of all arguments of a call; larger ones are asked about


class Formula:
    """A function by what it answers; `names` are those of its parameters."""

    names: Sequence[str]
    group: int | None = None  # of functions that share values; once one is asked about, all are

    def parts(self) -> list[Any]:
        """What crosses the boundary."""
        raise NotImplementedError

    def takes(self, arguments: Sequence[Any]) -> bool:
        """Whether it has an answer to these arguments."""
        raise NotImplementedError

    def answer(self, *arguments: Any) -> Any:
        """Its answer, a new array each time."""
        raise NotImplementedError

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Its answer, as of any function."""
        given = self.positional(arguments, keywords)
        if given is None:
            raise TypeError(f"expected the arguments {', '.join(self.names)}")
        return self.answer(*given)

    def positional(
        self, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Sequence[Any] | None:
        """The arguments of a call without names; None where they are others than its own."""
        if not keywords:
            return arguments if len(arguments) == len(self.names) else None
        missing = self.names[len(arguments) :]
        if len(arguments) + len(keywords) != len(self.names) or keywords.keys() != {*missing}:
            return None
        return (*arguments, *(keywords[name] for name in missing))


class Constant(Formula):
    """A function that always answers the same.

    With `axes`, it is an array full of the value, as long along the first axes as the first
    argument.
    """

    def __init__(self, value: Any, *names: str, axes: int = 0) -> None:
        self._value, self.names, self._axes = value, names, axes

    def parts(self) -> list[Any]:
        """See `Formula`."""
        return ["constant", self._value, list(self.names), self._axes]

    def takes(self, arguments: Sequence[Any]) -> bool:
        """Plain numbers and small arrays of them."""
        size = 0
        for argument in arguments:
            if type(argument) is np.ndarray or isinstance(argument, np.generic):
                if argument.dtype.kind not in "iuf":
                    return False
                size += argument.nbytes
            elif type(argument) not in (int, float):
                return False
        return size <= MAX_BYTES and (not self._axes or np.ndim(arguments[0]) >= self._axes)

    def answer(self, *arguments: Any) -> Any:
        """See `Formula`."""
        if self._axes:
            return np.full(np.shape(arguments[0])[: self._axes], self._value)
        return self._value.copy() if isinstance(self._value, np.ndarray) else self._value


class Slope(Formula):
    """The gradient of a bowl: curvatures times the way from its lowest point.

    Parameters
    ----------
    curvatures : float or numpy.ndarray
        One for all elements, one for each, or the Hessian of the elements in a row.
    lowest : numpy.ndarray
        The lowest point; the weights have its shape.
    """

    names = ("weights",)

    def __init__(self, curvatures: Any, lowest: Any) -> None:
        self._curvatures, self._lowest = np.asarray(curvatures, float), np.asarray(lowest, float)

    def parts(self) -> list[Any]:
        """See `Formula`."""
        return ["slope", self._curvatures, self._lowest]

    def takes(self, arguments: Sequence[Any]) -> bool:
        """Floats of the right shape."""
        return is_float(arguments[0], self._lowest.shape)

    def answer(self, *arguments: Any) -> Any:
        """See `Formula`."""
        off = np.asarray(arguments[0]) - self._lowest
        if self._curvatures.shape in ((), self._lowest.shape):
            return np.asarray(self._curvatures * off)
        return np.asarray(self._curvatures @ np.ravel(off)).reshape(self._lowest.shape)


class Course(Formula):
    """A loss by how many strides the weights went from a first place; a huge one elsewhere."""

    names = ("weights",)

    def __init__(self, losses: Sequence[float], first: Any, stride: float) -> None:
        self._losses, self._first, self._stride = losses, np.asarray(first, float), stride

    def parts(self) -> list[Any]:
        """See `Formula`."""
        return ["course", list(self._losses), self._first, self._stride]

    def takes(self, arguments: Sequence[Any]) -> bool:
        """Floats of the right shape."""
        return is_float(arguments[0], self._first.shape)

    def answer(self, *arguments: Any) -> Any:
        """See `Formula`."""
        strides = np.mean((self._first - np.asarray(arguments[0])) / self._stride)
        step = round(float(strides)) if np.isfinite(strides) else -1
        return self._losses[step] if 0 <= step < len(self._losses) else 9e9


def is_float(at: Any, shape: tuple[int, ...]) -> bool:
    is_float = type(at) in (np.ndarray, np.float64) and at.dtype == np.float64
    return is_float and at.shape == shape and bool(at.nbytes <= MAX_BYTES)


def told(calls: Sequence[tuple[Reference, Sequence[Any]]]) -> list[Any]:
    """What crosses of calls that were answered: their order, and by function their arguments.

    Arrays of one shape that were given for one parameter cross as one.
    """
    by_function: dict[Reference, list[Sequence[Any]]] = {}
    for function, arguments in calls:
        by_function.setdefault(function, []).append(arguments)
    places = {function: place for place, function in enumerate(by_function)}
    functions = [
        [function.number, list(function.names), list(map(_column, zip(*given, strict=True)))]
        for function, given in by_function.items()
    ]
    return [[places[function] for function, _ in calls], functions]


def heard(order: list[Any], functions: list[Any]) -> list[tuple[int, list[Any], list[Any]]]:
    """The same as it arrived: the number, the names and the calls of each function.

    Raises
    ------
    ProtocolError
        If it has another form, or the calls are not those of the order.
    """
    if len(order) > MAX_TOLD or not all(type(place) is int for place in order):
        raise ProtocolError("calls of no known form")
    found = []
    for place, function in enumerate(functions):
        match function:
            case [int(number), list(names), list(columns)]:
                found.append((number, names, _rows(columns, order.count(place))))
            case _:
                raise ProtocolError("calls of no known form")
    if sum(len(calls) for *_, calls in found) != len(order):
        raise ProtocolError("calls of no known form")
    return found


def _column(values: Sequence[Any]) -> Any:
    """What was given for one parameter: one array where all are arrays of one shape, or a list."""
    first = values[0]
    if type(first) is np.ndarray and first.ndim:
        form = first.dtype, first.shape
        if all(
            type(value) is np.ndarray and (value.dtype, value.shape) == form for value in values
        ):
            return np.array(values)
    return list(values)


def _rows(columns: list[Any], count: int) -> list[tuple[Any, ...]]:
    """What was given in each of so many calls."""
    for column in columns:
        if not isinstance(column, list) and not (isinstance(column, np.ndarray) and column.ndim):
            raise ProtocolError("calls of no known form")
        if len(column) != count or not count:
            raise ProtocolError("calls of no known form")
    return list(zip(*columns, strict=True)) if columns else [()] * count
