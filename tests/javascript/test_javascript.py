"""Runs the JavaScript tests beside this file with Node.js's own test runner."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def test_javascript_tests_pass():
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node.js is absent, and CI=true asks for every test")
        pytest.skip("needs Node.js 20 or later")
    files = sorted(Path(__file__).parent.glob("*.test.js"))
    assert files
    done = subprocess.run(
        [node, "--test", *files], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
