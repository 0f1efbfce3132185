"""The mutants of one module of solutions, each tried against the checks of that module.

`mutation.py` starts this in a copy of the project, which comes first on the import path. Cosmic Ray
makes the mutants, with its own operators and with two more: a statement or a named argument is left
out. Each is written to the file of the copy; the checks run under pytest in a fork of this process,
which has NumPy, pytest and the grader loaded, but no solution. For each mutant a line of JSON says
what was changed and how the checks ended.
"""

import ast
import difflib
import importlib
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import parso
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names

MIN_SECONDS, TIMES_AS_LONG = 10.0, 10.0  # how long checks of a mutant may take
MEMORY = 4 * 2**30
PASSED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
PLAIN = "addopts=-q --import-mode=importlib"  # in this process, and without plugins


class StatementLeftOut(Operator):
    """An operator that puts `pass` instead of a statement in a function."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """The place of a statement in a function, unless it is a docstring."""
        stands = node.type == "simple_stmt" and node.children[0].type != "string"
        if stands and node.search_ancestor("funcdef"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The statement that does nothing."""
        nothing = parso.parse("pass\n").children[0]
        nothing.get_first_leaf().prefix = node.get_first_leaf().prefix
        return nothing

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """One before and after."""
        return (Example("def f():\n    g()\n", "def f():\n    pass\n"),)


class ArgumentLeftOut(Operator):
    """An operator that leaves out a named argument of a call."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """The place of a named argument."""
        if node.type == "argument" and node.children[1] == "=":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> None:
        """Nothing, and no comma before it."""
        siblings = node.parent.children
        before = siblings[siblings.index(node) - 1]
        if before == ",":
            before.value = ""

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """One before and after."""
        return (Example("f(a, key=b)", "f(a)"),)


def operators() -> list[Operator]:
    """Cosmic Ray's operators that need no settings, and the two of this module."""
    named = [get_operator(name) for name in operator_names()]
    kinds = [*(kind for kind in named if not kind.arguments()), StatementLeftOut, ArgumentLeftOut]
    return sorted((kind() for kind in kinds), key=lambda pair: type(pair).__name__)


def mutants(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line number and the text of each mutant that Python can read, once."""
    original = file.read_text(encoding="utf-8")
    known = {ast.dump(ast.parse(original))}
    nodes = list(ast_nodes(get_ast(original)))
    for operator in operators():
        places = [place for node in nodes for place, _ in operator.mutation_positions(node)]
        for occurrence, (line, _) in enumerate(places):
            mutated = mutate_code(original, operator, occurrence)
            try:
                meaning = ast.dump(ast.parse(mutated))
            except SyntaxError:
                continue
            if meaning not in known:
                known.add(meaning)
                yield line, mutated


def home_of(line: int, tree: ast.Module) -> str:
    """The function at a line, with the class or function around it."""
    names, inside = [], True
    body: list[ast.stmt] = tree.body
    while inside:
        inside = False
        for method in body:
            if isinstance(method, (ast.FunctionDef, ast.ClassDef)) and (
                method.lineno <= line <= (method.end_lineno or 0)
            ):
                names.append(method.name)
                body, inside = method.body, True
                break
    return ".".join(names)


def changed_line(original: str, mutated: str) -> tuple[str, str]:
    """The line that differs, before and after, with single spaces."""
    lines = list(difflib.ndiff(original.splitlines(), mutated.splitlines()))
    before = [" ".join(line[2:].split()) for line in lines if line.startswith("- ")]
    after = [" ".join(line[2:].split()) for line in lines if line.startswith("+ ")]
    return " / ".join(before), " / ".join(after)


def outcome(checks: str, seconds: float, function: str = "") -> str:
    """How the checks end in a fork of this process: survived, killed or timed out.

    Those that name the function come first, since they are the likeliest to notice.
    """
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        status = 1
        try:
            usual = ["-x", "-p", "no:cacheprovider", "-o", PLAIN, checks]
            status = int(pytest.main([*usual, "-k", function]))
            if status in PASSED:
                status = int(pytest.main(usual))
        finally:
            os._exit(status)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "killed" if os.waitstatus_to_exitcode(status) else "survived"
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


def main() -> None:
    """Try the mutants of one module, or one in so many of them."""
    module, every, left_out = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    file, checks = Path(f"solutions/{module}.py"), f"autograder/exercises/{module}/checks.py"
    found = importlib.util.find_spec("solutions")
    assert found is not None
    assert found.origin == str(Path("solutions/__init__.py").resolve()), "the copy comes first"
    importlib.import_module(f"autograder.exercises.{module}.checks")
    importlib.import_module("autograder.exercises.registry")
    assert not [name for name in sys.modules if name.startswith("solutions.")], "loaded too early"
    sys.dont_write_bytecode = True  # two mutants written in one second would look the same
    original = file.read_text(encoding="utf-8")
    started = time.monotonic()
    if outcome(checks, 600.0) != "survived":
        sys.exit(f"the checks of {module} do not hold for the solutions as they are")
    seconds = MIN_SECONDS + TIMES_AS_LONG * (time.monotonic() - started)
    tree = ast.parse(original)
    for line, mutated in islice(mutants(file), 0, None, every):
        function = home_of(line, tree)
        if function.split(".")[0] in left_out:
            continue
        before, after = changed_line(original, mutated)
        file.write_text(mutated, encoding="utf-8")
        change: dict[str, Any] = {"function": function, "before": before, "after": after}
        change["outcome"] = outcome(checks, seconds, function.split(".")[0])
        print(json.dumps(change), flush=True)
    file.write_text(original, encoding="utf-8")


if __name__ == "__main__":
    main()
