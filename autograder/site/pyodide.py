"""Python for the browser: Pyodide's files, compared with what it published, and our own wheels.

``pyodide.json`` holds of Pyodide's lock file what the course needs, with Pyodide's fingerprints. So
it does not matter from where the files come.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from autograder.maintain.given_files import HOUSE
from autograder.site.tools import NotBuilt, Tools

LOCK = Path(__file__).with_name("pyodide.json")
KERNEL = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
# Of the environment, what is written in Python alone; compiled parts are left out.
LIBRARIES = (
    *("anywidget", "comm", "ipywidgets", "jupyterlab_widgets", "msgpack", "psygnal"),
    "typing_extensions",
)
OURS = ("autograder", "lab", "lessons", "solutions")
# Rooms that have nothing to do in a browser: there are no walls there to grade others behind.
LEFT_OUT = (
    *("autograder/batch", "autograder/commands", "autograder/nbgrader", "autograder/report"),
    *("autograder/site", "lessons/sources"),
)
# The kernel asks for these, and the course does without: IPython completes names without `jedi`,
# which has 1.7 MB with what it needs.
UNUSED = ("ssl", "jedi")
# IPython imports `sqlite3` for a history that a browser does not keep: the names are enough, and
# half a megabyte less is sent.
SQLITE = """class Connection: ...
class DatabaseError(Exception): ...
class IntegrityError(DatabaseError): ...
class OperationalError(DatabaseError): ...
PARSE_COLNAMES = PARSE_DECLTYPES = 0
"""


def add_pyodide(source: Path, target: Path, tools: Tools) -> None:
    """Write Pyodide, its packages and ours into a folder, with the lock file that names them.

    Raises
    ------
    NotBuilt
        If a file is not in the source, or is not what Pyodide published.
    """
    known = json.loads(LOCK.read_text(encoding="utf-8"))
    target.mkdir(parents=True)
    published = {package["file_name"]: package["sha256"] for package in known["packages"].values()}
    for name, fingerprint in {**known["core"], **published}.items():
        path = source / name
        if not path.is_file():
            raise NotBuilt(f"{path} is not there: a site needs Pyodide {known['info']['version']}.")
        if _fingerprint(path) != fingerprint:
            raise NotBuilt(f"{path} is not the file that Pyodide published under this name.")
        shutil.copyfile(path, target / name)
    packages = dict(known["packages"])
    for wheel in sorted((tools.packages.parents[2] / KERNEL).glob("*.whl")):
        name = wheel.name.partition("-")[0].replace("_", "-")
        if name != "widgetsnbextension":
            shutil.copyfile(wheel, target / wheel.name)
            packages[name] = _entry(target / wheel.name, [name.replace("-", "_")], [])
    for library in metadata.distributions(path=[str(tools.packages)]):
        name = library.metadata["Name"].replace("-", "_")
        if name in LIBRARIES:
            wheel = target / f"{name}-{library.version}-py3-none-any.whl"
            packages[name.replace("_", "-")] = _entry(_wheel(wheel, _pure(library)), [name], [])
    ours = _wheel(target / f"first_descent-{_version()}-py3-none-any.whl", _our_files())
    packages["first-descent"] = _entry(
        ours,
        ["autograder", "solutions", "lessons"],
        ["numpy", *(name.replace("_", "-") for name in LIBRARIES)],
    )
    nothing = _wheel(target / "nothing-1-py3-none-any.whl", iter(()))
    for name in UNUSED:
        packages[name] = _entry(nothing, [], [])
    names = _wheel(target / "sqlite3-1-py3-none-any.whl", iter([("sqlite3.py", SQLITE.encode())]))
    packages["sqlite3"] = _entry(names, ["sqlite3"], [])
    # what draws is loaded with the first cell that imports `lab`
    packages["lab"] = _entry(nothing, ["lab"], ["first-descent", "matplotlib"])
    lock = {"info": known["info"], "packages": {name: _full(packages[name]) for name in packages}}
    for name, entry in lock["packages"].items():
        entry["name"] = name
    (target / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _pure(library: metadata.Distribution) -> Iterator[tuple[str, bytes]]:
    """What is Python of an installed library."""
    for path in library.files or ():
        name = path.as_posix()
        ours = name.startswith("..") or ".dist-info/" in name or "__pycache__" in name
        if not ours and not name.endswith((".so", ".pyd", ".pyi")):
            yield name, Path(str(path.locate())).read_bytes()


def _our_files() -> Iterator[tuple[str, bytes]]:
    for package in OURS:
        for path in sorted((HOUSE / package).rglob("*")):
            name = path.relative_to(HOUSE).as_posix()
            hidden = "__pycache__" in name or "/." in name
            if path.is_file() and not hidden and not name.startswith(LEFT_OUT):
                yield name, path.read_bytes()


def _wheel(path: Path, files: Iterator[tuple[str, bytes]]) -> Path:
    """Write a wheel: the same files give the same bytes."""
    name, version = path.name.split("-")[:2]
    about = f"{name}-{version}.dist-info"
    metadata_text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    wheel_text = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    said = {f"{about}/METADATA": metadata_text, f"{about}/WHEEL": wheel_text}
    said[f"{about}/RECORD"] = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for inside, content in [*files, *((name, text.encode()) for name, text in said.items())]:
            archive.writestr(zipfile.ZipInfo(inside), content, zipfile.ZIP_DEFLATED)
    return path


def _entry(wheel: Path, imports: list[str], depends: list[str]) -> dict[str, Any]:
    version = wheel.name.split("-")[1]
    return {
        "version": version,
        "file_name": wheel.name,
        "sha256": _fingerprint(wheel),
        "imports": imports,
        "depends": depends,
    }


def _full(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as Pyodide's lock file has it."""
    return {**entry, "install_dir": "site", "package_type": "package", "unvendored_tests": False}


def _version() -> str:
    return metadata.version("first-descent")


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
