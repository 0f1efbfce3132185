"""Functions that the learner's side answers by itself: they answer there as they do here."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol.codec import Codec, ProtocolError, Reference
from autograder.protocol.expressions import Shared, Symbol, formula_of, traced
from autograder.protocol.formulas import (
    MAX_BYTES,
    MAX_TOLD,
    Constant,
    Course,
    Formula,
    Slope,
    heard,
    told,
)

TABLE = np.array([0.5, -2.0])
FORMULAS = {
    "number": Constant(2.5, "weights"),
    "nothing": Constant(None, "weights"),
    "array": Constant(np.array([1.0, 2.0]), "weights", "i"),
    "one for each": Constant(1.0, "inputs", axes=1),
    "no arguments": Constant(np.ones(2)),
    "round bowl": Slope(3.0, np.zeros(2)),
    "bowl along the axes": Slope(np.array([[1.0, 2.0], [3.0, -4.0]]), np.ones((2, 2))),
    "tilted bowl": Slope(np.arange(16.0).reshape(4, 4), np.ones((2, 2))),
    "parabola": Slope(np.array([[2.0]]), np.array(1.0)),
    "course": Course([3.0, 2.0, 5.0], np.array([1.0]), 0.5),
    "loss": traced(lambda w: Symbol("float", np.sum(np.exp(w - TABLE)) + w[0] ** 2), weights=(2,)),
    "of any length": traced(lambda w: 2 * w / np.size(w), weights=(-1,)),
    "of an example": traced(lambda w, i: w * Symbol("getitem", TABLE, i), weights=(2,), i=2),
    "branches": traced(lambda w: np.where(w[0] < 1, -TABLE, w.sum()), weights=(2,)),
}
VALUES: list[Any] = [
    *(np.array([0.5, -1.0]), np.arange(4.0).reshape(2, 2), np.float64(2.0), np.array(3.0), 1, 2.0),
    *(np.int64(3), np.array([1, 2]), np.array([0.5]), np.array([9.0]), [0.5, 1.0], None, "x", True),
    *(np.ones(MAX_BYTES), np.array([np.nan, np.inf]), np.array([np.nan]), np.ones((3, 1))),
]


def crossed(formula: Formula) -> Formula:
    """A formula on the learner's side."""
    reference = Reference("grader", 1, "f", formulas=(formula.parts(),))
    sending = Codec(lambda _: reference, lambda found: found)
    receiving = Codec(lambda _: reference, lambda found: found, bounded=False)
    header, parts, _ = sending.pack([object()])
    (arrived,) = receiving.unpack(header, bytearray(b"".join(map(bytes, parts))))
    return formula_of(arrived.formulas[0])


@pytest.mark.parametrize("name", FORMULAS)
@given(arguments=st.lists(st.sampled_from(VALUES), max_size=2))
def test_formula_answers_the_same_on_both_sides(name: str, arguments: list[Any]) -> None:
    here, there = FORMULAS[name], crossed(FORMULAS[name])
    given_ = here.positional(arguments, {})
    assert (given_ is None) == (there.positional(arguments, {}) is None)
    if given_ is None:
        return
    assert here.takes(given_) == there.takes(given_)
    if here.takes(given_):
        mine, theirs = here.answer(*given_), there.answer(*given_)
        assert type(mine) is type(theirs)
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("odd", [[1.0], None, "x", True, np.ones(MAX_BYTES), np.array(["a"])])
def test_formula_takes_nothing_odd(odd: Any) -> None:
    formulas = {name: each for name, each in FORMULAS.items() if each.names}
    assert not [name for name, each in formulas.items() if each.takes([odd] * len(each.names))]


def test_formula_knows_its_parameters() -> None:
    pair = FORMULAS["array"]
    assert pair.positional((1,), {"i": 2}) == (1, 2)
    assert pair.positional((), {"i": 2, "weights": 1}) == (1, 2)
    assert pair.positional((1, 2, 3), {}) is None
    assert pair.positional((1,), {"j": 2}) is None
    assert pair.positional((1, 2), {"i": 2}) is None
    with pytest.raises(TypeError, match="weights, i"):
        pair(1)


