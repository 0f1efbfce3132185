"""What learners play with: every experiment is named, drawn, used in a lesson and pictured."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.verifying.disagreement import Disagreement

REGISTER = "lab/__init__.py"
GALLERY = "docs/experiments.md"
FRONT_END = re.compile(r"""\b(?P<kind>script|style)\("(?P<name>\w+)"\)""")
SUFFIXES = {"script": "js", "style": "css"}


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Experiments that are not registered, or that lack a part."""
    named = _named(root)
    homes = set(named.values())
    for path in sorted((root / "lab").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and _is_experiment(node):
                where = f"lab/{path.name}"
                if f"lab.{path.stem}" not in homes:
                    yield Disagreement(
                        REGISTER,
                        f"names no experiment of {where}",
                        f"add its function to EXPERIMENTS and __all__ in {REGISTER}",
                    )
                yield from _parts(root, where, node, text)
    yield from _uses(root, named)


def _named(root: Path) -> dict[str, str]:
    for node in ast.parse((root / REGISTER).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXPERIMENTS":
            return dict(ast.literal_eval(node.value))
    return {}


def _is_experiment(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2] == "Experiment" for base in node.bases)


def _parts(root: Path, where: str, node: ast.ClassDef, text: str) -> Iterator[Disagreement]:
    methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for method in ("compute", "picture"):
        if method not in methods:
            yield Disagreement(where, f"`{node.name}` has no `{method}`", "see lab/experiment.py")
    for kind, name in FRONT_END.findall(text):
        front = f"lab/static/{name}.{SUFFIXES[kind]}"
        if not (root / front).is_file():
            yield Disagreement(front, f"there is no such file, and {where} asks for it", "write it")


def _uses(root: Path, named: dict[str, str]) -> Iterator[Disagreement]:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (root / "lessons" / "sources").glob("*.py")
    )
    gallery = root / GALLERY
    pictured = gallery.read_text(encoding="utf-8") if gallery.is_file() else ""
    for name, home in named.items():
        where = home.replace(".", "/") + ".py"
        if not (root / where).is_file() or not _defines(root / where, name):
            yield Disagreement(
                REGISTER, f"`{name}` is not in {where}", "write it, or take it out of EXPERIMENTS"
            )
        if f"{name}(" not in sources:
            yield Disagreement(where, f"no lesson uses `{name}`", "use it in lessons/sources/")
        if f"{name}(" not in pictured:
            yield Disagreement(GALLERY, f"does not show `{name}`", "add a section with its picture")


def _defines(path: Path, name: str) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in body)
