"""What learners play with: every experiment is named, drawn, used in a lesson and pictured."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.maintain.verify.disagreement import Disagreement, not_imported, parsed

REGISTER = "lab/__init__.py"
EXPERIMENTS = "lab/experiments"
GALLERY = "docs/experiments.md"
FRONT_END = re.compile(r"""\b(?P<kind>script|style)\(['"](?P<name>\w+)['"]\)""")
FILES = {"script": "main.js", "style": "style.css"}


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Experiments that are not registered, or that lack a part."""
    modules: dict[str, ast.Module] = {}
    for path in [root / REGISTER, *sorted((root / EXPERIMENTS).glob("*.py"))]:
        where = path.relative_to(root).as_posix()
        try:
            modules[where] = parsed(root, where)
        except SyntaxError as error:
            yield not_imported(root, error)
    if REGISTER not in modules:
        return
    named = _named(modules[REGISTER])
    for where, module in modules.items():
        for node in module.body:
            if isinstance(node, ast.ClassDef) and _is_experiment(node):
                if where not in named.values():
                    yield Disagreement(
                        REGISTER,
                        f"names no experiment of {where}",
                        f"add its function to EXPERIMENTS in {REGISTER}",
                    )
                yield from _parts(root, where, node)
    yield from _uses(root, named, modules)


def _named(register: ast.Module) -> dict[str, str]:
    """The file of each experiment."""
    for node in register.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXPERIMENTS":
            homes = ast.literal_eval(node.value)
            return {name: home.replace(".", "/") + ".py" for name, home in homes.items()}
    return {}


def _is_experiment(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2] == "Experiment" for base in node.bases)


def _parts(root: Path, where: str, node: ast.ClassDef) -> Iterator[Disagreement]:
    methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for method in ("compute", "picture"):
        if method not in methods:
            yield Disagreement(
                where, f"`{node.name}` has no `{method}`", "see lab/widget/experiment.py"
            )
    for kind, name in FRONT_END.findall(ast.unparse(node)):
        front = f"lab/static/experiments/{name}/{FILES[kind]}"
        if not (root / front).is_file():
            yield Disagreement(front, f"there is no such file, and {where} asks for it", "write it")


def _uses(
    root: Path, named: dict[str, str], modules: dict[str, ast.Module]
) -> Iterator[Disagreement]:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (root / "lessons" / "sources").glob("*.py")
    )
    gallery = root / GALLERY
    pictured = gallery.read_text(encoding="utf-8") if gallery.is_file() else ""
    for name, where in named.items():
        unread = (root / where).is_file() and where not in modules
        if not unread and not _defines(modules.get(where), name):
            yield Disagreement(
                REGISTER, f"`{name}` is not in {where}", "write it, or take it out of EXPERIMENTS"
            )
        if f"{name}(" not in sources:
            yield Disagreement(where, f"no lesson uses `{name}`", "use it in lessons/sources/")
        if f"{name}(" not in pictured:
            yield Disagreement(GALLERY, f"does not show `{name}`", "add a section with its picture")


def _defines(module: ast.Module | None, name: str) -> bool:
    return module is not None and any(
        isinstance(node, ast.FunctionDef) and node.name == name for node in module.body
    )
