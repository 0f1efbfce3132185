"""README, CONTRIBUTING and the guides name only what exists."""

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from autograder.commands.main import main

ROOT = Path(__file__).parents[2]
PAGES = [
    path
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    if path.name != "CODE_OF_CONDUCT.md"
]
LINK = re.compile(r"!?\[[^\]]*\]\((?P<address>[^)\s]+)\)")
CODE = re.compile(r"```(?:sh|bash|console)?\n(?P<block>.*?)```|`(?P<span>[^`\n]+)`", re.DOTALL)
COMMAND = re.compile(r"^(?:uv run (?:--extra teach )?)?descent(?: (?P<rest>.*))?$")
PATH = re.compile(r"^(?:[\w.-]+/)+[\w.-]*$")
# Folders of a learner, of nbgrader and of the machine; these are not the project's.
ELSEWHERE = (
    *("~/", "/", ".descent/", ".venv/", "DIR/", "OUT/", "course/ridge.py"),
    *("SUBMISSIONS/", "submitted/", "source/", "release/", "autograded/", "feedback/", "student/"),
)
pages = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def code_of(page: Path) -> list[str]:
    """Every line of code on a page, comments and prompts taken off."""
    lines: list[str] = []
    for found in CODE.finditer(page.read_text(encoding="utf-8")):
        lines += (found["block"] or found["span"] or "").splitlines()
    return [re.sub(r"\s{2,}#.*$", "", line).strip().removeprefix("$ ") for line in lines]


def commands_of(page: Path) -> list[str]:
    """What follows `descent` in every command of a page."""
    parts = [part.strip() for line in code_of(page) for part in re.split(r"&&|\|", line)]
    return [found["rest"] or "" for part in parts if (found := COMMAND.match(part))]


@pages
def test_links_lead_to_files_that_exist(page):
    for address in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in address or address.startswith(("mailto:", "#")):
            continue
        target = (page.parent / address.partition("#")[0]).resolve()
        assert target.exists(), address


@pages
def test_commands_and_their_options_exist(page):
    for rest in commands_of(page):
        name, *words = rest.split() or ["lab"]
        if name.startswith("-"):
            name, words = "lab", [name, *words]
        if name in ("--help", "…"):
            continue
        command = main.get_command(click.Context(main), name)
        assert command is not None, f"descent {rest}"
        known = {
            option
            for parameter in command.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
        }
        if name != "lab":  # its options go to JupyterLab
            for word in words:
                if word.startswith("--"):
                    assert word.partition("=")[0] in known | {"--help"}, f"descent {rest}"


@pages
def test_paths_in_code_exist(page):
    for line in code_of(page):
        for word in line.split():
            path = word.strip("\"'.,;:()")
            if not PATH.match(path) or path.startswith(ELSEWHERE):
                continue
            first = path.split("/")[0]
            if (ROOT / first).is_dir():
                assert (ROOT / path).exists(), path


def test_readme_begins_with_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    start = text.split("## ")[1]
    assert re.findall(r"^(uv run .*?)  ", start, re.MULTILINE) == [
        "uv run descent",
        "uv run --group dev pytest",
    ]


def test_readme_names_every_group_of_commands():
    said = " ".join(commands_of(ROOT / "README.md"))
    for name in ("release", "grade", "report", "verify"):
        assert name in said


def test_commands_of_finds_them_in_blocks_spans_and_chains(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("`uv run descent`\n\n```sh\ncd x && descent grade y  # why\n```\n`descent-x`\n")
    assert commands_of(page) == ["", "grade y"]


def test_pictures_are_there_and_no_larger_than_a_megabyte():
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    assert {path.name for path in pictures} >= {"card.png", "learning_rate.png", "lesson.png"}
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for path in pictures:
        assert path.stat().st_size < 1_000_000
        assert f"pictures/{path.name}" in text, f"no page shows {path.name}"


def test_citation_names_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"].split(" AND ")
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])


def test_changelog_has_the_present_version_first():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == project["version"]
