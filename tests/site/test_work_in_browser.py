"""What a learner wrote on a site: it leaves and enters as a file, and nothing loses it."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.learner.take_away import begin_from
from autograder.maintain.make import solution_text, stub
from autograder.site.build import ABOUT

pytestmark = pytest.mark.timeout(3600)
ROOT = Path(__file__).parents[2]
SOLVED = solution_text("losses")
OLDER = SOLVED.replace('"""', '"""An older text. ', 1)
OTHER = "lessons/2_gradient_descent.ipynb"
OLDER_SENTENCE = "An older sentence."
STAYS = "the outputs of this cell are mine"
INSERT = f"""() => {{
  const panel = window.jupyterapp.shell.currentWidget;
  const cell = panel.content.widgets.find(each => each.model.type === 'code').model;
  cell.sharedModel.setSource(cell.sharedModel.getSource() + '\\n# {STAYS}');
  return panel.context.save();
}}"""
FILL = """() => {
  const { sharedModel } = window.jupyterapp.shell.currentWidget.content.widgets[0].model;
  sharedModel.setSource(sharedModel.getSource() + ' and more'.repeat(100));
  return window.jupyterapp.commands.execute('docmanager:save').catch(() => null);
}"""
# Chromium's own way of making room scarce, for one origin
QUOTA = "Storage.overrideQuotaForOrigin"


@pytest.mark.by_hand
def test_a_course_leaves_and_enters_by_the_buttons(
    address: str, visit: Any, tmp_path: Path
) -> None:
    lesson = visit(address)
    lesson.write("course/losses.py", SOLVED)
    assert "everything holds" in lesson.run('check("softmax")')
    with lesson.page.expect_download() as started:
        lesson.page.get_by_role("button", name="Take my course with me").click()
    started.value.save_as(tmp_path / "ada.zip")
    begin_from(tmp_path / "mine", tmp_path / "ada.zip")
    assert (tmp_path / "mine/course/losses.py").read_text() == SOLVED
    progress = json.loads((tmp_path / "mine/.descent/progress.json").read_text())
    assert progress["softmax"]["outcome"] == "passed"

    other = visit(address)
    mine = "# mine\n" + other.read("course/losses.py")
    other.write("course/losses.py", mine)
    with other.page.expect_file_chooser() as chosen:
        other.page.get_by_role("button", name="Open a course").click()
    chosen.value.set_files(tmp_path / "ada.zip")
    other.page.get_by_text("Your course is here").wait_for()
    assert other.read("course/losses.py") == SOLVED
    assert other.read("course/losses.kept-1.py") == mine
    other.page.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('1 of 47')"
    )


@pytest.mark.exhaustive
def test_an_update_of_the_site_arrives_and_leaves_what_was_written(
    site: Path, own_address: tuple[str, Path], visit: Any, browser: Any
) -> None:
    address, place = own_address
    make_older(place)
    profile = browser.new_context()
    merged = json.loads((site / ABOUT).read_text())["given"]  # the merging is seen below
    profile.add_init_script(f"localStorage.setItem('first-descent:given', '{merged}')")
    lesson = visit(address, profile=profile)
    assert OLDER_SENTENCE in json.dumps(lesson.read(OTHER))  # so it is kept for the next visit
    mine = "# mine\n" + lesson.read("course/losses.py")
    lesson.write("course/losses.py", mine)
    lesson.page.evaluate(INSERT)
    before = lesson.page.evaluate("caches.keys()")
    lesson.page.close()

    renew(place, site)
    loads: list[str] = []
    profile.on("page", lambda page: page.on("load", lambda shown: loads.append(shown.url)))
    lesson = visit(address, profile=profile)
    assert OLDER_SENTENCE not in json.dumps(lesson.read(OTHER))
    assert lesson.read("course/losses.py") == mine
    assert STAYS in json.dumps(lesson.cells())
    assert len(loads) <= 2  # the older page, which may be left as it loads, and the newer one
    after = lesson.page.evaluate("caches.keys()")
    assert {*before} & {*after} == {"precache"}  # JupyterLite's own, which is empty
    profile.close()


@pytest.mark.by_hand
def test_an_update_of_the_site_is_merged_with_what_was_written(
    site: Path, own_address: tuple[str, Path], visit: Any, browser: Any
) -> None:
    address, place = own_address
    make_older(place)
    profile = browser.new_context()
    lesson = visit(address, profile=profile)
    first, _, rest = lesson.read("course/losses.py").partition("\n")
    assert rest.startswith('"""An older text. ')
    lesson.write("course/losses.py", f"{first}\n{OLDER}")
    lesson.page.evaluate(INSERT)
    assert "everything holds" in lesson.run('check("softmax")')
    lesson.page.wait_for_function("localStorage.getItem('first-descent:given')")
    lesson.page.close()

    renew(place, site)
    again = visit(address, profile=profile)
    again.page.get_by_text("updated; what you wrote is still in it").wait_for()
    again.ready()
    losses = again.read("course/losses.py").partition("\n")[2]
    assert losses == SOLVED  # what is new has come, and all else is as it was
    assert STAYS in json.dumps(again.read("lessons/1_loss_functions.ipynb"))
    assert OLDER_SENTENCE not in json.dumps(again.read(OTHER))
    assert json.loads(again.read(".descent/progress.json"))["softmax"]["outcome"] == "passed"
    assert "everything holds" in again.run('check("softmax")')
    profile.close()


