"""What else is in a submission that may be meant: modules under other names, functions elsewhere.

Nothing of it is graded. But who has no points for what may well be there is shown to a person, and
the card says what to rename.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from autograder.exercises.manifest import EXERCISES, MODULES
from autograder.submissions.file_kinds import MAX_NOTEBOOK, is_notebook, misread
from autograder.submissions.file_trees import EntryKind, Node, Unreadable, levels, shown
from autograder.submissions.submission import Note

MAX_DEPTH = 4  # folders above a file that is looked at
MAX_ALIKE = 3  # names in a sentence
MAX_NOTEBOOKS = 5
PROJECT = (
    "autograder",
    "benchmarks",
    "docs",
    "lab",
    "labextension",
    "lessons",
    "solutions",
    "tests",
)
TEXT = ("", "txt", "pyw", "rtf", "doc", "docx", "odt", "html", "htm", "md")
PACKAGES = ("autograder", "lab", "numpy", "solutions")
KEPT = re.compile(r"\.kept-\d+\.")  # in the name of a copy that starting over has kept
DEFINED = re.compile(
    rb'(?:"|\\n)(?:def|class) (%s)\b' % "|".join(exercise.name for exercise in EXERCISES).encode()
)


def notes_on(
    trees: Sequence[Node], course: Node, files: Mapping[str, bytes], *, kept: bool = True
) -> list[Note]:
    """What a person should know of a submission whose points are missing.

    Parameters
    ----------
    trees : sequence of Node
        What was handed in, and the zip files in it that were opened.
    course : Node
        The folder whose modules are graded; it is in the last tree.
    files : mapping
        Those modules, by path.
    kept : bool
        Whether to look at copies that were kept at a start over.
    """
    found = [
        (tree is trees[-1], node)
        for tree in trees
        for node in _files(tree)
        if kept or not KEPT.search(_name(node))
    ]
    notes = [*_of_content(files)]
    notebooks = [node for _, node in found if is_notebook(_name(node))]
    notes += [note for node in notebooks[:MAX_NOTEBOOKS] for note in _of_notebook(node)]
    notes += [note for is_last, node in found if is_last for note in _of_name(node, course)]
    alike = [(is_last, node, _alike(_name(node))) for is_last, node in found]
    for module in MODULES:
        counted, content = _joined(course.path, f"{module}.py"), files.get(f"course/{module}.py")
        paths = [
            node.path
            for is_last, node, modules in alike
            if module in modules
            if not (is_last and node.path == counted) and not _same(node, content)
        ]
        if paths:
            notes.append(_note_on_alike(module, paths))
    return list(dict.fromkeys(notes))


def _note_on_alike(module: str, paths: Sequence[str]) -> Note:
    names = ", ".join(map(shown, paths[:MAX_ALIKE]))
    more = f" and {len(paths) - MAX_ALIKE} more" if len(paths) > MAX_ALIKE else ""
    noun = "This file" if len(paths) == 1 else "One of these files"
    text = f"{noun} may be meant: {names}{more}. Only course/{module}.py is graded."
    return Note(module, text)


def _of_name(node: Node, course: Node) -> Iterator[Note]:
    """Notes on files that hide something, or that may hold everything."""
    if _name(node).lower().endswith(".zip"):
        yield Note("", f"{shown(node.path)} was not opened, because there is a course/ as well.")
    elif _name(node).removesuffix(".py") in PACKAGES and not node.path.startswith(course.path):
        yield Note("", f"{shown(node.path)} hides a package that the lessons need; rename it.")


def _alike(name: str) -> list[str]:
    """The modules that a file's name reminds of.

    Examples
    --------
    >>> _alike("Copy of losses.py"), _alike("LOSSES.PY"), _alike("losses - Copy (2).py.txt")
    (['losses'], ['losses'], ['losses'])
    >>> _alike("loss_curves.py"), _alike("losses.csv"), _alike("main.py")
    (['loss_curves'], [], [])
    """
    lower = name.lower().strip()
    ending = lower.rpartition(".")[2] if "." in lower else ""
    if ending not in TEXT and not re.search(r"\.py\b", lower):
        return []
    letters = _letters(lower)
    return [module for module in MODULES if _letters(module) in letters]


def _letters(name: str) -> str:
    return "".join(sign for sign in name if sign.isalpha())


def _files(tree: Node) -> Iterator[Node]:
    """The files in a tree, as far as there are not too many names, without the project's own."""
    skipped: tuple[str, ...] = ()
    try:
        for level in levels(tree, MAX_DEPTH):
            names = {node.path for node in level if node.kind is EntryKind.FOLDER}
            for path in names:
                folder, _, name = path.rpartition("/")
                if name == "autograder":
                    skipped += tuple(_joined(folder, name) + "/" for name in PROJECT)
            for node in level:
                if node.kind is EntryKind.FILE and not node.path.startswith(skipped):
                    yield node
    except Unreadable:
        return


def _of_content(files: Mapping[str, bytes]) -> Iterator[Note]:
    for module in MODULES:
        said = misread(files.get(f"course/{module}.py", b""))
        if said:
            yield Note(module, f"course/{module}.py {said}")


def _of_notebook(node: Node) -> Iterator[Note]:
    try:
        content = node.content(MAX_NOTEBOOK)
    except Unreadable:
        return
    for found in dict.fromkeys(DEFINED.findall(content)):
        name = found.decode()
        module = next(exercise.module for exercise in EXERCISES if exercise.name == name)
        yield Note(
            name,
            f"There is a `{name}` in the notebook {shown(node.path)}: "
            f"it belongs in course/{module}.py.",
        )


def _same(node: Node, content: bytes | None) -> bool:
    """Whether a file holds what is graded anyhow."""
    if content is None:
        return False
    try:
        return node.content() == content
    except Unreadable:
        return False


def _name(node: Node) -> str:
    return node.path.rpartition("/")[2]


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
