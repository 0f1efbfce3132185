"""Static figures of the lessons, one module per lesson, all in the house style."""

import logging

# Matplotlib lists its fonts when it is first loaded, and says so if that takes long. Where there
# are no threads it cannot wait, and would say it to everyone, in red, above the first picture.
logging.getLogger("matplotlib.font_manager").addFilter(
    lambda said: "font cache" not in said.getMessage()
)

from lab.pictures.style import Picture  # noqa: E402 - loads Matplotlib

__all__ = ["Picture"]
