"""The bounds that a learner's process is held to."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of one session; sizes in bytes, times in seconds."""

    call_seconds: float = 5.0
    session_seconds: float = 60.0
    cpu_seconds: int = 60
    memory: int = 1024 * MIB
    header: int = 2 * MIB
    raw: int = 64 * MIB
    printed: int = 64 << 10
    callbacks: int = 2_000_000
    scratch: int = 16 * MIB
    scratch_files: int = 512
    file_size: int = 8 * MIB
    open_files: int = 64
    processes: int = 16
