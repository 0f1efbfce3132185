"""Lessons keep to one format, so that seven of them read as one book."""

import ast
import importlib
import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import jupytext
import nbformat
import pytest

from autograder.exercises.manifest import EXERCISES, LESSONS, exercise
from autograder.maintain.verify.minutes import seconds_by_cell
from lab import EXPERIMENTS
from lab.reading.glossary import read_terms
from lab.reading.quiz import read_questions

FOLDER = Path(__file__).parents[2] / "lessons"
SOURCES = sorted((FOLDER / "sources").glob("*.py"))
LESSON_SOURCES = [path for path in SOURCES if path.stem[0].isdigit()]
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CLOSING = [
    "## Check your understanding",
    "reflection",
    "answer",
    "## Recap",
    "## Key terms",
    "## What we left out",
    "## Sources",
    "**Next:**",
]
WHAT_TO_SEE = '<details class="what-to-see"><summary>What to see</summary>\n\n'
SCRATCH = "# Look for the cause here"
STOP = "**A good place to stop.** "
EXPERIMENT = re.compile(rf"^from lab import ({'|'.join(EXPERIMENTS)})$", re.MULTILINE)
DISMISSIVE = re.compile(
    r"\b(simply|simple enough|obvious(ly)?|trivial(ly)?|of course|easy|easily)\b", re.I
)
# "just" is fine for a moment or a place ("have just written", "just below"); not in "just add".
JUST = re.compile(
    r"(?<!have )(?<!has )\bjust (?!right|where|as|above|below|before|after)", re.IGNORECASE
)
ACCENT = re.compile(
    r"\b(mend(s|ed|ing)?|anew|dearer|misspelt|whoever|for ever|at the left)\b|\d %",
    re.I,
)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(((?:[^()\s]|\([^()\s]*\))*)\)")
DOI = re.compile(r"10\.\d{4,9}/\S+")
BULLET = re.compile(r"^- \*\*(.+?)\*\*(?: \([^)]*\))?: (.+)$", re.DOTALL)


@cache
def read(path):
    return jupytext.read(path).cells


def prose(path):
    """Markdown of a lesson without code, links' addresses and formulas."""
    text = "\n\n".join(cell.source for cell in read(path) if cell.cell_type == "markdown")
    text = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", " ", text, flags=re.DOTALL)
    return LINK.sub(r"\2", text)


def section(path, heading):
    """Text of a section, up to the next heading of the same level."""
    text = "\n".join(cell.source for cell in read(path) if cell.cell_type == "markdown")
    _, found, rest = text.partition(f"\n{heading}\n") if f"\n{heading}\n" in text else ("", "", "")
    if not found and text.startswith(f"{heading}\n"):
        rest = text.removeprefix(f"{heading}\n")
    return re.split(r"^## ", rest, flags=re.MULTILINE)[0]


def joined(text):
    return " ".join(text.split())


def same_sentence(left, right):
    """Whether two sentences agree except for the case of the first letter."""
    return left[1:] == right[1:] and left[0].lower() == right[0].lower()


def lessons(test):
    return pytest.mark.parametrize("path", LESSON_SOURCES, ids=lambda path: path.stem)(test)


def of_manifest(path):
    return next(lesson for lesson in LESSONS if lesson.name == path.stem)


def test_every_lesson_has_a_source_and_no_source_is_left_over():
    assert [path.stem for path in LESSON_SOURCES] == [lesson.name for lesson in LESSONS]


def test_every_source_has_its_notebook_and_every_notebook_its_source():
    assert [path.stem for path in NOTEBOOKS] == [path.stem for path in SOURCES]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_saved_without_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_source_header_names_the_kernel_and_no_version(path):
    header = path.read_text(encoding="utf-8").split("\n# ---\n")[0]
    assert "name: python3" in header
    assert "version" not in header


