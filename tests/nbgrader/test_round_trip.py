"""A term on unmodified nbgrader: what is released, handed in, autograded and given back."""

import json


def test_autograde_says(autograded):
    room, said = autograded
    print(said)
    assert 0
