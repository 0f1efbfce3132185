"""Right answers get full marks, however they are written: the sandbox is in nobody's way."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from textwrap import dedent

import pytest

from autograder.exercises.manifest import exercises_in
from autograder.grading.budget import SUBMISSION
from autograder.grading.grade import grade
from autograder.maintain.make import solution_text
from autograder.sandbox.limits import Limits
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

MODULES = ("losses", "gradient_descent", "learning_rate", "optimizers", "training", "loss_curves")
Files = dict[str, str]
WAYS: dict[str, tuple[str, Callable[[str], Files]]] = {}


def way(*modules: str) -> Callable[[Callable[[str], Files]], Callable[[str], Files]]:
    """Declare an honest way of writing modules: takes a module's name, returns its files."""

    def declare(write: Callable[[str], Files]) -> Callable[[str], Files]:
        for module in modules:
            name = write.__name__.strip("_").replace("_", "-")
            WAYS[f"{name}-{module}"] = (module, write)
        return write

    return declare


def alone(module: str, code: str) -> Files:
    return {f"course/{module}.py": dedent(code)}


def after(module: str, code: str) -> Files:
    """The solution with something after it."""
    return {f"course/{module}.py": solution_text(module) + dedent(code)}


def before(module: str, code: str) -> Files:
    """The solution with something before it."""
    return {f"course/{module}.py": dedent(code) + solution_text(module)}


EVERY_FUNCTION = """

def _changed(function):
    @functools.wraps(function)
    def changed(*arguments, **keywords):
        {body}
    return changed

for _name, _value in list(globals().items()):
    if callable(_value) and not isinstance(_value, type) and not _name.startswith("_"):
        if getattr(_value, "__module__", "") == __name__:
            globals()[_name] = _changed(_value)
"""


def wrapped(module: str, imports: str, body: str) -> Files:
    """The solution, every function of which does something more."""
    return after(module, f"\n\nimport functools, {imports}\n" + EVERY_FUNCTION.format(body=body))


@way(*MODULES)
def _as_it_is(module: str) -> Files:
    return after(module, "")


@way(*MODULES)
def _prints(module: str) -> Files:
    return wrapped(
        module, "sys", "print('called', arguments); return function(*arguments, **keywords)"
    )


@way(*MODULES)
def _prints_to_standard_error(module: str) -> Files:
    body = "print('working…', file=sys.stderr); return function(*arguments, **keywords)"
    return wrapped(module, "sys", body)


@way(*MODULES)
def _warns(module: str) -> Files:
    quiet = "'sigmoid' in function.__name__ or warnings.warn('slow', DeprecationWarning)"
    return wrapped(module, "warnings", f"{quiet}; return function(*arguments, **keywords)")


@way("losses", "gradient_descent", "training")
def _slow_but_fine(module: str) -> Files:
    body = "sum(range(200_000)); return function(*arguments, **keywords)"
    return wrapped(module, "sys", body)


@way(*MODULES)
def _with_a_main_part(module: str) -> Files:
    return after(module, "\n\nif __name__ == '__main__':\n    raise SystemExit('run by itself')\n")


@way(*MODULES)
def _printing_at_import(module: str) -> Files:
    return before(module, "print('hello')\nprint('Grüße 👋')\n")


@way(*MODULES)
def _with_windows_lines(module: str) -> Files:
    return {f"course/{module}.py": solution_text(module).replace("\n", "\r\n")}


