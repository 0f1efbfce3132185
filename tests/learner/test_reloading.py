"""Saving a module that does not load: one line, no traceback, and the notebook stays alive."""

import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOK = """
import os, sys
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
module = Path("course/welcome.py")


def cell(text):
    print("<", flush=True)
    assert shell.run_cell(text).success
    sys.stderr.flush()
    print(">", flush=True)


def save(text):
    module.write_text(text)
    later = module.stat().st_mtime + save.calls  # times may be as coarse as a second
    save.calls += 1
    os.utime(module, (later, later))


save.calls = 1
save("VALUE = 1\\n")
cell("%load_ext autoreload\\n%autoreload 2")
cell("from autograder import check\\nfrom course import welcome")
for text in {texts!r}:
    save(text)
    cell("print(welcome.VALUE)")
    cell("print(welcome.VALUE)")
"""


def cells(folder: Path, *texts: str) -> list[list[str]]:
    """What each cell prints, both streams as one, where the module is saved before every other."""
    (folder / "course").mkdir()
    (folder / "course" / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-u", "-c", NOTEBOOK.replace("{texts!r}", repr(texts))],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout
    parts = done.stdout.split("<\n")[1:]
    return [part.partition(">\n")[0].splitlines() for part in parts][2:]


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "VALUE = (2\n",
            "course/welcome.py, line 1, cannot be read: '(' was never closed.",
        ),
        (
            "VALUE = valu\n",
            "course/welcome.py does not load: NameError: name 'valu' is not defined.",
        ),
        pytest.param(
            "while True:\n    pass\n",
            "course/welcome.py does not load: no answer within 5 s. "
            "Is there a loop that does not end?",
            marks=pytest.mark.exhaustive,  # and it takes these 5 s
        ),
    ],
    ids=["a bracket", "a name", "an endless loop"],
)
def test_module_that_does_not_load_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    printed = cells(tmp_path, text, "VALUE = 3\n")
    assert printed == [[f"{said} The notebook keeps the version before.", "1"], ["1"], ["3"], ["3"]]


def test_module_that_loads_reaches_the_notebook(tmp_path: Path) -> None:
    assert cells(tmp_path, "VALUE = 2\n", "VALUE = 3\n") == [["2"], ["2"], ["3"], ["3"]]