@lessons
def test_lesson_opens_with_title_goals_needs_and_minutes(path):
    opening = read(path)[0].source
    lesson = of_manifest(path)
    assert opening.startswith(f"# {path.stem[0]} · {lesson.title}\n")
    goals = re.search(r"After this lesson you can\W*\n\n((?:- .+\n(?:  .+\n)*)+)", opening)
    assert goals
    assert 3 <= len(re.findall(r"^- ", goals[1], re.MULTILINE)) <= 5
    assert re.search(r"You need\b", opening)
    assert f"**About {lesson.minutes} minutes" in opening


@lessons
def test_lesson_shows_its_set_up_cell(path):
    cells = read(path)
    first = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    lines = cells[first].source.splitlines()
    assert lines[:2] == ["%load_ext autoreload", "%autoreload 2"]
    assert "from autograder import check" in lines
    assert any(line.startswith("from course import ") for line in lines)
    assert cells[first - 1].cell_type == "markdown"


@lessons
def test_lesson_closes_in_the_agreed_order(path):
    found = []
    for cell in read(path):
        if cell.cell_type == "markdown":
            found += [tag for tag in cell.metadata.get("tags", []) if tag in CLOSING]
            marks = re.findall(r"^(?:## .+$|\*\*Next:\*\*)", cell.source, re.MULTILINE)
            found += [mark for mark in marks if mark in CLOSING]
    assert found == (CLOSING if path != LESSON_SOURCES[-1] else CLOSING[:-1])


@pytest.mark.parametrize(
    ("path", "following"), list(pairwise(LESSON_SOURCES)), ids=lambda path: path.stem
)
def test_lesson_ends_with_a_link_that_opens_the_next_one(path, following):
    last = read(path)[-1].source
    title = next(lesson.title for lesson in LESSONS if lesson.name == following.stem)
    link = f"[Lesson {following.stem[0]} · {title}]({following.stem}.ipynb)"
    assert last.startswith(f"**Next:** {link}")


@lessons
def test_lesson_opens_with_questions_from_the_lessons_before_it(path):
    code = [cell.source for cell in read(path) if cell.cell_type == "code"]
    places = [place for place, source in enumerate(code) if f'recall("{path.stem}")' in source]
    assert places == ([] if path == LESSON_SOURCES[0] else [1]), "right after the set-up cell"


@lessons
def test_lesson_has_one_place_to_stop_in_its_middle(path):
    cells = read(path)
    stops = [place for place, cell in enumerate(cells) if STOP in cell.source]
    assert len(stops) == (0 if path == LESSON_SOURCES[0] else 1)
    seconds = seconds_by_cell(path.read_text(encoding="utf-8"), tuple(EXPERIMENTS))
    for stop in stops:
        assert 0.35 < sum(seconds[:stop]) / sum(seconds) < 0.65


@lessons
def test_lesson_asks_for_the_cause_of_something_broken(path):
    cells = read(path)
    asked = [place for place, cell in enumerate(cells) if cell.source.startswith(SCRATCH)]
    assert len(asked) == (1 if path.stem[0] in "123456" else 0)
    for place in asked:
        before, answer, proof = cells[place - 2], cells[place + 1], cells[place + 2]
        assert before.cell_type == "code", "the broken program"
        assert answer.source.startswith("<details><summary>What it was</summary>\n\n")
        assert "assert " in proof.source


@lessons
def test_model_answer_follows_the_learners_own(path):
    cells = read(path)
    (answer,) = (i for i, cell in enumerate(cells) if cell.metadata.get("tags") == ["answer"])
    assert f'model_answer("{path.stem}")' in cells[answer + 1].source
    answers = tomllib.loads((FOLDER / "model_answers.toml").read_text(encoding="utf-8"))
    assert 40 < len(answers[path.stem].split()) < 200


