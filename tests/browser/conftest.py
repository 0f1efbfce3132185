"""JupyterLab in a real Chromium, for tests that need to see what a learner sees.

A test asks for `jupyter` and calls it with a folder; it gets a JupyterLab on that folder::

    def test_something(jupyter, write_notebook, tmp_path):
        write_notebook(tmp_path / "a.ipynb", ["1 + 1"])
        lab = jupyter(tmp_path)
        page = lab.open("a.ipynb")
        lab.run_all(page)

Where Chromium is absent the tests are skipped with that reason, except under ``CI=true``.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

QUIET = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
TOKEN = "only-for-tests"


def notebook_written(path: Path, cells: list[str]) -> None:
    """Write a notebook with these code cells."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(made, path)


class JupyterLab:
    """One JupyterLab server on one folder, and pages of the browser that look at it."""

    def __init__(self, folder: Path, browser: Any, scratch: Path, options: list[str]) -> None:
        self.folder = folder
        self.browser = browser
        self.port = _free_port()
        settings = scratch / "settings"
        settings.mkdir(parents=True)
        (settings / "overrides.json").write_text(json.dumps(QUIET))
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(scratch / "config"),
            "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
            "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
            "JUPYTERLAB_SETTINGS_DIR": str(scratch / "user-settings"),
            "IPYTHONDIR": str(scratch / "ipython"),
        }
        self._log = (scratch / "server.log").open("w")
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += [
            f"--ServerApp.port={self.port}",
            "--ServerApp.ip=127.0.0.1",
            f"--IdentityProvider.token={TOKEN}",
            f"--LabApp.app_settings_dir={settings}",
            "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            *options,
        ]
        self._server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        self._await_server()

    def _await_server(self) -> None:
        end = time.monotonic() + 90
        while time.monotonic() < end:
            if self._server.poll() is not None:
                raise RuntimeError(Path(self._log.name).read_text())
            try:
                urllib.request.urlopen(f"{self.address}/api?token={TOKEN}", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("JupyterLab did not answer within 90 s")

    @property
    def address(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    def open(self, path: str, width: int = 1280, height: int = 900, **context: Any) -> Any:
        """Open a file of the folder in a page of its own, side bars closed."""
        page = self.browser.new_context(
            viewport={"width": width, "height": height}, **context
        ).new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.address}/doc/tree/{path}?token={TOKEN}&reset")
        page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"
            " && window.jupyterapp.shell.currentWidget.sessionContext?.isReady"
        )
        return page

    def run_all(self, page: Any) -> None:
        """Run all cells and wait until the kernel is idle again."""
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(
            "() => { const s = window.jupyterapp.shell.currentWidget.sessionContext;"
            " return s.session?.kernel?.status === 'idle' }"
        )

    def theme(self, page: Any, name: str) -> None:
        """Change JupyterLab's theme, "JupyterLab Dark" for instance."""
        page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name
        )
        light = str("Dark" not in name).lower()
        page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")

    def save(self, page: Any) -> None:
        """Save the notebook."""
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")

    def close(self) -> None:
        """Stop the server and its kernels."""
        self._server.terminate()
        try:
            self._server.wait(15)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def write_notebook() -> Callable[[Path, list[str]], None]:
    """Function of a path and the source of each code cell, which writes that notebook."""
    return notebook_written


@pytest.fixture(scope="module")
def jupyter(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., JupyterLab]]:
    """Start JupyterLab on a folder; stopped after the module's tests."""
    started: list[JupyterLab] = []

    def start(folder: Path, *options: str) -> JupyterLab:
        scratch = tmp_path_factory.mktemp("jupyter")
        started.append(JupyterLab(folder, browser, scratch, list(options)))
        return started[-1]

    yield start
    for server in started:
        server.close()
