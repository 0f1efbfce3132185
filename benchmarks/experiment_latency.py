"""How quickly an experiment answers the hand, in a real Chromium, against what else could be used.

Run it with ``uv run python benchmarks/experiment_latency.py``; it needs Chromium and takes about
two minutes. All ways are measured in one session, in turn, in the same manner: from the time stamp
of a key event to the first animation frame in which the pixels of the picture differ.

echo
    A number sent to the kernel and back, then drawn on a canvas: only the round trip.
hit
    The learning-rate lab's slider moved to a learning rate that the kernel has computed ahead.
miss
    The start of the descent moved, so that nothing has been computed ahead.
interact
    ``ipywidgets.interact`` with an inline Matplotlib figure of the same descent.
"""

import argparse
import importlib.util
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
STEPS = 200
CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CELLS = [
    f"""\
import os
from pathlib import Path
from course.gradient_descent import gradient_descent
from lab import explore_learning_rate
Path("pid").write_text(str(os.getpid()))
explore_learning_rate(gradient_descent, steps={STEPS})""",
    '''\
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      const canvas = document.createElement("canvas");
      canvas.className = "echo-canvas";
      const slider = Object.assign(document.createElement("input"), { type: "range", max: 1000 });
      slider.className = "echo-slider";
      slider.dataset.lmSuppressShortcuts = "true";
      el.addEventListener("keydown", (event) => event.stopPropagation());
      el.append(slider, canvas);
      slider.addEventListener("input", () => model.send({ value: Number(slider.value) }));
      model.on("msg:custom", ({ value }) => {
        const context = canvas.getContext("2d");
        context.clearRect(0, 0, 300, 150);
        context.fillText(String(value), 20, 20);
      });
    } };
    """
    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, content, __: self.send(content))
Echo()''',
    f"""\
%matplotlib inline
import ipywidgets, numpy as np
import matplotlib.pyplot as plt
@ipywidgets.interact(exponent=ipywidgets.FloatSlider(min=-3, max=0, step=0.005, value=-1))
def show(exponent):
    curvatures = np.array([1.0, 10.0])
    path = gradient_descent(lambda w: curvatures * w, [-8.0, 3.0], 10**exponent, {STEPS})
    figure, (bowl, curve) = plt.subplots(1, 2, figsize=(9, 3.8))
    x, y = np.meshgrid(np.linspace(-10, 10, 97), np.linspace(-7, 7, 73))
    bowl.contour(x, y, 0.5 * (x**2 + 10 * y**2), 11)
    bowl.plot(*path.T, "o-", markersize=3)
    curve.semilogy(0.5 * (path**2 @ curvatures))
    plt.show()""",
]
# The watch: `__watch(picture, fresh)` remembers the picture's pixels; the next key event starts the
# clock; the first frame whose pixels differ, while `fresh()` holds, stops it.
WATCH = """() => {
  const lab = [...document.querySelectorAll("*")].find((e) => e.__experiment).__experiment;
  window.__lab = lab;
  const pixels = (find) => {
    const source = find();
    if (!source || (source.tagName === "IMG" && !source.complete)) return null;
    const [width, height] = [source.width, source.height];
    const copy = new OffscreenCanvas(width, height);
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, width, height);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  };
  const differ = (a, b) => b && (a.length !== b.length || a.some((value, i) => value !== b[i]));
  window.__watch = (find, fresh) => {
    const before = pixels(find);
    window.__taken = null;
    window.addEventListener("keydown", (event) => {
      const check = () => {
        if (fresh() && differ(before, pixels(find))) {
          window.__taken = performance.now() - event.timeStamp;
        } else requestAnimationFrame(check);
      };
      requestAnimationFrame(check);
    }, { once: true, capture: true });
  };
  window.__ways = {
    echo: () => __watch(() => document.querySelector(".echo-canvas"), () => true),
    ours: () => {
      const run = lab.state.run;
      __watch(() => document.querySelectorAll(".descent .plots canvas")[1],
        () => lab.state.run && lab.state.run !== run);
    },
    interact: () => __watch(
      () => document.querySelector(".widget-output img, .jupyter-widgets-output-area img"),
      () => true),
  };
}"""


