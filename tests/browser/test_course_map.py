"""The course as one place in JupyterLab, as a learner goes through it: map, saves, cards, lessons.

All scenes share one server; each begins with an unsolved folder and a new page. In each of them,
nothing may be written to the page's console, and nothing be asked of another address.
"""

import json
import os
import shutil
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.exercises.manifest import EXERCISES, LESSONS, MODULES, exercises_of
from autograder.maintain.make import solution_text, stub

from .conftest import PATIENCE, TOKEN, JupyterLab, descent_lab, learner_written, listen

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow, pytest.mark.xdist_group("course map")]

NOTEBOOK = "[...jupyterapp.shell.widgets('main')].find(w => w.content?.activeCell && w.isVisible)"
MODULE = "[...jupyterapp.shell.widgets('main')].find(w => w.context?.path === path)"
HARMLESS = (
    "favicon",
    "to activate",
    "Connection lost, reconnecting",
    "WebSocket connection to",
    "Comm not found",
    "Could not restore the debugger state",
)
COUNTED = [each for each in EXERCISES if not each.bonus]
LOSSES = "course/losses.py"
BROKEN = "    return np.asarray(logits, dtype=float) * 0.0\n"


class Learner:
    """A learner at one page."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.complaints: list[str] = []
        listen(page, self.complaints)
        page.on("console", lambda said: self._note(said) if said.type == "error" else None)

    def _note(self, said: Any) -> None:
        if not any(each in said.text for each in HARMLESS):
            self.complaints.append(said.text)

    def command(self, name: str) -> None:
        """Execute one of our commands, as from the palette."""
        self.page.evaluate(
            "name => void jupyterapp.commands.execute(`first-descent:${name}`)", name
        )

    def row(self, exercise: str, state: str = "") -> Any:
        """The row of an exercise in the map, in a state."""
        kind = f".fd-{state}" if state else ""
        row = self.page.locator(f".fd-exercise{kind}[aria-label^='{exercise},']")
        row.wait_for()
        return row

    def run_check(self, exercise: str, wait: bool = True) -> None:
        """Run the cell that checks an exercise, with Shift+Enter."""
        self.page.keyboard.press("Control")  # a person is at work: the focus is theirs
        self.page.evaluate(
            f"""exercise => {{
              const panel = {NOTEBOOK};
              jupyterapp.shell.activateById(panel.id);
              const cells = panel.content.widgets;
              panel.content.activeCellIndex = cells.findIndex(
                cell => cell.model.sharedModel.getSource() === `check("${{exercise}}")`);
              panel.content.mode = 'command';
              panel.content.activeCell.node.focus();
            }}""",
            exercise,
        )
        self.page.keyboard.press("Shift+Enter")
        if wait:
            self.card(exercise)

    def card(self, *texts: str) -> None:
        """Wait for a card that holds these texts."""
        self.page.wait_for_function(
            "texts => [...document.querySelectorAll('.fd-card')].some("
            "card => texts.every(text => card.textContent.includes(text)))",
            arg=list(texts),
        )

    def cursor_on(self, exercise: str) -> None:
        """Wait until the cursor of the module's editor is on the line of a definition."""
        self.page.wait_for_function(
            """exercise => {
              const editor = jupyterapp.shell.currentWidget?.content?.editor;
              const line = editor?.getLine(editor.getCursorPosition().line) ?? '';
              return new RegExp(`^(def|class) ${exercise}\\\\b`).test(line) && editor.hasFocus();
            }""",
            arg=exercise,
        )

    def see_both(self) -> None:
        """The notebook is at the left, the module at the right."""
        notebook = self.page.locator(".jp-NotebookPanel").bounding_box()
        module = self.page.locator(".jp-FileEditor").bounding_box()
        assert notebook["x"] + notebook["width"] <= module["x"] + 2

    def type_into(self, path: str, text: str) -> None:
        """Replace a module's text by keys, without saving."""
        self.page.wait_for_selector(".jp-FileEditor .cm-content")
        self.page.evaluate(
            f"path => {{ const module = {MODULE}; jupyterapp.shell.activateById(module.id);"
            " module.content.editor.focus() }",
            path,
        )
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def shown_in_editor(self, text: str) -> None:
        """Wait until the module's editor shows this text."""
        self.page.wait_for_function(
            f"({{path, text}}) => {MODULE}.content.model.sharedModel.getSource() === text",
            arg={"path": LOSSES, "text": text},
        )

    def write(self, module: str, text: str) -> None:
        """Save a module with another program."""
        (self.folder / "course" / f"{module}.py").write_text(text, encoding="utf-8")

    def kernel(self, condition: str) -> None:
        """Wait for a condition on the notebook's kernel."""
        self.page.wait_for_function(
            f"() => {{ const kernel = {NOTEBOOK}?.sessionContext.session?.kernel;"
            f" return kernel && ({condition}) }}"
        )

    def violations(self, *places: str) -> list[str]:
        """What axe-core finds in these elements."""
        found = axe.Axe().run(self.page, context={"include": [[each] for each in places]})
        return [
            f"{each['id']}: {node['target']} {node['html'][:90]}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]


def unsolved(module: str) -> str:
    return stub(solution_text(module), module)


def broken() -> str:
    """The unsolved losses, with a `softmax` that is wrong."""
    line = '    raise NotImplementedError("softmax: not written yet")\n'
    text = unsolved("losses")
    assert line in text
    return text.replace(line, BROKEN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learner")
    learner_written(folder)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path, serve: Any) -> str:
    return descent_lab(serve, folder)


@pytest.fixture(scope="module")
def workspaces(folder: Path, address: str) -> dict[Path, bytes]:
    """What `descent` has written for the page to open; pages write their own layout there."""
    return {each: each.read_bytes() for each in folder.glob(".descent/workspaces/*")}


def shut_down(address: str) -> None:
    """End all kernels."""
    headers = {"Authorization": f"token {TOKEN}"}
    request = urllib.request.Request(f"{address}/api/sessions", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        sessions = json.loads(answer.read())
    for session in sessions:
        path = f"{address}/api/sessions/{session['id']}"
        request = urllib.request.Request(path, headers=headers, method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()


@pytest.fixture
def visit(
    browser: Any, folder: Path, address: str, workspaces: dict[Path, bytes]
) -> Iterator[Callable[..., Learner]]:
    """Function that opens the course on an unsolved folder; a second time, on what is there."""
    visitors: list[Learner] = []
    learner_written(folder)
    for kept in (*folder.glob("course/*.kept-*"), *folder.glob("lessons/*.kept-*")):
        kept.unlink()
    for record in ("progress", "place", "hints", "practice"):
        (folder / ".descent" / f"{record}.json").unlink(missing_ok=True)
    shutil.rmtree(folder / ".descent" / "settings-of-tests", ignore_errors=True)

    def open_page(width: int = 1280, height: int = 900, **context: Any) -> Learner:
        for path, content in workspaces.items():
            path.write_bytes(content)  # as `descent` would
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size, **context).new_page()
        page.set_default_timeout(PATIENCE)
        visitor = Learner(page, folder)
        page.goto(f"{address}/lab/workspaces/lesson-1?token={TOKEN}")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        page.wait_for_function(f"() => {NOTEBOOK}?.context.isReady")
        page.wait_for_selector(".fd-lessons li", state="attached")
        visitors.append(visitor)
        return visitor

    yield open_page
    complaints = [said for visitor in visitors for said in visitor.complaints]
    for visitor in visitors:
        visitor.page.context.close()
    shut_down(address)
    assert complaints == []


Visit = Callable[..., Learner]
COUNTS = "([selector, count]) => document.querySelectorAll(selector).length === count"


def test_first_run_shows_the_course_and_how_it_goes(visit: Visit, picture: Any) -> None:
    learner = visit()
    page = learner.page
    page.wait_for_selector(".fd-greeting :text('Each save checks')")
    page.wait_for_function(COUNTS, arg=[".fd-lesson", len(LESSONS)])
    status = f"0 of {len(COUNTED)} · next: mean_squared_error"
    page.wait_for_selector(f".fd-status:has-text('{status}')")
    assert page.locator(".fd-status").inner_text() == status
    picture(page, "map-first-run")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".fd-greeting", state="detached")
    exercises = len(exercises_of(LESSONS[1].name))
    page.wait_for_function(COUNTS, arg=[".fd-here .fd-exercise", exercises])


def test_a_click_leads_to_the_function_and_to_its_section(visit: Visit) -> None:
    learner = visit()
    learner.row("softmax").click()
    learner.cursor_on("softmax")
    learner.page.wait_for_function(
        f"""() => {{
          const panel = {NOTEBOOK};
          const cell = panel.content.activeCell;
          if (!/Write it: softmax$/m.test(cell.model.sharedModel.getSource())) return false;
          const place = cell.node.getBoundingClientRect();
          const view = panel.content.node.getBoundingClientRect();
          return place.top >= view.top - 5 && place.top < view.top + view.height / 2;
        }}"""
    )
    assert (learner.folder / ".descent" / "place.json").read_text().count("softmax")


def test_everything_goes_by_keys(visit: Visit) -> None:
    learner = visit()
    page = learner.page
    in_the_map = "() => document.activeElement.closest('.fd-map') !== null"
    learner.row("softmax")
    page.keyboard.press("Alt+Shift+M")
    page.wait_for_function("() => document.activeElement.closest('.fd-greeting')")
    page.keyboard.press("Enter")  # the greeting goes, with the button that had the focus
    page.locator(".fd-greeting").wait_for(state="detached")
    page.wait_for_function(in_the_map)
    for _ in range(60):
        if page.evaluate("() => document.activeElement.ariaLabel?.startsWith('softmax,')"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    learner.cursor_on("softmax")
    page.keyboard.press("Alt+Shift+H")
    page.wait_for_selector(".fd-help li")
    page.keyboard.press("Alt+Shift+S")  # from the map: to the function
    page.keyboard.press("Alt+Shift+N")
    learner.cursor_on("mean_squared_error")
    assert page.evaluate("() => document.activeElement.closest('.jp-FileEditor') !== null")
    page.keyboard.press("Alt+Shift+S")  # to the text
    page.wait_for_function(f"() => jupyterapp.shell.currentWidget === {NOTEBOOK}")
    learner.write("losses", broken())
    learner.row("softmax", "failing")
    page.keyboard.press("Alt+Shift+C")
    learner.row("mean_squared_error", "unwritten")


def test_a_save_of_any_program_changes_map_and_card(visit: Visit, picture: Any) -> None:
    learner = visit()
    learner.run_check("softmax")
    learner.card("softmax", "not written yet")
    learner.write("losses", broken())
    learner.row("softmax", "failing")
    learner.card("softmax", "something does not hold yet", "As saved at", "Open softmax")
    picture(learner.page, "map-failing")
    learner.page.get_by_role("button", name="Open softmax", exact=True).click()
    learner.cursor_on("softmax")
    learner.write("losses", solution_text("losses"))
    learner.row("softmax", "passed")
    learner.card("softmax", "everything holds")
    assert learner.page.get_by_role("button", name="Open softmax", exact=True).count() == 0
    learner.shown_in_editor(solution_text("losses"))
    learner.cursor_on("softmax")  # its line is another now
    picture(learner.page, "map-passed")


def test_what_another_program_saves_takes_no_line_that_was_typed(visit: Visit) -> None:
    learner = visit()
    learner.row("softmax").click()
    learner.cursor_on("softmax")
    learner.type_into(LOSSES, typed := "# typed, not saved\n" + unsolved("losses"))
    learner.write("losses", broken())
    learner.row("softmax", "failing")  # of what is on the disk
    learner.shown_in_editor(typed)
    learner.page.keyboard.press("Control+s")
    learner.page.get_by_role("button", name="Revert").click()  # JupyterLab asks who wins
    learner.shown_in_editor(broken())


def test_an_unsaved_module_is_saved_before_a_cell_runs(visit: Visit) -> None:
    learner = visit()
    text = solution_text("losses")
    learner.type_into(LOSSES, text)
    learner.run_check("softmax")
    learner.card("softmax", "everything holds")
    assert (learner.folder / LOSSES).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("how", ["restart", "kill"])
def test_a_new_kernel_begins_with_the_first_cell(visit: Visit, how: str) -> None:
    learner = visit()
    learner.run_check("softmax")
    if how == "restart":
        learner.page.evaluate(f"() => {NOTEBOOK}.sessionContext.session.kernel.restart()")
    else:
        kernels = [each for each in psutil.process_iter() if is_kernel_of(each, learner)]
        os.kill(kernels[0].pid, signal.SIGKILL)
        learner.page.locator(".jp-Dialog button").first.click()  # JupyterLab says that it died
    note = learner.page.locator(".fd-saved-note")
    note.wait_for()
    assert "Run that cell again" in note.inner_text()
    learner.run_check("mean_squared_error")
    learner.card("mean_squared_error", "not written yet")
    note.get_by_role("button", name="Run that cell again").click()
    note.wait_for(state="detached")
    assert learner.page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0


def is_kernel_of(process: psutil.Process, learner: Learner) -> bool:
    try:
        ours = process.cwd() == str(learner.folder / "lessons")
        return ours and "ipykernel_launcher" in process.cmdline()
    except psutil.Error:
        return False


def test_after_a_reload_the_learner_goes_on(visit: Visit) -> None:
    learner = visit()
    learner.row("sigmoid").click()
    learner.cursor_on("sigmoid")
    learner.run_check("sigmoid")
    learner.page.evaluate(f"() => {NOTEBOOK}.context.save()")
    learner.page.on("dialog", lambda question: question.accept())  # it was not all saved
    learner.page.reload()
    greeting = learner.page.locator(".fd-greeting")
    greeting.wait_for()
    assert "You were at sigmoid, in “Loss functions”." in greeting.inner_text()
    assert "minutes are left in this lesson" in greeting.inner_text()
    greeting.get_by_role("button", name="Go on with").click()
    learner.cursor_on("mean_squared_error")


def test_hints_come_one_by_one_and_a_function_starts_over(visit: Visit, picture: Any) -> None:
    learner = visit()
    page = learner.page
    learner.write("losses", solution_text("losses"))
    learner.row("softmax", "passed").click()
    learner.cursor_on("softmax")
    page.get_by_role("button", name="Hint", exact=True).click()
    page.get_by_role("button", name="Next hint").click()
    page.wait_for_function("() => document.querySelectorAll('.fd-help li').length === 2")
    page.get_by_role("button", name="Start over").click()
    learner.row("softmax", "unwritten")
    page.wait_for_function(f"path => !{MODULE}.context.model.dirty", arg=LOSSES)
    kept = learner.folder / "course" / "losses.kept-1.py"
    assert kept.read_text(encoding="utf-8") == solution_text("losses")
    picture(page, "map-started-over")
    learner.cursor_on("softmax")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+s")
    learner.row("softmax", "passed")
    assert (learner.folder / LOSSES).read_text(encoding="utf-8") == solution_text("losses")


def test_ours_is_shown_beside_theirs_once_it_holds(visit: Visit, picture: Any) -> None:
    learner = visit()
    learner.row("softmax").click()
    learner.cursor_on("softmax")
    assert not learner.page.evaluate("() => jupyterapp.commands.isEnabled('first-descent:compare')")
    mine = solution_text("losses").replace("keepdims=True", "keepdims=bool(1)")
    learner.write("losses", mine)
    learner.row("softmax", "passed")
    learner.command("compare")
    table = learner.page.locator(".fd-comparison")
    table.wait_for()
    assert table.locator(".fd-differs").count() >= 1
    assert "keepdims=bool(1)" in table.locator(".fd-differs").first.inner_text()
    picture(learner.page, "map-comparison")
    assert learner.violations(".fd-page") == []


def test_the_next_lesson_opens_with_its_module(visit: Visit, picture: Any) -> None:
    learner = visit()
    page = learner.page
    page.get_by_role("button", name=f"Next lesson: {LESSONS[2].title}").first.click()
    page.wait_for_function(
        f"([notebook, path]) => {NOTEBOOK}?.context.path === notebook && {MODULE}?.isVisible",
        arg=[f"lessons/{LESSONS[2].name}.ipynb", f"course/{LESSONS[2].module}.py"],
    )
    learner.kernel("kernel.status === 'idle'")
    first = exercises_of(LESSONS[2].name)[0].name
    learner.run_check(first)
    learner.card(first, "not written yet")
    picture(page, "map-next-lesson")
    end = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .fd-end")
    assert f"0 of {len(exercises_of(LESSONS[2].name))} functions hold" in end.text_content()
    end.get_by_role("button").evaluate("button => button.click()")
    page.wait_for_function(
        f"notebook => {NOTEBOOK}?.context.path === notebook",
        arg=f"lessons/{LESSONS[3].name}.ipynb",
    )


def test_a_lesson_opened_from_the_file_browser_has_its_module_beside_it(visit: Visit) -> None:
    learner = visit()
    lesson = LESSONS[3]
    learner.page.evaluate(
        "path => void jupyterapp.commands.execute('docmanager:open', { path })",
        f"lessons/{lesson.name}.ipynb",
    )
    learner.page.wait_for_function(
        f"([notebook, path]) => {NOTEBOOK}?.context.path === notebook && {MODULE}?.isVisible",
        arg=[f"lessons/{lesson.name}.ipynb", f"course/{lesson.module}.py"],
    )


def test_the_course_has_an_end(visit: Visit, picture: Any) -> None:
    learner = visit()
    for module in MODULES:
        learner.write(module, solution_text(module))
    total = len(COUNTED)
    learner.page.wait_for_function(
        "total => document.querySelector('.fd-status').textContent.startsWith(`${total} of`)",
        arg=total,
    )
    learner.page.get_by_role("button", name="The end of the course").first.click()
    ending = learner.page.locator(".fd-page")
    ending.wait_for()
    assert f"All {total} functions hold" in ending.inner_text()
    picture(learner.page, "map-ending")
    assert learner.violations(".fd-page") == []


def test_a_notebook_starts_over(visit: Visit) -> None:
    learner = visit()
    learner.run_check("softmax")
    learner.command("reset-notebook")
    kept = learner.folder / "lessons" / f"{LESSONS[1].name}.kept-1.ipynb"
    end = time.monotonic() + PATIENCE / 1000
    while not kept.exists():
        assert time.monotonic() < end
        learner.page.wait_for_timeout(50)
    learner.page.wait_for_function(
        f"() => {NOTEBOOK}.content.widgets.every(cell => !cell.model.outputs?.length)"
    )
    assert "everything holds" in kept.read_text() or "not written yet" in kept.read_text()


def test_two_pages_show_the_same(visit: Visit) -> None:
    first = visit()
    second = visit()
    for learner in (first, second):
        learner.row("softmax", "unwritten")
    first.run_check("softmax")
    first.type_into(LOSSES, solution_text("losses"))
    first.page.keyboard.press("Control+s")
    for learner in (first, second):
        learner.row("softmax", "passed")
    first.card("softmax", "everything holds")
    assert first.folder == second.folder


def test_a_closed_module_comes_back_and_prose_stays_narrow(visit: Visit) -> None:
    learner = visit()
    page = learner.page
    page.wait_for_selector(".jp-FileEditor .cm-content")
    page.evaluate(f"path => {MODULE}.close()", LOSSES)
    page.wait_for_selector(".jp-FileEditor", state="detached")
    page.wait_for_timeout(300)
    width = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.jp-RenderedMarkdown p')]"
        ".map(each => each.getBoundingClientRect().width))"
    )
    assert 300 < width < 800
    page.locator("[data-jp-item-name='first-descent:sides']").first.click()
    learner.cursor_on("mean_squared_error")


def test_a_narrow_window_gives_way_to_the_text(visit: Visit, picture: Any) -> None:
    learner = visit(width=800)
    page = learner.page
    page.wait_for_function("() => !document.querySelector('.fd-map')?.checkVisibility()")
    page.keyboard.press("Alt+Shift+M")
    learner.row("softmax").click()
    learner.cursor_on("softmax")
    page.wait_for_function("() => !document.querySelector('.fd-map')?.checkVisibility()")
    picture(page, "map-narrow")
    assert not page.locator(".jp-NotebookPanel").is_visible()  # one document fills the window
    page.keyboard.press("Alt+Shift+S")
    page.locator(".jp-NotebookPanel").wait_for()
    assert page.locator(".jp-NotebookPanel").bounding_box()["width"] > 600
    page.set_viewport_size({"width": 1280, "height": 900})
    for place in (".fd-map", ".jp-NotebookPanel", ".jp-FileEditor"):
        page.locator(place).wait_for()
    learner.see_both()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_violation(visit: Visit, picture: Any, theme: str) -> None:
    learner = visit(reduced_motion="reduce")
    page = learner.page
    change = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    page.evaluate(change, theme)
    light = str("Dark" not in theme).lower()
    page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
    learner.run_check("softmax")
    learner.write("losses", broken())
    learner.row("softmax", "failing")
    learner.card("softmax", "Open softmax")
    places = [".fd-map", ".fd-status", ".fd-below", ".fd-cell-mark", ".fd-end"]
    assert learner.violations(*places) == []
    learner.write("losses", solution_text("losses"))
    learner.row("softmax", "passed").click()
    learner.command("hint")
    page.wait_for_selector(".fd-help li")
    page.evaluate(f"() => {NOTEBOOK}.sessionContext.session.kernel.restart()")
    page.wait_for_selector(".fd-saved-note")
    assert learner.violations(".fd-map", ".fd-saved-note") == []
    picture(page, f"map-{theme.split()[-1].lower()}")
    ours = "each.playState === 'running' && each.effect.target.closest('[class*=fd-]')"
    assert page.evaluate(f"() => document.getAnimations().filter(each => {ours}).length") == 0
    page.evaluate(
        "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})"
    )
    page.wait_for_selector('body[data-jp-theme-light="true"]', state="attached")


def test_elsewhere_it_is_silent(jupyter: JupyterLab, tmp_path: Path, write_notebook: Any) -> None:
    write_notebook(tmp_path / "mine.ipynb", ["1 + 1"])
    page = jupyter.open(tmp_path / "mine.ipynb")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    jupyter.run_all(page)
    assert page.evaluate(f"() => {NOTEBOOK}.content.widgets[0].model.outputs.length") == 1
    assert page.locator("[class*='fd-']").count() == 0
    assert not [url for url in asked if "first-descent" in url]
    page.context.close()


def test_a_course_below_the_servers_root_is_found(jupyter: JupyterLab, tmp_path: Path) -> None:
    learner_written(tmp_path)
    page = jupyter.open(tmp_path / "lessons" / f"{LESSONS[0].name}.ipynb")
    learner = Learner(page, tmp_path)
    page.wait_for_selector(".fd-lessons li", state="attached")
    learner.write("welcome", solution_text("welcome"))
    page.wait_for_function(
        "() => document.querySelector('.fd-status')?.textContent.startsWith('1 of')"
    )
    jupyter.leave(page)
    assert learner.complaints == []
