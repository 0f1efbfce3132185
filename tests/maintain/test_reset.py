"""Starting over: one function, one module, one notebook, and nothing else of what was there."""

import ast
import json
from pathlib import Path

import pytest

from autograder.exercises.manifest import exercise, lesson
from autograder.maintain.make import solution_text, stub
from autograder.maintain.reset import NoReset, reset_function, reset_module, reset_notebook

SOFTMAX = exercise("softmax")
WRITTEN = """import numpy as np


@staticmethod
def softmax(logits):
    # mine
    return logits


def sigmoid(logits):
    return 1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A learner's folder whose losses.py is written by hand."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "losses.py").write_text(WRITTEN)
    return tmp_path


def unwritten(text: str, name: str) -> bool:
    (node,) = [node for node in ast.parse(text).body if getattr(node, "name", "") == name]
    return f"{name}: not written yet" in ast.unparse(node)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_reset_function_leaves_all_other_lines(root: Path, newline: str) -> None:
    path = root / "course" / "losses.py"
    path.write_bytes(WRITTEN.replace("\n", newline).encode())
    copy = reset_function(root, SOFTMAX)
    assert copy is not None
    assert copy.read_bytes() == WRITTEN.replace("\n", newline).encode()
    text = path.read_bytes().decode()
    assert text.count("\n") == text.count(newline)
    text = text.replace("\r\n", "\n")
    assert unwritten(text, "softmax")
    before, _, after = WRITTEN.partition("@staticmethod")
    assert text.startswith(before)
    assert text.endswith(after[after.index("\n\n\ndef sigmoid") :])
    assert reset_function(root, SOFTMAX) is None


def test_reset_function_puts_what_is_missing_at_the_end(root: Path) -> None:
    path = root / "course" / "losses.py"
    path.write_text("import numpy as np")
    reset_function(root, SOFTMAX)
    text = path.read_text()
    assert text.startswith("import numpy as np\n\n\ndef softmax")
    assert unwritten(text, "softmax")


def test_reset_function_refuses_a_module_that_python_cannot_read(root: Path) -> None:
    path = root / "course" / "losses.py"
    path.write_text("def softmax(logits:\n    return 1\n")
    with pytest.raises(NoReset, match=r"line 1, cannot be read: .*`descent reset losses.py`"):
        reset_function(root, SOFTMAX)
    assert len(list(path.parent.iterdir())) == 1


def test_reset_module_and_function_make_a_file_that_is_gone(root: Path) -> None:
    path = root / "course" / "losses.py"
    for again in (lambda: reset_module(root, "losses"), lambda: reset_function(root, SOFTMAX)):
        path.unlink()
        assert again() is None
        assert path.read_text(encoding="utf-8") == stub(solution_text("losses"), "losses")


def test_reset_notebook_keeps_a_changed_one(root: Path) -> None:
    welcome = lesson("0_welcome")
    path = root / "lessons" / "0_welcome.ipynb"
    assert reset_notebook(root, welcome) is None
    made = path.read_bytes()
    assert reset_notebook(root, welcome) is None
    notebook = json.loads(made)
    notebook["cells"][0]["source"] = "My notes"
    path.write_text(json.dumps(notebook))
    copy = reset_notebook(root, welcome)
    assert copy == path.with_name("0_welcome.kept-1.ipynb")
    assert "My notes" in copy.read_text()
    assert path.read_bytes() == made


def test_reset_notebook_leaves_an_assignment_to_nbgrader(root: Path) -> None:
    (root / "0_welcome.ipynb").write_text("{}")
    with pytest.raises(NoReset, match="nbgrader fetched"):
        reset_notebook(root, lesson("0_welcome"))