def jupyter_lab() -> Any:
    """The module that starts JupyterLab for the browser tests."""
    path = ROOT / "tests" / "browser" / "conftest.py"
    spec = importlib.util.spec_from_file_location("browser_conftest", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Session:
    """One notebook with all ways on one page."""

    def __init__(self, page: Page) -> None:
        page.evaluate(WATCH)
        self.page = page
        self.taken: dict[str, list[float]] = {}

    def measure(self, name: str, way: str, press: Callable[[], None]) -> None:
        """Press a key and note the milliseconds until the picture of `way` has changed."""
        self.page.evaluate("way => window.__ways[way]()", way)
        press()
        self.page.wait_for_function("() => window.__taken !== null", polling=10)
        self.taken.setdefault(name, []).append(self.page.evaluate("window.__taken"))

    def compute_ahead(self, yes: bool) -> None:
        """Whether the learning-rate lab may compute ahead."""
        self.page.evaluate("yes => __lab.state.runner.see(yes)", yes)

    def counts(self) -> tuple[int, int]:
        """Hits and misses so far."""
        hits, misses = self.page.evaluate("[__lab.state.runner.hits, __lab.state.runner.misses]")
        return hits, misses

    def rounds(self, count: int) -> None:
        """Measure all ways in turn."""
        page, keyboard = self.page, self.page.keyboard
        keys = ["ArrowRight", "ArrowLeft"]
        for turn in range(count):
            key = keys[turn % 2]
            page.focus(".echo-slider")
            self.compute_ahead(False)  # only the round trip: nothing else runs in the kernel
            for _ in range(3):
                page.wait_for_timeout(150)
                self.measure("echo", "echo", lambda: keyboard.press("ArrowRight"))
            self.compute_ahead(True)
            page.focus('input[aria-label="Learning rate"]')
            for _ in range(3):
                page.wait_for_timeout(150)
                hits, _misses = self.counts()
                self.measure("either", "ours", lambda key=key: keyboard.press(key))
                kind = "hit" if self.counts()[0] > hits else "miss of the slider"
                self.taken.setdefault(kind, []).append(self.taken["either"].pop())
            page.focus(".descent .map")
            for way in ("ArrowRight", "ArrowUp", "ArrowRight"):  # never back to where it was
                page.wait_for_timeout(150)
                _hits, misses = self.counts()
                self.measure("either", "ours", lambda way=way: keyboard.press(way))
                kind = "miss" if self.counts()[1] > misses else "hit of the map"
                self.taken.setdefault(kind, []).append(self.taken["either"].pop())
            page.focus(".noUi-handle")
            self.measure("interact", "interact", lambda key=key: keyboard.press(key))
            page.wait_for_timeout(300)

    def drag(self, seconds: float) -> float:
        """Share of hits while a hand drags the slider back and forth at 60 Hz."""
        slider = self.page.locator('input[aria-label="Learning rate"]')
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        if box is None:
            raise LookupError("the slider is not on screen")
        y, mouse = box["y"] + box["height"] / 2, self.page.mouse
        mouse.move(box["x"] + box["width"] * 0.5, y)
        mouse.down()
        before = self.counts()
        began = time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            share = abs((passed / 2 + 0.5) % 2 - 1)  # the whole slider in two seconds
            mouse.move(box["x"] + box["width"] * (0.1 + 0.8 * share), y)
            time.sleep(1 / 60)
        mouse.up()
        hits, misses = (after - start for after, start in zip(self.counts(), before, strict=True))
        return hits / (hits + misses)


def memory(session: Session, folder: Path, updates: int) -> None:
    """Print the heap of the page and the kernel's memory before, between and after updates."""
    page = session.page
    client = page.context.new_cdp_session(page)
    pid = (folder / "pid").read_text()

    def report(done: int) -> None:
        client.send("HeapProfiler.collectGarbage")
        heap = client.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        status = Path(f"/proc/{pid}/status").read_text()
        resident = int(status.split("VmRSS:")[1].split()[0]) / 1e3
        print(
            f"  after {done:5d} updates: JavaScript heap {heap:6.1f} MB, kernel {resident:6.1f} MB"
        )

    def update(count: int) -> None:
        page.evaluate(
            """async (count) => {
              const slider = document.querySelector('input[aria-label="Learning rate"]');
              const map = document.querySelector(".descent .map");
              for (let k = 0; k < count; k++) {
                const run = __lab.state.run;
                if (k % 2) {
                  const key = k % 4 === 1 ? "ArrowUp" : "ArrowDown";
                  map.dispatchEvent(new KeyboardEvent("keydown", { key: `${key}`, bubbles: true,
                    shiftKey: k % 100 === 1 }));
                } else {
                  slider.value = 200 + (37 * k) % 500;
                  slider.dispatchEvent(new Event("input", { bubbles: true }));
                  slider.dispatchEvent(new Event("change", { bubbles: true }));
                }
                const end = performance.now() + 3000;
                while (__lab.state.run === run && performance.now() < end) {
                  await new Promise((done) => setTimeout(done, 4));
                }
              }
            }""",
            count,
        )

    sizes = {"to the kernel": 0, "to the page": 0}
    client.send("Network.enable")

    def weigh(way: str) -> Callable[[dict[str, Any]], None]:
        def note(event: dict[str, Any]) -> None:
            frame = event["response"]
            size = len(frame["payloadData"]) * (0.75 if frame["opcode"] == 2 else 1)  # base64
            sizes[way] = max(sizes[way], round(size))

        return note

    client.on("Network.webSocketFrameSent", weigh("to the kernel"))
    client.on("Network.webSocketFrameReceived", weigh("to the page"))
    update(updates // 4)  # until the cache is full, memory grows as it should
    report(0)
    for part in range(1, 5):
        update(updates // 4)
        report(part * updates // 4)
    print("largest message: " + ", ".join(f"{size} bytes {way}" for way, size in sizes.items()))


def main() -> None:
    """Print medians, the 95th percentiles, and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--updates", type=int, default=2000)
    options = parser.parse_args()
    tools = jupyter_lab()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        folder = Path(scratch) / "learner"
        folder.mkdir()
        shutil.copytree(ROOT / "solutions", folder / "course")
        (folder / ".descent").mkdir()
        done = ", ".join(
            f'"learning_rate.{goal}": {{"done": "2026-01-01"}}'
            for goal in ("predict", "border", "sprint")
        )
        (folder / ".descent" / "practice.json").write_text(f"{{{done}}}")
        tools.notebook_written(folder / "ways.ipynb", CELLS)
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        connection = "lab.widget.prompt_connection.PromptConnection"
        prompt = f"--ServerApp.kernel_websocket_connection_class={connection}"
        server = tools.JupyterLab(folder, browser, Path(scratch), [prompt])
        try:
            page = server.open("ways.ipynb", height=1800)
            server.run_all(page)
            page.wait_for_selector(".jp-RenderedImage img")
            page.wait_for_function(
                "() => [...document.querySelectorAll('*')].some((e) => e.__experiment?.state.run)"
            )
            page.wait_for_timeout(3000)
            session = Session(page)
            session.rounds(options.rounds)
            print_ratios(session.taken)
            everywhere = "() => __lab.state.strip === 801"  # all positions of the slider
            page.focus('input[aria-label="Learning rate"]')  # it computes ahead while on screen
            page.wait_for_function(everywhere, timeout=60_000)
            warm = session.drag(4)
            page.focus(".descent .map")
            page.keyboard.press("ArrowUp")
            cold = session.drag(4)
            print(
                f"share of hits while a hand drags: {warm:.2f} warm, {cold:.2f} after a new start"
            )
            if options.updates:
                memory(session, folder, options.updates)
        finally:
            server.close()
            browser.close()


def print_ratios(taken: dict[str, list[float]]) -> None:
    """One line for each way, then the ratios that the design promises."""
    middle = {}
    for name, times in taken.items():
        if times:
            middle[name] = statistics.median(times)
            high = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
            print(
                f"  {name:20s} median {middle[name]:6.1f} ms, p95 {high:6.1f} ms, n = {len(times)}"
            )
    print(f"hit / echo {middle['hit'] / middle['echo']:.2f} (goal: at most 0.5)")
    print(f"miss / echo {middle['miss'] / middle['echo']:.2f} (goal: at most 1.5)")
    for kind in ("hit", "miss"):
        print(f"interact / {kind} {middle['interact'] / middle[kind]:.1f} (goal: at least 15)")


if __name__ == "__main__":
    main()
