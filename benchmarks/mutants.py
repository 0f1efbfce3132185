"""The mutants of one module of solutions, each tried against the checks of that module.

`mutation.py` starts this in a copy of the project, which comes first on the import path. Cosmic Ray
says what can be changed and changes the file of the copy; the checks run under pytest in a fork of
this process, which has NumPy, pytest and the grader loaded, but no solution. For each mutant a line
of JSON says what was changed and how the checks ended.
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
from pathlib import Path
from typing import Any

import pytest
from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db

LEAST_SECONDS, TIMES_AS_LONG = 10.0, 10.0  # how long checks of a mutant may take
MEMORY = 4 * 2**30


def mutants(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line number and the text of each mutant that Python can read, once."""
    original = file.read_text(encoding="utf-8")
    known = {ast.dump(ast.parse(original))}
    with use_db(":memory:", WorkDB.Mode.create) as plan:
        init([file], plan, {})
        wanted = [each for item in plan.work_items for each in item.mutations]
    for each in sorted(wanted, key=lambda one: (one.start_pos, one.operator_name, one.occurrence)):
        operator = get_operator(each.operator_name)(**each.operator_args)
        mutated = mutate_code(original, operator, each.occurrence)
        try:
            meaning = ast.dump(ast.parse(mutated))
        except SyntaxError:
            continue
        if meaning not in known:
            known.add(meaning)
            yield each.start_pos[0], mutated


def home_of(line: int, tree: ast.Module) -> str:
    """The function at a line, with the class or function around it."""
    names, inside = [], True
    body: list[ast.stmt] = tree.body
    while inside:
        inside = False
        for each in body:
            if isinstance(each, (ast.FunctionDef, ast.ClassDef)) and (
                each.lineno <= line <= (each.end_lineno or 0)
            ):
                names.append(each.name)
                body, inside = each.body, True
                break
    return ".".join(names)


def changed_line(original: str, mutated: str) -> tuple[str, str]:
    """The line that differs, before and after, with single spaces."""
    lines = list(difflib.ndiff(original.splitlines(), mutated.splitlines()))
    before = [" ".join(line[2:].split()) for line in lines if line.startswith("- ")]
    after = [" ".join(line[2:].split()) for line in lines if line.startswith("+ ")]
    return " / ".join(before), " / ".join(after)


def outcome(checks: str, seconds: float) -> str:
    """How the checks end in a fork of this process: survived, killed or timed out."""
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        status = 1
        try:
            status = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", checks]))
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
    """Try the mutants of one module."""
    module, left_out = sys.argv[1], sys.argv[2:]
    file, checks = Path(f"solutions/{module}.py"), f"autograder/checks/{module}.py"
    found = importlib.util.find_spec("solutions")
    assert found is not None
    assert found.origin == str(Path("solutions/__init__.py").resolve()), "the copy comes first"
    importlib.import_module(f"autograder.checks.{module}")
    importlib.import_module("autograder.catalogue")
    assert not [name for name in sys.modules if name.startswith("solutions.")], "loaded too early"
    sys.dont_write_bytecode = True  # two mutants written in one second would look the same
    original = file.read_text(encoding="utf-8")
    started = time.monotonic()
    if outcome(checks, 600.0) != "survived":
        sys.exit(f"the checks of {module} do not hold for the solutions as they are")
    seconds = LEAST_SECONDS + TIMES_AS_LONG * (time.monotonic() - started)
    tree = ast.parse(original)
    for line, mutated in mutants(file):
        function = home_of(line, tree)
        if function.split(".")[0] in left_out:
            continue
        before, after = changed_line(original, mutated)
        file.write_text(mutated, encoding="utf-8")
        told: dict[str, Any] = {"function": function, "before": before, "after": after}
        print(json.dumps({**told, "outcome": outcome(checks, seconds)}), flush=True)
    file.write_text(original, encoding="utf-8")


if __name__ == "__main__":
    main()
