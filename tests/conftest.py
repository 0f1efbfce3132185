"""What several folders share: the sandbox and the browser, skipped where absent, and servers.

With ``CI=true`` in the environment nothing is skipped: what is absent is an error.

It also says in which order tests begin, and which of them share a worker: those that use the same
expensive thing, those that are marked to, and otherwise those of a file.
"""

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from autograder.commands.main import UNUSED
from autograder.sandbox.limits import ONE_THREAD, Limits
from autograder.sandbox.outcomes import SandboxUnavailable
from autograder.sandbox.walled import Sandbox

ROOT = Path(__file__).parents[1]
CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


sys.modules.setdefault(UNUSED, None)  # type: ignore[arg-type] # as each command begins
# nbgrader looks for its `alembic` on the path, also where nobody has activated the environment
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])

# For the workers, and for all that tests start: with matrices as small as the course's, threads
# that wait for each other take several times as long, on a busy machine above all.
os.environ.update(ONE_THREAD)

# Property tests draw few examples for every change; `--hypothesis-profile=thorough` draws more. No
# example has a time limit: some are the first to import something, on a machine that is busy.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.load_profile("quick")

# Fixtures that cost so much that one worker makes them for all who use them; the longest first.
SHARED = ("jupyter", "classroom", "site", "book")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: browsers, clocks and time limits leave a core waiting."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Search for no garbage among thousands of tests, neither while they are made nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


# After tests are shuffled, which a wrapper does, and before marks select and workers read groups.
@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark what is exhaustive, give each test its group, and let long groups begin first."""
    _keep_samples(items)
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        name = _group(item)
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(name))
        groups.setdefault(name, []).append(item)
    items[:] = [item for name in sorted(groups, key=_rank(groups)) for item in groups[name]]
    return (yield)


def _group(item: pytest.Item) -> str:
    """The name of a test's group."""
    if marked := item.get_closest_marker("xdist_group"):
        return str(marked.kwargs.get("name") or marked.args[0])
    for name in SHARED:
        if name in getattr(item, "fixturenames", ()):
            return name
    slow = item.get_closest_marker("slow")
    return item.nodeid if slow else item.nodeid.partition("::")[0]


def _rank(groups: dict[str, list[pytest.Item]]) -> Callable[[str], int]:
    """When a group begins: what is shared, what is slow, large files, the rest; each at random."""

    def rank(name: str) -> int:
        if name in SHARED:
            return SHARED.index(name)
        if any(item.get_closest_marker("slow") for item in groups[name]):
            return len(SHARED)
        return len(SHARED) + (1 if len(groups[name]) > 100 else 2)

    return rank


def _keep_samples(items: list[pytest.Item]) -> None:
    """Of a test marked `sampled`, mark the cases as exhaustive that are not among every so many."""
    for item in items:
        sampled = item.get_closest_marker("sampled")
        # of several parameters, each value of one meets some values of the others
        if sampled and sum(item.callspec.indices.values()) % sampled.kwargs["every"]:
            item.add_marker(pytest.mark.exhaustive)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Ctrl-C reaches what tests start, also where a shell runs the tests in its background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests; its time limits are for machines that are very busy."""
    try:
        opened = Sandbox(Limits(call_seconds=60.0, session_seconds=300.0), secrets=[ROOT])
    except SandboxUnavailable as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(reason))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def launched() -> Callable[[], AbstractContextManager[Any]]:
    """Function that launches a headless Chromium, which ends with its block."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is absent, and CI=true asks for every test")
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api")

    @contextmanager
    def launch() -> Iterator[Any]:
        with playwright.sync_playwright() as play:
            started = play.chromium.launch(
                executable_path=program, args=CHROMIUM_ARGUMENTS, timeout=180_000
            )
            yield started
            started.close()

    return launch


@pytest.fixture(scope="module")
def browser(launched: Callable[[], AbstractContextManager[Any]]) -> Iterator[Any]:
    """A headless Chromium, for one module: Playwright's event loop is in the way of other tests."""
    with launched() as started:
        yield started


class Servers:
    """Servers on this machine, each waited for until it answers."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[subprocess.Popen[bytes]] = []

    def __call__(
        self, command: list[str], address: str, folder: Path, environment: dict[str, str]
    ) -> None:
        """Start a server; return as soon as an address of it answers."""
        log = self._logs / f"{len(self._running)}.log"
        with log.open("w") as file:
            server = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=file, stderr=subprocess.STDOUT
            )
        self._running.append(server)
        end = time.monotonic() + 300
        while True:
            try:
                urllib.request.urlopen(address, timeout=10).close()
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"{command[0]} does not answer:\n{log.read_text()[-4000:]}")
                time.sleep(0.1)
            else:
                return

    @staticmethod
    def free_ports(count: int) -> list[int]:
        """Different ports on which nothing listens."""
        probes = [socket.socket() for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        ports = [probe.getsockname()[1] for probe in probes]
        for probe in probes:
            probe.close()
        return ports

    def stop(self) -> None:
        """Stop them all."""
        for server in self._running:
            server.terminate()
        for server in self._running:
            try:
                server.wait(120)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@pytest.fixture(scope="session")
def serving(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], AbstractContextManager[Servers]]:
    """Function that returns what starts servers, which stop with its block."""

    @contextmanager
    def start() -> Iterator[Servers]:
        servers = Servers(tmp_path_factory.mktemp("servers"))
        try:
            yield servers
        finally:
            servers.stop()

    return start


@pytest.fixture(scope="module")
def serve(serving: Callable[[], AbstractContextManager[Servers]]) -> Iterator[Servers]:
    """Starts servers, which are stopped after the module's tests."""
    with serving() as servers:
        yield servers


@pytest.fixture(scope="session")
def picture() -> Callable[[Any, str], None]:
    """Keeps what a page looks like in the folder ``DESCENT_SCREENSHOTS``, if one is named."""

    def keep(page: Any, name: str) -> None:
        if folder := os.environ.get("DESCENT_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}.png")

    return keep
