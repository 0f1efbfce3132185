"""The sandbox starts only where it holds, and says what to do where it does not."""

import gc
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from autograder.protocol.operations import Operation
from autograder.sandbox.limits import Limits
from autograder.sandbox.namespace_wall import ONE_USER, NamespaceWall
from autograder.sandbox.outcomes import SandboxUnavailable, SessionEnded
from autograder.sandbox.probe import prove
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.sandbox.user_mapping import Handshake, may_become_nobody
from autograder.sandbox.visible_files import visible
from autograder.sandbox.wall import Wall
from autograder.sandbox.walled import Sandbox

ROOT = Path(__file__).parents[2]
Program = Callable[[str], None]


def refusal(**options: object) -> str:
    with pytest.raises(SandboxUnavailable) as refused:
        Sandbox(**options)  # type: ignore[arg-type]
    return str(refused.value)


@pytest.fixture
def bubblewrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a shell script where bubblewrap is looked for."""

    def install(script: str) -> None:
        program = tmp_path / "bwrap"
        program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return install


@pytest.fixture
def descriptors() -> Callable[[], int]:
    """Counts this process's open files, without those of earlier tests that are only garbage."""

    def count() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    return count


def test_sandbox_says_how_to_install_bubblewrap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, descriptors: Callable[[], int]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = descriptors()
    assert "apt-get install bubblewrap" in refusal()
    assert descriptors() == before


def test_sandbox_says_how_to_install_libseccomp(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, descriptors: Callable[[], int]
) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    before = descriptors()
    assert "apt-get install libseccomp2" in refusal()
    assert descriptors() == before


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize(
    "said",
    [
        "bwrap: No permissions to create new namespace, likely because the kernel does not allow",
        "bwrap: Creating new namespace failed: Operation not permitted",
        "bwrap: setting up uid map: Permission denied",
        "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted",
    ],
)
def test_sandbox_says_how_to_allow_namespaces(
    bubblewrap: Program, said: str, descriptors: Callable[[], int]
) -> None:
    bubblewrap(f"echo '{said}' >&2\nexit 1\n")
    before = descriptors()
    reason = refusal()
    assert said in reason
    assert "sysctl kernel.apparmor_restrict_unprivileged_userns=0" in reason
    assert "--wall landlock" in reason
    assert descriptors() == before


def test_sandbox_refuses_a_bubblewrap_that_confines_nothing(bubblewrap: Program) -> None:
    # It runs the command that follows the options, without any namespace, as a broken one might.
    bubblewrap(
        'while [ $# -gt 0 ]; do case "$1" in */python*) [ "$2" = "-S" ] && exec "$@";; esac; '
        "shift; done\n"
    )
    assert "did not start" in refusal()


def test_sandbox_refuses_where_its_capability_is_taken_away(
    bubblewrap: Program, sandbox: Sandbox
) -> None:
    # Some systems let namespaces be made, and strip what runs in them of all capabilities.
    bubblewrap(
        "n=$#; while [ $n -gt 0 ]; do a=$1; shift; "
        'if [ "$a" = "CAP_SYS_ADMIN" ]; then a=CAP_CHOWN; fi; set -- "$@" "$a"; n=$((n-1)); done\n'
        'PATH=${PATH#*:} exec bwrap "$@"\n'
    )
    reason = refusal()
    assert "Operation not permitted" in reason
    assert "--wall landlock" in reason


def test_sandbox_refuses_secrets_that_would_be_visible() -> None:
    secret = Path(np.__file__).with_name("version.py")
    assert "move it" in refusal(secrets=[secret])


def test_prove_refuses_a_backend_without_walls() -> None:
    held = r"a submission could .*; no submission was run"
    with closing(UnwalledBackend()) as backend, pytest.raises(SandboxUnavailable, match=held):
        prove(backend.open, [ROOT], needs_landlock=False)


def test_prove_refuses_the_weaker_wall_without_landlock() -> None:
    with (
        closing(UnwalledBackend()) as backend,
        pytest.raises(SandboxUnavailable, match="no Landlock"),
    ):
        prove(backend.open, [], needs_landlock=True)


