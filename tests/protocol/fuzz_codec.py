"""A coverage-guided search for a frame that the grader's decoder does not survive.

For half a minute, or as long as you like::

    uv run --group fuzz python tests/protocol/fuzz_codec.py -max_total_time=30
    uv run --group fuzz python tests/protocol/fuzz_codec.py CORPUS -max_total_time=600

It starts from ``kept_frames.txt``, which the tests decode too. A new finding goes in there; with
``--keep CORPUS`` this program prints the lines for all that a search has found worth keeping.

Whatever the bytes are, the decoder returns plain and bounded data or refuses; what it returns can
be walked, compared, written out and sent back.
"""

import importlib
import os
import struct
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris
import msgpack
import numpy as np

from autograder.protocol import codec as wire

with atheris.instrument_imports(include=["autograder.protocol.codec"]):
    importlib.reload(wire)  # only this one: the package brings the whole grader along

KEPT = Path(__file__).with_name("kept_frames.txt")
PLAIN = (type(None), bool, int, float, complex, str, bytes, np.generic, msgpack.Timestamp)


def refer(thing: object) -> wire.Reference:
    """Make no references: everything that was decoded can be sent by value."""
    raise wire.Unsendable(type(thing).__name__)


def resolve(reference: wire.Reference) -> object:
    """Return a reference as it is, if it can be one of this side."""
    if reference.side == "grader" and not 0 <= reference.number < 3:
        raise wire.ProtocolError("a reference to nothing")
    return reference


def assert_plain(value: object, depth: int = 0) -> None:
    """Assert that a value is of the kinds that may arrive, and nested no deeper than promised."""
    assert depth <= wire.MAX_DEPTH
    if type(value) in (list, tuple):
        for item in value:
            assert_plain(item, depth + 1)
    elif type(value) is dict:
        assert max((list(map(hash, value)).count(hash(key)) for key in value), default=0) <= 32
        for pair in value.items():
            assert_plain(pair, depth)
    elif isinstance(value, np.ndarray):
        assert type(value) is np.ndarray
        assert value.dtype.kind in "biufc"
        assert value.ndim <= wire.MAX_DIMENSIONS
        assert value.size or np.prod([max(1, n) for n in value.shape]) <= wire.MAX_EMPTY
    elif isinstance(value, wire.Reference):
        assert type(value.number) is int
        assert type(value.kind) is str
    else:
        assert isinstance(value, PLAIN), type(value)
        assert not isinstance(value, int) or value.bit_length() <= 8 * wire.MAX_INTEGER_BYTES


def composed(provider: atheris.FuzzedDataProvider, depth: int = 0) -> object:
    """A value in the codec's own terms, so that the search gets past the outermost format."""
    kind = provider.ConsumeIntInRange(0, 12 if depth < 6 else 5)
    if kind <= 1:
        return provider.ConsumeInt(9) if kind else provider.ConsumeFloat()
    if kind == 2:
        return provider.ConsumeBytes(provider.ConsumeIntInRange(0, 40))
    if kind == 3:
        return provider.ConsumeUnicodeNoSurrogates(12)
    if kind == 4:
        return [None, True, "learner", "grader", "function"][provider.ConsumeIntInRange(0, 4)]
    if kind == 5:
        count = provider.ConsumeIntInRange(0, 4)
        huge = not provider.ConsumeIntInRange(0, 9)
        lengths = [
            provider.ConsumeInt(8) if huge else provider.ConsumeIntInRange(-1, 9)
            for _ in range(count)
        ]
        name = list(wire._DTYPES)[provider.ConsumeIntInRange(0, len(wire._DTYPES) - 1)]
        shape = struct.pack(f"<{len(lengths)}q", *lengths)
        return msgpack.ExtType(provider.ConsumeIntInRange(1, 2), name + shape)
    items = [composed(provider, depth + 1) for _ in range(provider.ConsumeIntInRange(0, 5))]
    if kind <= 7:
        return items
    if kind == 8:
        return {_key(item): item for item in items}
    code = provider.ConsumeIntInRange(1, 8)
    return msgpack.ExtType(code, packed(items)[: 1 << 16])


def _key(item: object) -> object:
    return item if isinstance(item, (str, bytes, int, float)) else str(item)[:8]


def packed(value: object) -> bytes:
    """Msgpack of a value, whole numbers past its range left out."""
    try:
        header: bytes = msgpack.packb(value)
    except (OverflowError, ValueError):
        return b"\xc0"
    return header


def test_one(data: bytes) -> None:
    """Decode one input: as it is, and as instructions to compose a frame from."""
    for header, raw in frames_of(data):
        decode(header, raw)


def frames_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The two frames that one input stands for."""
    if len(data) < 3:
        return
    (length,) = struct.unpack_from("<H", data)
    yield data[2 : 2 + length], data[2 + length :]
    provider = atheris.FuzzedDataProvider(data)
    header = packed(composed(provider))
    yield header, provider.ConsumeBytes(1 << 12)


def decode(header: bytes, raw: bytes) -> None:
    """Decode one frame, and expect plain data or a refusal."""
    codec = wire.Codec(refer, resolve)
    try:
        value = codec.unpack(header, bytearray(raw))
    except wire.ProtocolError:
        return
    assert_plain(value)
    repr(value)
    try:
        again, parts, size = codec.pack(value)
    except wire.Unsendable:
        return
    kept = bytearray(b"".join(bytes(part) for part in parts))
    assert len(kept) == size
    codec.unpack(again, kept)


def seeds() -> list[bytes]:
    """Frames of every kind, to start from."""
    reference = wire.Reference("learner", 1, "function")
    made = wire.Codec(lambda thing: reference, resolve)
    examples = [
        ["returned", 12345, [np.arange(6.0).reshape(2, 3), None, False, ["UserWarning: x"]]],
        ["raised", 1, ["ValueError", "Exception"], "text", [["course/losses.py", 3, "f", "x"]]],
        ["call", 1, 0, ["forward"], [np.ones(2), 1 + 2j, (1, (2.0,))], {"step": 2**70}],
        ["missing", 1, ["a", "b"]],
        {"a": 1, 2: None, (1, 2): b"x", 1.5: np.float32(2), None: np.zeros((0, 3))},
        [object(), np.array(True), np.zeros((1,) * 5), np.float16([1, 2])],
    ]
    frames = []
    for line in KEPT.read_text(encoding="ascii").splitlines():
        head, _, rest = line.partition(" ")
        frames.append((bytes.fromhex(head), bytes.fromhex(rest)))
    for example in examples:
        header, parts, _ = made.pack(example)
        frames.append((header, b"".join(bytes(part) for part in parts)))
    return [struct.pack("<H", len(header)) + header + raw for header, raw in frames]


def keep(corpus: Path) -> None:
    """Print the frames of a corpus as lines for `KEPT`."""
    found = {
        f"{header.hex()} {raw.hex()}"
        for path in corpus.iterdir()
        for header, raw in frames_of(path.read_bytes())
    }
    print("\n".join(sorted(found, key=lambda line: (len(line), line))))


def main() -> None:
    """Search until it is stopped."""
    if sys.argv[1:2] == ["--keep"]:
        keep(Path(sys.argv[2]))
        return
    corpus = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    folder = Path(corpus or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    for number, frame in enumerate(seeds()):
        (folder / f"seed{number}").write_bytes(frame)
    arguments = [argument for argument in sys.argv[1:] if argument != corpus]
    atheris.Setup([sys.argv[0], os.fspath(folder), *arguments], test_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
