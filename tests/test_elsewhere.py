"""What `docs/elsewhere.md` promises of containers, Binder and Colab, as far as it can be run."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "elsewhere.md").read_text(encoding="utf-8")
CELL = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
IN_A_KERNEL = """
import nbformat, sys
from nbclient import NotebookClient
cells = [nbformat.v4.new_code_cell(text) for text in sys.argv[1:]]
NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=300).execute()
print(cells[-1].outputs[0]["data"]["text/plain"], "not written yet" in str(cells[-1].outputs))
"""


def container() -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (ROOT / ".devcontainer" / "devcontainer.json").read_text()
    )
    return found


def tracked() -> list[str]:
    """What git keeps, a line each, with its mode."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a clone")
    listed = subprocess.run(["git", "ls-files", "-sz"], cwd=ROOT, capture_output=True, check=True)
    return listed.stdout.decode().rstrip("\0").split("\0")


def test_a_clone_fits_every_file_system() -> None:
    lines = tracked()
    assert len(lines) > 500
    assert [line for line in lines if line.startswith("120000")] == []  # symbolic links
    names = [line.partition("\t")[2] for line in lines]
    assert [name for name in names if re.search(r'[<>:"\\|?*]|[. ](/|$)', name)] == []
    reserved = re.compile(r"(^|/)(aux|con|nul|prn|com\d|lpt\d)(\.|/|$)", re.IGNORECASE)
    assert [name for name in names if reserved.search(name)] == []
    assert max(Counter(name.casefold() for name in names).values()) == 1


def test_container_and_binder_run_what_the_page_says() -> None:
    assert container()["postCreateCommand"] == "pip install uv && uv sync"
    assert "forwarded port 8888" in PAGE
    assert container()["forwardPorts"] == [8888]
    post_build = ROOT / ".binder" / "postBuild"
    assert os.access(post_build, os.X_OK)
    assert (ROOT / ".binder" / "runtime.txt").read_text() == "python-3.12\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize("host", ["devcontainer", "binder"])
def test_commands_of_a_container_set_up_a_fresh_copy(tmp_path: Path, host: str) -> None:
    copy = tmp_path / "first-descent"
    for line in tracked():
        name = line.partition("\t")[2]
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "python"], check=True)
    programs = tmp_path / "python" / "bin"
    kept = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    environment = kept | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = {"devcontainer": container()["postCreateCommand"], "binder": "./.binder/postBuild"}
    check = {"devcontainer": "uv run descent check distance", "binder": "descent check distance"}
    for line, status in ((command[host], 0), (check[host], 1)):
        done = subprocess.run(
            str(line), shell=True, cwd=copy, env=environment, capture_output=True, text=True
        )
        assert done.returncode == status, done.stdout + done.stderr
    assert "distance: not written yet" in done.stdout


@pytest.mark.exhaustive
@pytest.mark.slow
def test_first_cell_for_colab_leads_to_a_check(tmp_path: Path) -> None:
    assert CELL is not None
    install, *rest = CELL[1].splitlines()
    assert install == "%pip install -q first-descent"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    check = "from autograder import check\ncheck('distance')"
    done = subprocess.run(
        [sys.executable, "-c", IN_A_KERNEL, "\n".join(rest), check],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout == "0.0 True\n", done.stderr
    assert (tmp_path / "first-descent" / ".descent" / "progress.json").is_file()
