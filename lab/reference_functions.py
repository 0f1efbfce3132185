"""The functions of an earlier lesson: the learner's own where written, else the reference."""

import importlib
import inspect
from collections.abc import Iterable
from pkgutil import iter_modules
from types import CodeType, FunctionType, ModuleType, SimpleNamespace

import solutions

NOT_WRITTEN = "not written yet"


def earlier(module: ModuleType | SimpleNamespace) -> SimpleNamespace:
    """Functions and classes of a module, with the reference instead of those not yet written.

    A lesson that builds on an earlier one takes that lesson's functions from here, so that one
    gap never blocks what follows. A name counts as not written when it is missing from the
    module, when it is still a stub, or when it calls another of the module's names that is
    not written. One printed sentence names what was supplied; if nothing was, nothing is printed.

    Parameters
    ----------
    module : module
        One of the learner's modules, such as ``course.losses``.

    Returns
    -------
    types.SimpleNamespace
        One attribute for each public function and class of the reference module.

    Examples
    --------
    >>> from solutions import losses
    >>> earlier(losses).mean_squared_error is losses.mean_squared_error
    True
    """
    name = module.__name__.rpartition(".")[2]
    known = vars(reference(name))
    supplied = _not_written(module, known)
    chosen = {
        item: value if item in supplied else getattr(module, item) for item, value in known.items()
    }
    if supplied:
        named = "all of it" if len(supplied) == len(known) else _list(supplied)
        print(f"Until yours are in course/{name}.py, the reference supplies {named}.")
    return SimpleNamespace(__name__=module.__name__, **chosen)


def references(names: Iterable[str]) -> dict[str, object]:
    """The reference functions and classes of these names, of all modules; others are left out.

    Examples
    --------
    >>> sorted(references(["softmax", "Adam", "a_loss_of_my_own"]))
    ['Adam', 'softmax']
    """
    wanted = set(names)
    found: dict[str, object] = {}
    for module in iter_modules(solutions.__path__):
        found |= {n: item for n, item in vars(reference(module.name)).items() if n in wanted}
    return found


def reference(name: str) -> SimpleNamespace:
    """The functions and classes of a module as they are in the reference, the learner's aside.

    Examples
    --------
    >>> reference("losses").sigmoid(0.0)
    0.5
    """
    return SimpleNamespace(**_public(importlib.import_module(f"solutions.{name}")))


def _public(module: ModuleType) -> dict[str, object]:
    """Functions and classes that a module defines itself, in order of definition."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
    }


def _not_written(module: ModuleType | SimpleNamespace, reference: dict[str, object]) -> list[str]:
    """Names of the reference that the learner's module lacks, or cannot run yet."""
    functions = {name: _functions(getattr(module, name, None)) for name in reference}
    missing = {
        name
        for name, own in functions.items()
        if getattr(module, name, None) is None or any(_is_stub(function) for function in own)
    }
    found = True
    while found:  # a name that calls a missing one is missing too, and so on
        leaning = {
            name
            for name, own in functions.items()
            if name not in missing and any(missing & _calls(function) for function in own)
        }
        found = bool(leaning)
        missing |= leaning
    return [name for name in reference if name in missing]


def _functions(value: object) -> list[FunctionType]:
    """The plain functions behind a function, a decorated one, or the methods of a class."""
    members = (
        [item for _, item in inspect.getmembers_static(value)]
        if inspect.isclass(value)
        else [value]
    )
    unwrapped = [inspect.unwrap(item) for item in members if callable(item)]
    return [item for item in unwrapped if isinstance(item, FunctionType)]


def _is_stub(function: FunctionType) -> bool:
    return any(
        isinstance(constant, str) and constant.endswith(NOT_WRITTEN)
        for constant in function.__code__.co_consts
    )


def _calls(function: FunctionType) -> set[str]:
    """Names that a function looks up: globals, and attributes too, which does no harm here."""
    codes = [function.__code__]
    for code in codes:  # grows while it is read: functions and comprehensions inside
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return {name for code in codes for name in code.co_names}


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
