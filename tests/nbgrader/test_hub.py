"""A JupyterHub on this machine: an instructor and two students go through a whole assignment.

It needs the package ``jupyterhub`` and the program ``configurable-http-proxy``; without them the
test is skipped. All users are processes of one system account with homes of their own, so each
student's name in nbgrader comes from their configuration.
"""

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LESSON = "1_loss_functions"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PROXY = shutil.which("configurable-http-proxy")
MISSING = [
    name
    for name, there in (
        ("the package jupyterhub", importlib.util.find_spec("jupyterhub")),
        ("the program configurable-http-proxy", PROXY),
        ("Chromium", CHROMIUM),
    )
    if not there
]
pytestmark = pytest.mark.skipif(bool(MISSING), reason="needs " + " and ".join(MISSING))
SOLUTION = (Path(__file__).parents[2] / "solutions" / "losses.py").read_text(encoding="utf-8")
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
USERS = ("ina", "ada", "bea")
PASSWORD = "only-for-tests"
CONFIGURATION = """
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{root}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{root}/cookie_secret"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.pid_file = "{root}/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{password}"
c.Authenticator.allowed_users = {users}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{root}/home/{{username}}"
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root", "--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
c.Spawner.default_url = "/lab"
c.Spawner.env_keep = ["PATH", "PYTHONPATH", "LANG", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
"""


def free_ports(count: int) -> list[int]:
    """Different ports on which nothing listens."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Hub:
    """A running hub, its users' homes, and pages of a browser signed in as them."""

    def __init__(self, root: Path, browser: Any) -> None:
        self.root, self.browser = root, browser
        self.ports = free_ports(3)
        self.address = f"http://127.0.0.1:{self.ports[0]}"

    def home(self, user: str) -> Path:
        """A user's home."""
        return self.root / "home" / user

    def page(self, user: str) -> Any:
        """A page signed in as a user, with their JupyterLab open."""
        page = self.browser.new_context(viewport={"width": 1200, "height": 850}).new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{self.address}/hub/login")
        page.fill("#username_input", user)
        page.fill("#password_input", PASSWORD)
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{user}/lab**")
        page.goto(f"{self.address}/user/{user}/lab?reset")  # not the panels of last time
        page.locator(".jp-Launcher").first.wait_for()
        return page

    def assignments(self, page: Any) -> Any:
        """The panel that *Nbgrader → Assignment List* opens."""
        page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
        page.get_by_role("menuitem", name="Assignment List").click()
        panel = page.locator("#assignments")
        panel.locator("#released_assignments_list, #fetched_assignments_list").first.wait_for()
        return panel

    def picture(self, page: Any, name: str) -> None:
        """Keep what a page looks like, if asked to."""
        if folder := os.environ.get("DESCENT_SCREENSHOTS"):
            Path(folder).mkdir(exist_ok=True, parents=True)
            page.screenshot(path=f"{folder}/{name}.png")


