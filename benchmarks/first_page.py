"""What a learner waits for: the installation, the first page, a command in the terminal.

Run it with ``uv run python benchmarks/first_page.py``; it needs Chromium and downloads two
environments, one with this project's wheel and what it needs, one with only JupyterLab. It prints
for both the packages, the megabytes to download and those on disk. Then both servers are started in
turn, and a fresh browser opens the page that each shows first, until the page can be used: with
`descent lab` until the lesson's first cell is there, with a bare `jupyter lab` until its launcher
is. Last it times commands of a learner against ``python -c "import numpy"``. The ratios count; the
seconds are those of a machine as busy as it is.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
TOKEN = "only-for-this"
PATIENCE = 180.0
OURS, BARE = "descent", "jupyter lab"
FIRST = {OURS: ".jp-Notebook .jp-Cell", BARE: ".jp-Launcher-body"}
COMMANDS = (("--help",), ("status",), ("check", "softmax"))
GOALS = {"packages": 120, "MB to download": 110, "MiB on disk": 300}


def run(*command: str | Path, **options: Any) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, **options)
    return done.stdout.decode()


def installed(wanted: str, place: Path) -> dict[str, float]:
    """Install into a new environment; what that takes, in the goals' units."""
    python = place / "bin" / "python"
    run("uv", "venv", "--quiet", "--seed", "--python", sys.executable, place)
    before = _bytes_in(place)
    started = time.perf_counter()
    run("uv", "pip", "install", "--quiet", "--link-mode=copy", "--python", python, wanted)
    seconds = time.perf_counter() - started
    after = _bytes_in(place)
    listed = run("uv", "pip", "freeze", "--python", python).splitlines()
    others = [
        line for line in listed if line.partition("==")[0] not in ("pip", "setuptools", "wheel")
    ]
    with tempfile.TemporaryDirectory() as folder:
        published = [line for line in others if " @ " not in line]
        run(python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *published)
        wheels = sum(path.stat().st_size for path in Path(folder).iterdir())
    own = sum(Path(line.partition("file://")[2]).stat().st_size for line in others if " @ " in line)
    return {
        "packages": len(others),
        "MB to download": (wheels + own) / 1e6,
        "MiB on disk": (after[0] - before[0]) / 2**20,
        "MiB in blocks of the disk": (after[1] - before[1]) / 2**20,
        "seconds to install": seconds,
    }


def _bytes_in(folder: Path) -> tuple[int, int]:
    found = [path.lstat() for path in folder.rglob("*")]
    return sum(stat.st_size for stat in found), sum(stat.st_blocks * 512 for stat in found)


@contextmanager
def server(command: Sequence[str | Path], folder: Path) -> Iterator[str]:
    """The address of a server that answers; it is stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    options += ["--allow-root"]
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*map(str, command), *options], cwd=folder, env=kept | own, stdout=log, stderr=log
        )
    try:
        address, end = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
            except (urllib.error.URLError, OSError):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((folder / "server.log").read_text()) from None
                time.sleep(0.02)
            else:
                break
        yield address
    finally:
        process.terminate()
        process.wait(60)


def first_page(name: str, environment: Path, browser: Browser) -> tuple[float, float, float]:
    """Seconds until the server answers, until its first page can be used, until its kernel can."""
    with tempfile.TemporaryDirectory(prefix="first page ") as text:
        folder = Path(text)
        command: list[str | Path] = [environment / "bin" / "jupyter", "lab"]
        page_of = "/lab"
        if name == OURS:
            (folder / "lessons").mkdir()
            (folder / "course").mkdir()
            shutil.copy(ROOT / "lessons" / "1_loss_functions.ipynb", folder / "lessons")
            shutil.copy(ROOT / "course" / "losses.py", folder / "course")
            command = [environment / "bin" / "descent", "lab", "1"]
            page_of = "/lab/workspaces/lesson-1"
        started = time.perf_counter()
        with server(command, folder) as address:
            answers = time.perf_counter() - started
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(f"{address}{page_of}?token={TOKEN}", timeout=PATIENCE * 1000)
            page.wait_for_selector(FIRST[name], timeout=PATIENCE * 1000)
            page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=PATIENCE * 1000)
            usable = time.perf_counter() - started
            kernel = float("nan")
            if name == OURS:
                idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
                page.wait_for_selector(idle, state="attached", timeout=PATIENCE * 1000)
                kernel = time.perf_counter() - started
            page.context.close()
        return answers, usable, kernel


def command_seconds(command: Sequence[str | Path], folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of computing, its children included."""
    before, started = os.times(), time.perf_counter()
    subprocess.run([*map(str, command)], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    taken, after = time.perf_counter() - started, os.times()
    computed = after.children_user + after.children_system
    return taken, computed - before.children_user - before.children_system


def main() -> None:
    """Install, start, and print three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="where the two environments are, or will be")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        places = arguments.keep or Path(scratch)
        environments = {name: places / name.replace(" ", "-") for name in (OURS, BARE)}
        if not environments[OURS].exists():
            run("uv", "build", "--quiet", "--wheel", "--out-dir", scratch, ROOT)
            (wheel,) = Path(scratch).glob("*.whl")
            wanted = {OURS: f"first-descent @ {wheel.as_uri()}", BARE: "jupyterlab"}
            sizes = {name: installed(wanted[name], environments[name]) for name in environments}
            print(f"{'':28}{OURS:>12}{BARE:>14}{'goal':>8}")
            for what, ours in sizes[OURS].items():
                goal = GOALS.get(what, "")
                print(f"{what:28}{ours:12.1f}{sizes[BARE][what]:14.1f}{goal:>8}")
        _print_starts(environments, arguments.rounds)
        _print_commands(environments[OURS] / "bin", arguments.rounds)


def _print_starts(environments: dict[str, Path], rounds: int) -> None:
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in environments}
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        for number in range(rounds + 1):
            for name, environment in environments.items():
                browser = play.chromium.launch(executable_path=program, args=CHROMIUM)
                seconds = first_page(name, environment, browser)
                browser.close()
                if number:  # the first compiles modules and fills the cache of files
                    found[name].append(seconds)
    print(f"\n{'medians of ' + str(rounds):28}{OURS:>12}{BARE:>14}{'ratio':>8}")
    for position, what in enumerate(("server answers, s", "page can be used, s", "kernel idle, s")):
        ours, bare = (statistics.median(row[position] for row in found[n]) for n in (OURS, BARE))
        print(f"{what:28}{ours:12.2f}{bare:14.2f}{ours / bare:8.2f}")


def _print_commands(programs: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        shutil.copytree(ROOT / "course", folder / "course")
        numpy = [programs / "python", "-c", "import numpy"]
        rows = {"python -c 'import numpy'": numpy}
        rows |= {" ".join(words): [programs / "descent", *words] for words in COMMANDS}
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
        for number in range(rounds + 1):
            for name, command in rows.items():
                seconds = command_seconds(command, folder)
                if number:
                    found[name].append(seconds)
    print(f"\n{'medians of ' + str(rounds):28}{'clock, s':>12}{'computing, s':>14}")
    for name, taken in found.items():
        clock, computing = (statistics.median(seconds) for seconds in zip(*taken, strict=True))
        print(f"{name:28}{clock:12.2f}{computing:14.2f}")


if __name__ == "__main__":
    main()
