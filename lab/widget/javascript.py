"""The browser's side of an experiment, put together from the files in ``lab/static``.

anywidget loads one JavaScript module and one style sheet for each widget. What the experiments
share is written once, in ``static/shared``, and joined here without a build step:

- A module begins with its imports, each on one line, of a module in its own folder or in
  ``shared``: ``import { a, b } from "./name.js";``, ``"../shared/name.js"`` or
  ``"../../shared/name.js"``.
- `script` puts every imported module, once, before the module that imports it, leaves out the
  import lines, and takes the word ``export`` away, except from the ``export default`` of the
  experiment itself. Hence top-level names are unique over all modules that meet in one experiment.

The files stay ordinary ES modules, which Node's test runner imports as they are.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"

_IMPORT = re.compile(r'^import \{[^}]*\} from "(?P<file>(?:\./|(?:\.\./){1,2}shared/)\w+\.js)";$')

_ROOT = re.compile(r"\.descent(?![\w-])")


def script(module: str) -> str:
    """One ES module, ``static/<module>.js``, with everything that it imports.

    Raises
    ------
    ValueError
        If a module has an import that does not follow the rule above.
    """
    return "\n".join(_joined(STATIC / f"{module}.js", seen=set()))


def _joined(path: Path, seen: set[Path]) -> list[str]:
    path = path.resolve()
    if path in seen:
        return []
    seen.add(path)
    name = path.relative_to(STATIC.resolve()).as_posix()
    imported: list[str] = []
    own: list[str] = [f"// ---- {name} ----"]
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _IMPORT.match(line)
        if match:
            imported += _joined(path.parent / match["file"], seen)
        elif line.startswith("import"):
            raise ValueError(
                f'{name}: expected import {{ … }} from "./file.js" or "../../shared/file.js"; '
                f"is: {line}"
            )
        elif line.startswith("export default "):
            own.append(line)
        else:
            own.append(line.removeprefix("export "))
    return imported + own


def style(sheet: str, common: str = "") -> str:
    """One style sheet, ``static/<sheet>.css`` if there is one, after a common one."""
    sheets = [STATIC / f"{name}.css" for name in (common, sheet) if name]
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets if path.exists())


def style_of_experiment(name: str) -> str:
    """``shared/frame.css``, then the experiment's own ``style.css``.

    Every rule for ``.descent`` is narrowed to ``.descent.<name>``: each widget brings its own
    sheet, and on a page with several the last one would otherwise hold for all.
    """
    sheet = style(f"experiments/{name}/style", "shared/frame")
    return _ROOT.sub(f".descent.{name}", sheet)
