"""The backend for self-checks: fresh at every check, bounded, and gone afterwards."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.protocol.operations import Operation
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.outcomes import Outcome, Raised, SessionEnded
from autograder.sandbox.session import Session
from autograder.sandbox.unwalled import UnwalledBackend


@pytest.fixture
def backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UnwalledBackend]:
    """A backend whose folders are in one that can be looked at."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(UnwalledBackend(Limits(call_seconds=60.0, memory=600 * MIB))) as opened:
        yield opened


def load(backend: UnwalledBackend, code: str) -> Session:
    return backend.open({"course/losses.py": code.encode()})


def call(session: Session, name: str, *arguments: Any, seconds: float | None = None) -> Any:
    return session.perform(
        Operation.CALL, ["losses", name], list(arguments), {}, 0, seconds=seconds
    )[0]


def children() -> set[psutil.Process]:
    """This process's descendants."""
    return set(psutil.Process().children(recursive=True))


def test_unwalled_loads_the_files_again_each_time(backend: UnwalledBackend) -> None:
    for value in (1, 2):
        session = load(backend, f"def one():\n    return {value}\n")
        assert call(session, "one") == value
        session.close()


def test_unwalled_has_the_next_interpreter_ready(backend: UnwalledBackend) -> None:
    session = load(backend, "def one():\n    return 1\n")
    assert backend._waiting == []
    backend.warm_up()
    assert len(backend._waiting) == 1
    session.close()


def test_unwalled_ends_an_endless_loop_and_what_it_started(backend: UnwalledBackend) -> None:
    code = (
        "import subprocess, sys\n"
        "def spin():\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "    while True:\n        pass\n"
    )
    before = children()
    session = load(backend, code)
    with pytest.raises(SessionEnded) as ended:
        call(session, "spin", seconds=1.0)
    assert ended.value.outcome is Outcome.TIMED_OUT
    end = time.monotonic() + 60
    while children() - before and time.monotonic() < end:
        time.sleep(0.05)
    assert not children() - before


def test_unwalled_bounds_the_memory(backend: UnwalledBackend) -> None:
    session = load(backend, "def fill():\n    return [bytes(1 << 20) for _ in range(10_000)]\n")
    with pytest.raises(Raised) as raised:
        call(session, "fill")
    assert raised.value.kind == "MemoryError"
    session.close()


def test_unwalled_tells_how_a_process_ended(backend: UnwalledBackend) -> None:
    session = load(backend, "import os\ndef leave():\n    os._exit(7)\n")
    with pytest.raises(SessionEnded, match="exit status 7"):
        call(session, "leave")


def test_unwalled_shows_no_packages_but_numpy(backend: UnwalledBackend) -> None:
    code = (
        "import importlib, sys\n"
        "def there(names):\n"
        "    found = []\n"
        "    for name in names:\n"
        "        try:\n"
        "            importlib.import_module(name)\n"
        "            found.append(name)\n"
        "        except ImportError:\n"
        "            pass\n"
        "    return found\n"
    )
    session = load(backend, code)
    names = ["numpy", "json", "sklearn", "autograder", "solutions", "matplotlib", "course.losses"]
    assert call(session, "there", names) == ["numpy", "json", "course.losses"]
    session.close()


def test_unwalled_keeps_what_is_printed(backend: UnwalledBackend) -> None:
    session = load(
        backend, "print('at import')\ndef talk():\n    print('in a call')\n    return 1\n"
    )
    assert call(session, "talk") == 1
    session.close()
    assert session.printed() == "at import\nin a call\n"


def test_unwalled_leaves_no_folder_and_no_descriptor(
    backend: UnwalledBackend, tmp_path: Path
) -> None:
    load(backend, "open('note.txt', 'w').write('x')\n").close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        session = load(backend, "def one():\n    open('note.txt', 'w').write('x')\n    return 1\n")
        assert call(session, "one") == 1
        session.close()
    assert list(tmp_path.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) <= before


def test_unwalled_ends_its_waiting_interpreter(tmp_path: Path) -> None:
    before = children()
    backend = UnwalledBackend()
    (waiting,) = children() - before
    backend.close()
    assert not waiting.is_running()


ENDLESS = {
    "a loop": "while True:\n    pass\n",
    "a loop in C": "sum(iter(int, 1))\n",  # no other thread of the process runs any more
    "another process": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'while True: pass'])\n"
    ),
}


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("code", ENDLESS.values(), ids=list(ENDLESS))
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_unwalled_ends_with_the_process_that_started_it(
    tmp_path: Path, code: str, how: signal.Signals
) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "welcome.py").write_text(code)
    descent = "from autograder.commands.main import main; main(['check', 'distance'])"
    check = psutil.Popen([sys.executable, "-c", descent], cwd=tmp_path)
    wanted = 1 + ("subprocess" in code)
    while not (len(family := check.children(recursive=True)) == wanted and is_busy(family[-1])):
        assert check.poll() is None
    check.send_signal(how)
    assert psutil.wait_procs([check, *family], timeout=120)[1] == []


def is_busy(process: psutil.Process) -> bool:
    """Whether a process computes, and not only starts."""
    before = process.cpu_times().user
    time.sleep(0.2)
    return before > 0.5 and process.cpu_times().user > before


def test_unwalled_limits_the_computing_time(tmp_path: Path) -> None:
    with closing(UnwalledBackend(Limits(cpu_seconds=2, session_seconds=600.0))) as opened:
        session = load(opened, "def spin():\n    while True:\n        pass\n")
        with pytest.raises(SessionEnded) as ended:
            call(session, "spin", seconds=300.0)
    assert ended.value.outcome is Outcome.TIMED_OUT
    assert ended.value.message == "2 seconds of computing were used up"


def test_unwalled_replaces_a_waiting_interpreter_that_was_killed() -> None:
    before = children()
    with closing(UnwalledBackend()) as opened:
        (waiting,) = children() - before
        waiting.kill()
        waiting.wait(120)
        session = load(opened, "def one():\n    return 1\n")
        assert call(session, "one") == 1
        session.close()
