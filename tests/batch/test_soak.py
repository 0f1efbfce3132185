"""A small soak: sixty submissions of every kind, each accounted for, and nothing left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow]

SOAK = Path(__file__).parents[2] / "benchmarks" / "soak.py"


@pytest.mark.usefixtures("sandbox")
def test_batch_accounts_for_everyone_and_leaves_nothing() -> None:
    command = [sys.executable, str(SOAK), "--count", "60", "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("60 submissions (")
    for kind in ("correct", "mistaken", "unfinished", "hostile", "malformed"):
        assert kind in first
    assert last == "Everyone is accounted for, nothing is left."
