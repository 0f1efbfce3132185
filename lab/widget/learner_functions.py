"""The learner's functions, always as they are on disk now.

An experiment stays open while the learner edits ``course/``. `LearnerFunctions` holds the functions
(or classes) that were handed to the experiment and gives them back fresh: the modules of the
package are loaded again as soon as one of their files has changed. Functions defined in a notebook
cell are looked up again by name; anything else is kept as it was handed over.

An experiment calls a function hundreds of times a second, partly ahead of need. What it prints
would bury the notebook, and beyond a certain rate the server drops messages, the experiment's own
among them. The learner's modules are therefore loaded with `printed` instead of ``print``; where
learners call their functions themselves, in a cell, it prints as before.
"""

import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

PACKAGE = "course"

_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Inside this block, in this thread, `printed` prints nothing."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def printed(*values: Any, **options: Any) -> None:
    """Print as ``print`` does, except inside `quiet`.

    Examples
    --------
    >>> printed("step", 3)
    step 3
    >>> with quiet():
    ...     printed("step", 4)
    """
    if not _QUIET.get():
        print(*values, **options)


class FunctionGone(LookupError):
    """The module no longer holds the function that the experiment was given."""


class LearnerFunctions:
    """What the learner wrote, by name, reloaded when the files change.

    Parameters
    ----------
    **objects : callable
        Functions and classes, under the names by which the experiment asks for them.

    Attributes
    ----------
    version : int
        Grows by one whenever the code is seen to differ from what was seen before.
    folder : Path or None
        The folder of the learner's package, None if no object comes from it.

    Examples
    --------
    >>> learner = LearnerFunctions(square=lambda x: x * x)
    >>> learner.fresh()["square"](3)
    9
    >>> learner.look()
    1
    """

    def __init__(self, **objects: Any) -> None:
        self._given = objects
        self._current = dict(objects)
        self._seen: Hashable = None
        self._loaded: Hashable = None
        self.version = 0
        paths = [_source(given) for given in objects.values() if _from_package(given)]
        self.folder = next((path.parent for path in paths if path), None)

    @property
    def names(self) -> list[str]:
        """The names by which the experiment asks for its functions."""
        return list(self._given)

    def look(self) -> int:
        """Version of the code as it is now, without loading it."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self.version += 1
        return self.version

    def fresh(self, *, look: bool = True) -> dict[str, Any]:
        """All objects in their present version; without a `look`, in the one last seen.

        Raises
        ------
        FunctionGone
            If an object is no longer in its module.
        Exception
            Whatever the learner's module raises when it is loaded, a SyntaxError for instance.
        """
        if look:
            self.look()
        if self._seen != self._loaded:
            seen = self._seen
            self._current = self._load()
            self._loaded = seen
        return self._current

    def given(self) -> list[Any]:
        """The objects last loaded, without a look at the disk."""
        return list(self._current.values())

    def _stamp(self) -> Hashable:
        cells = tuple(_in_notebook(given) for given in self._given.values())
        folder = self.folder
        if folder is None:
            return cells
        return cells, tuple(sorted(_files(folder)))

    def _load(self) -> dict[str, Any]:
        current = {name: _in_notebook(given) for name, given in self._given.items()}
        if self.folder is not None:
            with _fresh_imports(self.folder):
                for name, given in self._given.items():
                    if _from_package(given):
                        current[name] = _again(given)
        return current


def _files(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Name, time of change, size and number of each module; in a hurry: asked at every picture."""
    try:
        entries = os.scandir(folder)
    except OSError:  # the whole folder is being replaced
        return
    with entries:
        for entry in entries:
            if not entry.name.endswith(".py"):
                continue
            try:
                status = entry.stat()
            except OSError:  # removed, or being replaced, between the two calls
                continue
            yield entry.name, status.st_mtime_ns, status.st_size, status.st_ino


def _from_package(given: Any) -> bool:
    module = getattr(given, "__module__", None) or ""
    return module == PACKAGE or module.startswith(PACKAGE + ".")


def _source(given: Any) -> Path | None:
    """The file of a function, or of a class by its methods.

    The module may be gone: loading again for one experiment forgets the modules of the others.
    """
    members = vars(given).values() if isinstance(given, type) else [given]
    codes = [getattr(inspect.unwrap(m), "__code__", None) for m in members if callable(m)]
    paths = [code.co_filename for code in codes if code is not None]
    paths.append(getattr(sys.modules.get(given.__module__), "__file__", None) or "")
    return next((Path(path) for path in paths if path.endswith(".py")), None)


def _in_notebook(given: Any) -> Any:
    """The object that a notebook cell now defines under the same name, else the same object."""
    if getattr(given, "__module__", None) != "__main__":
        return given
    latest = getattr(sys.modules["__main__"], getattr(given, "__name__", ""), given)
    return latest if callable(latest) else given


def _again(given: Any) -> Any:
    module: Any = importlib.import_module(given.__module__)
    found = module
    for part in given.__qualname__.split("."):
        if not hasattr(found, part):
            path = given.__module__.replace(".", "/") + ".py"
            raise FunctionGone(f"{path} has no `{given.__qualname__}` any more")
        found = getattr(found, part)
    return found


class _FreshLoader(SourceFileLoader):
    """Compiles the source at every load: a cached compilation knows times to the second only.

    The module gets a ``print`` that is silent while an experiment runs it.
    """

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["print"] = printed
        super().exec_module(module)

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


class _FreshFinder:
    """Finds the modules of the learner's package, and only those, beside its folder."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder.parent)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Spec of a module of the package, its loader replaced by one without a cache."""
        if fullname.split(".")[0] != PACKAGE:
            return None
        spec = PathFinder.find_spec(fullname, path or [self._root], target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader) and spec.origin:
            spec.loader = _FreshLoader(fullname, spec.origin)
        return spec


@contextmanager
def _fresh_imports(folder: Path) -> Iterator[None]:
    """Inside this block the package is imported again; if that fails, all is as before."""
    finder = _FreshFinder(folder)
    before = _loaded()
    _forget()
    importlib.invalidate_caches()
    sys.meta_path.insert(0, finder)
    try:
        yield
    except BaseException:
        _forget()
        sys.modules.update(before)
        raise
    finally:
        sys.meta_path.remove(finder)


def _loaded() -> dict[str, ModuleType]:
    """The modules of the learner's package that are loaded now."""
    modules = list(sys.modules.items())
    return {name: module for name, module in modules if name.split(".")[0] == PACKAGE}


def _forget() -> None:
    for name in _loaded():
        del sys.modules[name]