@lessons
def test_key_terms_come_back_as_cards(path):
    cells = read(path)
    (terms,) = (i for i, cell in enumerate(cells) if "## Key terms\n" in cell.source)
    assert f'flash_cards("{path.stem}")' in cells[terms + 1].source


@lessons
def test_lesson_asks_one_reflection_and_leaves_room_for_the_answer(path):
    cells = read(path)
    tagged = [i for i, cell in enumerate(cells) if "reflection" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    question, answer = cells[tagged[0]], cells[tagged[0] + 1]
    assert "?" in question.source or "xplain" in question.source
    assert answer.metadata["tags"] == ["answer"]
    assert answer.source == "*Write your answer here.*"


@lessons
def test_lesson_shows_its_own_quiz(path):
    code = [cell.source for cell in read(path) if cell.cell_type == "code"]
    assert sum(f'quiz("{path.stem}")' in source for source in code) == 1
    assert 2 <= len(read_questions(path.stem)) <= 4


@lessons
def test_each_exercise_is_explained_and_checked_once_in_course_order(path):
    cells = read(path)
    checked = []
    for i, cell in enumerate(cells):
        if cell.cell_type == "code" and (match := re.fullmatch(r'check\("(.+)"\)', cell.source)):
            checked.append(match[1])
            assert cells[i - 1].cell_type == "markdown"
            headings = re.findall(r"^#+ .+$", cells[i - 1].source, re.MULTILINE)
            before = headings or re.findall(r"^#+ .+$", cells[i - 2].source, re.MULTILINE)
            verb = "Repair" if exercise(match[1]).bug else "Write"
            assert before[-1] == f"### {verb} it: {match[1]}"
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert len(re.findall(r"\bcheck\(", code)) == len(checked)
    assert checked == [exercise.name for exercise in EXERCISES if exercise.lesson == path.stem]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_code_cells_are_short_and_introduced_by_prose(path):
    cells = read(path)
    for i, cell in enumerate(cells):
        if cell.cell_type == "code":
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert 1 <= len(lines) <= 10, cell.source
            nearby = cells[max(0, i - 2) : i]
            assert any(near.cell_type == "markdown" for near in nearby), cell.source


@lessons
def test_each_experiment_stands_between_a_prediction_and_what_to_see(path):
    cells = read(path)
    for i, cell in enumerate(cells):
        if cell.cell_type == "code" and EXPERIMENT.search(cell.source):
            assert re.search(r"^\*\*Predict\.\*\* ", cells[i - 1].source, re.MULTILINE)
            assert cells[i + 1].source.startswith(WHAT_TO_SEE)


@lessons
def test_lesson_has_an_experiment_and_a_figure_unless_it_is_the_welcome(path):
    code = "\n".join(cell.source for cell in read(path) if cell.cell_type == "code")
    assert EXPERIMENT.search(code)
    assert "from lab.pictures." in code or path.stem == "0_welcome"


@lessons
def test_pictures_of_a_lesson_exist(path):
    for cell in read(path):
        if cell.cell_type != "code":
            continue
        for module, names in re.findall(
            r"^from (lab\.pictures\.\w+) import (.+)$", cell.source, re.M
        ):
            for name in names.split(", "):
                assert callable(getattr(importlib.import_module(module), name))
                assert f"{name}(" in cell.source


@lessons
def test_code_of_a_lesson_parses_and_imports_no_solutions(path):
    for cell in read(path):
        if cell.cell_type == "code":
            plain = re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE)
            for node in ast.walk(ast.parse(plain)):
                if isinstance(node, ast.ImportFrom):
                    assert node.module.split(".")[0] in ("autograder", "course", "lab")
                if isinstance(node, ast.Import):
                    assert [name.name for name in node.names] == ["numpy"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_links_and_digital_object_identifiers_are_well_formed(path):
    text = "\n".join(cell.source for cell in read(path) if cell.cell_type == "markdown")
    text = re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.DOTALL)
    assert "http://" not in text
    for image, label, address in LINK.findall(text):
        assert label.strip(), f"{address} has no text"
        if not image and not address.startswith("#"):
            assert re.fullmatch(r"https://[\w.-]+\.[a-z]{2,}(/\S*)?|[\w./#-]+\.(ipynb|py)", address)
        address = unquote(address)
        if address.startswith("https://doi.org/"):
            assert DOI.fullmatch(address.removeprefix("https://doi.org/")), address
        if label.startswith("doi:"):
            assert address == f"https://doi.org/{label.removeprefix('doi:')}"
        if label.startswith("arXiv:"):
            assert address == f"https://arxiv.org/abs/{label.removeprefix('arXiv:')}"
    bare = LINK.sub(" ", text)
    assert "https://" not in bare
    assert not DOI.search(bare)


