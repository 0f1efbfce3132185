"""Frames over a connected stream socket: two lengths, a header, and the bytes of all arrays.

The grader's end has a deadline at every read and write, so it never waits longer than that,
whatever the other side does. The learner's end blocks.
"""

import os
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from .values import Codec, ProtocolError

LENGTHS = struct.Struct("<II")
READ_AHEAD = 1 << 16


class Channel:
    """One end of a session.

    Parameters
    ----------
    connection : socket.socket
        A connected stream socket; the channel owns it from now on.
    codec : Codec
        How values become bytes and back.
    header_limit, raw_limit : int
        The largest header and the largest total of array bytes of one frame, in bytes.
    blocking : bool
        True on the learner's side.

    Attributes
    ----------
    sent, received : int
        Bytes of the last frame in each direction.
    received_in_all : int
        Bytes of all frames that arrived.
    """

    def __init__(
        self,
        connection: socket.socket,
        codec: Codec,
        *,
        header_limit: int,
        raw_limit: int,
        blocking: bool = False,
    ) -> None:
        self._connection, self._codec = connection, codec
        self._header_limit, self._raw_limit = header_limit, raw_limit
        self._blocking = blocking
        self._ahead = b""
        self.sent = self.received = self.received_in_all = 0
        connection.setblocking(blocking)
        self._read, self._write = _raw_access(connection)
        self._wait_to_read = _waiter(connection, writing=False)
        self._wait_to_write = _waiter(connection, writing=True)

    def send(self, message: object, deadline: float = 0.0) -> None:
        """Send one frame; `TimeoutError` past the deadline, ValueError where it is too large."""
        header, parts, length = self._codec.pack(message)
        if len(header) > self._header_limit or length > self._raw_limit:
            raise ValueError(f"a value of {len(header) + length} bytes is too large to send")
        lengths = LENGTHS.pack(len(header), length)
        self.sent = len(header) + length
        if length < READ_AHEAD:
            self._write_all(b"".join([lengths, header, *parts]), deadline)
        else:
            for part in (lengths + header, *parts):
                self._write_all(part, deadline)

    def receive(self, deadline: float = 0.0) -> Any:
        """The next frame's value; `TimeoutError`, `EOFError` or `ProtocolError` without one."""
        found = self._ahead
        if len(found) < LENGTHS.size:
            found = self._gathered(found, LENGTHS.size, deadline)
        header_length, raw_length = LENGTHS.unpack_from(found)
        if header_length > self._header_limit or raw_length > self._raw_limit:
            raise ProtocolError(f"a frame of {header_length + raw_length} bytes is too large")
        middle = LENGTHS.size + header_length
        end = middle + raw_length
        if len(found) < end:
            found = self._gathered(found, end, deadline)
        self._ahead = found[end:]
        self.received = end
        self.received_in_all += end
        return self._codec.unpack(found[LENGTHS.size : middle], bytearray(found[middle:end]))

    def close(self) -> None:
        """Close this end."""
        self._connection.close()

    def _write_all(self, part: Any, deadline: float) -> None:
        view = memoryview(part)
        while view:
            try:
                view = view[self._write(view) :]
            except BlockingIOError:
                self._wait(self._wait_to_write, deadline)

    def _gathered(self, found: bytes, wanted: int, deadline: float) -> bytes:
        """What was found and what follows, until there are as many bytes as wanted."""
        pieces, size = [found], len(found)
        while size < wanted:
            if not self._blocking:
                self._wait(self._wait_to_read, deadline)
            try:
                piece = self._read(max(READ_AHEAD, min(wanted - size, 1 << 20)))
            except BlockingIOError:
                continue
            if not piece:
                raise EOFError
            pieces.append(piece)
            size += len(piece)
        return b"".join(pieces)

    def _wait(self, wait: Callable[[float], bool], deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not wait(left):
            raise TimeoutError


def _raw_access(
    connection: socket.socket,
) -> tuple[Callable[[int], bytes], Callable[[Any], int]]:
    if os.name == "nt":
        return connection.recv, connection.send
    number = connection.fileno()  # read and write only: the sandbox allows no socket calls
    return (lambda size: os.read(number, size)), (lambda view: os.write(number, view))


def _waiter(connection: socket.socket, *, writing: bool) -> Callable[[float], bool]:
    if os.name == "nt":
        pair = ([], [connection]) if writing else ([connection], [])
        return lambda left: any(select.select(*pair, [], left))
    poller = select.poll()
    poller.register(connection, select.POLLOUT if writing else select.POLLIN)
    return lambda left: bool(poller.poll(left * 1000))
