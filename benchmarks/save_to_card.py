"""From a save until the course map and the card change, and what the extension adds to a start.

Run it with ``uv run --group dev python benchmarks/save_to_card.py``; it needs Chromium and takes
about five minutes. Saves are Ctrl+S in the editor of a real page; a softmax that fails and one
that holds take turns.

map, card
    From the key until the exercise's row in the map, or its card in the notebook, is another.
check
    The same checks alone, without server and browser: from the request until the result.
start
    From the command until the first cell of the lesson is seen, with the extension and without.
"""

import argparse
import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from autograder.exercises.manifest import MODULES
from autograder.learner.background_check import BackgroundCheck
from autograder.maintain.make import solution_text, stub

ROOT = Path(__file__).parents[1]
PORT, TOKEN = 18911, "benchmark"
LINE = '    raise NotImplementedError("softmax: not written yet")\n'
STATES = {  # by what is then shown of softmax
    "failing": "    return np.asarray(logits, dtype=float) * 0.0\n",
    "passed": "    shares = np.exp(logits - np.max(logits, axis=-1, keepdims=True))\n"
    "    return shares / np.sum(shares, axis=-1, keepdims=True)\n",
}
WITHOUT = """
from pathlib import Path
from autograder.learner import jupyterlab
jupyterlab.SERVER["ServerApp"]["jpserver_extensions"]["autograder.learner.server_extension"] = False
jupyterlab.PAGE["disabledExtensions"]["first-descent"] = True
jupyterlab.BUILT = Path("none")
"""
START = "from autograder.commands.main import main; main()"
CHROMIUM_ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]
MEASURE = """([text, state]) => new Promise(resolve => {
  const main = [...jupyterapp.shell.widgets('main')];
  const module = main.find(widget => widget.context?.path === 'course/losses.py');
  jupyterapp.shell.activateById(module.id);
  module.content.editor.model.sharedModel.setSource(text);
  module.content.editor.focus();
  const words = { failing: 'does not hold yet', passed: 'everything holds' }[state];
  const found = {};
  let began = 0;
  document.addEventListener('keydown', event => {
    began = event.key === 's' ? event.timeStamp : began;
  }, { capture: true });
  const look = () => {
    const now = performance.now();
    const row = document.querySelector(`.fd-exercise.fd-${state}[aria-label^="softmax,"]`);
    const cards = [...document.querySelectorAll('.fd-card')].map(each => each.textContent);
    const card = cards.some(text => text.includes(words));
    if (began && row) found.map ??= now - began;
    if (began && card) found.card ??= now - began;
    if (found.map && found.card) resolve(found); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def written(folder: Path) -> None:
    """A learner's folder: unsolved modules and the notebooks."""
    (folder / "course").mkdir()
    for module in MODULES:
        text = stub(solution_text(module), module)
        (folder / "course" / f"{module}.py").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "lessons", folder / "lessons", ignore=shutil.ignore_patterns("*.py*"))


@contextmanager
def server(folder: Path, before: str = "") -> Iterator[float]:
    """`descent lab 1` on a folder; when it was started."""
    began = time.perf_counter()
    words = [f"--ServerApp.port={PORT}", f"--IdentityProvider.token={TOKEN}", "--no-browser"]
    command = [sys.executable, "-c", before + START, "lab", "1", *words]
    command += ["--LabApp.expose_app_in_browser=True"]
    settings = {"JUPYTERLAB_SETTINGS_DIR": str(folder / ".descent" / "settings")}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **settings}, stdout=quiet, stderr=quiet
    )
    try:
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api?token={TOKEN}").close()
                break
            time.sleep(0.02)
        yield began
    finally:
        process.terminate()
        process.wait()


