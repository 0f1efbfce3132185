"""Known wrong answers to an exercise, each written as what is different from the solution.

Most are slips: places of the solution's text, changed as a learner would have written them. The
others are functions of what the wrong function is given. A slip is a fact about the solution: where
the solution no longer holds the text that a slip changes, or holds it twice, the slip says so.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from types import CodeType, ModuleType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer to an exercise.

    Its answer is the wrong function or class, or with an attribute `takes_module` what makes it
    from the module that it is part of.
    """

    name: str  # which results keep
    exercise: str
    says: str  # to who made it: the cause and the next step, in one or two sentences
    read: str  # the heading of the lesson's section that explains it
    answer: Any


class Mistakes:
    """The known wrong answers to one exercise, those that are made most often first.

    `read` is the heading of the lesson's section that explains them, where they name no other.

    Examples
    --------
    >>> from solutions import losses
    >>> softmax = Mistakes(losses.softmax, read="Lesson 1, “Three classes or more: softmax”")
    >>> softmax.slip(
    ...     "softmax_with_one_maximum",
    ...     {"(logits, axis=-1, keepdims=True)": "(logits)"},
    ...     says="Each row has its own maximum: `axis=-1, keepdims=True`.",
    ... )
    >>> @softmax.instead(says="This is the logarithm. Return the probabilities themselves.")
    ... def softmax_logarithm(given: Given):
    ...     return np.log(given.right())
    >>> [mistake.name for mistake in softmax]
    ['softmax_with_one_maximum', 'softmax_logarithm']
    """

    def __init__(self, solution: Any, *, read: str) -> None:
        self._solution, self._read = solution, read
        self._written: list[Mistake] = []

    def __iter__(self) -> Iterator[Mistake]:
        return iter(self._written)

    def slip(
        self, name: str, changes: Mapping[str, str], *, says: str, read: str | None = None
    ) -> None:
        """Write down a mistake as changes of the solution's text; see `Slip`."""
        self._add(name, Slip(self._solution, changes), says, read)

    def instead(self, *, says: str, read: str | None = None) -> Callable[[Function], Function]:
        """Write down a mistake as a function of what the wrong function is given; see `Given`."""

        def add(function: Function) -> Function:
            self._add(function.__name__, Instead(self._solution.__name__, function), says, read)
            return function

        return add

    def _add(self, name: str, answer: Any, says: str, read: str | None) -> None:
        exercise = self._solution.__name__
        self._written.append(Mistake(name, exercise, says, read or self._read, answer))


def mistakes_written_in(module: ModuleType) -> tuple[Mistake, ...]:
    """All mistakes of a module, in the order in which they are written."""
    written = (value for value in vars(module).values() if isinstance(value, Mistakes))
    return tuple(mistake for mistakes in written for mistake in mistakes)


class Slip:
    """The solution with some places of its text changed, docstrings left out.

    The changes, what is written instead by what the solution says, are made in their order, and
    each must find its place exactly once.
    """

    takes_module = True

    def __init__(self, solution: Any, changes: Mapping[str, str]) -> None:
        self._solution, self._changes = solution, changes

    def __call__(self, home: ModuleType) -> Any:
        """The wrong function or class, as part of a module."""
        made: dict[str, Any] = {}
        exec(self._program, vars(home), made)  # noqa: S102 - our own solution, changed by us
        return made[self._solution.__name__]

    def with_another(self, other: "Slip") -> "Slip":
        """Both at once."""
        return Slip(self._solution, {**self._changes, **other._changes})

    @property
    def before(self) -> str:
        """The text that is changed: the solution's."""
        return text_without_docstrings(self._solution)

    @property
    def text(self) -> str:
        """The changed text; `ValueError` where what is to be changed is not there exactly once."""
        text = self.before
        for right, wrong in self._changes.items():
            if (count := text.count(right)) != 1:
                raise ValueError(
                    f"{self._solution.__name__}: a slip changes {right!r}, which is in the "
                    f"solution {count} times; it must be there once"
                )
            text = text.replace(right, wrong)
        return text

    @cached_property
    def _program(self) -> CodeType:
        return compile(self.text, f"<{self._solution.__name__} with a slip>", "exec")


@cache
def text_without_docstrings(solution: Any) -> str:
    """The text of a function or class without what its docstrings say."""
    text = textwrap.dedent(inspect.getsource(solution))
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            says = node.body[0]
            for number in range(says.lineno, (says.end_lineno or says.lineno) + 1):
                lines[number - 1] = ""
    return "".join(lines)


class Given:
    """What a wrong function is given: its arguments by name, defaults included.

    Examples
    --------
    >>> given = Given(round, {"number": 3.14159, "ndigits": 2})
    >>> given.number
    3.14159
    >>> given.right()
    3.14
    >>> given.right(ndigits=3)
    3.142
    """

    def __init__(self, solution: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
        self._solution, self._arguments = solution, arguments

    def __getattr__(self, name: str) -> Any:
        try:
            return self._arguments[name]
        except KeyError:
            raise AttributeError(f"there is no argument called {name}") from None

    def right(self, **changed: Any) -> Any:
        """What the solution answers, to some other arguments where they are named."""
        return self._solution(**{**self._arguments, **changed})


class Instead:
    """What makes the wrong function from one that takes a `Given`."""

    takes_module = True

    def __init__(self, exercise: str, function: Callable[[Given], Any]) -> None:
        self._exercise, self._function = exercise, function

    def __call__(self, home: ModuleType) -> Any:
        """The wrong function, as part of a module."""
        right = getattr(home, self._exercise)
        signature = inspect.signature(right)

        @wraps(right)
        def wrong(*arguments: Any, **named: Any) -> Any:
            bound = signature.bind(*arguments, **named)
            bound.apply_defaults()
            return self._function(Given(right, bound.arguments))

        return wrong
