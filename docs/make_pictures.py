"""The pictures of the README and the book, taken from the real thing.

``uv run python docs/make_pictures.py`` starts JupyterLab in a headless Chromium, runs the
learning-rate lab, a check and a lesson, and writes what a learner sees to ``docs/pictures/``:

- ``learning_rate.png`` and ``learning_rate.webp``: the lab, still and dragged;
- ``card.png``: the feedback card of a known mistake;
- ``lesson.png``: a lesson, its notebook beside its module.
"""

import io
import json
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent
PICTURES = HERE / "pictures"
MIN_BYTES, MAX_BYTES = 5_000, 1_000_000
CHROMIUM_OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAB = """\
from course.gradient_descent import gradient_descent
from lab import explore_learning_rate

explore_learning_rate(gradient_descent)"""
CHECK = """\
from autograder import check

check("softmax")"""
SLIDER = '.descent input[aria-label="Learning rate"]'
SCROLL_TO_LAB = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const isLab = (cell) => cell.model.sharedModel.source.includes("explore_learning_rate(");
  return content.scrollToItem(content.widgets.findIndex(isLab), "center");
}"""
# What many write first: right in every ordinary case, and nan for large logits.
OVERFLOWING_SOFTMAX = """

def softmax(logits):
    exponentials = np.exp(np.asarray(logits, float))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)
"""
DRAG = [("ArrowLeft", 24), ("ArrowRight", 8), ("ArrowLeft", 12)]  # over the border and back
MARGIN = 6  # px around an element
PACE = 80  # ms a frame
REST = 1200  # ms on the last frame; it is played once


def main() -> None:
    """Take all pictures again."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("make_pictures: needs Chromium (Debian: apt-get install chromium)")
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab(learner_folder(Path(folder))) as address,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        view = {"width": 1000, "height": 1100}
        page = browser.new_context(viewport=view, device_scale_factor=2).new_page()
        picture_lab(page, address("doc/tree/lab.ipynb"))
        page = browser.new_context(viewport=view, device_scale_factor=2).new_page()
        picture_card(page, address("doc/tree/card.ipynb"))
        page = browser.new_context(viewport={"width": 1440, "height": 860}).new_page()
        picture_lesson(page, address("lab/workspaces/lesson-3"))
        browser.close()
    for path in sorted(PICTURES.iterdir()):
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: {size / 1000:.0f} kB")
        if not MIN_BYTES < size < MAX_BYTES:
            sys.exit(f"make_pictures: {path.name} has {size} bytes; is it what it should be?")


def learner_folder(folder: Path) -> Path:
    """A folder as a learner has it half-way: all written, one softmax not quite right."""
    shutil.copytree(
        ROOT / "solutions", folder / "course", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (folder / "course" / "losses.py").open("a", encoding="utf-8") as losses:
        losses.write(OVERFLOWING_SOFTMAX)
    (folder / "lessons").mkdir()
    for path in (ROOT / "lessons").glob("*.ipynb"):
        shutil.copy(path, folder / "lessons")
    shutil.copy(ROOT / "course" / "learning_rate.py", folder / "course")  # lesson 3 is still open
    (folder / ".descent").mkdir()
    done = {"learning_rate.predict": {"done": "2026-11-23"}}
    (folder / ".descent" / "practice.json").write_text(json.dumps(done), encoding="utf-8")
    for name, cell in (("lab", LAB), ("card", CHECK)):
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook(cell)), encoding="utf-8")
    return folder


def notebook(source: str) -> dict[str, Any]:
    """A notebook of one code cell."""
    cell = {
        "cell_type": "code",
        "id": "picture",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def jupyterlab(folder: Path) -> Iterator[Any]:
    """`descent lab 3` on a folder; gives a function from a path to an address to open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)

    def address(path: str) -> str:
        return f"http://127.0.0.1:{port}/{path}?token={token}"

    command = "from autograder.commands.main import main; main()"
    options = [
        "--no-browser",
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
    ]
    server = subprocess.Popen(
        [sys.executable, "-c", command, "lab", "3", *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(address("api"), timeout=5).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > end:
                    sys.exit("make_pictures: JupyterLab did not start")
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def run_all(page: Page, address: str) -> None:
    """Open a notebook and run its cells."""
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context?.isReady")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status"
        " === 'idle'"
    )
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


def picture_lab(page: Page, address: str) -> None:
    """The learning-rate lab: dragged over the border and back, and at rest."""
    run_all(page, address)
    page.wait_for_selector(".descent .verdict .badge:not(:empty)")
    settle(page)
    lab, end = page.locator(".descent"), page.locator(".descent .controls")
    frames = [shot(page, lab, end)]
    page.focus(SLIDER)
    for key, times in DRAG:
        for _ in range(times):
            page.keyboard.press(key)
            page.wait_for_timeout(60)
            frames.append(shot(page, lab, end))
    page.evaluate("() => document.activeElement.blur()")
    settle(page)
    last = shot(page, lab, end)
    save(last, PICTURES / "learning_rate.png")
    small = [smaller(frame, last.size) for frame in [*frames, last]]
    small[0].save(
        PICTURES / "learning_rate.webp",
        save_all=True,
        append_images=small[1:],
        duration=[PACE] * (len(small) - 1) + [REST],
        loop=1,
        quality=70,
        method=6,
        minimize_size=True,
    )


def picture_card(page: Page, address: str) -> None:
    """The card of a softmax that overflows."""
    run_all(page, address)
    card = page.locator('[aria-label="Feedback"]')
    card.wait_for()
    settle(page)
    save(shot(page, card), PICTURES / "card.png")


def picture_lesson(page: Page, address: str) -> None:
    """Lesson 3, scrolled to its experiment, beside the module to write."""
    run_all(page, address)
    page.wait_for_selector(".jp-FileEditor .cm-content")
    lab = page.locator(".descent canvas.map")
    while not lab.is_visible():  # cells are drawn as they come into view, and push others away
        page.evaluate(SCROLL_TO_LAB)
        page.wait_for_timeout(1000)
    page.focus(SLIDER)
    for _ in range(28):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)
    settle(page)
    page.evaluate("() => document.querySelector('.descent').scrollIntoView()")
    page.wait_for_timeout(500)
    save(Image.open(io.BytesIO(page.screenshot())), PICTURES / "lesson.png")


def settle(page: Page) -> None:
    """Wait until speculation and drawing have come to rest."""
    page.wait_for_timeout(2500)


def shot(page: Page, element: Any, end: Any = None) -> Image.Image:
    """What an element looks like now, down to the foot of the element `end`."""
    box, foot = element.bounding_box(), (end or element).bounding_box()
    clip = {
        "x": box["x"] - MARGIN,
        "y": box["y"] - MARGIN,
        "width": box["width"] + 2 * MARGIN,
        "height": foot["y"] + foot["height"] - box["y"] + 2 * MARGIN,
    }
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def smaller(frame: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A frame at half the resolution, all of one size."""
    half = (size[0] // 2, size[1] // 2)
    return frame.crop((0, 0, *size)).resize(half, Image.Resampling.LANCZOS)


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture with 256 colors: these have few, and it is a third of the size."""
    flat = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)


if __name__ == "__main__":
    main()
