"""The solution of each course module, looked up in one place."""

import importlib
from types import ModuleType


def solution(module: str) -> ModuleType:
    """The complete module of that name."""
    return importlib.import_module(f"solutions.{module}")