def test_formula_answers_with_arrays_of_their_own() -> None:
    for name in ("array", "round bowl", "no arguments"):
        formula = FORMULAS[name]
        arguments = [np.ones(2)] * len(formula.names)
        first = formula.answer(*arguments)
        first[:] = 7.0
        assert not np.array_equal(formula.answer(*arguments), first)


def test_formulas_do_not_come_back() -> None:
    reference = Reference("grader", 1, "f", formulas=(FORMULAS["number"].parts(),))
    header, *_ = Codec(lambda _: reference, lambda found: found).pack(object())
    with pytest.raises(Exception, match="malformed reference"):
        Codec(lambda _: reference, lambda found: found).unpack(header, bytearray())


def test_calls_that_are_told_arrive_in_their_order_and_with_their_types() -> None:
    first, second = Reference("grader", 3, "first"), Reference("grader", 5, "object", ("second",))
    nothing = Reference("grader", 7, "nothing")
    mixed: list[list[Any]] = [[1.5], [np.float64(2.5)], [np.zeros(2)], [np.zeros(3)]]
    calls = [
        *((first, [np.arange(2.0) + step, np.int64(step)]) for step in range(3)),
        *((second, arguments) for arguments in mixed),
        (nothing, []),
        (first, [np.ones(2), np.int64(9)]),
    ]
    order, functions = told(calls)
    found = heard(order, functions)
    assert [(number, names) for number, names, _ in found] == [(3, []), (5, ["second"]), (7, [])]
    following = [iter(rows) for *_, rows in found]
    for place, (function, arguments) in zip(order, calls, strict=True):
        assert found[place][0] == function.number
        for got, wanted in zip(next(following[place]), arguments, strict=True):
            assert type(got) is type(wanted)
            np.testing.assert_array_equal(got, wanted)
    assert not [left for rows in following for left in rows]
    assert isinstance(functions[0][2][0], np.ndarray)  # arrays of one shape cross as one


@pytest.mark.parametrize(
    ("order", "functions"),
    [
        ([0], []),
        ([], [[0, [], [[]]]]),
        ([0, 0], [[0, [], [[1.0]]]]),
        ([0], [[0, [], [np.ones(())]]]),
        ([0], [[0, [], [[1.0], [1.0, 2.0]]]]),
        ([-1], [[0, [], [[1.0]]]]),
        ([0.0], [[0, [], [[1.0]]]]),
        ([np.zeros(2)], [[0, [], [[1.0]]]]),
        ([0], [[0, [], 7]]),
        ([0] * (MAX_TOLD + 1), [[0, [], [[1.0] * (MAX_TOLD + 1)]]]),
    ],
)
def test_calls_that_do_not_fit_their_order_are_refused(order: Any, functions: Any) -> None:
    with pytest.raises(ProtocolError):
        heard(order, functions)


def test_functions_share_what_each_of_them_changes() -> None:
    own = Shared(total=np.zeros(2))

    def add(own: Any, step: Any) -> Any:
        own["total"] = own["total"] + step
        return 2 * own["total"]

    adding, total = traced(add, own, step=(2,)), traced(lambda own: np.copy(own["total"]), own)
    here, there = (adding, total), (crossed(adding), crossed(total))
    for pair in (here, there):
        pair[1].values = pair[0].values
        np.testing.assert_array_equal(pair[0].answer(np.ones(2)), [2.0, 2.0])
        np.testing.assert_array_equal(pair[0].answer(np.ones(2)), [4.0, 4.0])
        np.testing.assert_array_equal(pair[1].answer(), [2.0, 2.0])


def test_what_asks_for_its_arguments_cannot_be_traced() -> None:
    with pytest.raises(TypeError, match="no truth"):
        traced(lambda w: 1.0 if w[0] > 0 else w, weights=(2,))