def renew(place: Path, site: Path) -> None:
    """Replace a site by another one, whose files are dated as they are copied."""
    shutil.rmtree(place)
    shutil.copytree(site, place, copy_function=shutil.copyfile)


def make_older(site: Path) -> None:
    """Make of a copied site one of an older version: a docstring and a lesson are others."""
    lesson = json.loads((ROOT / OTHER).read_text())
    lesson["cells"][-1]["source"] = [*lesson["cells"][-1]["source"], f"\n\n{OLDER_SENTENCE}"]
    older = {"solutions/losses.py": OLDER.encode(), OTHER: json.dumps(lesson).encode()}
    (site / "files" / OTHER).write_bytes(older[OTHER])
    (site / "files/course/losses.py").write_text(stub(OLDER, "losses"))
    lock = site / "static/pyodide/pyodide-lock.json"
    packages = json.loads(lock.read_text())["packages"]
    wheel = lock.with_name(packages["first-descent"]["file_name"])
    with zipfile.ZipFile(wheel) as packed:
        files = {inside: packed.read(inside) for inside in packed.namelist()} | older
    with zipfile.ZipFile(wheel, "w") as packed:
        for inside, content in files.items():
            packed.writestr(inside, content)
    known = packages["first-descent"]["sha256"]
    replaced = {known: hashlib.sha256(wheel.read_bytes()).hexdigest()}
    replaced[json.loads((site / ABOUT).read_text())["version"]] = "0" * 12
    for path in (lock, site / ABOUT, site / "service-worker.js", site / "start.js"):
        text = path.read_text()
        for now, before in replaced.items():
            text = text.replace(now, before)
        path.write_text(text)


@pytest.mark.by_hand
def test_a_reload_in_the_middle_of_a_check_loses_nothing(address: str, visit: Any) -> None:
    lesson = visit(address)
    lesson.write("course/losses.py", SOLVED)
    lesson.page.evaluate(INSERT)
    lesson.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    lesson.page.once("dialog", lambda dialog: dialog.accept())  # “Leave site?”
    lesson.page.reload()
    lesson.open()
    assert lesson.read("course/losses.py") == SOLVED
    assert STAYS in json.dumps(lesson.cells())
    assert "everything holds" in lesson.run('check("softmax")')


@pytest.mark.by_hand
def test_a_browser_without_room_says_so(address: str, visit: Any) -> None:
    lesson = visit(address)
    lesson.run("%load_ext")
    origin = address.partition("/a/")[0]
    session = lesson.page.context.new_cdp_session(lesson.page)
    session.send(QUOTA, {"origin": origin, "quotaSize": 1})
    said = lesson.page.locator(".jp-Dialog")
    while not said.count():  # Chromium asks only now and then how much room there is
        lesson.page.evaluate(FILL)
        lesson.page.wait_for_timeout(1000)
    assert "no room left" in said.inner_text()
    session.send(QUOTA, {"origin": origin})
    lesson.write("course/losses.py", SOLVED)  # with room again, it goes on
    assert lesson.read("course/losses.py") == SOLVED


@pytest.mark.by_hand
def test_a_window_that_keeps_no_files_says_so(address: str, browser: Any, visit: Any) -> None:
    profile = browser.new_context()
    profile.add_init_script("IDBFactory.prototype.open = () => { throw new Error('forbidden'); }")
    lesson = visit(address, profile=profile)
    lesson.page.get_by_text("This window keeps no files").wait_for()
    profile.close()


@pytest.mark.exhaustive
def test_a_telephone_shows_the_lesson_and_moves_an_experiment_by_touch(
    address: str, browser: Any, visit: Any, picture: Any
) -> None:
    phone = {"width": 360, "height": 740}
    profile = browser.new_context(viewport=phone, has_touch=True, is_mobile=True)
    lesson = visit(address, "0_welcome", profile=profile)
    lesson.prepare()
    assert not lesson.page.locator(".jp-FileBrowser").is_visible()
    picture(lesson.page, "site-telephone-text")
    lesson.run("%load_ext")
    lesson.run("from lab import slide_a_wave")
    (name,) = lesson.experiments()
    lesson.drawn(name)
    picture(lesson.page, "site-telephone")
    shown = lesson.page.locator(".jp-NotebookPanel").bounding_box()
    assert shown["width"] > 0.75 * phone["width"]  # nothing but two rows of icons is beside it
    assert shown["height"] > 0.75 * phone["height"]
    wide = lesson.page.evaluate(
        "() => [...document.querySelectorAll('.jp-Notebook .jp-RenderedMarkdown p, .descent')]"
        ".filter(each => each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0
    slider = lesson.page.locator(".descent input[type=range]").first
    before = slider.input_value()
    box = slider.bounding_box()
    lesson.page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    assert slider.input_value() != before
    lesson.drawn(name)
    assert lesson.complaints == []
    profile.close()
