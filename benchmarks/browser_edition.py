"""What a first and a second visit to the browser edition cost: megabytes, seconds.

Run as ``uv run --group dev python benchmarks/browser_edition.py SITE [VISITS]``, on a folder that
`descent site` has written; the medians are of 5 visits if not told otherwise. Nothing is compressed
on the way; the seconds are those of this machine.
"""

import functools
import http.server
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

PATIENCE = 600_000
RUN = """async first => {
  const {content} = window.jupyterapp.shell.currentWidget;
  const sources = content.widgets.map(cell => cell.model.sharedModel.getSource());
  content.activeCellIndex = sources.findIndex(each => each.startsWith(first));
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""


class Counting(http.server.SimpleHTTPRequestHandler):
    """Hands out files and counts their bytes."""

    sent = 0

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Count what is sent."""
        content = source.read()
        Counting.sent += len(content)
        outputfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def visit(page: Page, address: str) -> tuple[float, float, float]:
    """Megabytes before the first cell has run, and the seconds to it and to the first check."""
    Counting.sent, began = 0, time.monotonic()
    page.goto(f"{address}/lab/index.html?path=lessons/1_loss_functions.ipynb")
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
    )
    page.evaluate(RUN, "%load_ext")
    cell, sent = time.monotonic() - began, Counting.sent / 1e6
    page.evaluate(RUN, 'check("mean_squared_error")')
    return sent, cell, time.monotonic() - began


def main(site: Path, times: int = 5) -> None:
    """Print the medians of cold and of warm visits."""
    handler = functools.partial(Counting, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6
    print(f"{size:.1f} MB in all")
    visits: dict[str, list[tuple[float, float, float]]] = {"cold": [], "warm": []}
    with sync_playwright() as play:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as profile:
                context = play.chromium.launch_persistent_context(
                    profile,
                    executable_path=shutil.which("chromium"),
                    args=["--headless=new", "--no-sandbox", "--disable-gpu"],
                )
                for kind in visits:
                    page = context.new_page()
                    page.set_default_timeout(PATIENCE)
                    visits[kind].append(visit(page, address))
                    page.close()
                context.close()
    for kind, found in visits.items():
        sent, cell, check = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{kind}: {sent:.1f} MB, first cell after {cell:.1f} s, first check {check:.1f} s")
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
