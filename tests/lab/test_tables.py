"""The tables of the lessons: whole, split without leaks, and standardized by training rows."""

import doctest
import subprocess
import sys

import numpy as np
import pytest
from sklearn import datasets

import lab.data.tables
from lab.data.tables import load_diabetes, load_digits, load_tumors

LOADERS = [
    pytest.param(load_diabetes, 442, 10, id="diabetes"),
    pytest.param(load_tumors, 569, 30, id="tumors"),
    pytest.param(load_digits, 1797, 64, id="digits"),
]


def raw_rows(table):
    """All rows as measured, training rows first, sorted so that their order does not matter."""
    features = np.vstack([table.raw(table.train.features), table.raw(table.test.features)])
    return features[np.lexsort(np.round(features, 6).T)]


@pytest.mark.parametrize(("load", "rows", "columns"), LOADERS)
def test_load_keeps_every_row_once(load, rows, columns):
    table = load()
    assert table.train.features.shape[1] == table.test.features.shape[1] == columns
    assert len(table.train.features) + len(table.test.features) == rows
    assert len(table.train.targets) == len(table.train.features)
    assert len(table.test.targets) == len(table.test.features)
    assert len(table.test.features) == rows // 4
    assert len(table.feature_names) == len(table.feature_units) == columns
    assert len(set(table.feature_names)) == columns


@pytest.mark.parametrize(
    ("load", "shipped"),
    [
        pytest.param(load_diabetes, datasets.load_diabetes(scaled=False), id="diabetes"),
        pytest.param(load_tumors, datasets.load_breast_cancer(), id="tumors"),
        pytest.param(load_digits, datasets.load_digits(), id="digits"),
    ],
)
def test_raw_gives_back_what_scikit_learn_ships(load, shipped):
    table = load()
    expected = shipped.data[np.lexsort(np.round(shipped.data, 6).T)]
    # One subtraction, division, multiplication and addition: a few units of rounding, 1e-12.
    np.testing.assert_allclose(raw_rows(table), expected, rtol=1e-12, atol=1e-12 * expected.max())


def test_tumors_have_the_names_that_scikit_learn_gives_their_features():
    assert list(load_tumors().feature_names) == datasets.load_breast_cancer().feature_names.tolist()


def test_tables_are_read_without_importing_scikit_learn():
    script = (
        "import sys; import lab; lab.load_diabetes(); lab.load_tumors(); "
        "lab.load_digits(); print('sklearn' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize("load", [load_diabetes, load_tumors])
def test_load_standardizes_each_column_by_training_rows(load):
    table = load()
    features = table.train.features
    # Means of some 400 numbers of size 1 that cancel: 400 roundings of 1e-16.
    np.testing.assert_allclose(features.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(features.std(axis=0), 1, rtol=1e-12)
    assert np.abs(table.test.features.mean(axis=0)).max() > 1e-3  # not by its own mean


def test_load_digits_standardizes_all_pixels_together():
    digits = load_digits()
    assert abs(digits.train.features.mean()) < 1e-12
    np.testing.assert_allclose(digits.train.features.std(), 1, rtol=1e-12)
    assert np.ptp(digits.center) == np.ptp(digits.scale) == 0
    assert np.isfinite(digits.test.features).all()


@pytest.mark.parametrize(("load", "rows", "columns"), LOADERS)
def test_load_is_the_same_each_time_and_apart(load, rows, columns):
    first, second = load(), load()
    np.testing.assert_array_equal(first.train.features, second.train.features)
    np.testing.assert_array_equal(first.test.targets, second.test.targets)
    first.train.features[:] = 0
    first.train.targets[:] = 0
    assert second.train.features.any()
    assert load().train.targets.any()


@pytest.mark.parametrize(("load", "rows", "columns"), LOADERS)
def test_load_gives_float64(load, rows, columns):
    table = load()
    for part in (*table.train, *table.test, table.center, table.scale):
        assert part.dtype == np.float64


def test_load_tumors_calls_malignant_one():
    tumors = load_tumors()
    targets = np.concatenate([tumors.train.targets, tumors.test.targets])
    assert set(targets) == {0.0, 1.0}
    assert targets.sum() == 212  # malignant, as the table's description counts them
    assert tumors.target_names[1] == "malignant"
    radius = tumors.feature_names.index("mean radius")
    malignant = tumors.train.targets == 1
    features = tumors.train.features[:, radius]
    assert features[malignant].mean() > features[~malignant].mean()


def test_load_digits_targets_are_one_hot():
    digits = load_digits()
    for targets in (digits.train.targets, digits.test.targets):
        assert set(np.unique(targets)) == {0.0, 1.0}
        np.testing.assert_array_equal(targets.sum(axis=1), 1)
        assert (targets.sum(axis=0) > 20).all()


def test_load_diabetes_pairs_patient_and_progression():
    patients = load_diabetes()
    raw = patients.raw(patients.train.features)
    shipped = datasets.load_diabetes(scaled=False)
    for row in (0, 100, 331):
        match = np.isclose(shipped.data, raw[row], rtol=1e-9).all(axis=1)
        assert shipped.target[match] == [patients.train.targets[row]]


def test_data_docstrings_run():
    assert doctest.testmod(lab.data.tables).failed == 0
