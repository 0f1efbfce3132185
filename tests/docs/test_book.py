"""The web book: complete, solved, readable by everyone, and in need of no network."""

from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from autograder.exercises.manifest import EXERCISES, LESSONS

pytestmark = pytest.mark.exhaustive

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "shortcut icon"}
SEEN = ("index.html", "lessons/3_learning_rate.html", "exercises.html", "experiments.html")


def test_book_has_every_lesson_and_every_guide(pages):
    wanted = {f"lessons/{lesson.name}.html" for lesson in LESSONS}
    wanted |= {"lessons/glossary.html", "experiments.html", "exercises.html", "learning.html"}
    wanted |= {"instructors.html", "scale.html", "security.html", "contributing.html"}
    assert wanted <= set(pages)


def test_links_inside_the_book_lead_somewhere(pages, book):
    checked = 0
    for name, page in pages.items():
        for link in page.of("a"):
            address, fragment = urldefrag(link.get("href", ""))
            if "://" in address or address.startswith("mailto:"):
                continue
            path = (page.path.parent / unquote(address)).resolve() if address else page.path
            target = path.relative_to(book.resolve()).as_posix()
            assert path.is_file(), f"{name}: {link['href']}"
            if fragment and target in pages:
                assert unquote(fragment) in pages[target].ids, f"{name}: {link['href']}"
            checked += 1
    assert checked > 500


def test_pages_load_nothing_from_a_network(pages):
    for name, page in pages.items():
        for tag, attribute in LOADING.items():
            for attributes in page.of(tag):
                if tag == "link" and not set(attributes.get("rel", "").split()) & LOADED:
                    continue
                address = attributes.get(attribute, "")
                assert not address.startswith(("http:", "https:", "//")), f"{name}: {address}"


def test_pictures_say_what_they_show(pages):
    pictures = [
        (name, picture.get("alt", "").strip())
        for name, page in pages.items()
        for picture in page.of("img")
    ]
    assert len(pictures) > 50
    assert all(len(alt) > 20 for _, alt in pictures), [p for p in pictures if len(p[1]) <= 20]


def test_experiments_all_leave_a_picture(pages):
    from lab import EXPERIMENTS

    assert len(pages["experiments.html"].of("img")) == len(EXPERIMENTS)


def test_lessons_are_shown_solved(pages):
    for lesson in LESSONS:
        page = pages[f"lessons/{lesson.name}.html"]
        cards = [tag for tag in page.of("div") if tag.get("aria-label") == "Feedback"]
        exercises = [exercise for exercise in EXERCISES if exercise.lesson == lesson.name]
        assert len(cards) == len(exercises)
        states = {tag["aria-label"] for tag in page.of("span") if tag.get("role") == "img"}
        assert states == {"holds"}, lesson.name


def test_formulas_are_mathml(pages):
    formulas = [
        math
        for name, page in pages.items()
        if name.startswith("lessons/")
        for math in page.of("math")
    ]
    assert len(formulas) > 200
    for name, page in pages.items():
        assert "\\(" not in page.text, name
        assert "\\frac" not in page.text, name


def test_exercises_are_all_in_the_reference(pages):
    ids = pages["exercises.html"].ids
    for exercise in EXERCISES:
        assert f"solutions.{exercise.module}.{exercise.name}" in ids


def test_search_knows_the_lessons(book):
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    for word in ("momentum", "bubblewrap", "diabet"):  # as the search stems it
        assert word in index


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", SEEN)
def test_axe_finds_no_violation(browser, book, name, theme):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=theme)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto((book / name).as_uri())
    page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert complaints == []  # before axe asks for style sheets, which a page from a disk may not
    found = axe.Axe().run(page).response["violations"]
    told = [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found
        for node in each["nodes"][:3]
    ]
    context.close()
    assert told == []


@pytest.mark.parametrize("name", [*SEEN, "lessons/4_optimizers.html", "contributing.html"])
def test_nothing_sticks_out_of_a_phone(browser, book, name):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((book / name).as_uri())
    width = page.evaluate("() => document.documentElement.scrollWidth")
    context.close()
    assert width <= 360


def test_book_is_built_outside_of_the_project(book):
    assert not Path(book).is_relative_to(Path(__file__).parents[2])
