"""What learners write: the solutions, the manifest, the hints, and the files made from them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_in
from autograder.maintain.make import NotMade, made_files
from autograder.maintain.verify.disagreement import Disagreement, not_imported, parsed

Written = ast.FunctionDef | ast.ClassDef


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Solutions that lack something, and made files that are not what would be made now."""
    readable = True
    for lesson in LESSONS:
        where = f"solutions/{lesson.module}.py"
        try:
            tree = parsed(root, where)
        except OSError:
            yield Disagreement(where, "there is no such file", "write the lesson's functions")
            readable = False
        except SyntaxError as error:
            yield not_imported(root, error)
            readable = False
        else:
            yield from _written(where, tree, lesson.module)
    yield from _hints()
    if readable:
        yield from _made(root)


def _written(where: str, tree: ast.Module, module: str) -> Iterator[Disagreement]:
    written = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    names = [node.name for node in written]
    wanted = [each.name for each in exercises_in(module)]
    for name in sorted(set(wanted) - set(names)):
        yield Disagreement(
            where,
            f"`{name}` is not there",
            "write it, or take it out of autograder/exercises/manifest.py",
        )
    for name in sorted(set(names) - set(wanted)):
        yield Disagreement(
            where, f"`{name}` is not in the manifest", "add it to autograder/exercises/manifest.py"
        )
    if set(wanted) == set(names) and wanted != names:
        yield Disagreement(
            where, "the order differs from the manifest's", "put both in course order"
        )
    if _named_in_all(tree) != names:
        yield Disagreement(
            where, "__all__ does not name its exercises in order", "name them there, in order"
        )
    for node in written:
        if node.name in wanted:
            yield from _documented(where, node)


def _documented(where: str, node: Written) -> Iterator[Disagreement]:
    if ast.get_docstring(node) is None:
        yield Disagreement(
            where,
            f"`{node.name}` has no docstring",
            "write it: it is the assignment that the learner reads",
        )
        return
    if ">>>" not in (ast.get_docstring(node) or ""):
        yield Disagreement(
            where, f"the docstring of `{node.name}` has no example", "add examples worked by hand"
        )
    for method in node.body if isinstance(node, ast.ClassDef) else []:
        if (
            isinstance(method, ast.FunctionDef)
            and not method.name.startswith("_")
            and ast.get_docstring(method) is None
        ):
            yield Disagreement(
                where,
                f"`{node.name}.{method.name}` has no docstring",
                "say in it what the method takes and returns",
            )


def _named_in_all(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def _hints() -> Iterator[Disagreement]:
    for each in EXERCISES:
        if len({hint for hint in each.hints if hint.strip()}) != 3:
            yield Disagreement(
                f"autograder/exercises/{each.module}/hints.py",
                f"`{each.name}` has no ladder of three hints",
                "write a nudge, the idea and nearly the code",
            )


def _made(root: Path) -> Iterator[Disagreement]:
    try:
        made = made_files(root)
    except NotMade:  # an exercise without a docstring: that is told already
        return
    for each in made:
        if not each.current:
            state = "was edited" if each.edited else "is not up to date"
            where, source = each.path.relative_to(root), each.source.relative_to(root)
            yield Disagreement(
                where.as_posix(),
                f"{state}: it is made from {source.as_posix()}",
                "change the source, then run `descent make`",
            )
