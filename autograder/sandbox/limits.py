"""The bounds that a learner's process is held to."""

from dataclasses import dataclass

MIB = 1 << 20
START_SECONDS = 30.0  # for a process to be there
# Of NumPy's libraries: a process with threads cannot fork safely, several graders share the cores
# as it is, and the same sums are added in the same order everywhere.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


@dataclass(frozen=True)
class Limits:
    """Bounds of one session; sizes in bytes, times in seconds.

    Attributes
    ----------
    call_seconds, session_seconds, cpu_seconds
        Time by the clock for one exchange and for all together, and computing time for all.
    memory
        Address space of the learner's process.
    header, raw
        The largest frame: its header, and the bytes of its arrays.
    answer
        How large an answer may be, whatever was asked; `ANSWER_FACTOR` times the question may be
        added, with all that callbacks answered meanwhile.
    kept
        What a session may make the grader keep: answers, arguments of callbacks, notes on them.
    callback
        The largest frame with which a learner's function calls one of the grader's, unless the
        question was larger than half of it. What callbacks answered does not count: their answers
        may grow with their arguments, and the grader computes them.
    printed
        What is kept of what a submission prints.
    callbacks
        How many calls of the grader's functions there may be.
    scratch, scratch_files, file_size, open_files, processes
        The learner's folder: its size, how many files, how large one; open files; threads.
    """

    call_seconds: float = 5.0
    session_seconds: float = 60.0
    cpu_seconds: int = 60
    memory: int = 1024 * MIB
    header: int = MIB
    raw: int = 16 * MIB
    answer: int = 64 << 10
    kept: int = 64 * MIB
    callback: int = 4 << 10
    printed: int = 64 << 10
    callbacks: int = 2_000_000
    scratch: int = 16 * MIB
    scratch_files: int = 512
    file_size: int = 8 * MIB
    open_files: int = 64
    processes: int = 16