@pytest.fixture(scope="module")
def hub(isolation: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub with an instructor, whose course is released, and two students."""
    playwright = pytest.importorskip("playwright.sync_api")
    root = tmp_path_factory.mktemp("hub")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        hub = Hub(root, browser)
        (root / "exchange").mkdir(mode=0o777)
        (root / "exchange").chmod(0o777)
        for user in USERS:
            (hub.home(user) / ".jupyter").mkdir(parents=True)
            lines = ["c = get_config()", f"c.Exchange.root = {str(root / 'exchange')!r}"]
            lines.append("c.CourseDirectory.course_id = 'first_descent'")
            if user == "ina":
                lines.append(f"c.CourseDirectory.root = {str(hub.home(user) / 'course')!r}")
            else:
                lines.append(f"c.CourseDirectory.student_id = {user!r}")
            (hub.home(user) / ".jupyter" / "nbgrader_config.py").write_text("\n".join(lines))
        prefix = Path(importlib.util.find_spec("nbgrader").origin).parents[4]  # type: ignore
        environment = {
            **os.environ,
            "PATH": f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "JUPYTER_PATH": str(prefix / "share" / "jupyter"),
            "JUPYTER_CONFIG_PATH": str(prefix / "etc" / "jupyter"),
        }
        instructor = {**environment, "HOME": str(hub.home("ina"))}
        for command in (
            ["descent", "release", "course", "--lesson", "1"],
            ["nbgrader", "generate_assignment", LESSON],
            ["nbgrader", "release_assignment", LESSON],
        ):
            folder = hub.home("ina") / ("" if command[0] == "descent" else "course")
            subprocess.run(command, cwd=folder, env=instructor, check=True, capture_output=True)
        (root / "jupyterhub_config.py").write_text(
            CONFIGURATION.format(
                port=hub.ports[0],
                hub_port=hub.ports[1],
                api_port=hub.ports[2],
                root=root,
                proxy=PROXY,
                password=PASSWORD,
                users=set(USERS),
                python=sys.executable,
            )
        )
        log = (root / "hub.log").open("w")
        running = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"],
            cwd=root,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{hub.address}/hub/health", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert running.poll() is None, (root / "hub.log").read_text()[-3000:]
                time.sleep(0.3)
        yield hub
        browser.close()
        running.terminate()
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()
        log.close()


def hand_in(hub: Hub, user: str, *, solved: bool) -> None:
    """Fetch, work and submit, by the menus of JupyterLab."""
    page = hub.page(user)
    panel = hub.assignments(page)
    panel.get_by_role("button", name="Fetch").click()
    panel.locator("#fetched_assignments_list").get_by_role("button", name="Submit").wait_for()
    folder = hub.home(user) / LESSON
    if solved:
        (folder / "course" / "losses.py").write_text(SOLUTION, encoding="utf-8")
    panel.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    panel.locator("#submitted_assignments_list .list_item").first.wait_for()
    hub.picture(page, f"hub-submitted-{user}")
    page.context.close()


def click(page: Any, row: str, column: str) -> None:
    """Click a symbol in a table of the formgrader, and wait until it says that it was done."""
    line = page.locator("tbody tr", has_text=row)
    line.locator(f"td.{column} a").first.click()
    page.locator(".modal-title", has_text="Success").wait_for()
    page.reload()


def test_assignment_goes_round_on_a_hub(hub: Hub) -> None:
    hand_in(hub, "ada", solved=True)
    hand_in(hub, "bea", solved=False)
    page = hub.page("ina")
    base = f"{hub.address}/user/ina/formgrader"
    page.goto(f"{base}/manage_assignments")
    click(page, LESSON, "collect")
    hub.picture(page, "hub-formgrader")
    page.goto(f"{base}/manage_submissions/{LESSON}")
    for student in ("ada", "bea"):
        click(page, student, "autograde")
    lines = page.locator("tbody tr")
    lines.nth(1).locator("td.score", has_text="/").wait_for()
    hub.picture(page, "hub-submissions")
    scores = [" ".join(text.split()) for text in lines.locator("td.score").all_inner_texts()]
    assert scores == ["24 / 26", "0 / 26"]
    page.goto(f"{base}/manage_assignments")
    click(page, LESSON, "generate-feedback")
    click(page, LESSON, "release-feedback")
    page.context.close()

    page = hub.page("ada")
    panel = hub.assignments(page)
    panel.get_by_role("button", name="Fetch Feedback").first.click()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = list((hub.home("ada") / LESSON / "feedback").rglob("*.html"))
        if found:
            break
        time.sleep(0.3)
    hub.picture(page, "hub-feedback")
    text = found[0].read_text(encoding="utf-8")
    assert "everything holds" in text
    assert "Score: 24" in text
    page.context.close()
    secret = (hub.home("ina") / "course" / "secret.txt").read_text().strip()
    for user in ("ada", "bea"):
        for file in hub.home(user).rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()
    assert json.loads((hub.home("ada") / LESSON / f"{LESSON}.ipynb").read_text())["cells"]
