"""The book, built once for all tests of the pages."""

import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def absent(reason: str) -> None:
    """Skip for a reason, or fail where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and CI=true asks for every test")
    pytest.skip(reason)


class Page(HTMLParser):
    """A page's tags with their attributes, its ids, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each tag of this kind."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> set[str]:
        """Where the page can be entered."""
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built from a copy of the pages, so that the project's folder stays as it is."""
    try:
        import myst_nb  # noqa: F401 - is the group of packages for the book there?
        import sphinx_book_theme  # noqa: F401 - as above
    except ImportError:
        absent("needs the packages of the book: uv run --group docs pytest tests/docs")
    project = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("lessons", "_build")
    shutil.copytree(ROOT / "docs", project / "docs", ignore=ignored)
    for name in ("lessons", "solutions"):
        (project / name).symlink_to(ROOT / name)
    for name in ("CHANGELOG.md", "CONTRIBUTING.md"):  # their links start from where they lie
        shutil.copy(ROOT / name, project)
    out = tmp_path_factory.mktemp("book")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "docs", str(out)],
        cwd=project,
        env={**os.environ, "HOME": str(project), "JUPYTER_PLATFORM_DIRS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return out


@pytest.fixture(scope="session")
def pages(book: Path) -> dict[str, Page]:
    """Every page of the book by its path."""
    return {
        path.relative_to(book).as_posix(): Page(path)
        for path in sorted(book.rglob("*.html"))
        if "_static" not in path.parts
    }
