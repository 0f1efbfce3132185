"""Lesson 1 of a site in a real Firefox, by Marionette: what Firefox listens to without a driver."""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.maintain.make import solution_text

pytestmark = [pytest.mark.by_hand, pytest.mark.timeout(3600)]
PATIENCE = 600  # seconds
LOOP = "\n\ndef softmax(logits):\n    while True:\n        pass\n"
PANEL = "window.jupyterapp?.shell.currentWidget"
RUN = f"""const {{ content }} = {PANEL};
const sources = content.widgets.map(cell => cell.model.sharedModel.getSource());
content.activeCellIndex = sources.findIndex(source => source.includes(given[0]));
await window.jupyterapp.commands.execute('notebook:run-cell');
return JSON.stringify(content.activeCell.model.toJSON().outputs);"""
SAVE = """await window.jupyterapp.serviceManager.contents.save(
  given[0], { type: 'file', format: 'text', content: given[1] });"""
READ = """const { serviceManager } = window.jupyterapp;
return (await serviceManager.contents.get(given[0], { content: true })).content;"""


class NotDoneError(Exception):
    """Firefox has not done what it was told; the message is its own."""


class Firefox:
    """A Firefox that does what it is told over a socket.

    A message is its length, a colon, and JSON: ``[0, number, command, parameters]`` on the way
    there, ``[1, number, error, result]`` on the way back.
    """

    def __init__(self, port: int) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not answer"
                time.sleep(0.2)
        self._wire = self._socket.makefile("rwb")
        self._hear()  # its greeting
        self._told = 0
        self.tell("NewSession", capabilities={})
        self.tell("SetTimeouts", script=1000 * PATIENCE, pageLoad=1000 * PATIENCE)

    def tell(self, command: str, **given: Any) -> Any:
        """Give a command; its result."""
        self._told += 1
        text = json.dumps([0, self._told, f"WebDriver:{command}", given]).encode()
        self._wire.write(b"%d:%s" % (len(text), text))
        self._wire.flush()
        _, _, error, result = self._hear()
        if error is not None:
            raise NotDoneError(error)
        return result

    def do(self, script: str, *given: Any) -> Any:
        """Run the body of an asynchronous function of `given` in the page; what it returns."""
        whole = (
            "const given = [...arguments]; const done = given.pop();"
            f"(async () => {{ {script} }})().then(done, error => done({{ error: `${{error}}` }}));"
        )
        value = self.tell("ExecuteAsyncScript", script=whole, args=given)["value"]
        assert not (isinstance(value, dict) and "error" in value), value
        return value

    def wait(self, condition: str) -> None:
        """Wait until a condition holds in the page."""
        end = time.monotonic() + PATIENCE
        while not self._holds(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.2)

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.do(f"return Boolean({condition});"))
        except NotDoneError:
            return False  # a page that is just loaded again hears nothing

    def _hear(self) -> Any:
        length = b""
        while (character := self._wire.read(1)) != b":":
            assert character, "Firefox has ended"
            length += character
        return json.loads(self._wire.read(int(length)))


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """A headless Firefox with a new profile."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Firefox is absent, and CI=true asks for every test")
        pytest.skip("needs Firefox (Debian: apt-get install firefox-esr)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield Firefox(port)
        finally:
            process.terminate()


def test_lesson_1_in_firefox_from_the_first_click_to_an_experiment(
    firefox: Firefox, address: str
) -> None:
    firefox.tell("Navigate", url=f"{address}lab/index.html?path=lessons/1_loss_functions.ipynb")
    firefox.wait(f"{PANEL}?.sessionContext?.session?.kernel")
    assert "not written yet" in firefox.do(RUN, 'check("softmax")')
    firefox.do(SAVE, "course/losses.py", solution_text("losses") + LOOP)
    assert "no answer within 5 s" in firefox.do(RUN, 'check("softmax")')
    firefox.do(SAVE, "course/losses.py", solution_text("losses"))
    assert "everything holds" in firefox.do(RUN, 'check("softmax")')
    firefox.do(RUN, "from course import losses")
    assert "widget-view" in firefox.do(RUN, "drag_logits(")
    firefox.wait("document.querySelector('.descent')?.clientHeight > 100")
    if folder := os.environ.get("DESCENT_SCREENSHOTS"):
        seen = firefox.tell("TakeScreenshot", full=False)["value"]
        Path(folder, "site-firefox.png").write_bytes(base64.b64decode(seen))
    firefox.tell("Refresh")
    firefox.wait("window.jupyterapp?.serviceManager?.contents")
    assert firefox.do(READ, "course/losses.py") == solution_text("losses")
