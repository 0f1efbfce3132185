"""The notebooks in one submission: only that student's own files, and those in their zip file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.submissions.file_kinds import MAX_NOTEBOOK, is_notebook
from autograder.submissions.file_trees import EntryKind, Node, OnDisk, Unreadable, levels, shown
from autograder.submissions.reading import MAX_ABOVE, Handed, opened_trees

MAX_NOTEBOOKS = 20
MAX_TOTAL = 64 << 20  # bytes of all in a submission


@dataclass(frozen=True)
class NotebookFile:
    """A file that calls itself a notebook.

    Attributes
    ----------
    path : str
        Where it is in the submission, or in its zip file.
    content : bytes
        What is in it.
    refusal : str
        Why it cannot be read; else empty.
    """

    path: str
    content: bytes = b""
    refusal: str = ""

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path.rpartition("/")[2]


def notebooks_in(handed: Handed, expected: str) -> list[NotebookFile]:
    """The notebooks of a submission, those called as expected first, then the uppermost.

    Nothing that is wrong with other files keeps a notebook from being read.
    """
    if handed.refusal:
        return []  # whose files they are is not plain, or which
    try:
        with opened_trees(handed) as trees:
            return _read(trees, expected)
    except (Unreadable, OSError):
        return [_read_node(node) for node in _at_its_place(handed, expected)]


def _read(trees: Sequence[Node], expected: str) -> list[NotebookFile]:
    nodes = [node for tree in trees for node in _nodes(tree)]
    nodes.sort(key=lambda node: node.path.rpartition("/")[2] != expected)
    found, left = [], MAX_TOTAL
    for node in nodes[:MAX_NOTEBOOKS]:
        if left > 0:
            found.append(_read_node(node))
            left -= len(found[-1].content)
    return found


def _nodes(tree: Node) -> Iterator[Node]:
    """Notebooks in a tree, the uppermost first, as far as there are not too many names."""
    try:
        for level in levels(tree, MAX_ABOVE + 1):
            for node in level:
                if is_notebook(node.path.rpartition("/")[2]):
                    yield node
    except Unreadable:
        return


def _at_its_place(handed: Handed, expected: str) -> list[Node]:
    """The notebook at the top of a folder, where the rest of the folder cannot be read."""
    path = handed.path / expected
    if handed.files or not (path.is_symlink() or path.exists()):
        return []
    return [OnDisk(str(path), expected, EntryKind.LINK if path.is_symlink() else EntryKind.FILE)]


def _read_node(node: Node) -> NotebookFile:
    if node.kind is EntryKind.LINK:
        return NotebookFile(node.path, refusal="The notebook is a link.")
    if node.kind is not EntryKind.FILE:
        return NotebookFile(node.path, refusal=f"{shown(node.path)} is not an ordinary file.")
    try:
        return NotebookFile(node.path, node.content(MAX_NOTEBOOK))
    except Unreadable as reason:
        return NotebookFile(node.path, refusal=str(reason))
