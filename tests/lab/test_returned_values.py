"""What the experiments say about results that they cannot draw."""

import numpy as np
import pytest

from lab.widget.error_panel import Unusable
from lab.widget.returned_values import check_growth, shaped


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


@pytest.mark.parametrize(
    ("value", "given", "name"),
    [
        ([np.nan, 0.0], ([1.0, 2.0],), "nan"),
        ([np.inf, 0.0], ([1.0, 2.0], 0.1), "inf"),
        ([np.inf, np.nan], ([1e99],), "nan"),
    ],
    ids=["nan", "infinite", "both"],
)
def test_shaped_tells_nan_that_comes_from_nowhere(value, given, name):
    with pytest.raises(Unusable, match=f"`SGD.update` returned {name}, although all that"):
        shaped(value, (2,), "SGD.update", given=given)


@pytest.mark.parametrize("given", [(), ([np.inf],), ([1.0], [np.nan]), ([1e101],)])
def test_shaped_lets_nan_pass_that_has_a_reason(given):
    assert np.isnan(shaped([np.nan], (1,), "SGD.update", given=given)).all()


def test_check_growth_tells_the_step_from_which_nan_came():
    path = np.array([[1.0, 2.0], [0.5, 1.0], [np.nan, 0.5]])
    with pytest.raises(Unusable, match="returned nan in step 2, although all before is finite"):
        check_growth(path, "gradient_descent")
    with pytest.raises(Unusable, match="returned nan as the start"):
        check_growth(path[2:], "gradient_descent")


def test_check_growth_lets_a_descent_diverge_beyond_all_bounds():
    with np.errstate(all="ignore"):
        path = np.cumprod(np.full((400, 2), -9.0), axis=0)  # 9 to the 324th is too large to write
    assert not np.isfinite(path).all()
    check_growth(path, "gradient_descent")