@way("losses", "optimizers")
def _with_tabs(module: str) -> Files:
    text = solution_text(module)
    return {f"course/{module}.py": re.sub(r"(?m)^( {4})+", lambda m: "\t" * (len(m[0]) // 4), text)}


@way("losses", "training")
def _with_star_imports_in_the_package(module: str) -> Files:
    return {**after(module, ""), "course/__init__.py": f"from course.{module} import *\n"}


@way("losses", "training")
def _in_a_helper_module(module: str) -> Files:
    return {
        f"course/{module}.py": "from .helpers.inner import *\nfrom course.helpers import ready\n",
        "course/helpers/__init__.py": "ready = True\n",
        "course/helpers/inner.py": solution_text(module),
    }


@way("losses")
def _with_everything_of_numpy(module: str) -> Files:
    return before(module, "from numpy import *\nimport numpy\n")


@way(*MODULES)
def _after_guarded_imports(module: str) -> Files:
    return before(
        module,
        """
        try:
            import matplotlib.pyplot as plt
        except ImportError:
            plt = None
        try:
            import scipy
        except ModuleNotFoundError:
            scipy = None
        import collections, dataclasses, functools, itertools, json, logging, math, os, pathlib
        import random, statistics, sys, tempfile, time, typing, warnings, copy, operator, enum
        logging.basicConfig(level=logging.DEBUG)
        logging.getLogger(__name__).warning("ready")
        """,
    )


@way("losses", "training")
def _logs_to_a_file(module: str) -> Files:
    body = "open('log.txt', 'a').write(function.__name__); return function(*arguments, **keywords)"
    return wrapped(module, "sys", body)


@way("losses", "loss_curves")
def _in_threads(module: str) -> Files:
    body = "return pool.submit(function, *arguments, **keywords).result()"
    head = "import concurrent.futures\npool = concurrent.futures.ThreadPoolExecutor(2)\n"
    files = wrapped(module, "sys", body)
    return {f"course/{module}.py": head + files[f"course/{module}.py"]}


@way("losses", "loss_curves", "learning_rate")
def _with_a_cache(module: str) -> Files:
    body = "return CACHE.setdefault(repr((function.__name__, arguments, keywords)), "
    body += "function(*arguments, **keywords))"
    files = wrapped(module, "sys", body)
    return {f"course/{module}.py": "CACHE = {}\n" + files[f"course/{module}.py"]}


@way("losses")
def _with_type_hints(module: str) -> Files:
    return before(
        module,
        """
        from __future__ import annotations
        from typing import Any, TypeAlias
        from numpy.typing import NDArray
        Array: TypeAlias = "NDArray[Any]"
        """,
    )


@way("losses")
def _by_scalars_and_small_arrays(module: str) -> Files:
    return after(
        module,
        """

        _mse, _bce, _cce = mean_squared_error, binary_cross_entropy, categorical_cross_entropy

        def mean_squared_error(predictions, targets):
            return np.array(_mse(predictions, targets))

        def binary_cross_entropy(probabilities, targets, epsilon=1e-12):
            return np.float64(_bce(probabilities, targets, epsilon))

        def categorical_cross_entropy(probabilities, targets, epsilon=1e-12, extra=None):
            return np.asarray(_cce(probabilities, targets, epsilon))[()]
        """,
    )


@way("losses")
def _by_fractions_and_decimals(module: str) -> Files:
    return after(
        module,
        """

        from decimal import Decimal
        from fractions import Fraction

        _mse, _bce = mean_squared_error, binary_cross_entropy

        def mean_squared_error(predictions, targets):
            return Fraction(_mse(predictions, targets))

        def binary_cross_entropy(probabilities, targets, epsilon=1e-12):
            return Decimal(_bce(probabilities, targets, epsilon))
        """,
    )


@way(*MODULES)
def _with_warnings_as_errors(module: str) -> Files:
    return before(module, "import warnings\nwarnings.simplefilter('error')\n")


@way("losses", "optimizers")
def _with_a_stream_of_its_own(module: str) -> Files:
    return before(
        module,
        """
        import contextlib, io, sys

        class Quiet(io.StringIO):
            def flush(self):
                raise NotImplementedError("there is nothing to flush")

        sys.stdout = Quiet()
        sys.stderr = None
        print("nobody hears this")
        """,
    )


@way("losses")
def _with_methods_of_a_class(module: str) -> Files:
    return after(
        module,
        """

        class Losses:
            @staticmethod
            def softmax(logits):
                logits = np.array(logits, dtype=np.longdouble)
                powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
                return (powers / powers.sum(axis=-1, keepdims=True)).astype(float)

            @classmethod
            def categorical_cross_entropy(cls, probabilities, targets, epsilon=1e-12):
                if np.shape(probabilities) != np.shape(targets):
                    raise ValueError("other shapes")
                logs = np.log(np.maximum(probabilities, epsilon))
                return -np.einsum("ij,ij->", np.asarray(targets, dtype=float), logs) / len(targets)

        softmax = Losses.softmax
        categorical_cross_entropy = Losses().categorical_cross_entropy
        """,
    )


@way("learning_rate", "loss_curves")
def _with_modern_python(module: str) -> Files:
    return before(
        module,
        """
        from __future__ import annotations

        import asyncio, enum, typing
        from collections import ChainMap, Counter, defaultdict, deque, namedtuple
        from functools import lru_cache, reduce, singledispatch

        class Verdict(enum.StrEnum):
            HIGH = "too high"

        async def nothing():
            return (größe := 1)

        assert asyncio.iscoroutinefunction(nothing)
        T = typing.TypeVar("T")
        """,
    )


@way("losses")
def _by_callable_objects(module: str) -> Files:
    return after(
        module,
        """

        import functools

        class Sigmoid:
            def __call__(self, logits):
                logits = np.asarray(logits, dtype=float)
                powers = np.exp(-np.abs(logits))
                return np.where(logits >= 0, 1.0, powers) / (1.0 + powers)

        sigmoid = Sigmoid()
        mean_squared_error = functools.partial(mean_squared_error)
        choose_loss = functools.partial(lambda other, output_type: _choose(output_type), None)

        def _choose(output_type):
            match output_type:
                case "continuous number":
                    return mean_squared_error
                case "two classes":
                    return binary_cross_entropy
                case "three or more classes":
                    return categorical_cross_entropy
            raise ValueError("one of: continuous number, two classes, three or more classes")
        """,
    )


@way("losses")
def _with_an_error_of_its_own(module: str) -> Files:
    return after(
        module,
        """

        class ShapeError(ValueError):
            def __str__(self):
                return "shapes: " + ValueError.__str__(self)

        _plain = mean_squared_error

        def mean_squared_error(predictions, targets):
            if np.shape(predictions) != np.shape(targets):
                raise ShapeError(np.shape(predictions), np.shape(targets)) from None
            return _plain(predictions, targets)
        """,
    )


@way("losses")
def _in_plain_python(module: str) -> Files:
    return after(
        module,
        """

        import math
        from itertools import chain

        def _flat(values):
            if not np.ndim(values):
                return [float(values)]
            return list(chain.from_iterable(map(_flat, values)))

        def mean_squared_error(predictions, targets):
            if np.shape(predictions) != np.shape(targets):
                raise ValueError("other shapes")
            pairs = list(zip(_flat(predictions), _flat(targets)))
            return math.fsum((p - t) ** 2 for p, t in pairs) / len(pairs)
        """,
    )


@way("optimizers")
def _as_dataclasses(module: str) -> Files:
    return after(
        module,
        """

        from dataclasses import dataclass, field

        @dataclass
        class SGD:
            learning_rate: float

            def update(self, weights, gradient):
                return np.subtract(weights, np.multiply(self.learning_rate, gradient), dtype=float)

        @dataclass(slots=True, eq=False)
        class Momentum:
            learning_rate: float
            momentum: float = 0.9
            _velocity: np.ndarray | None = field(default=None, repr=False)

            def update(self, weights, gradient):
                gradient = np.array(gradient, dtype=float)
                if self._velocity is not None:
                    gradient = gradient + self.momentum * self._velocity
                self._velocity = gradient
                return np.array(weights, dtype=float) - self.learning_rate * gradient
        """,
    )


@way("optimizers")
def _as_generators(module: str) -> Files:
    return after(
        module,
        """

        class Momentum:
            def __init__(self, learning_rate, momentum=0.9):
                def running():
                    velocity, moved = 0.0, None
                    while True:
                        weights, gradient = yield moved
                        velocity = momentum * velocity + np.array(gradient, dtype=float)
                        moved = np.array(weights, dtype=float) - learning_rate * velocity
                self._running = running()
                next(self._running)

            def update(self, weights, gradient):
                return self._running.send((weights, gradient))
        """,
    )


@way("training")
def _by_named_tuples_and_generators(module: str) -> Files:
    return after(
        module,
        """

        from typing import NamedTuple

        class Gradients(NamedTuple):
            inputs: np.ndarray
            weights: np.ndarray
            bias: np.ndarray

        class Pair(NamedTuple):
            inputs: np.ndarray
            targets: np.ndarray

        _backward, _batches = dense_backward, minibatches

        def dense_backward(output_gradient, inputs, weights):
            return Gradients(*_backward(output_gradient, inputs, weights))

        def minibatches(inputs, targets, batch_size, seed=0):
            for pair in _batches(inputs, targets, batch_size, seed):
                yield Pair(*pair)
        """,
    )


@way("training")
def _by_an_iterator_class(module: str) -> Files:
    return after(
        module,
        """

        _batches = minibatches

        class Batches:
            def __init__(self, *arguments):
                self._kept = list(_batches(*arguments))

            def __iter__(self):
                return map(list, self._kept)

        def minibatches(inputs, targets, batch_size, seed=0):
            return Batches(inputs, targets, batch_size, seed)
        """,
    )


@way("training", "optimizers")
def _with_the_global_generator(module: str) -> Files:
    return before(
        module,
        """
        import random
        import numpy
        random.seed(12)
        numpy.random.seed(12)
        numpy.random.normal(size=100)
        """,
    )


@way("gradient_descent")
def _overwriting_its_own_arrays(module: str) -> Files:
    return after(
        module,
        """

        def gradient_descent(gradient, start, learning_rate, steps):
            path = np.empty((steps + 1, *np.shape(start)))
            here = np.array(start, dtype=float)
            path[0] = here
            for step in range(steps):
                here -= learning_rate * gradient(here.copy())
                path[step + 1] = here
            return path
        """,
    )


@way("loss_curves")
def _with_truths_of_numpy(module: str) -> Files:
    return after(
        module,
        """

        _converged = has_converged

        def has_converged(losses, window=10, tolerance=0.01):
            return np.bool_(_converged(losses, window, tolerance))

        def accuracy(probabilities, targets):
            return np.mean(np.argmax(probabilities, axis=1) == np.argmax(targets, axis=1))
        """,
    )


@pytest.fixture(scope="module")
def usual(sandbox: Sandbox) -> Iterator[Sandbox]:
    """A sandbox with the limits that a class gets, but for the clock: the machine may be busy."""
    with closing(Sandbox(Limits(call_seconds=60.0, session_seconds=600.0))) as opened:
        yield opened


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize(("module", "write"), WAYS.values(), ids=WAYS.keys())
def test_right_answers_get_full_marks_however_they_are_written(
    module: str,
    write: Callable[[str], Files],
    usual: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient = SUBMISSION._replace(clock=600.0)
    monkeypatch.setattr("autograder.grading.grade.SUBMISSION", patient)
    files = {path: text.encode() for path, text in write(module).items()}
    exercises = [exercise for exercise in exercises_in(module) if not exercise.bonus]
    result = grade(Submission("ada", files), usual, exercises, "secret")
    unmet = [
        (criterion.name, criterion.message)
        for exercise in result.exercises
        for criterion in exercise.criteria
        if not criterion.passed
    ]
    assert unmet == []
    assert result.score == result.max_score
