"""What the experiments say about results that they cannot draw."""

import numpy as np
import pytest

from lab.results import shaped
from lab.trouble import Unusable


def test_shaped_takes_lists_and_integers():
    array = shaped([[1, 2]], (1, 2), "dense_forward")
    assert array.dtype == np.float64
    assert array.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "returned None; expected the new weights, shape (2,). Is a `return` absent?"),
        ("weights", "a str that is not an array of numbers; expected the new weights, shape (2,)"),
        ([1.0, 2.0, 3.0], "an array of shape (3,); expected the new weights, shape (2,)"),
        (1.0, "an array of shape (); expected"),
    ],
    ids=["nothing", "text", "too long", "a number"],
)
def test_shaped_says_what_came_and_what_was_expected(value, said):
    with pytest.raises(Unusable) as caught:
        shaped(value, (2,), "SGD.update", "the new weights")
    assert str(caught.value).startswith("`SGD.update` returned ")
    assert said in str(caught.value)
