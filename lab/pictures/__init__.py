"""Static figures of the lessons, one module per lesson, all in the house style."""

from lab.pictures.style import Picture

__all__ = ["Picture"]
