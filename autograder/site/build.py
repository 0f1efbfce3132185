"""The browser edition: a folder of files that any web server can hand out, and nothing else."""

import base64
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.exercises.manifest import LESSONS
from autograder.learner.course_map import course_map
from autograder.learner.folder import LearnerFolder
from autograder.maintain.given_files import HOUSE, fingerprint, given_as_shipped
from autograder.site.pyodide import add_pyodide
from autograder.site.tools import NotBuilt, Tools, cache_folder

STATIC = Path(__file__).with_name("static")
ABOUT = "first-descent-site.json"  # what marks a folder as a site, which may be built again
STORAGE = "First Descent"  # in each browser: an update of the site finds the work again
EXTENSION = Path("share/jupyter/labextensions/first-descent")
# All that JupyterLite offers and the course does not need.
DISABLED = (
    *("@jupyterlab/extensionmanager-extension", "@jupyterlab/help-extension:about"),
    *("@jupyterlab/fileeditor-extension:language-server", "@jupyterlab/lsp-extension"),
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlite/application-extension:lsp-connection-manager",
)
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/fileeditor-extension:plugin": {"editorConfig": {"rulers": [100]}},
}
# Loaded before the first cell; what draws comes with the first cell that imports `lab`.
PACKAGES = (
    *("micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi"),
    *("ipython", "numpy", "first-descent"),
)
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'none'",
}


def build_site(out: Path, pyodide: Path | None = None, say: Callable[[str], None] = print) -> int:
    """Write the browser edition into a folder; how many bytes it has.

    Parameters
    ----------
    out : Path
        A folder that is empty or not there, or a site that this has built before.
    pyodide : Path, optional
        A folder with Pyodide's release; without it, it comes from a package.
    say : callable, optional
        Called with a sentence before each step that takes long.

    Raises
    ------
    NotBuilt
        If the folder holds something else, or a step fails.
    """
    if out.exists() and any(out.iterdir()) and not (out / ABOUT).is_file():
        raise NotBuilt(f"{out} holds something else than a site, and nothing is overwritten.")
    say("Fetching the tools (the first time, some minutes) …")
    tools = Tools(cache_folder(), with_pyodide=pyodide is None)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as scratch:
        place = Path(scratch)
        say("Building JupyterLite …")
        site = _jupyterlite(place, tools)
        say("Adding Python …")
        add_pyodide(pyodide or tools.pyodide, site / "static" / "pyodide", tools)
        fresh = LearnerFolder(place / "files")
        beginning = {"folder": "", "checking": [], "results": [], **course_map(fresh)}
        (site / "course-map.json").write_text(json.dumps(beginning), encoding="utf-8")
        version = _version_of(site)
        _finish(site, version)
        size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
        about = {"version": version, "given": fingerprint(given_as_shipped()), "bytes": size}
        (site / ABOUT).write_text(json.dumps(about) + "\n")
        for path in site.rglob("*"):
            path.touch()  # what a package dates 1985 would never be newer than in an older site
        if out.exists():
            shutil.rmtree(out)
        site.rename(out)
    return size


def _jupyterlite(place: Path, tools: Tools) -> Path:
    """JupyterLite with the learner's files and our extension in it, still without Python."""
    for name, text in given_as_shipped().items():
        path = place / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    federated = tools.packages.parents[2] / EXTENSION
    shutil.rmtree(federated, ignore_errors=True)  # what an older build of it has left
    shutil.copytree(_our_extension(), federated)
    (place / "overrides.json").write_text(json.dumps(SETTINGS))
    (place / "jupyter-lite.json").write_text(json.dumps(_configuration()))
    tools.run(
        *("jupyter", "lite", "build", "--lite-dir", ".", "--output-dir", "site"),
        *("--contents", "files", "--apps", "lab", "--no-sourcemaps"),
        folder=place,
    )
    return place / "site"


def _our_extension() -> Path:
    built = HOUSE / "labextension" / "built" / "first-descent"
    if built.is_dir():
        return built
    return Path(sys.prefix) / EXTENSION


def _configuration() -> dict[str, Any]:
    presence = {"atRoot": True, "lessons": [lesson.name for lesson in LESSONS], "server": False}
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "packages": list(PACKAGES),
            "lockFileURL": "./static/pyodide/pyodide-lock.json",
        },
        "pyodideUrl": "./static/pyodide/pyodide.js",
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "First Descent",
            "contentsStorageName": STORAGE,
            "settingsStorageName": f"{STORAGE} settings",
            "workspacesStorageName": f"{STORAGE} workspaces",
            "disabledExtensions": list(DISABLED),
            "exposeAppInBrowser": True,
            "faviconUrl": "./icon.svg",
            "firstDescent": json.dumps(presence),
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }


def _version_of(site: Path) -> str:
    """A fingerprint of all that a site is made of: caches of another version are not used."""
    digest = hashlib.sha256()
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    added = {path.name: path for path in (*STATIC.iterdir(), Path(__file__))}
    for name, path in sorted({**files, **added}.items()):
        if not name.startswith("api/"):  # it says when files were written: no other version
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _finish(site: Path, version: str) -> None:
    """Add the course's own files, and the policy to each page."""
    (site / "service-worker.js").rename(site / "jupyterlite-service-worker.js")
    lite = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
    filled_in = {
        "{{version}}": version,
        "{{storage}}": STORAGE,
        "{{jupyterlite}}": lite["jupyter-config-data"]["appVersion"],
    }
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        for place, value in filled_in.items():
            text = text.replace(place, value)
        (site / path.name).write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(site / "doc", ignore_errors=True)
    (site / "lab" / "favicon.ico").unlink(missing_ok=True)  # a third of a megabyte
    for page in site.rglob("*.html"):
        home = "../" * (len(page.relative_to(site).parts) - 1) or "./"
        text = _with_start(page.read_text(encoding="utf-8"), home)
        page.write_text(_with_policy(text), encoding="utf-8", newline="\n")


def _with_start(page: str, home: str) -> str:
    """A page that waits for the service worker before it loads what is to be kept."""
    begins = f'<script src="{home}start.js" data-home="{home}"></script>'
    page = page.replace("<title>JupyterLite</title>", "<title>First Descent</title>")
    page = page.replace('rel="preload"', 'rel="x-main"')  # not before it is kept
    page = page.replace(
        "await import(", "await globalThis.firstDescentStart;\n        await import("
    )
    return page.replace("<head>", f"<head>\n    {begins}", 1)


def _with_policy(page: str) -> str:
    """A page with a content security policy that names its own scripts by their fingerprints."""
    scripts = re.findall(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    named = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = {**POLICY, "script-src": POLICY["script-src"] + named}
    said = "; ".join(f"{rule} {value}" for rule, value in rules.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said}" />'
    return page.replace("<head>", f"<head>\n    {meta}", 1)
