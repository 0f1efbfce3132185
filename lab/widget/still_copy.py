"""What a saved notebook shows of a widget without a kernel: a still copy, just above the widget.

The widget's style sheet, there only while the widget lives, hides the copy; a saved, exported or
reopened notebook shows it. Where a notebook is opened again without a kernel, JupyterLab looks for
the widget and reports, below the copy, an error that would alarm whoever reads it: the copy brings
a rule that hides the error. (Where a notebook's style is not trusted, nor is its widget.)
"""

import anywidget
from IPython.display import display

_HIDE_ERROR = (
    "<style>.jp-OutputArea-child:has(> .jp-OutputArea-output > .{still})"
    " + .jp-OutputArea-child:not(:has(.{live})) {{ display: none; }}</style>"
)


def show_below_copy(
    widget: anywidget.AnyWidget, copy: str, text: str, *, still: str, live: str
) -> None:
    """Display a still copy of a widget, then the widget.

    Parameters
    ----------
    widget : AnyWidget
        What lives below the copy.
    copy : str
        One HTML element of class `still`, without script or style.
    text : str
        The same where no HTML is shown.
    still, live : str
        Classes of the copy and of the widget's outermost element.
    """
    html = _HIDE_ERROR.format(still=still, live=live) + copy
    display({"text/html": html, "text/plain": text}, raw=True)
    if made := widget._repr_mimebundle_():
        bundle, metadata = made if isinstance(made, tuple) else (made, {})
        display({**bundle, "text/plain": ""}, metadata=metadata, raw=True)
