"""What learners play with: every experiment is named, drawn, used in a lesson and pictured."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.maintain.verify.disagreement import (
    Disagreement,
    assigned,
    of_each,
    parsed,
    text_of,
)

REGISTER = "lab/__init__.py"
EXPERIMENTS = "lab/experiments"
GALLERY = "docs/experiments.md"


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Experiments that are not registered, or that lack a part."""
    modules: dict[str, ast.Module] = {}
    for path in [root / REGISTER, *sorted((root / EXPERIMENTS).glob("*.py"))]:
        where = path.relative_to(root).as_posix()
        tree = yield from parsed(root, where, "write it")
        if tree is not None:
            modules[where] = tree
    if REGISTER not in modules:
        return
    named = {
        name: home.replace(".", "/") + ".py"
        for name, home in assigned(modules[REGISTER], "EXPERIMENTS", {}).items()
    }
    for where, module in modules.items():
        for node in module.body:
            if isinstance(node, ast.ClassDef) and _is_experiment(node):
                if where not in named.values():
                    remedy = f"add its function to EXPERIMENTS in {REGISTER}"
                    yield Disagreement(REGISTER, f"names no experiment of {where}", remedy)
                yield from _parts(root, where, node)
    yield from _uses(root, named, modules)


def _is_experiment(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2] == "Experiment" for base in node.bases)


def _parts(root: Path, where: str, node: ast.ClassDef) -> Iterator[Disagreement]:
    methods = {method.name for method in node.body if isinstance(method, ast.FunctionDef)}
    lacking = [method for method in ("compute", "picture") if method not in methods]
    what = f"`{node.name}` has no `{{}}`"
    yield from of_each(lacking, where, what, "see lab/widget/experiment.py")
    for folder in (keyword.value for keyword in node.keywords if keyword.arg == "folder"):
        front = f"lab/static/experiments/{ast.literal_eval(folder)}/main.js"
        if not (root / front).is_file():
            yield Disagreement(front, f"there is no such file, and {where} asks for it", "write it")


def _uses(
    root: Path, named: Mapping[str, str], modules: Mapping[str, ast.Module]
) -> Iterator[Disagreement]:
    sources = "\n".join(map(text_of, (root / "lessons" / "sources").glob("*.py")))
    pictured = text_of(root / GALLERY)
    for name, where in named.items():
        unread = (root / where).is_file() and where not in modules
        if not unread and not _defines(modules.get(where), name):
            remedy = "write it, or take it out of EXPERIMENTS"
            yield Disagreement(REGISTER, f"`{name}` is not in {where}", remedy)
        if f"{name}(" not in sources:
            yield Disagreement(where, f"no lesson uses `{name}`", "use it in lessons/sources/")
        if f"{name}(" not in pictured:
            yield Disagreement(GALLERY, f"does not show `{name}`", "add a section with its picture")


def _defines(module: ast.Module | None, name: str) -> bool:
    return module is not None and any(
        isinstance(node, ast.FunctionDef) and node.name == name for node in module.body
    )
