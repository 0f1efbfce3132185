"""Which exercises a change of the learner's files may have changed."""

import ast
import re
from collections.abc import Sequence, Set

from autograder.exercises.manifest import EXERCISES, MODULES, Exercise, exercises_in
from autograder.submissions.submission import files_digest

IMPORTS = re.compile(rb"^[ \t]*(?:from|import)[ \t][^\n(]*(?:\([^)]*\))?", re.MULTILINE)
Parts = dict[str, tuple[str, set[str]]]
MODULE = frozenset({"*"})  # every exercise of it


def module_digest(module: str, files: dict[str, bytes]) -> str:
    """A fingerprint of a module and of the other files of the course that it names in imports."""
    names = {path.rpartition("/")[2].removesuffix(".py"): path for path in files}
    reached: set[str] = set()
    ahead = {path for name, path in names.items() if name == module}
    while ahead:
        reached |= ahead
        said = b" ".join(line for path in ahead for line in IMPORTS.findall(files[path]))
        words = {word.decode("ascii", "replace") for word in re.findall(rb"\w+", said)}
        ahead = {path for name, path in names.items() if name in words} - reached
    return files_digest({path: files[path] for path in reached})


def digests(files: dict[str, bytes]) -> dict[str, str]:
    """The fingerprint of each module of the course."""
    return {module: module_digest(module, files) for module in MODULES}


def affected(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The exercises whose own code, or code that they use, differs between two states of files.

    Bonus exercises are never among them: they take too long to be checked at each save.

    Parameters
    ----------
    before, after : dict
        Content by path, with forward slashes; the modules are under ``course/``.

    Returns
    -------
    list of str
        Names in course order.

    Examples
    --------
    >>> old = b"def distance(a, b):\\n    return 0\\n"
    >>> affected({"course/welcome.py": old}, {"course/welcome.py": old + b"# a remark"})
    []
    >>> affected({"course/welcome.py": old}, {"course/welcome.py": old.replace(b"0", b"a - b")})
    ['distance']
    """
    old, new = digests(before), digests(after)
    names: set[str] = set()
    for module in MODULES:
        if old[module] == new[module]:
            continue
        path = f"course/{module}.py"
        counted = [exercise for exercise in exercises_in(module) if not exercise.bonus]
        alone = module_digest(module, before | {path: after.get(path, b"")}) == new[module]
        reached = _reached(counted, before.get(path), after.get(path)) if alone else MODULE
        names |= {
            exercise.name for exercise in counted if reached is MODULE or exercise.name in reached
        }
    return [exercise.name for exercise in EXERCISES if exercise.name in names]


def _reached(exercises: Sequence[Exercise], before: bytes | None, after: bytes | None) -> Set[str]:
    """The names that a change of one module reaches: changed definitions, and those using them."""
    try:
        old, new = _parts(before or b""), _parts(after or b"")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return MODULE
    if _text(old, "") != _text(new, ""):  # imports, constants
        return MODULE
    reached = {name for name in {*old, *new} if _text(old, name) != _text(new, name)}
    uses = {name: set(used) for name, (_, used) in new.items()}
    for exercise in exercises:
        uses.setdefault(exercise.name, set()).update(exercise.builds_on)
    while more := {name for name, used in uses.items() if used & reached} - reached:
        reached |= more
    return reached


def _parts(source: bytes) -> Parts:
    """For each definition at the top, its syntax and the names that it uses; the rest under ''."""
    parts: Parts = {}
    loose = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
            text, known = parts.get(node.name, ("", set()))
            parts[node.name] = (text + ast.dump(node), known | used)
        else:
            loose.append(ast.dump(node))
    parts[""] = ("\n".join(loose), set())
    return parts


def _text(parts: Parts, name: str) -> str:
    return parts[name][0] if name in parts else ""
