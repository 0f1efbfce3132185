"""What a submission can see: the interpreter, the standard library, NumPy and the codec."""

import os
import platform
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import msgpack
import numpy as np

import autograder
from autograder.sandbox.outcomes import SandboxUnavailable


@dataclass(frozen=True)
class Visible:
    """Files and folders that are visible inside, read-only.

    Attributes
    ----------
    interpreter : str
        The Python program itself.
    system : tuple of str
        Paths that appear where they are: the interpreter, its library, shared libraries.
    hidden : tuple of str
        Folders under those that must appear empty: other people's packages.
    packages : dict
        Packages by the name under which they appear.
    """

    interpreter: str
    system: tuple[str, ...]
    hidden: tuple[str, ...]
    packages: dict[str, str]

    @property
    def roots(self) -> tuple[str, ...]:
        """Every host path that is visible."""
        return (*self.system, *self.packages.values())

    def refuse_secrets(self, secrets: list[Path]) -> None:
        """Refuse to start where something secret would be visible."""
        for secret in secrets:
            place = os.path.realpath(secret)
            for root in self.roots:
                if place == root or place.startswith(root + os.sep):
                    raise SandboxUnavailable(
                        f"{secret} is below {root}, which submissions can read: move it."
                    )


def visible() -> Visible:
    """What this interpreter needs to run NumPy, and no more."""
    interpreter = os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable)
    library = os.path.realpath(sysconfig.get_path("stdlib"))
    dynamic = os.path.realpath(sysconfig.get_path("platstdlib"))
    if sys.base_prefix != sys.prefix:  # there platstdlib names the virtual environment's own
        dynamic = library
    system = {interpreter, library, dynamic, *_shared_libraries()}
    hidden = []
    for root in sorted(system):
        for name in ("site-packages", "dist-packages"):
            hidden += [str(path) for path in Path(root).glob(name) if path.is_dir()]
            hidden += [str(path) for path in Path(root).glob(f"python3*/{name}") if path.is_dir()]
    packages = {"protocol": str(Path(autograder.__file__).parent / "protocol")}
    for module in (np, msgpack):
        packages[module.__name__] = os.path.realpath(Path(module.__file__ or "").parent)
    libraries = Path(packages["numpy"]).with_name("numpy.libs")
    if libraries.is_dir():
        packages["numpy.libs"] = str(libraries)
    return Visible(interpreter, _outermost(system), tuple(sorted(set(hidden))), packages)


def _shared_libraries() -> set[str]:
    """Folders of the shared libraries that this process has mapped, except those of packages."""
    own = {os.path.realpath(prefix) for prefix in (sys.prefix, sys.base_prefix)} - {"/usr"}
    found = set()
    for line in Path("/proc/self/maps").read_text().splitlines():
        path = line.partition("/")[2]
        if ".so" not in path or path.endswith("(deleted)"):
            continue
        place = os.path.realpath("/" + path)
        if "site-packages" in place or "dist-packages" in place:
            continue
        folder = os.path.dirname(place)
        if any(place.startswith(prefix + os.sep) for prefix in own):
            if os.path.basename(place).startswith("libpython"):
                found.add(place)
                found |= {os.path.join(folder, os.path.basename("/" + path))}
        else:
            found.add(folder)
    loader = {"x86_64": "/lib64/ld-linux-x86-64.so.2", "aarch64": "/lib/ld-linux-aarch64.so.1"}
    place = loader.get(platform.machine(), "")
    if os.path.exists(place):
        found.add(os.path.dirname(os.path.realpath(place)))
        found.add(os.path.realpath(os.path.dirname(place)))  # where programs look for the loader
    return found


def _outermost(paths: set[str]) -> tuple[str, ...]:
    """The paths that are not below another of them."""
    return tuple(
        sorted(
            path
            for path in paths
            if not any(path != other and path.startswith(other + os.sep) for other in paths)
        )
    )
