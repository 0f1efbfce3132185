"""What tests of several folders share: the sandbox, skipped where it cannot be had."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.outcomes import SandboxUnavailable
from autograder.sandbox.limits import Limits
from autograder.sandbox.worker import Sandbox

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests, with short time limits."""
    try:
        room = Sandbox(Limits(call_seconds=1.0), secrets=[ROOT])
    except SandboxUnavailable as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(reason))
    yield room
    room.close()
