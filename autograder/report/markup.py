"""HTML built from the inside out: a text is escaped, and only what `tag` made is not."""

import html
from collections.abc import Iterable

VOID = frozenset({"meta", "br"})  # elements of HTML that never have content


class Markup(str):
    """HTML that is complete in itself. Whatever else is a `str` is text, and gets escaped."""

    __slots__ = ()


Content = str | int | Iterable["Content"] | None


def tag(name: str, /, *content: Content, **attributes: str | float | bool | None) -> Markup:
    """An element with its content and attributes.

    Parameters
    ----------
    name : str
        The element's name.
    *content : str, Markup, int, None or iterables of those
        What is inside: texts are escaped, markup is taken as it is, None is left out.
    **attributes : str, number, bool or None
        A trailing underscore is dropped (``class_``), another becomes a hyphen. True gives an
        attribute without a value; None and False leave it out.

    Examples
    --------
    >>> tag("p", "1 < 2", class_="note")
    '<p class="note">1 &lt; 2</p>'
    >>> tag("p", tag("b", "so"), None, hidden=True)
    '<p hidden><b>so</b></p>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    inside = "" if name in VOID else f"{joined(content)}</{name}>"
    return Markup(f"<{name}{written}>{inside}")


def joined(content: Content) -> Markup:
    """Texts, escaped, and markup, one after the other."""
    if content is None:
        return Markup("")
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(html.escape(shown(content), quote=False))
    if isinstance(content, int):
        return Markup(f"{content:,}")
    return Markup("".join(joined(each) for each in content))


def prose(text: str) -> Markup:
    """A text in which backticks mark code.

    Examples
    --------
    >>> prose("Use `np.mean`, not `<`.")
    'Use <code>np.mean</code>, not <code>&lt;</code>.'
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return joined(text)
    return joined([tag("code", part) if i % 2 else part for i, part in enumerate(parts)])


def shown(text: str) -> str:
    """A text with what cannot be seen (control characters, marks that turn lines) made visible."""
    return "".join(each if each.isprintable() or each == "\n" else "\ufffd" for each in text)


def _attribute(key: str, value: str | float | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{html.escape(shown(text))}"'
