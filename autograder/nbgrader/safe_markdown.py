"""Text of a student that others will open: nothing in it acts, and nothing passes for ours.

Nbgrader shows Markdown as it comes, with whatever HTML is in it: a script in an answer would run in
the instructor's JupyterLab. Text that could do so, or that could imitate a card, is shown as it was
typed; all other text stays as it is.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

MAX_LETTERS = 10_000  # of one cell, and
MAX_MATH = 200  # openings of formulas in it: what a renderer takes grows with the two's product
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # no SVG, which may hold scripts
LINK = re.compile(r"(https?://|mailto:|#)\S*")
PICTURE = re.compile(rf"data:({'|'.join(PICTURES)});base64,[A-Za-z0-9+/=\s]*")
MATH = re.compile(r"\\\\[(\[]|\\begin\{")
PLAIN_TAG = re.compile(r"</?(br|hr|kbd|sub|sup) ?/?>", re.IGNORECASE)
ANCHOR = re.compile(r"\bid=\"([^\"]*)\"")
MARKUP = re.compile(r"[\\`*_\[\]()<>&!$~#|]")
REFUSED = "*This cell cannot be shown; it is in the notebook that was handed in.*"
CUT = "\n… and {} more characters in the notebook that was handed in"
UNFIT = re.compile(r"[<>\"]")


class _Watching(IPythonRenderer):
    """Nbconvert's renderer, which notes whether anything in a text is more than text."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        super().__init__(escape=False, attachments=attachments)
        self.acts = False

    def block_html(self, html: str) -> str:
        self._note_html(html)
        return str(super().block_html(html))

    def inline_html(self, html: str) -> str:
        self._note_html(html)
        return str(super().inline_html(html))

    def block_mermaidjs(self, code: str) -> str:
        self.acts = True  # nbconvert puts the code of a diagram into the page as it comes
        return str(super().block_mermaidjs(code))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        self.acts |= not LINK.fullmatch(url)
        return str(super().link(text, url, title))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        attached = url.startswith("attachment:")  # a picture from elsewhere tells who reads, when
        self.acts |= not (attached or PICTURE.fullmatch(url))
        return str(super().image(text, url, title))

    def _note_html(self, html: str) -> None:
        self.acts |= "<" in PLAIN_TAG.sub("", html)


def acts(
    text: str, attachments: dict[str, Any] | None = None, ids: frozenset[str] = frozenset()
) -> bool:
    """Whether Markdown would do more in a page than be read.

    A heading that took one of `ids`, which are those of grades, would stand before the field where
    a person enters a grade.

    Examples
    --------
    >>> acts("**Well** <sup>2</sup>, see [1](https://example.org)"), acts("<b onclick='f()'>x</b>")
    (False, True)
    >>> acts("[click](javascript:f)"), acts("![](https://example.org/who-reads-this.png)")
    (True, True)
    """
    renderer = _Watching(attachments or {})
    try:
        page = MarkdownWithMath(renderer=renderer).render(text)
    except (InvalidNotebook, RecursionError):
        return True  # the page could not be made either
    return renderer.acts or any(
        anchor == name or anchor.startswith((f"{name}-", f"{name}_"))
        for anchor in ANCHOR.findall(page)
        for name in ids
    )


def harmless(text: str, attachments: dict[str, Any] | None, ids: frozenset[str]) -> str:
    """Markdown that does nothing but be read: the text itself, or what was typed as such."""
    short = len(text) <= MAX_LETTERS and len(MATH.findall(text)) <= MAX_MATH
    if short and not acts(text, attachments, ids):
        return text
    return verbatim(text)


def verbatim(text: str) -> str:
    """Markdown that shows a text, or the beginning of it, as it was typed."""
    begun = cut(text)
    longest = max((len(run) for run in re.findall(r"`+", begun)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = f"{fence}\n{begun}\n{fence}"
    return REFUSED if acts(shown) else shown


def cut(text: str) -> str:
    """The beginning of a long text."""
    rest = len(text) - MAX_LETTERS
    return text if rest <= 0 else text[:MAX_LETTERS] + CUT.format(rest)


def pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """The attachments of a cell that are pictures and nothing else."""
    found: dict[str, dict[str, str]] = {}
    for name, kinds in _items(attachments):
        kept = {kind: data for kind, data in _items(kinds) if kind in PICTURES and _is_base64(data)}
        if kept and isinstance(name, str) and name.encode("utf-8", "replace").decode() == name:
            found[name] = kept
    return found


def as_prose(text: str) -> str:
    """A text as Markdown that shows it, sign by sign.

    Examples
    --------
    >>> as_prose("<b>*.ipynb")
    '&#60;b&#62;&#42;.ipynb'
    """
    return MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", text)


def is_fit_name(student: str) -> bool:
    """Whether a student's name may enter the gradebook, whose pages show it as it is.

    Examples
    --------
    >>> is_fit_name("Zoë O'Brien"), is_fit_name("<b>"), is_fit_name("..")
    (True, False, False)
    """
    return student.isprintable() and not UNFIT.search(student) and student not in ("", ".", "..")


def _items(table: Any) -> Iterable[tuple[Any, Any]]:
    return table.items() if isinstance(table, dict) else ()


def _is_base64(data: Any) -> bool:
    if not isinstance(data, str):
        return False
    try:
        b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
