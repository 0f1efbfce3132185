"""What holds for every picture of the lessons."""

import re
from collections.abc import Callable

import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from lab.pictures import Picture
from lab.pictures.style import house_style


@pytest.fixture(scope="session")
def house_rules() -> Callable[[Callable[[], Picture]], None]:
    """Draws a picture twice: it has words for everybody, inside of it, and is the same again."""

    def hold(draw: Callable[[], Picture]) -> None:
        picture, again = draw(), draw()
        assert (picture.alt, picture.png()) == (again.alt, again.png())
        assert picture.alt.endswith(".")
        assert len(picture.alt) > 60
        assert not re.search(r"(?<!\w)-", picture.alt), "numbers have a true minus"
        with house_style():
            picture.figure.draw_without_rendering()
        for axes in picture.figure.axes:
            assert_labeled(axes)
            assert_inside(axes)

    return hold


def assert_labeled(axes: Axes) -> None:
    """Both axes say what they show, or one does in their row or column, or there are no numbers."""
    if not axes.axison or axes.images:
        return
    corner = axes.get_position()
    for name, place in (("x", "x0"), ("y", "y0")):
        beside = [
            panel
            for panel in axes.figure.axes
            if abs(getattr(panel.get_position(), place) - getattr(corner, place)) < 1e-3
        ]
        labels = [getattr(neighbor, f"get_{name}label")() for neighbor in beside]
        ticks = [label.get_text() for label in getattr(axes, f"get_{name}ticklabels")()]
        assert any(labels) or all(map(str.isalpha, ticks)), f"{name}: {ticks}"


def assert_inside(axes: Axes) -> None:
    """No words run out of the picture."""
    labels = [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
    for text in filter(Text.get_text, [*axes.texts, *labels]):
        box, frame = text.get_window_extent(), axes.figure.bbox
        assert min(box.x0, box.y0) >= 0, text
        assert box.x1 <= frame.x1, text
        assert box.y1 <= frame.y1, text
