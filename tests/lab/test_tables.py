"""The tables of the lessons: whole, split without leaks, and standardized by training rows."""

import doctest
import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lab.data.tables
from lab.data.tables import load_diabetes, load_digits, load_tumors


@pytest.fixture(scope="module")
def datasets():
    """Scikit-learn's own tables, imported by those tests alone that compare with them."""
    return pytest.importorskip("sklearn.datasets")


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
        pytest.param(load_diabetes, lambda found: found.load_diabetes(scaled=False), id="diabetes"),
        pytest.param(load_tumors, lambda found: found.load_breast_cancer(), id="tumors"),
        pytest.param(load_digits, lambda found: found.load_digits(), id="digits"),
    ],
)
def test_raw_gives_back_what_scikit_learn_ships(load, shipped, datasets):
    table, shipped = load(), shipped(datasets)
    expected = shipped.data[np.lexsort(np.round(shipped.data, 6).T)]
    # One subtraction, division, multiplication and addition: a few units of rounding, 1e-12.
    np.testing.assert_allclose(raw_rows(table), expected, rtol=1e-12, atol=1e-12 * expected.max())


CHECKSUMS = {  # SHA-256 of features, then targets, as float64, in the order of scikit-learn
    "diabetes": "e9c1f7559552854a24dc45b41c446ce5f79f96e5da081bcce24b57492720b3f7",
    "tumors": "cdd5f37c36cbdfc2e5ee074cec7540fac54340874afb25917a673e446270d0d0",
    "digits": "f19a7d92591ca0a1ffc65ec172e8149afdff995e0d2c4cb0afd151f38471ff90",
}


def checksum(features, targets):
    """What identifies a table: its numbers, whatever file they come in."""
    return hashlib.sha256(features.astype("<f8").tobytes() + targets.astype("<f8").tobytes())


def test_files_hold_the_published_numbers():
    folder = Path(lab.data.tables.__file__).parent
    patients = [np.loadtxt(folder / f"diabetes_{part}.csv.gz") for part in ("data_raw", "target")]
    tumors = np.loadtxt(folder / "breast_cancer.csv", delimiter=",", skiprows=1)
    digits = np.loadtxt(folder / "digits.csv.gz", delimiter=",")
    ours = {
        "diabetes": checksum(*patients),
        "tumors": checksum(tumors[:, :-1], tumors[:, -1]),
        "digits": checksum(digits[:, :-1], digits[:, -1]),
    }
    assert {name: found.hexdigest() for name, found in ours.items()} == CHECKSUMS


@pytest.mark.parametrize(
    ("name", "shipped"),
    [
        ("diabetes", lambda found: found.load_diabetes(scaled=False)),
        ("tumors", lambda found: found.load_breast_cancer()),
        ("digits", lambda found: found.load_digits()),
    ],
)
def test_published_numbers_are_those_of_scikit_learn(name, shipped, datasets):
    shipped = shipped(datasets)
    assert checksum(shipped.data, shipped.target).hexdigest() == CHECKSUMS[name]


def test_tumors_have_the_names_that_scikit_learn_gives_their_features(datasets):
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


def test_load_diabetes_pairs_patient_and_progression(datasets):
    patients = load_diabetes()
    raw = patients.raw(patients.train.features)
    shipped = datasets.load_diabetes(scaled=False)
    for row in (0, 100, 331):
        match = np.isclose(shipped.data, raw[row], rtol=1e-9).all(axis=1)
        assert shipped.target[match] == [patients.train.targets[row]]


def test_data_docstrings_run():
    assert doctest.testmod(lab.data.tables).failed == 0
