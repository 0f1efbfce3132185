"""The web book: ``uv run --group docs sphinx-build -W docs OUT`` builds it, without a network."""

import json
import os
import re
import shutil
import tempfile
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging

HERE = Path(__file__).parent
ROOT = HERE.parent

project = "First Descent"
author = "The First Descent authors"
project_copyright = "2026, the First Descent authors"
version = release = installed_version("first-descent")
language = "en"

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinx_copybutton"]
exclude_patterns = ["_build"]
html_theme = "sphinx_book_theme"
html_title = "First Descent"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_theme_options = {
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "use_download_button": False,
    "navbar_persistent": [],  # one search field is enough: it is in the side bar
}
html_context = {"default_mode": "auto"}
html_sidebars = {
    "**": ["site_name.html", "icon-links.html", "search-button-field.html", "sbt-sidebar-nav.html"]
}
html_domain_indices = False
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"  # see `setup`

myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_in_temp = True  # in the folder of `_solved_course`
nb_execution_timeout = 180
nb_execution_raise_on_error = True
nb_merge_streams = True
# The book shows each experiment's static picture: a widget needs a kernel, and a network.
nb_ipywidgets_js: dict[str, Any] = {}
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]
suppress_warnings = ["mystnb.unknown_mime_type"]  # of cards, which JupyterLab keeps up to date
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
add_module_names = False
toc_object_entries_show_parents = "hide"


def setup(app: Sphinx) -> dict[str, bool]:
    """Write formulas as MathML, which browsers draw without a script, and clean up at the end."""
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(_write_formula, None),
        block_renderers=(_write_displayed_formula, None),
    )
    app.connect("autodoc-process-docstring", _with_plain_stars, priority=1)  # before numpydoc
    app.connect("doctree-read", _without_empty_outputs)
    app.connect("env-updated", _without_widget_state)
    app.connect("html-page-context", _without_roles_of_citations)
    app.connect("build-finished", lambda *_: shutil.rmtree(SOLVED, ignore_errors=True))
    return {"parallel_read_safe": False, "parallel_write_safe": True}


def _write_formula(translator: Any, node: nodes.math) -> None:
    translator.body.append(_mathml(node, displayed=False))
    raise nodes.SkipNode


def _write_displayed_formula(translator: Any, node: nodes.math_block) -> None:
    formula = _mathml(node, displayed=True)
    # Wide formulas scroll on their own; the keyboard reaches them too.
    translator.body.append(
        f'<div class="formula" role="group" aria-label="Formula" tabindex="0">{formula}</div>\n'
    )
    raise nodes.SkipNode


def _mathml(node: nodes.Element, *, displayed: bool) -> str:
    """MathML of a formula; what cannot be translated is a warning, which ends the build."""
    tex = node.astext().replace(r"\dots", r"\ldots")
    tex = re.sub(r"\\\\\[\d+pt\]", r"\\\\", tex)  # extra space between rows
    tex = re.sub(r"\\text\{[^{}]*\}", lambda text: text[0].replace(r"\_", "_"), tex)
    try:
        return str(tex2mathml(tex, as_block=displayed))
    except MathError as error:
        logging.getLogger(__name__).warning("%s in the formula %s", error, tex, location=node)
        return f"<code>{nodes.fully_normalize_name(tex)}</code>"


def _with_plain_stars(*event: Any) -> None:
    """In a docstring, ``(steps + 1, *start.shape)`` is Python, not the beginning of emphasis."""
    lines: list[str] = event[-1]
    lines[:] = [line.replace(" *start.shape", r" \*start.shape") for line in lines]


def _without_empty_outputs(_app: Sphinx, document: nodes.document) -> None:
    """Leave out the empty boxes where a notebook has a widget."""
    for block in list(document.findall(nodes.literal_block)):
        if not block.astext().strip():
            block.parent.remove(block)


def _without_widget_state(_app: Sphinx, environment: Any) -> None:
    """Leave out the state of widgets, half a megabyte a page."""
    for page in environment.nb_metadata.values():
        page["js_files"] = {}


def _without_roles_of_citations(*event: Any) -> None:
    """Leave out roles that ARIA no longer has, or that do not fit what is in the list."""
    context: dict[str, Any] = event[3]
    body = context.get("body", "").replace(' role="doc-biblioentry"', "")
    context["body"] = body.replace('<div role="list" class="citation-list">', "<div>")


def _copy_lessons() -> None:
    """Put the notebooks beside the pages, where Sphinx finds them; they are not kept here."""
    target = HERE / "lessons"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted((ROOT / "lessons").glob("*.ipynb")):
        lesson = json.loads(path.read_text(encoding="utf-8"))
        for cell in lesson["cells"]:
            if "answer" in cell["metadata"].get("tags", []):  # for the learner to write in
                cell["metadata"]["tags"].append("remove-cell")
        (target / path.name).write_text(json.dumps(lesson), encoding="utf-8")


def _solved_course() -> str:
    """A folder in which every function is written: the book shows the lessons solved."""
    folder = tempfile.mkdtemp(prefix="descent-book-")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "solutions", Path(folder) / "course", ignore=ignored)
    return folder


_copy_lessons()
SOLVED = _solved_course()
tempfile.tempdir = SOLVED  # kernels start inside it, so that `check` finds its course/
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [SOLVED, str(ROOT), os.environ.get("PYTHONPATH", "")])
)
