"""A session with a peer that sends anything: it always ends with a verdict, and in time."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.protocol.channel import Channel
from autograder.protocol.codec import Codec, ProtocolError, Reference
from autograder.protocol.operations import Message, Operation
from autograder.sandbox.learner_process import Ending
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded
from autograder.sandbox.session import Constant, Namespace, Session, with_formula

CALL_SECONDS = 0.1
LIMITS = Limits(call_seconds=CALL_SECONDS, header=1 << 16, raw=1 << 16, kept=1 << 20, callbacks=50)
Act = Callable[[Callable[[bytes], None], int], None]


class Peer:
    """The other end of a session: greets, then acts at each question."""

    def __init__(self, acts: list[Act]) -> None:
        self.connection, self._own = socket.socketpair()
        self._acts = acts
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        codec = Codec(lambda thing: Reference("learner", 0, "x"), lambda found: None, bounded=False)
        channel = Channel(self._own, codec, header_limit=1 << 24, raw_limit=1 << 24, blocking=True)
        with suppress(OSError, EOFError, ProtocolError):
            channel.send([Message.HELLO, None])
            while True:
                number, operation, *_ = channel.receive()
                if operation == Operation.LOAD:
                    channel.send([Message.RETURNED, number, None])
                    continue
                for act in self._acts:
                    act(self._own.sendall, number)
                if not self._acts:
                    return

    def kill(self) -> Ending:
        """End it."""
        with suppress(OSError):
            self._own.shutdown(socket.SHUT_RDWR)
        self._own.close()
        self._thread.join(120)
        assert not self._thread.is_alive()
        return Ending(-9)

    def cpu_seconds(self) -> float:
        """Nothing."""
        return 0.0

    def printed(self) -> str:
        """Nothing."""
        return ""


def framed(header: bytes, raw: bytes = b"") -> bytes:
    return struct.pack("<II", len(header), len(raw)) + header + raw


# -- what the peer may do -------------------------------------------------------------------------

INTEGERS = st.integers(-(2**63), 2**64 - 1)  # all that msgpack has
SCALARS = st.none() | st.booleans() | INTEGERS | st.floats() | st.text(max_size=9)
SHAPES = st.lists(st.integers(-1, 4), max_size=3)
ARRAYS = st.builds(
    lambda name, shape: msgpack.ExtType(1, name + struct.pack(f"<{len(shape)}q", *shape)),
    st.sampled_from([b"<f8 ", b"|b1 ", b"<c16", b"|O8 "]),
    SHAPES,
)
REFERENCES = st.builds(
    lambda parts: msgpack.ExtType(6, msgpack.packb(parts)),
    st.tuples(
        st.sampled_from(["grader", "learner", "nobody"]),
        st.integers(-2, 4),
        st.text(max_size=5),
        st.lists(st.sampled_from(["first", "__class__", "x"]), max_size=2),
    ).map(list),
)
VALUES = st.recursive(
    SCALARS | ARRAYS | REFERENCES | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
RAW = st.sampled_from([0, 8, 16, 32, 64]).map(bytes)


def bytes_of(message: Any) -> bytes:
    return msgpack.packb(message)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """One thing that a hostile peer may do, given how to write and the question's number."""
    kind = draw(
        st.sampled_from(
            ["noise", "frame", "answer", "answer", "call", "told", "several", "cut", "value"]
        )
    )
    raw = draw(RAW)
    if kind == "noise":
        noise = draw(st.binary(max_size=60))
        return lambda write, number: write(noise)
    if kind == "cut":
        left = draw(st.integers(0, 20))
        return lambda write, number: write(framed(bytes_of(["returned", number, 0]))[:left])
    if kind == "frame":
        header = draw(st.binary(max_size=40))
        return lambda write, number: write(framed(header, raw))
    if kind == "value":
        value = draw(VALUES)
        return lambda write, number: write(framed(bytes_of(value), raw))
    if kind == "call":
        index, names = draw(st.integers(-1, 3)), draw(st.lists(st.sampled_from(["first", "x"])))
        arguments = draw(st.lists(VALUES, max_size=3))
        keywords = draw(st.dictionaries(st.text(max_size=3) | INTEGERS, VALUES, max_size=2))
        message = ["call", 1, index, names, arguments, keywords]
        return lambda write, number: write(framed(bytes_of(message), raw))
    if kind == "told":
        told = st.tuples(
            st.integers(-1, 3),
            st.lists(st.sampled_from(["first", "known", "x"]), max_size=1),
            st.lists(st.lists(VALUES | st.just(1.0), max_size=3) | VALUES, max_size=2),
        ).map(list)
        order = draw(st.one_of(st.lists(st.integers(-1, 2), max_size=3), VALUES))
        functions = draw(st.one_of(st.lists(told, max_size=3), VALUES, st.integers(0, 9)))
        return lambda write, number: write(framed(bytes_of(["told", order, functions]), raw))
    if kind == "several":
        answers = draw(st.lists(st.lists(VALUES, max_size=3), max_size=2))
        return lambda write, number: write(
            b"".join(framed(bytes_of(["returned", number, *answer]), raw) for answer in answers)
        )
    head = draw(st.sampled_from(["returned", "raised", "missing", "unsendable", "passed"]))
    right = draw(st.booleans())
    parts = draw(st.lists(VALUES, max_size=3))
    return lambda write, number: write(
        framed(bytes_of([head, number if right else number ^ 1, *parts]), raw)
    )


