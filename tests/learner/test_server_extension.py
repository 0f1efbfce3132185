"""The server's part: what it answers, to whom, and that nothing of it is left when it stops."""

import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.atomic_files import write_json
from autograder.learner.jupyterlab import EXTENSION
from autograder.maintain.make import solution_text

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
TOKEN = "only-for-tests"
PATIENCE = 120.0


class Server:
    """A Jupyter server without JupyterLab, on a folder above a course."""

    def __init__(self, root: Path, serve: Any) -> None:
        self.root = root
        (port,) = serve.free_ports(1)
        self.address = f"http://127.0.0.1:{port}/user/ann"
        config = root.parent / "config"
        write_json(
            config / "jupyter_server_config.d" / "first_descent.json",
            {"ServerApp": {"jpserver_extensions": EXTENSION}},
        )
        command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"]
        command += [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
        command += ["--ServerApp.base_url=/user/ann/", f"--ServerApp.root_dir={root}"]
        environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(config), "JUPYTER_NO_CONFIG": ""}
        serve(command, f"{self.address}/api?token={TOKEN}", root, environment)

    def ask(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        given = {"Authorization": f"token {TOKEN}"} if headers is None else headers
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/first-descent/{path}", data=data, headers=given
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Server:
    """A server whose root holds a course in a folder, and a link that leads out of it."""
    tmp_path = tmp_path_factory.mktemp("server")
    root, outside = tmp_path / "home", tmp_path / "outside"
    for place in (root / "descent", outside):
        (place / "course").mkdir(parents=True)
        (place / "course" / "welcome.py").write_text(solution_text("welcome"))
    (root / "descent" / "lessons").mkdir()
    for notebook in (ROOT / "lessons").glob("0_*.ipynb"):
        shutil.copy(notebook, root / "descent" / "lessons")
    (root / "link").symlink_to(outside)
    return Server(root, serve)


def wait_until(holds: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return found


def state_of(server: Server, name: str) -> str:
    _, said = server.ask("course?notebook=descent/lessons/0_welcome.ipynb")
    rows = {row["name"]: row for each in said["lessons"] for row in each["exercises"]}
    return str(rows[name]["outcome"])


def test_server_answers_and_follows_saves_by_other_programs(server: Server) -> None:
    module = server.root / "descent" / "course" / "welcome.py"
    module.write_text(solution_text("welcome"))
    status, said = server.ask("course?notebook=descent/lessons/0_welcome.ipynb")
    assert (status, said["folder"]) == (200, "descent")
    wait_until(lambda: state_of(server, "distance") == "passed")
    module.write_text("def distance(prediction, target):\n    return 0\n")
    wait_until(lambda: state_of(server, "distance") == "failed")

    ask = {"folder": "descent", "name": "distance"}
    counts = [len(server.ask("hint", ask)[1]["hints"]) for _ in range(4)]
    assert counts == [1, 2, 3, 3]
    assert server.ask("comparison", ask)[1].keys() == {"refused"}
    assert server.ask("check", {"folder": "descent", "names": ["distance"]})[0] == 202


def test_a_page_hears_afterwards_of_results_that_it_missed(server: Server) -> None:
    """Events reach a page only while it is connected."""
    ask = "course?notebook=descent/lessons/0_welcome.ipynb"
    module = server.root / "descent" / "course" / "welcome.py"
    module.write_text("def distance(prediction, target):\n    return 7\n")

    def missed(since: float) -> list[dict[str, Any]]:
        return list(server.ask(f"{ask}&since={since}")[1]["results"])

    server.ask(ask)
    (result,) = wait_until(lambda: [each for each in missed(0) if "got 7" in each["html"]])
    assert result["name"] == "distance"
    assert result in missed(result["at"])  # among others, which the first look checks as well
    assert missed(result["at"] + 3600) == []
    wait_until(lambda: server.ask(ask)[1]["checking"] == [])
    assert server.ask(f"{ask}&since=now")[0] == 400


def test_server_shows_no_folder_that_is_not_below_its_root(server: Server) -> None:
    for path in ("..", "../outside", "link", "descent/../../outside", "", "descent/lessons"):
        assert server.ask("hint", {"folder": path, "name": "distance"})[0] == 404, path
    assert server.ask("course?notebook=link/0_welcome.ipynb") == (200, None)
    assert server.ask("course?notebook=../outside/0_welcome.ipynb") == (200, None)
    assert server.ask("hint", {"folder": "descent", "name": "no_such"})[0] == 404
    assert server.ask("hint", ["descent"])[0] == 404


def test_server_answers_only_who_may_ask(server: Server) -> None:
    body = {"folder": "descent", "name": "distance"}
    assert server.ask("hint", body, headers={})[0] == 403
    assert server.ask("course", headers={})[0] == 403
    opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    opened.open(f"{server.address}/api?token={TOKEN}", timeout=PATIENCE).close()
    request = urllib.request.Request(
        f"{server.address}/first-descent/hint", data=json.dumps(body).encode()
    )
    with pytest.raises(urllib.error.HTTPError) as refused:  # signed in, but no XSRF cookie sent
        opened.open(request, timeout=PATIENCE)
    assert refused.value.code == 403


def test_nothing_is_left_when_the_server_stops(tmp_path: Path, serving: Any) -> None:
    (tmp_path / "home" / "course").mkdir(parents=True)
    text = "def distance(a, b):\n    while True:\n        pass\n"
    (tmp_path / "home" / "course" / "welcome.py").write_text(text)
    with serving() as serve:
        server = Server(tmp_path / "home", serve)
        server.ask("course?notebook=1_loss_functions.ipynb")
        (running,) = serve._running
        children = wait_until(lambda: psutil.Process(running.pid).children(recursive=True))
    assert running.returncode == 0  # it ended by itself: `Servers.stop` did not have to kill it
    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive
