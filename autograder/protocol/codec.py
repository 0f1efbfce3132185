"""Plain values as bytes and back: a msgpack header, and the raw bytes of all arrays after it.

Decoding builds only plain data (None, bool, int, float, complex, str, bytes, list, tuple, dict,
numeric arrays and NumPy scalars) and numbered references. Nothing that arrives is executed,
imported or unpickled, and lengths, depths, counts and key collisions are bounded.
"""

import math
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from numbers import Number
from typing import Any

import msgpack
import numpy as np

ARRAY, SCALAR, TUPLE, COMPLEX, BIG_INTEGER, REFERENCE = range(1, 7)
NUMERIC_KINDS = "biufc"  # bool, integers, floats, complex: never objects, text, records or dates
MAX_CONTAINERS = 100_000
MAX_DEPTH = 40
MAX_DIMENSIONS = 32
MAX_LENGTH = 1 << 40
MAX_EMPTY = 1 << 16  # product of the other lengths of an array without elements
MAX_KEYS_WITH_ONE_HASH = 32
MAX_INTEGER_BYTES = 256  # the largest float has 1024 bits
MAX_HEADERS = 1024  # of arrays, that are remembered: the same few come again and again
SHORT = 1024  # bytes of a header that is read at once where it holds little
SMALL = 4096  # arrays of fewer bytes are copied, larger ones sent from where they are


class ProtocolError(Exception):
    """The other side sent something that is not a frame of this protocol."""


class Unsendable(Exception):
    """A value that has no place in a frame, and no reference could be made for it."""


class Reference:
    """An object that stays on its own side of the boundary, known by its number.

    The side is ``"learner"`` or ``"grader"``; the kind is the name of the object's type, for
    messages only; the names are those of the functions in a namespace of the grader. Of functions
    of the grader's that are plain enough the formulas cross too, to the learner's side alone.
    """

    __slots__ = ("formulas", "kind", "names", "number", "side")

    def __init__(
        self,
        side: str,
        number: int,
        kind: str,
        names: tuple[str, ...] = (),
        formulas: tuple[list[Any] | None, ...] = (),
    ) -> None:
        self.side, self.number, self.kind, self.names = side, number, kind, names
        self.formulas = formulas

    def __repr__(self) -> str:
        return f"<{self.kind} of the {self.side}>"


