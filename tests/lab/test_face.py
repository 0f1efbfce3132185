"""The names that lessons import from the face of the lab."""

from importlib import import_module

import pytest

import lab


@pytest.mark.parametrize("name", lab.HOMES)
def test_name_is_found_again_and_again(name):
    first = getattr(lab, name)
    import_module(lab.HOMES[name])
    # A module of the same name would take the function's place on the package once imported.
    assert callable(first)
    assert getattr(lab, name) is first
    assert name in lab.__all__


def test_unknown_name_is_told_with_those_that_exist():
    with pytest.raises(AttributeError, match="explore_learning_rate"):
        _ = lab.explore_the_moon
