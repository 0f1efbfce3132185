"""The browser's side of an experiment, put together from the files in ``lab/static``.

anywidget loads one JavaScript module and one style sheet for each widget. What the experiments
share is written once, in separate modules, and joined here without a build step:

- A module begins with its imports, each on one line: ``import { a, b } from "./scale.js";``.
- `script` puts every imported module, once, before the module that imports it, leaves out the
  import lines, and takes the word ``export`` away, except from the ``export default`` of the
  experiment itself. Hence top-level names are unique over all modules that meet in one experiment.

The files stay ordinary ES modules, which Node's test runner imports as they are.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<file>\w+)\.js";$')

_ROOT = re.compile(r"\.descent(?![\w-])")


def script(name: str) -> str:
    """One ES module: ``static/<name>.js`` with everything that it imports.

    Raises
    ------
    ValueError
        If a module has an import that does not follow the rule above.
    """
    return "\n".join(_joined(name, seen=set()))


def _joined(name: str, seen: set[str]) -> list[str]:
    if name in seen:
        return []
    seen.add(name)
    lines: list[str] = []
    own: list[str] = [f"// ---- {name}.js ----"]
    for line in (STATIC / f"{name}.js").read_text(encoding="utf-8").splitlines():
        match = _IMPORT.match(line)
        if match:
            lines += _joined(match["file"], seen)
        elif line.startswith("import"):
            raise ValueError(f'{name}.js: expected import {{ … }} from "./file.js"; is: {line}')
        elif line.startswith("export default "):
            own.append(line)
        else:
            own.append(line.removeprefix("export "))
    return lines + own


def style(name: str) -> str:
    """One style sheet: what all experiments share, then ``static/<name>.css`` if it exists.

    Every rule for ``.descent`` is narrowed to ``.descent.<name>``: each widget brings its own
    sheet, and on a page with several the last one would otherwise hold for all.
    """
    sheets = [STATIC / "experiment.css", STATIC / f"{name}.css"]
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.exists())
    return _ROOT.sub(f".descent.{name}", text)
