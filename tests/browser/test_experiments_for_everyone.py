"""All experiments for everyone: by axe-core's rules, without motion, by touch, seen twice,
through a restart, and in a saved notebook without a kernel."""

import json
import shutil
from pathlib import Path

import pytest

import solutions

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CELLS = {
    "wave": "slide_a_wave(welcome.distance)",
    "archery": "shoot_at_target(losses.mean_squared_error)",
    "probability": "drag_probability(losses.binary_cross_entropy)",
    "logits": "drag_logits(losses.softmax, losses.categorical_cross_entropy)",
    "hill": "walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)",
    "rate": "explore_learning_rate(gradient_descent.gradient_descent)",
    "map": "map_learning_rates(optimizers.Momentum)",
    "race": "race_optimizers("
    "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam)",
    "slow": "slow_motion(training.dense_forward, training.dense_backward,"
    " training.relu_forward, training.relu_backward)",
    "clinic": "visit_clinic(loss_curves.diagnose)",
    "live": "watch_training(losses, optimizers, training, loss_curves)",
}
IMPORTS = """\
from course import gradient_descent, loss_curves, losses, optimizers, training, welcome
from lab import *
from lab.glossary import flash_cards
from lab.quiz import quiz"""
LABS = '[...document.querySelectorAll("*")].flatMap((e) => e.__experiment ?? [])'
SLIDER = 'input[aria-label="Learning rate"]'
MODELS = "Error displaying widget"


@pytest.fixture(scope="module")
def served(jupyter, write_notebook, tmp_path_factory):
    """A solved folder with two notebooks: all experiments, and the learning-rate lab."""
    folder = tmp_path_factory.mktemp("learner")
    source = Path(solutions.__file__).parent
    shutil.copytree(source, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".descent").mkdir()
    done = {"learning_rate.predict": {"done": "2026-11-23"}}
    (folder / ".descent" / "practice.json").write_text(json.dumps(done))
    everything = [IMPORTS, *CELLS.values(), 'quiz("3_learning_rate")', 'flash_cards("4_optimizers")']
    write_notebook(folder / "all.ipynb", everything)
    for name in ("rate", "twice", "restart"):
        twice = "shown = explore_learning_rate(gradient_descent.gradient_descent)"
        cells = [twice, "shown", "shown"] if name == "twice" else [CELLS["rate"]]
        write_notebook(folder / f"{name}.ipynb", [IMPORTS, *cells])
    option = "--ServerApp.kernel_websocket_connection_class=lab.connection.PromptConnection"
    return folder, jupyter(folder, option)


@pytest.fixture
def opened(served):
    """Open and run a notebook: its page."""
    _, lab = served
    pages = []

    def open_one(name, experiments=1, **context):
        page = lab.open(f"{name}.ipynb", **context)
        pages.append(page)
        lab.run_all(page)
        page.wait_for_function(f"n => ({LABS}).length === n", arg=experiments)
        page.wait_for_function(f"() => ({LABS}).every((lab) => lab.state.run !== null)")
        return page

    yield open_one
    for page in pages:
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.context.close()


def violations(page):
    """What axe-core finds inside our elements, one line for each kind and element."""
    results = axe.Axe().run(page, context={"include": [[".descent"], [".quiz"], [".flash"]]})
    return [
        f"{found['id']}: {node['target']} {node['html'][:150]} {node.get('failureSummary', '')}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def test_axe_finds_no_violation_in_either_theme(opened, served):
    _, lab = served
    page = opened("all", experiments=len(CELLS), height=12_000)
    page.wait_for_selector(".quiz")
    page.wait_for_selector(".flash")
    found = []
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.theme(page, theme)
        page.wait_for_timeout(500)  # colors fade
        found += [f"{theme}: {each}" for each in violations(page)]
    assert not found, "\n".join(found)