@lessons
def test_lesson_cites_sources_with_year_and_address_or_page(path):
    entries = [joined(x) for x in re.split(r"^- ", section(path, "## Sources"), flags=re.M)[1:]]
    assert entries
    for entry in entries:
        assert LINK.search(entry) or re.search(r"\d–\d", entry), entry
        assert re.search(r"\((1[89]|20)\d\d", entry) or "documentation" in entry, entry


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_image_has_a_text_that_stands_for_it(path):
    text = "\n".join(cell.source for cell in read(path))
    assert all(label.strip() for image, label, _ in LINK.findall(text) if image)
    for tag in re.findall(r"<img\b[^>]*>", text):
        assert re.search(r'\balt="[^"]+"', tag), tag


@lessons
def test_key_terms_are_those_of_the_glossary_word_for_word(path):
    bullets = [x.strip() for x in re.split(r"^(?=- )", section(path, "## Key terms"), flags=re.M)]
    defined = {}
    for bullet in filter(None, bullets):
        match = BULLET.match(joined(bullet))
        assert match, f"expected '- **term**: definition.', got {bullet!r}"
        defined[match[1].lower()] = match[2]
    sentences = {term.term.lower(): term.definition for term in read_terms()}
    assert set(defined) <= set(sentences), "terms that lessons/glossary.toml lacks"
    for term, sentence in defined.items():
        assert same_sentence(sentence, sentences[term]), f"{term}: the glossary says otherwise"
    own = {term.term.lower() for term in read_terms() if term.lesson == path.stem}
    assert own <= set(defined), "terms of this lesson that its key terms lack"


@lessons
def test_key_terms_are_bold_where_the_story_first_explains_them(path):
    cells = [cell.source for cell in read(path) if cell.cell_type == "markdown"]
    story = "\n".join(cells).split("\n## Key terms")[0].lower()
    bold = {joined(phrase).rstrip("s.,:") for phrase in re.findall(r"\*\*([^*]+)\*\*", story)}
    for term in read_terms(path.stem):
        names = [name.lower() for name in (term.term, *term.also)]
        stems = tuple(name[:7].rstrip("s") for name in names)  # converges, one-hot, weight
        assert any(phrase.startswith(stems) for phrase in bold), f"{term.term} is nowhere in bold"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_prose_never_tells_readers_that_it_is_easy(path):
    text = joined(prose(path))
    assert not DISMISSIVE.search(text), DISMISSIVE.search(text)[0]
    assert not JUST.search(text), text[JUST.search(text).start() :][:60]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_prose_is_what_a_native_speaker_would_say(path):
    text = joined(prose(path))
    assert not ACCENT.search(text), text[ACCENT.search(text).start() :][:60]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_prose_uses_true_minus_signs_outside_of_code(path):
    text = prose(path)
    assert not re.search(r"(?<![\w-])-\d", re.sub(r"^- ", "", text, flags=re.MULTILINE))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_wrapped_line_turns_into_a_quotation(path):
    for cell in read(path):
        if cell.cell_type == "markdown":
            assert not re.search(r"^>", cell.source, re.MULTILINE)
