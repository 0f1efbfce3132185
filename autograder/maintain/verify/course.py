"""What learners write: the solutions, the manifest, the hints, and the files made from them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_in
from autograder.maintain.make import NotMade, made_files
from autograder.maintain.verify.disagreement import (
    MANIFEST,
    Disagreement,
    assigned,
    of_each,
    parsed,
)

Definition = ast.FunctionDef | ast.ClassDef


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Solutions that lack something, and made files that are not what would be made now."""
    readable = True
    for lesson in LESSONS:
        where = f"solutions/{lesson.module}.py"
        tree = yield from parsed(root, where, "write the lesson's functions")
        if tree is None:
            readable = False
        else:
            yield from _written(where, tree, lesson.module)
    yield from _hints()
    if readable:
        yield from _made(root)


def _written(where: str, tree: ast.Module, module: str) -> Iterator[Disagreement]:
    written = _public(tree)
    names = [definition.name for definition in written]
    wanted = [exercise.name for exercise in exercises_in(module)]
    lost, further = sorted({*wanted} - {*names}), sorted({*names} - {*wanted})
    remedy = f"write it, or take it out of {MANIFEST}"
    yield from of_each(lost, where, "`{}` is not there", remedy)
    yield from of_each(further, where, "`{}` is not in the manifest", f"add it to {MANIFEST}")
    if not lost and not further and wanted != names:
        remedy = "put both in course order"
        yield Disagreement(where, "the order differs from the manifest's", remedy)
    if assigned(tree, "__all__", []) != names:
        remedy = "name them there, in order"
        yield Disagreement(where, "__all__ does not name its exercises in order", remedy)
    for definition in written:
        if definition.name in wanted:
            yield from _documented(where, definition)


def _documented(where: str, definition: Definition) -> Iterator[Disagreement]:
    name, docstring = definition.name, ast.get_docstring(definition)
    if docstring is None:
        remedy = "write it: it is the assignment that the learner reads"
        yield Disagreement(where, f"`{name}` has no docstring", remedy)
        return
    if ">>>" not in docstring:
        remedy = "add examples worked by hand"
        yield Disagreement(where, f"the docstring of `{name}` has no example", remedy)
    methods = _public(definition) if isinstance(definition, ast.ClassDef) else []
    silent = [f"{name}.{method.name}" for method in methods if ast.get_docstring(method) is None]
    remedy = "say in it what the method takes and returns"
    yield from of_each(silent, where, "`{}` has no docstring", remedy)


def _public(tree: ast.Module | ast.ClassDef) -> list[Definition]:
    definitions = (node for node in tree.body if isinstance(node, Definition))
    return [definition for definition in definitions if not definition.name.startswith("_")]


def _hints() -> Iterator[Disagreement]:
    for exercise in EXERCISES:
        if len({hint for hint in exercise.hints if hint.strip()}) != 3:
            yield Disagreement(
                f"autograder/exercises/{exercise.module}/hints.py",
                f"`{exercise.name}` has no ladder of three hints",
                "write a nudge, the idea and nearly the code",
            )


def _made(root: Path) -> Iterator[Disagreement]:
    try:
        files = made_files(root)
    except NotMade:  # an exercise without a docstring: that is reported already
        return
    for made in files:
        if not made.current:
            state = "was edited" if made.edited else "is not up to date"
            where, source = (path.relative_to(root).as_posix() for path in (made.path, made.source))
            remedy = "change the source, then run `descent make`"
            yield Disagreement(where, f"{state}: it is made from {source}", remedy)
