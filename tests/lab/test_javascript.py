"""The one module that each experiment sends to the browser."""

import re
import shutil
import subprocess

import pytest

from lab.widget import javascript
from lab.widget.javascript import STATIC, script, style_of_experiment

EXPERIMENTS = sorted(path.parent.name for path in STATIC.glob("experiments/*/main.js"))


def test_experiments_are_found():
    assert "learning_rate" in EXPERIMENTS


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_script_holds_each_module_once_and_one_default_export(name):
    text = script(f"experiments/{name}/main")
    headings = re.findall(r"^// ---- ([\w/]+)\.js ----$", text, re.M)
    assert headings[-1] == f"experiments/{name}/main"
    assert len(headings) == len(set(headings))
    assert len(re.findall(r"^export ", text, re.M)) == 1
    assert not re.search(r"^import ", text, re.M)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js to read JavaScript")
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_script_is_one_valid_module(name, tmp_path):
    path = tmp_path / "joined.mjs"
    path.write_text(script(f"experiments/{name}/main"), encoding="utf-8")
    done = subprocess.run(["node", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_script_refuses_an_import_that_it_cannot_join(tmp_path, monkeypatch):
    monkeypatch.setattr(javascript, "STATIC", tmp_path)
    main = tmp_path / "experiments" / "a" / "main.js"
    main.parent.mkdir(parents=True)
    main.write_text('import * as b from "./b.js";\n')
    with pytest.raises(ValueError, match=r"experiments/a/main\.js: expected import"):
        script("experiments/a/main")


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_experiment_is_called_like_its_folder(name):
    text = (STATIC / "experiments" / name / "main.js").read_text(encoding="utf-8")
    assert re.findall(r'^export default experiment\("(\w+)", ', text, re.M) == [name]


def test_style_puts_the_common_sheet_first():
    text = style_of_experiment("learning_rate")
    assert text.index(".descent.learning_rate {") < text.index(".badge")


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_style_holds_only_for_its_own_experiment(name):
    text = re.sub(
        r"/\*.*?\*/|@keyframes [^{]+\{.*?\}\s*\}", "", style_of_experiment(name), flags=re.S
    )
    selectors = [selector.strip() for selector in re.findall(r"([^{}]+)\{", text)]
    assert len(selectors) > 50
    foreign = [text for text in selectors if f".descent.{name}" not in text and text[0] != "@"]
    assert not foreign
    assert ".descent.descent" not in text
