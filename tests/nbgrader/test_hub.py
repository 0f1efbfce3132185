"""A JupyterHub on this machine: an instructor and two students go through a whole assignment.

All users are processes of one system account with homes of their own, so each student's name in
nbgrader comes from their configuration. The hub's proxy is the one in Python, which needs no npm.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import lessons
from autograder.maintain.make import stub

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow]

LESSON = "1_loss_functions"
SOLUTION = (Path(__file__).parents[2] / "solutions" / "losses.py").read_text(encoding="utf-8")
USERS = ("ina", "ada", "bea")
PASSWORD = "only-for-tests"
CONFIGURATION = """
c = get_config()
c.JupyterHub.bind_url = "{address}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{root}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{root}/cookie_secret"
c.ConfigurableHTTPProxy.command = ["{proxy}", "--proxy-timeout=600000"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.pid_file = "{root}/proxy.pid"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = "{password}"
c.Authenticator.allowed_users = {users}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{root}/home/{{username}}"
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root", "--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
c.Spawner.default_url = "/lab"
c.Spawner.env_keep = ["PATH", "PYTHONPATH", "LANG", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 300
"""


class Hub:
    """A running hub, its users' homes, and pages of a browser signed in as them."""

    def __init__(self, root: Path, address: str, browser: Any) -> None:
        self.root, self.address, self.browser = root, address, browser

    def home(self, user: str) -> Path:
        """A user's home."""
        return self.root / "home" / user

    def page(self, user: str) -> Any:
        """A page signed in as a user, with their JupyterLab open."""
        page = self.browser.new_context(viewport={"width": 1200, "height": 850}).new_page()
        page.set_default_timeout(180_000)
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


def written_homes(root: Path) -> None:
    """A home for each user, with nbgrader's configuration, and the exchange between them."""
    exchange = root / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    for user in USERS:
        home = root / "home" / user
        (home / ".jupyter").mkdir(parents=True)
        own = (
            f"c.CourseDirectory.root = {str(home / 'course')!r}"
            if user == "ina"
            else f"c.CourseDirectory.student_id = {user!r}"
        )
        (home / ".jupyter" / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            f"c.Exchange.root = {str(exchange)!r}\n"
            f"c.CourseDirectory.course_id = 'first_descent'\n{own}\n"
        )


def release_lesson(home: Path, environment: dict[str, str]) -> None:
    """What the instructor does before the lesson, in a terminal."""
    for command in (
        ["descent", "release", "course", "--lesson", "1"],
        ["nbgrader", "generate_assignment", LESSON],
        ["nbgrader", "release_assignment", LESSON],
    ):
        folder = home / ("" if command[0] == "descent" else "course")
        done = subprocess.run(
            command, cwd=folder, env={**environment, "HOME": str(home)}, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]


@pytest.fixture(scope="module")
def hub(isolation: None, browser: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with an instructor, whose course is released, and two students."""
    missing = [
        name
        for name in ("jupyterhub", "configurable_http_proxy")
        if importlib.util.find_spec(name) is None
    ]
    if missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{' and '.join(missing)} absent, and CI=true asks for every test")
        pytest.skip(f"needs the packages {' and '.join(missing)} (uv sync --group dev)")
    root = tmp_path_factory.mktemp("hub")
    written_homes(root)
    prefix = Path(sys.prefix)
    environment = {
        **os.environ,
        "PATH": f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_PATH": str(prefix / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(prefix / "etc" / "jupyter"),
    }
    hub_port, api_port, port = serve.free_ports(3)
    hub = Hub(root, f"http://127.0.0.1:{port}", browser)
    release_lesson(hub.home("ina"), environment)
    proxy = Path(sysconfig.get_path("scripts")) / "configurable-http-proxy"
    configuration = CONFIGURATION.format(
        address=hub.address,
        hub_port=hub_port,
        api_port=api_port,
        root=root,
        password=PASSWORD,
        users=set(USERS),
        python=sys.executable,
        proxy=proxy,
    )
    (root / "jupyterhub_config.py").write_text(configuration)
    command = [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"]
    serve(command, f"{hub.address}/hub/health", root, environment)
    return hub


def hand_in(hub: Hub, page: Any, user: str, *, solved: bool) -> None:
    """Fetch, work and submit, by the menus of JupyterLab."""
    panel = hub.assignments(page)
    panel.get_by_role("button", name="Fetch").click()
    submit = panel.locator("#fetched_assignments_list").get_by_role("button", name="Submit")
    submit.wait_for()
    if solved:
        module = hub.home(user) / LESSON / "course" / "losses.py"
        module.write_text(SOLUTION, encoding="utf-8")
        said = validate(page, panel)
        assert "You did not provide a response" in said  # to the question; every check holds
        assert "check(" not in said
    submit.click()
    panel.locator("#submitted_assignments_list .list_item").first.wait_for()


def validate(page: Any, panel: Any) -> str:
    """Let nbgrader run the notebook; what it says of the checks."""
    panel.locator("#fetched_assignments_list").get_by_text(LESSON, exact=True).first.click()
    panel.get_by_role("button", name="Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for()
    said = str(dialog.inner_text())
    dialog.get_by_role("button", name="OK").click()
    return said


def click(page: Any, row: str, column: str) -> None:
    """Click a symbol in a table of the formgrader, and wait until it says that it was done."""
    page.locator("tbody tr", has_text=row).locator(f"td.{column} a").first.click()
    dialog = page.locator(".modal")
    title = dialog.locator(".modal-title", has_text=re.compile("Success|Error"))
    title.wait_for()
    assert title.inner_text() == "Success", dialog.inner_text()
    page.reload()


def grade_and_return(hub: Hub, page: Any, picture: Any) -> list[str]:
    """Collect, autograde and give back, on the instructor's formgrader; the scores it shows."""
    base = f"{hub.address}/user/ina/formgrader"
    page.goto(f"{base}/manage_assignments")
    click(page, LESSON, "collect")
    page.goto(f"{base}/manage_submissions/{LESSON}")
    for student in ("ada", "bea"):
        click(page, student, "autograde")
    lines = page.locator("tbody tr")
    lines.nth(1).locator("td.score", has_text="/").wait_for()
    picture(page, "hub-submissions")
    scores = [" ".join(text.split()) for text in lines.locator("td.score").all_inner_texts()]
    page.goto(f"{base}/manage_assignments")
    click(page, LESSON, "generate-feedback")
    click(page, LESSON, "release-feedback")
    return scores


def feedback_seen(hub: Hub, page: Any, picture: Any) -> str:
    """What a student reads after *Fetch Feedback* and *view feedback* in the Assignment List."""
    panel = hub.assignments(page)
    panel.get_by_role("button", name="Fetch Feedback").first.click()
    panel.get_by_text("(view feedback)").first.click()
    page.locator(".jp-DirListing-item", has_text=f"{LESSON}.html").dblclick()
    text = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    text.get_by_text("Score:").first.wait_for()
    picture(page, "hub-feedback")
    return str(text.inner_text())


def test_assignment_goes_round_on_a_hub(hub: Hub, picture: Any) -> None:
    ada = hub.page("ada")
    hand_in(hub, ada, "ada", solved=True)
    picture(ada, "hub-submitted")
    bea = hub.page("bea")
    hand_in(hub, bea, "bea", solved=False)
    bea.context.close()
    assert grade_and_return(hub, hub.page("ina"), picture) == ["28 / 30", "0 / 30"]
    ada.reload()
    feedback = feedback_seen(hub, ada, picture)
    assert "everything holds" in feedback
    assert "(Score: 28.0 / 30.0)" in feedback
    secret = (hub.home("ina") / "course" / "secret.txt").read_text().strip()
    for user in ("ada", "bea"):
        for file in hub.home(user).rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_course_map_follows_a_save_on_a_hub(hub: Hub, picture: Any) -> None:
    """Below a hub's base address, with the hub's token and XSRF cookie."""
    folder = hub.home("bea") / "descent"
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").write_text(stub(SOLUTION, "losses"), encoding="utf-8")
    (folder / "lessons").mkdir()
    shutil.copy(Path(lessons.__file__).parent / f"{LESSON}.ipynb", folder / "lessons")
    page = hub.page("bea")
    page.goto(f"{hub.address}/user/bea/lab/tree/descent/lessons/{LESSON}.ipynb")
    page.locator(".fd-exercise.fd-unwritten[aria-label^='softmax,']").click()
    editor = page.locator(".jp-FileEditor .cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    page.keyboard.press("Control+s")
    page.locator(".fd-exercise.fd-passed[aria-label^='softmax,']").click()
    page.locator(".fd-at .fd-exercise[aria-label^='softmax,']").wait_for()
    with page.expect_response(re.compile("/user/bea/first-descent/hint")) as answered:
        page.get_by_role("button", name="Hint", exact=True).click()
    page.locator(".fd-help li").wait_for()
    asked = answered.value.request.all_headers()
    picture(page, "hub-map")
    page.context.close()
    assert "x-xsrftoken" in asked