class Codec:
    """Turns values into frame parts and back.

    Parameters
    ----------
    refer : callable
        Makes a `Reference` of an object that cannot be sent by value; may raise `Unsendable`.
    resolve : callable
        Turns a `Reference` that arrived into the object to use instead.
    bounded : bool
        Whether arriving frames are held to the limits: only the learner's side trusts the other.

    Attributes
    ----------
    containers : int
        How many lists, dicts, arrays and the like are in the last value that arrived, where it
        is bounded; in a short frame some more may be counted.
    """

    def __init__(
        self,
        refer: Callable[[object], Reference],
        resolve: Callable[[Reference], object],
        *,
        bounded: bool = True,
    ) -> None:
        self._refer, self._resolve, self._bounded = refer, resolve, bounded
        self.containers = 0

    # -- sending ----------------------------------------------------------------------------------

    def pack(self, value: object) -> tuple[bytes, list[Any], int]:
        """Header bytes, list of raw parts, and the total length of the raw parts."""
        self._parts: list[Any] = []
        self._length = 0
        return self._pack(value), self._parts, self._length

    def _pack(self, value: object) -> bytes:
        # A small buffer: with the default of 256 KiB each nested call costs 25 µs.
        try:
            packed: bytes = msgpack.packb(
                value, default=self._extend, strict_types=True, buf_size=1024
            )
        except (UnicodeEncodeError, OverflowError, RecursionError) as error:
            raise Unsendable(str(error)) from None
        return packed

    def _extend(self, value: Any) -> Any:
        if isinstance(value, (np.ndarray, np.generic)):
            # An array of another class stays: without its mask or unit it would be another value.
            exact = type(value) is np.ndarray or isinstance(value, np.generic)
            if exact and value.dtype.kind in NUMERIC_KINDS:
                return self._extend_array(value)
        elif isinstance(value, tuple):
            return msgpack.ExtType(TUPLE, self._pack(list(value)))
        elif isinstance(value, complex):
            number = complex.__complex__(value)
            return msgpack.ExtType(COMPLEX, struct.pack("<dd", number.real, number.imag))
        elif type(value) is int:
            size = value.bit_length() // 8 + 1
            if size <= MAX_INTEGER_BYTES:
                return msgpack.ExtType(BIG_INTEGER, value.to_bytes(size, "little", signed=True))
        else:
            # A subclass loses its class: what it claims about itself stays behind.
            for base, plain in _PLAIN:
                if isinstance(value, base):
                    return plain(value)
            if issubclass(type(value), Number):  # a fraction or a decimal, whatever it claims
                with suppress(TypeError, ValueError, OverflowError):
                    return float(value)
        reference = self._refer(value)
        parts = [reference.side, reference.number, reference.kind[:80], list(reference.names)]
        if any(reference.formulas):
            return msgpack.ExtType(REFERENCE, self._pack([*parts, list(reference.formulas)]))
        return msgpack.ExtType(REFERENCE, msgpack.packb(parts, buf_size=256))

    def _extend_array(self, value: Any) -> Any:
        dtype, array, scalar = _header_of(value.dtype, value.shape)
        size: int = value.size * dtype.itemsize
        if size:
            plain = np.asarray(value, dtype=dtype)
            if size < SMALL:
                self._parts.append(plain.tobytes() + _PADDINGS[-size % 16])
            else:
                flat = np.ascontiguousarray(plain).reshape(-1).view(np.uint8)
                self._parts += [flat.data, _PADDINGS[-size % 16]]
            self._length += size + -size % 16
        return scalar if isinstance(value, np.generic) else array

    # -- receiving --------------------------------------------------------------------------------

    def unpack(self, header: bytes, raw: bytearray) -> Any:
        """Build the value of one frame, or raise `ProtocolError`."""
        self.containers = self._depth = self._offset = self._nestable = 0
        self._raw = raw
        try:
            value = self._unpack(header)
        except _MALFORMED as error:
            raise ProtocolError(f"malformed frame: {type(error).__name__}") from None
        if self._offset != len(raw):
            raise ProtocolError("a frame with unused array bytes")
        if self._nestable > MAX_DEPTH:
            _refuse_depth(value)
        return value

    def _unpack(self, header: bytes) -> Any:
        bounded = self._bounded
        if bounded and len(header) < SHORT and b"\xde" not in header and b"\xdf" not in header:
            # No dict has more than 15 keys, and there are at most so many lists and dicts:
            starts = len(header.translate(None, _NO_STARTS))
            if starts <= MAX_DEPTH:
                self.containers += starts
                self._nestable += starts
                bounded = False
        return msgpack.unpackb(
            header,
            ext_hook=self._receive,
            strict_map_key=False,
            object_pairs_hook=self._receive_pairs if bounded else None,
            list_hook=self._receive_list if bounded else None,
        )

    def _receive_list(self, items: list[Any]) -> list[Any]:
        self._nestable += 1
        self._count()
        return items

    def _count(self) -> None:
        self.containers += 1
        if self.containers > MAX_CONTAINERS:
            raise ProtocolError("a frame with too many containers")

    def _receive_pairs(self, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        self._nestable += 1
        self._count()
        seen: dict[int, int] = {}
        for key, _ in pairs:  # thousands of keys with one hash would take minutes to tell apart
            hashed = hash(key)
            seen[hashed] = seen.get(hashed, 0) + 1
            if seen[hashed] > MAX_KEYS_WITH_ONE_HASH:
                raise ProtocolError("a frame with too many keys of one hash")
        return dict(pairs)

    def _receive(self, code: int, data: bytes) -> Any:
        self._depth += 1
        if self._bounded:
            self._count()
            if self._depth > MAX_DEPTH:
                raise ProtocolError("a frame nested too deeply")
        try:
            if code in (ARRAY, SCALAR):
                return self._receive_array(code, data)
            if code == TUPLE:
                items = self._unpack(data)
                self._nestable += 1
                if type(items) is not list:
                    raise ProtocolError("a tuple that holds no list")
                return tuple(items)
            if code == COMPLEX:
                return complex(*struct.unpack("<dd", data))
            if code == BIG_INTEGER and len(data) <= MAX_INTEGER_BYTES:
                return int.from_bytes(data, "little", signed=True)
            if code == REFERENCE:
                parts = msgpack.unpackb(data) if self._bounded else self._unpack(data)
                has_formulas = not self._bounded and len(parts) == 5
                return self._resolve(_read_reference(parts, parts.pop() if has_formulas else ()))
            raise ProtocolError(f"an unknown kind of value ({code})")
        finally:
            self._depth -= 1

    def _receive_array(self, code: int, header: bytes) -> Any:
        dtype, shape, size = _read_array_header(header)
        if code == SCALAR and shape:
            raise ProtocolError("a scalar that has a shape")
        if size * dtype.itemsize > len(self._raw) - self._offset:
            raise ProtocolError("an array larger than its bytes")
        if not size:
            return np.empty(shape, dtype)
        array = np.frombuffer(self._raw, dtype, size, self._offset).reshape(shape)
        self._offset += array.nbytes + -array.nbytes % 16
        return array[()] if code == SCALAR else array


def _dtypes() -> dict[bytes, np.dtype[Any]]:
    names = ["|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"]
    names += ["<c8", "<c16"]
    return {name.encode().ljust(4): np.dtype(name) for name in names}


_DTYPES = _dtypes()
_NAMES = {dtype.str: name for name, dtype in _DTYPES.items()}
# All bytes of msgpack with which no list and no dict begins.
_NO_STARTS = bytes(byte for byte in range(256) if not (0x80 <= byte < 0xA0 or 0xDC <= byte < 0xE0))
_PADDINGS = [bytes(length) for length in range(16)]
_PLAIN: list[tuple[type, Callable[[Any], Any]]] = [
    *((int, int.__int__), (float, float.__float__), (str, str.__str__)),
    *((bytes, lambda value: bytes.__getitem__(value, slice(None))), (list, list), (dict, dict)),
]
_MALFORMED = (
    *(ValueError, TypeError, RecursionError, OverflowError, MemoryError, struct.error),
    msgpack.exceptions.UnpackException,
)


@lru_cache(maxsize=MAX_HEADERS)
def _header_of(
    dtype: np.dtype[Any], shape: tuple[int, ...]
) -> tuple[np.dtype[Any], msgpack.ExtType, msgpack.ExtType]:
    """The dtype in which an array crosses, and the headers that say so of it and of a scalar."""
    if dtype.itemsize > 8 and dtype.kind != "c":  # longdouble: its layout depends on the machine
        dtype = _DTYPES[b"<f8 "]
    elif dtype.itemsize > 16:
        dtype = _DTYPES[b"<c16"]
    elif not dtype.isnative or dtype.byteorder == ">":
        dtype = dtype.newbyteorder("<")
    header = _NAMES[dtype.str] + struct.pack(f"<{len(shape)}q", *shape)
    return dtype, msgpack.ExtType(ARRAY, header), msgpack.ExtType(SCALAR, header)


@lru_cache(maxsize=MAX_HEADERS)
def _read_array_header(header: bytes) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """The dtype, the shape and the number of elements of an array that arrives."""
    if len(header) < 4 or (len(header) - 4) % 8:
        raise ProtocolError("an array header of the wrong length")
    dtype = _DTYPES.get(header[:4])
    if dtype is None:
        raise ProtocolError("an array of a dtype that may not cross")
    dimensions = (len(header) - 4) // 8
    if dimensions > MAX_DIMENSIONS:
        raise ProtocolError("an array with too many dimensions")
    shape = struct.unpack(f"<{dimensions}q", header[4:])
    if min(shape, default=0) < 0:
        raise ProtocolError("an array with a negative length")
    if max(shape, default=0) > MAX_LENGTH:
        raise ProtocolError("an array larger than its bytes")
    size = math.prod(shape)
    if not size and math.prod(max(1, length) for length in shape) > MAX_EMPTY:
        raise ProtocolError("an array of many rows without elements")
    return dtype, shape, size


def _refuse_depth(value: object) -> None:
    """Refuse containers nested so deeply that whoever looks into them would not come back."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [item for container in level for item in _items(container)]
        if not level:
            return
    raise ProtocolError("a frame nested too deeply")


def _items(container: object) -> list[Any]:
    """The containers inside a container."""
    inside: Any = ()
    if type(container) in (list, tuple):
        inside = container
    elif type(container) is dict:
        inside = chain(container.keys(), container.values())
    return [item for item in inside if type(item) in (list, tuple, dict)]


def _read_reference(parts: object, formulas: Sequence[list[Any] | None] = ()) -> Reference:
    if type(parts) is not list or len(parts) != 4:
        raise ProtocolError("a malformed reference")
    side, number, kind, names = parts
    if side not in ("learner", "grader") or type(number) is not int or type(kind) is not str:
        raise ProtocolError("a malformed reference")
    if type(names) is not list or not all(type(name) is str for name in names):
        raise ProtocolError("a malformed reference")
    return Reference(side, number, kind, tuple(names), tuple(formulas))