def test_prove_finds_a_secret_that_is_readable(sandbox: Sandbox) -> None:
    session = sandbox.open
    readable = Path(np.__file__)
    inside = Path("/packages/numpy") / readable.name
    with pytest.raises(SandboxUnavailable, match="read /packages/numpy"):
        prove(session, [inside], needs_landlock=False)


def test_sandbox_knows_its_walls() -> None:
    with pytest.raises(ValueError, match="'paper' is not a valid Wall"):
        Sandbox(wall="paper")  # type: ignore[arg-type]


def test_namespace_wall_avoids_what_went_wrong_before(
    bubblewrap: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    bubblewrap("exit 1\n")
    monkeypatch.setattr("autograder.sandbox.namespace_wall.may_become_nobody", lambda: False)
    arguments = NamespaceWall(visible(), Limits()).command({"A": "b"})
    # /proc may be masked; --dev brings a writable /dev/shm; nested namespaces stay possible.
    assert not {"--proc", "--dev", "--disable-userns"} & set(arguments)
    first = arguments.index("--cap-drop")
    assert arguments[first : first + 4] == ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    assert arguments.count("--cap-add") == 1
    # A tmpfs hides what was bound below it before: every hidden folder is below a bind.
    binds = [arguments[i + 2] for i, a in enumerate(arguments) if a == "--ro-bind"]
    hidden = [
        arguments[i + 1]
        for i, a in enumerate(arguments)
        if a == "--tmpfs" and arguments[i + 1] != "/scratch"
    ]
    for folder in hidden:
        assert any(folder.startswith(bind + os.sep) for bind in binds)
        assert not any(bind == folder or bind.startswith(folder + os.sep) for bind in binds)
    assert arguments[arguments.index("--remount-ro", first + len(arguments) // 2) :]
    assert set(ONE_USER) < set(arguments)


def test_visible_shows_numpy_and_no_other_package() -> None:
    seen = visible()
    assert {"protocol", "numpy", "msgpack"} <= set(seen.packages) <= {
        "protocol", "numpy", "msgpack", "numpy.libs",
    }  # fmt: skip
    for root in seen.roots:
        assert not (Path(root) / "sklearn").exists()
        assert not (Path(root) / "autograder").exists()
        assert not str(ROOT).startswith(root.rstrip("/") + "/"), root


def test_sandbox_runs_submissions_as_a_user_whose_threads_are_counted(sandbox: Sandbox) -> None:
    code = b"""
import os, threading

def user():
    return sorted({os.getuid(), os.getgid(), *os.getgroups()})

def threads():
    count, stay = 0, threading.Event()
    try:
        while count < 1000:
            threading.Thread(target=stay.wait, daemon=True).start()
            count += 1
    except RuntimeError:
        return count
"""
    # Each thread may reserve 128 MiB of addresses: with an older NumPy they ended first.
    roomy = Sandbox(replace(sandbox.limits, memory=4 << 30))
    with closing(roomy), closing(roomy.open({"course/losses.py": code})) as session:
        assert session.perform(Operation.CALL, ["losses", "user"], [], {}, 0)[0] == [65534]
        (started, *_) = session.perform(Operation.CALL, ["losses", "threads"], [], {}, 0)
        # The kernel counts the process itself, and for an ordinary user bubblewrap's and the
        # zygote, whose user is the same; root's it would not count at all.
        others = 1 if may_become_nobody() else 3
        assert started == sandbox.limits.processes - others


def test_may_become_nobody_asks_for_root_and_its_capabilities(tmp_path: Path) -> None:
    for name in ("uid_map", "gid_map"):
        (tmp_path / name).write_text("         0          0 4294967295\n")
    (tmp_path / "status").write_text("CapEff:\t00000000000000c0\nCapBnd:\t0\n")
    assert may_become_nobody(tmp_path) is (os.geteuid() == 0)
    (tmp_path / "status").write_text("CapEff:\t0000000000000040\n")
    assert not may_become_nobody(tmp_path)
    (tmp_path / "status").write_text("CapEff:\t00000000000000c0\n")
    (tmp_path / "gid_map").write_text("         0       1000          1\n")
    assert not may_become_nobody(tmp_path)
    assert not may_become_nobody(tmp_path / "nowhere")


def test_handshake_leaves_no_descriptor(descriptors: Callable[[], int]) -> None:
    before = descriptors()
    handshake = Handshake()
    handshake.close()
    handshake.close()
    assert descriptors() == before
    handshake = Handshake()
    os.write(handshake.descriptors[0], b'{"child-pid": 0}')
    assert "cannot be mapped" in handshake.complete()
    handshake.close()
    assert descriptors() == before


def test_sandbox_ends_with_the_process_that_started_it(sandbox: Sandbox) -> None:
    program = (
        "import sys, time; from autograder.sandbox.walled import Sandbox; sandbox = Sandbox();"
        "session = sandbox.open({'course/losses.py': b'import time'});"
        "print('ready', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        family = psutil.Process(started.pid).children(recursive=True)
        assert family
        started.kill()
    end = time.monotonic() + 60
    while (left := [part for part in family if alive(part)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left


def alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):  # it may end between two questions
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def test_sandbox_starts_again_where_its_zygote_has_died() -> None:
    try:
        opened = Sandbox(Limits(call_seconds=60.0))
    except SandboxUnavailable as reason:
        pytest.skip(str(reason))
    with closing(opened) as sandbox:
        assert sandbox._process is not None
        sandbox._process.kill()
        sandbox._process.wait()
        session = sandbox.open({"course/losses.py": b"def one():\n    return 1\n"})
        assert session.perform(Operation.CALL, ["losses", "one"], [], {}, 0)[0] == 1
        session.close()
        with pytest.raises(SessionEnded):
            session.perform(Operation.CALL, ["losses", "one"], [], {}, 0)


def test_sandbox_says_which_user_cannot_use_this_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not may_become_nobody():
        pytest.skip("only root runs submissions as another user behind the weaker wall")
    tmp_path.chmod(0o700)
    private = tmp_path / "python3"
    private.symlink_to(sys.executable)
    seen = replace(visible(), interpreter=str(private))
    monkeypatch.setattr("autograder.sandbox.walled.visible", lambda: seen)
    reason = refusal(wall=Wall.LANDLOCK)
    assert (
        f"the user “nobody”, who runs submissions behind this wall, cannot use {private}" in reason
    )
    assert "run the grader as an ordinary user" in reason


# What happens where no namespaces may be made, in a namespace whose own limit is zero.
FORBIDDEN = ["unshare", "--user", "--map-root-user", "sh", "-c"]
FORBID = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'


def run_without_namespaces(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program of Python where the kernel refuses to make user namespaces."""
    start = [*FORBIDDEN, FORBID, "sh", sys.executable, "-c", program]
    done = subprocess.run(start, capture_output=True, text=True, timeout=300)
    if "unshare" in done.stderr or "cannot create" in done.stderr:
        pytest.skip(done.stderr.strip())  # there are none to forbid them in
    return done


@pytest.mark.usefixtures("sandbox")
def test_sandbox_refuses_where_user_namespaces_are_forbidden() -> None:
    done = run_without_namespaces(
        "from autograder.sandbox.walled import Sandbox, SandboxUnavailable\n"
        "try:\n    Sandbox()\nexcept SandboxUnavailable as reason:\n    print(reason)\n"
    )
    assert "This system forbids user namespaces" in done.stdout, done.stderr
    assert "sysctl user.max_user_namespaces=15000" in done.stdout
    assert "`--wall landlock` is a weaker wall" in done.stdout


@pytest.mark.usefixtures("sandbox")
def test_sandbox_has_its_weaker_wall_where_user_namespaces_are_forbidden() -> None:
    done = run_without_namespaces(
        "from autograder.sandbox.walled import Sandbox, SandboxUnavailable\n"
        "from autograder.sandbox.wall import Wall\n"
        "try:\n    sandbox = Sandbox(wall=Wall.LANDLOCK)\n"
        "except SandboxUnavailable as reason:\n    print(reason)\n"
        "else:\n"
        "    session = sandbox.open({'course/losses.py': b'def one():\\n    return 1\\n'})\n"
        "    print(session.perform('call', ['losses', 'one'], [], {}, 0)[0])\n"
        "    sandbox.close()\n"
    )
    if "no Landlock" in done.stdout:
        pytest.skip(done.stdout.strip())
    assert done.stdout == "1\n", done.stderr
