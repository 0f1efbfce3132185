"""Frames over a connected stream socket: two lengths, a header, and the bytes of all arrays.

The grader's end has a deadline at every read and write, so it never waits longer than that,
whatever the other side does. The learner's end blocks.
"""

import os
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from .codec import Codec, ProtocolError

LENGTHS = struct.Struct("<II")
READ_AHEAD = 1 << 16
MAX_AT_ONCE = 1 << 16  # a write of more could wait several times
BYTE_IN_MEMORY = 8  # a number of one byte is a pointer in its list
CONTAINER_IN_MEMORY = 64  # an empty list is one byte of a header
PAUSE = 0.02  # how long one read or write waits before it looks at the deadline again, in seconds


class Channel:
    """One end of a session over a connected stream socket, which it owns from now on.

    Parameters
    ----------
    header_limit, raw_limit : int
        The largest header and the largest total of array bytes of one frame, in bytes.
    blocking : bool
        True on the learner's side.

    Attributes
    ----------
    sent, received : int
        Bytes of the last frame in each direction.
    sent_in_all, received_in_all : int
        Bytes of all frames in each direction: what one end sent the other receives.
    weight : int
        About how many bytes the value of the last frame that arrived takes in memory.
    raw : int
        How many bytes of arrays were in it.
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
        self.sent = self.received = self.sent_in_all = self.received_in_all = 0
        self.weight = self.raw = 0
        connection.setblocking(True)
        if not blocking:
            _wait_in_pauses(connection)
        self._read, self._write = _raw_access(connection)

    def send(self, message: object, deadline: float = 0.0, most: int | None = None) -> None:
        """Send one frame, of so many bytes at most.

        Past the deadline it raises `TimeoutError`, and ValueError where the frame is too large.
        """
        header, parts, length = self._codec.pack(message)
        size = len(header) + length
        if len(header) > self._header_limit or length > self._raw_limit:
            raise ValueError(f"a value of {size} bytes is too large to send")
        if most is not None and size > most:
            raise ValueError(f"a value of {size} bytes where {most} are allowed")
        lengths = LENGTHS.pack(len(header), length)
        self.sent = size
        self.sent_in_all += LENGTHS.size + size
        if length < READ_AHEAD:
            self._write_all(b"".join([lengths, header, *parts]), deadline)
        else:
            for part in (lengths + header, *parts):
                self._write_all(part, deadline)

    def receive(self, deadline: float = 0.0) -> Any:
        """The next frame's value; `TimeoutError`, `EOFError` or `ProtocolError` without one."""
        self._refuse_past(deadline)  # a frame may lie ready however late it is
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
        value = self._codec.unpack(found[LENGTHS.size : middle], bytearray(found[middle:end]))
        self.raw = raw_length
        self.weight = (
            BYTE_IN_MEMORY * header_length
            + CONTAINER_IN_MEMORY * self._codec.containers
            + raw_length
        )
        return value

    def close(self) -> None:
        """Close this end."""
        self._connection.close()

    def _write_all(self, part: Any, deadline: float) -> None:
        view = memoryview(part)
        while view:
            try:
                view = view[self._write(view[:MAX_AT_ONCE]) :]
            except (BlockingIOError, TimeoutError):  # a pause is over
                self._refuse_past(deadline)
            else:
                if view:  # however little was taken, and however often
                    self._refuse_past(deadline)

    def _gathered(self, found: bytes, wanted: int, deadline: float) -> bytes:
        """What was found and what follows, until there are as many bytes as wanted."""
        pieces, size = [found], len(found)
        while size < wanted:
            try:
                piece = self._read(max(READ_AHEAD, min(wanted - size, 1 << 20)))
            except (BlockingIOError, TimeoutError):  # a pause is over
                self._refuse_past(deadline)
                continue
            if not piece:
                raise EOFError
            pieces.append(piece)
            size += len(piece)
            if size < wanted:  # however little arrives, and however often
                self._refuse_past(deadline)
        return b"".join(pieces)

    def _refuse_past(self, deadline: float) -> None:
        if not self._blocking and time.monotonic() > deadline:
            raise TimeoutError


def _raw_access(
    connection: socket.socket,
) -> tuple[Callable[[int], bytes], Callable[[Any], int]]:
    if os.name == "nt":
        return connection.recv, connection.send
    number = connection.fileno()  # read and write only: the sandbox allows no socket calls
    return (lambda size: os.read(number, size)), (lambda view: os.write(number, view))


def _wait_in_pauses(connection: socket.socket) -> None:
    """Let a read or write that has to wait fail after a pause; the kernel keeps the time."""
    if os.name == "nt":
        connection.settimeout(PAUSE)
        return
    pause = struct.pack("@ll", 0, int(PAUSE * 1e6))
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, pause)