def double(value: Any) -> Any:
    return value * 2


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts(), max_size=4))
def test_session_with_a_hostile_peer_ends_with_a_verdict_in_time(chosen: list[Act]) -> None:
    session = Session(Peer(chosen), LIMITS, {"course/losses.py": b""})
    started = time.monotonic()
    ended = ending_of(session, questions=3)
    # Not a measurement: each question has its own limit, and nothing waits beyond it.
    assert time.monotonic() - started < 3 * CALL_SECONDS + 60.0
    if ended is not None:
        assert ended.outcome in (Outcome.PROTOCOL_VIOLATION, Outcome.TIMED_OUT, Outcome.CRASHED)
        assert session.ended is ended
    session.close()


def ending_of(session: Session, questions: int) -> SessionEnded | None:
    """How a session ended within so many questions, if it did."""
    tools = Namespace(first=double, known=with_formula(Constant(1.0, "weights"), double))
    for _ in range(questions):
        try:
            session.perform(Operation.CALL, ["losses", "f"], [double, tools], {}, 0)
            session.announce([[Operation.CALL, ["losses", "f"], [], {}]] * 2)
            session.following()
        except (Raised, NotThere):
            continue
        except SessionEnded as ended:
            return ended
    return None


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (b"", EOFError),
        (b"\x01\x00", EOFError),
        (framed(b"\xc0")[:-1], EOFError),
        (b"\xff\xff\xff\xff\x00\x00\x00\x00", ProtocolError),
        (b"\x00\x00\x00\x00\xff\xff\xff\xff", ProtocolError),
        (framed(b""), ProtocolError),
        (framed(b"\xc0\xc0"), ProtocolError),
        (framed(b"\xc0", b"x"), ProtocolError),
        (framed(b"\xc1"), ProtocolError),
    ],
)
def test_channel_refuses_what_is_no_frame(written: bytes, error: type[Exception]) -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=100, raw_limit=100)
    theirs.sendall(written)
    theirs.close()
    with pytest.raises(error):
        channel.receive(time.monotonic() + 60.0)
    channel.close()


def test_channel_gives_up_at_its_deadline() -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=1 << 20, raw_limit=1 << 24)
    with pytest.raises(TimeoutError):  # nobody writes
        channel.receive(time.monotonic() + 0.05)
    with pytest.raises(TimeoutError):  # nobody reads, and the kernel's buffer is full
        channel.send(np.zeros(1 << 20), time.monotonic() + 0.05)
    channel.close()
    theirs.close()


def test_channel_takes_no_frame_after_its_deadline() -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=100, raw_limit=100)
    theirs.sendall(framed(bytes_of(1)) * 3)  # a flood is always there already
    assert channel.receive(time.monotonic() + 60.0) == 1
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() - 0.001)
    channel.close()
    theirs.close()


def test_channel_gives_up_on_a_peer_that_is_never_quite_silent() -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=1 << 20, raw_limit=1 << 24)
    theirs.sendall(struct.pack("<II", 1000, 0))  # a frame of which one byte comes now and then
    stopped = threading.Event()

    theirs.settimeout(0.002)

    def trickle() -> None:
        while not stopped.is_set():
            with suppress(TimeoutError):
                theirs.send(b"x")
                theirs.recv(256)  # and of what it gets it takes a little

    peer = threading.Thread(target=trickle)
    peer.start()
    try:
        for wait in (
            lambda deadline: channel.receive(deadline),
            lambda deadline: channel.send(np.zeros(1 << 20), deadline),
        ):
            started = time.monotonic()
            with pytest.raises(TimeoutError):
                wait(started + 0.1)
            assert time.monotonic() - started < 60.0
    finally:
        stopped.set()
        peer.join()
        channel.close()
        theirs.close()


def test_channel_takes_frames_in_any_pieces() -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=1 << 20, raw_limit=1 << 20)
    frames = b"".join(framed(bytes_of([number, "x" * number])) for number in range(200))

    def write() -> None:
        rest, size = frames, 1
        while rest:
            theirs.sendall(rest[:size])
            rest, size = rest[size:], size % 97 + 1

    writing = threading.Thread(target=write)
    writing.start()
    for number in range(200):
        assert channel.receive(time.monotonic() + 60.0) == [number, "x" * number]
    writing.join()
    assert channel.received_in_all == len(frames)
    channel.close()
    theirs.close()


def test_channel_refuses_to_send_what_is_too_large() -> None:
    mine, theirs = socket.socketpair()
    codec = Codec(lambda thing: Reference("grader", 0, "x"), lambda found: found)
    channel = Channel(mine, codec, header_limit=100, raw_limit=100)
    for large in ("x" * 200, np.zeros(50)):
        with pytest.raises(ValueError, match="too large to send"):
            channel.send(large, time.monotonic() + 60.0)
    channel.send(1.0, time.monotonic() + 60.0)
    assert theirs.recv(100)
    channel.close()
    theirs.close()