@contextmanager
def lesson(browser: Browser) -> Iterator[Any]:
    """A page on which the first cell of the lesson is seen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(f"http://127.0.0.1:{PORT}/lab/workspaces/lesson-1?token={TOKEN}")
    page.wait_for_selector(".jp-NotebookPanel .jp-RenderedMarkdown h1")
    yield page
    context.close()


def saves(browser: Browser, count: int) -> dict[str, list[float]]:
    """Milliseconds from the key to the map and to the card, for so many saves."""
    found: dict[str, list[float]] = {"map": [], "card": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder)
        unsolved = (folder / "course" / "losses.py").read_text(encoding="utf-8")
        with server(folder), lesson(browser) as page:
            page.wait_for_selector(".fd-lessons li")
            page.wait_for_selector(".jp-FileEditor .cm-content")
            page.evaluate("""async () => {
              const main = [...jupyterapp.shell.widgets('main')];
              const panel = main.find(widget => widget.content?.activeCell);
              await panel.context.ready;
              jupyterapp.shell.activateById(panel.id);
              panel.content.activeCellIndex = panel.content.widgets.findIndex(
                cell => cell.model.sharedModel.getSource() === 'check("softmax")');
              await jupyterapp.commands.execute('notebook:run-cell');
            }""")
            page.wait_for_selector(".fd-card")
            page.wait_for_timeout(5000)  # what was not checked yet is checked now
            for number in range(count + 2):
                state = list(STATES)[number % 2]
                text = unsolved.replace(LINE, STATES[state])
                page.evaluate(
                    "words => { window.seen = (%s)(words) }" % MEASURE,  # noqa: UP031 - braces
                    [text, state],
                )
                page.wait_for_timeout(100)
                page.keyboard.press("Control+s")
                times = page.evaluate("() => window.seen")
                if number >= 2:
                    for kind in found:
                        found[kind].append(times[kind])
                page.wait_for_timeout(500)
    return found


def checks(count: int) -> list[float]:
    """Milliseconds of the same checks alone."""
    said: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
    check = BackgroundCheck(lambda message: said.put((time.perf_counter(), message)))
    thread = threading.Thread(target=check.run)
    thread.start()
    found: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder)
        path = folder / "course" / "losses.py"
        unsolved = path.read_text(encoding="utf-8")
        check.hear({"folder": name})
        while said.get()[1]["stage"] != "checked":
            pass
        for number in range(count + 2):
            time.sleep(0.6)
            path.write_text(unsolved.replace(LINE, list(STATES.values())[number % 2]))
            began = time.perf_counter()
            check.hear({"folder": name})
            answered = 0.0
            while (last := said.get())[1]["stage"] != "checked":
                if last[1].get("exercise", {}).get("name") == "softmax":
                    answered = answered or last[0]
            if number >= 2:
                found.append(1000 * (answered - began))
    check.hear(None)
    thread.join()
    return found


def starts(browser: Browser, count: int) -> dict[str, list[float]]:
    """Seconds from the command to the lesson, with the extension and without, in turns."""
    found: dict[str, list[float]] = {"with": [], "without": []}
    with tempfile.TemporaryDirectory() as name:
        written(Path(name))
        for number in range(count + 1):
            for kind, before in (("with", ""), ("without", WITHOUT)):
                with server(Path(name), before) as began, lesson(browser):
                    if number:  # the first of each warms the caches of the disk
                        found[kind].append(time.perf_counter() - began)
    return found


def main() -> None:
    """Measure and print medians."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--saves", type=int, default=30)
    options.add_argument("--starts", type=int, default=7)
    asked = options.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        print(f"load at the beginning: {os.getloadavg()[0]:.1f}")
        for kind, times in {**saves(browser, asked.saves), "check": checks(asked.saves)}.items():
            worst = sorted(times)[int(0.9 * len(times))]
            print(
                f"{kind:>5}: median {statistics.median(times):4.0f} ms, 90 % below {worst:.0f} ms"
            )
        medians = {kind: statistics.median(t) for kind, t in starts(browser, asked.starts).items()}
        share = 100 * (medians["with"] / medians["without"] - 1)
        print(
            f"start: {medians['with']:.2f} s with the extension, {medians['without']:.2f} s "
            f"without ({share:+.1f} %)"
        )
        print(f"load at the end: {os.getloadavg()[0]:.1f}")
        browser.close()


if __name__ == "__main__":
    main()
