"""The codec: what goes in comes out, and whatever arrives is plain data or a refusal."""

import struct
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.protocol.codec import (
    ARRAY,
    MAX_CONTAINERS,
    SCALAR,
    TUPLE,
    Codec,
    ProtocolError,
    Reference,
)


def refuse(thing: object) -> Reference:
    raise TypeError(f"no reference for {thing!r}")


def strict() -> Codec:
    return Codec(refuse, lambda reference: reference)


def there_and_back(value: object) -> object:
    header, parts, _ = strict().pack(value)
    return strict().unpack(header, bytearray(b"".join(bytes(part) for part in parts)))


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=20,
)
NUMERIC = npst.boolean_dtypes() | npst.integer_dtypes() | npst.floating_dtypes(sizes=(16, 32, 64))


@given(PLAIN)
def test_codec_returns_plain_values_unchanged(value: object) -> None:
    returned = there_and_back(value)
    assert returned == value
    assert type(returned) is type(value)


@given(npst.arrays(NUMERIC, npst.array_shapes(min_dims=0, min_side=0)))
def test_codec_returns_arrays_unchanged(array: np.ndarray) -> None:
    returned = there_and_back(array)
    assert isinstance(returned, np.ndarray)
    assert returned.shape == array.shape
    assert returned.dtype.itemsize == array.dtype.itemsize
    np.testing.assert_array_equal(returned, array)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12.0)[::-2],
        np.broadcast_to(1.5, (2, 3)),
        np.zeros((0, 3)),
        np.array(2.5),
        np.arange(3, dtype=">f8"),
        np.longdouble([1.0, 2.0]),
    ],
    ids=["transposed", "reversed", "broadcast", "empty", "0-d", "big-endian", "longdouble"],
)
def test_codec_returns_unusual_arrays_by_value(array: np.ndarray) -> None:
    returned = there_and_back(array)
    assert isinstance(returned, np.ndarray)
    np.testing.assert_array_equal(returned, array.astype(returned.dtype))
    assert returned.shape == array.shape


def test_codec_takes_the_class_from_subclasses() -> None:
    class Liar(float):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = float.__hash__

    assert type(there_and_back(Liar(2.5))) is float
    assert type(there_and_back([Liar(1.0)])[0]) is float


def test_codec_leaves_arrays_of_other_classes_where_they_are() -> None:
    class LyingArray(np.ndarray):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    for array in (np.zeros(2).view(LyingArray), np.ma.array([1.0, 2.0], mask=True)):
        with pytest.raises(TypeError, match="no reference for"):
            there_and_back(array)


def test_codec_sends_other_numbers_by_their_value() -> None:
    returned = there_and_back([Fraction(1, 4), Decimal("2.5"), [Fraction(-3)]])
    assert returned == [0.25, 2.5, [-3.0]]
    assert {type(number) for number in returned[:2]} == {float}  # type: ignore[index]


def test_codec_makes_references_of_other_objects() -> None:
    codec = Codec(lambda thing: Reference("learner", 7, type(thing).__name__), lambda found: found)
    header, _, _ = codec.pack([object()])
    (reference,) = codec.unpack(header, bytearray())
    assert (reference.side, reference.number, reference.kind) == ("learner", 7, "object")


@given(st.binary(max_size=200), st.binary(max_size=64))
def test_unpack_of_any_bytes_returns_plain_data_or_refuses(header: bytes, raw: bytes) -> None:
    try:
        value = strict().unpack(header, bytearray(raw))
    except ProtocolError:
        return
    assert_plain(value)


EXTENSIONS = st.builds(
    lambda code, data: msgpack.ExtType(code, data), st.integers(0, 127), st.binary(max_size=40)
)


@given(
    st.recursive(
        EXTENSIONS | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.integers(-(2**63), 2**63), inner, max_size=4)
        ),
        max_leaves=10,
    ),
    st.binary(max_size=64),
)
def test_unpack_of_any_extension_returns_plain_data_or_refuses(value: object, raw: bytes) -> None:
    try:
        found = strict().unpack(msgpack.packb(value), bytearray(raw))
    except ProtocolError:
        return
    assert_plain(found)


def assert_plain(value: object) -> None:
    plain = (type(None), bool, int, float, complex, str, bytes, np.ndarray, np.generic, Reference)
    if type(value) in (list, tuple):
        for item in value:
            assert_plain(item)
    elif type(value) is dict:
        for item in value.values():
            assert_plain(item)
    else:
        assert isinstance(value, (*plain, msgpack.Timestamp))
        if isinstance(value, np.ndarray):
            assert value.dtype.kind in "biufc"


def shape_of(*lengths: int) -> bytes:
    return struct.pack(f"<{len(lengths)}q", *lengths)


def with_colliding_keys() -> bytes:
    """A dictionary with 64 different keys of one hash: tuples of -1 and -2, whose hash is equal."""
    packer = msgpack.Packer(autoreset=False)
    packer.pack_map_header(64)
    for number in range(64):
        pair = [-1 if number >> bit & 1 else -2 for bit in range(6)]
        packer.pack(msgpack.ExtType(TUPLE, msgpack.packb(pair)))
        packer.pack(0)
    return packer.bytes()


@pytest.mark.parametrize(
    ("header", "raw"),
    [
        (msgpack.packb(msgpack.ExtType(ARRAY, b"|O8 " + shape_of(1))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<U4 " + shape_of(1))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(2**62, 4))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(-1))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(3))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(*[1] * 33))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(0, 2**62))), b""),
        (msgpack.packb(msgpack.ExtType(SCALAR, b"<f8 " + shape_of(1))), bytes(16)),
        (msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 " + shape_of(1))), bytes(32)),
        (msgpack.packb(msgpack.ExtType(99, b"")), b""),
        (msgpack.packb(msgpack.ExtType(TUPLE, msgpack.packb(3))), b""),
        (b"\x91" * 5000 + b"\xc0", b""),
        (msgpack.packb([[] for _ in range(MAX_CONTAINERS)]), b""),
        (with_colliding_keys(), b""),
    ],
    ids=[
        "objects",
        "text",
        "huge",
        "negative",
        "short",
        "many-dimensions",
        "empty-but-huge",
        "scalar-with-shape",
        "left-over-bytes",
        "unknown-extension",
        "tuple-of-no-list",
        "deep",
        "many-containers",
        "colliding-keys",
    ],
)
def test_unpack_refuses_hostile_frames(header: bytes, raw: bytes) -> None:
    with pytest.raises(ProtocolError):
        strict().unpack(header, bytearray(raw))


KEPT = Path(__file__).with_name("kept_frames.txt").read_text(encoding="ascii").splitlines()


def test_unpack_of_kept_frames_returns_plain_data_or_refuses() -> None:
    # What a search by coverage reached (see fuzz_codec.py); some of it is well formed.
    decoded = 0
    for line in KEPT:
        header, raw = (bytes.fromhex(part) for part in line.partition(" ")[::2])
        try:
            value = strict().unpack(header, bytearray(raw))
        except ProtocolError:
            continue
        decoded += 1
        assert_plain(value)
        repr(value)
    assert 20 < decoded < len(KEPT)


def test_unpack_refuses_nested_extensions() -> None:
    header = msgpack.packb([])
    for _ in range(60):
        header = msgpack.packb(msgpack.ExtType(TUPLE, msgpack.packb([0])[:1] + header))
    with pytest.raises(ProtocolError, match="deep"):
        strict().unpack(header, bytearray())
