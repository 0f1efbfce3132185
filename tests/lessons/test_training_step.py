"""The class that lesson 5 prints does what the network of `lab` does."""

import re
from pathlib import Path

import jupytext
import numpy as np
import pytest

from lab.data.network import Network
from solutions import training

SOURCE = Path(__file__).parents[2] / "lessons" / "sources" / "5_training_step.py"
WAYS = ("forward", "backward")


@pytest.mark.parametrize("sizes", [(3, 2), (3, 4, 2), (3, 4, 5, 2)], ids=str)
def test_printed_network_agrees_with_the_one_of_the_lab(sizes):
    text = "\n".join(cell.source for cell in jupytext.read(SOURCE).cells)
    (block,) = re.findall(r"```python\n(class Network:.*?)```", text, flags=re.DOTALL)
    names = {name: getattr(training, name) for name in training.__all__} | {"np": np}
    exec(block, names)  # noqa: S102 - the lesson's own text
    layers = (getattr(training, f"{kind}_{way}") for kind in ("dense", "relu") for way in WAYS)
    network = Network(sizes, *layers, seed=3)
    printed = names["Network"]()
    printed.parameters = network.parameters

    random = np.random.default_rng(4)
    inputs, blame = random.normal(size=(6, 3)), random.normal(size=(6, 2))
    for _ in range(2):  # with the first weights, then with others that were set
        np.testing.assert_array_equal(printed.get_weights(), network.get_weights())
        np.testing.assert_array_equal(printed.forward(inputs), network.forward(inputs))
        np.testing.assert_array_equal(printed.backward(blame), network.backward(blame))
        others = random.normal(size=network.get_weights().shape)
        printed.set_weights(others)
        network.set_weights(others)
