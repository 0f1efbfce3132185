"""The three real tables of the lessons, read from files beside this module.

They are the files that scikit-learn ships, byte for byte; `LICENSE-tables` says whose work they
are.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lab.data import Array

SPLIT_SEED = 1847  # Cauchy described gradient descent in 1847
TEST_SHARE = 0.25

# What was measured of the patients with diabetes, and the unit.
BLOOD_AND_BODY = {
    "age": "years",
    "sex": "coded 1 or 2",
    "body mass index": "kg/m²",
    "blood pressure": "mm Hg",
    "total cholesterol": "mg/dL",
    "LDL cholesterol": "mg/dL",
    "HDL cholesterol": "mg/dL",
    "total / HDL cholesterol": "ratio",
    "log triglycerides": "log of mg/dL",
    "blood sugar": "mg/dL",
}

# What was measured of the cell nuclei: of each the mean, its standard error and the worst values.
NUCLEUS = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)


class Examples(NamedTuple):
    """Rows that belong together: `features, targets = table.train`."""

    features: Array
    targets: Array


@dataclass(frozen=True, eq=False)
class Table:
    """A table, shuffled once with a fixed seed and split into training and test examples.

    Attributes
    ----------
    name : str
        What the rows are.
    train, test : Examples
        Three quarters of the rows to learn from, and one quarter held out. Features are
        standardized: the training features have mean 0 and standard deviation 1, and the test
        features are shifted and scaled by the same numbers, so nothing of them leaks.
    feature_names, feature_units : tuple of str
        One entry for each column of the features; the unit is that of the raw values.
    target_names : tuple of str
        The target's name, or the name of each class in the order of its number.
    center, scale : ndarray
        Mean and standard deviation that standardized the features, of the training rows only.
    """

    name: str
    train: Examples
    test: Examples
    feature_names: tuple[str, ...]
    feature_units: tuple[str, ...]
    target_names: tuple[str, ...]
    center: Array
    scale: Array

    def raw(self, features: Array) -> Array:
        """Features as they were measured, in `feature_units`."""
        return np.asarray(features * self.scale + self.center, dtype=np.float64)


def load_diabetes() -> Table:
    """442 patients with diabetes: ten measurements, and the disease's progression after a year.

    The target is a number between 25 and 346, larger for a disease that has advanced further. Its
    unit isn't given by the source. Neither are those of the blood measurements, whose sizes are
    those of mg/dL. The columns are raw, not scaled as scikit-learn does by default, so that center
    and scale come only from the training rows.

    Returns
    -------
    Table
        Features (332, 10) and (110, 10), targets (332,) and (110,).

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004). Least angle regression. Annals of
    Statistics 32(2), 407-499. https://doi.org/10.1214/009053604000000067

    Examples
    --------
    >>> patients = load_diabetes()
    >>> patients.train.features.shape, patients.test.targets.shape
    ((332, 10), (110,))
    >>> patients.feature_names[2], patients.feature_units[2]
    ('body mass index', 'kg/m²')
    """
    return _split(
        _shipped("diabetes_data_raw.csv.gz"),
        _shipped("diabetes_target.csv.gz"),
        name="patients with diabetes",
        feature_names=tuple(BLOOD_AND_BODY),
        feature_units=tuple(BLOOD_AND_BODY.values()),
        target_names=("disease progression after one year",),
    )


def load_tumors() -> Table:
    """569 breast tumors: thirty measurements of their cell nuclei, and whether each is malignant.

    Targets are 1.0 for a malignant tumor and 0.0 for a benign one, so that a probability is the
    probability of illness. (scikit-learn numbers the classes the other way round.) The source
    gives no unit for the lengths and areas, which were measured on digitized microscope images.

    Returns
    -------
    Table
        Features (427, 30) and (142, 30), targets (427,) and (142,) of zeros and ones.

    References
    ----------
    W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993). Nuclear feature extraction for breast
    tumor diagnosis. Proc. SPIE 1905, 861-870. https://doi.org/10.1117/12.148698

    Examples
    --------
    >>> tumors = load_tumors()
    >>> tumors.target_names
    ('benign', 'malignant')
    >>> tumors.train.features.shape, tumors.test.features.shape
    ((427, 30), (142, 30))
    """
    *measurements, benign = _shipped("breast_cancer.csv", delimiter=",", skiprows=1).T
    names = tuple(
        " ".join((statistic, what) if statistic != "error" else (what, statistic))
        for statistic in ("mean", "error", "worst")
        for what in NUCLEUS
    )
    return _split(
        np.stack(measurements, axis=1),
        1.0 - benign,
        name="breast tumors",
        feature_names=names,
        feature_units=("not given",) * len(names),
        target_names=("benign", "malignant"),
    )


def load_digits() -> Table:
    """1,797 handwritten digits, each an image of 8 by 8 pixels, and which of the ten it is.

    Targets are one-hot rows of ten: `targets.argmax(axis=-1)` is the digit. All pixels are
    standardized by one mean and one standard deviation, because many pixels at the rim never vary
    and because the picture then stays a picture: `table.raw(features).reshape(-1, 8, 8)` has the
    gray levels, 0 for paper to 16 for ink.

    Returns
    -------
    Table
        Features (1348, 64) and (449, 64), one-hot targets (1348, 10) and (449, 10).

    References
    ----------
    E. Alpaydin and C. Kaynak (1998). Optical recognition of handwritten digits. UCI Machine
    Learning Repository. https://doi.org/10.24432/C50P49

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.train.features.shape, digits.train.targets.shape
    ((1348, 64), (1348, 10))
    >>> digits.target_names[7]
    '7'
    """
    rows = _shipped("digits.csv.gz", delimiter=",")
    pixels, labels = rows[:, :-1], rows[:, -1].astype(int)
    return _split(
        pixels,
        np.eye(10)[labels],
        one_scale=True,
        name="handwritten digits",
        feature_names=tuple(f"row {i // 8}, column {i % 8}" for i in range(64)),
        feature_units=("gray level 0 to 16",) * 64,
        target_names=tuple(str(digit) for digit in range(10)),
    )


def _shipped(file: str, **settings: Any) -> Array:
    """A table as it was published, read from the file beside this module."""
    table: Array = np.loadtxt(Path(__file__).with_name(file), **settings)
    return table


def _split(features: Array, targets: Array, *, one_scale: bool = False, **words: Any) -> Table:
    """Shuffle, split and standardize; `words` are what the table says of its rows and columns."""
    order = np.random.default_rng(SPLIT_SEED).permutation(len(features))
    n_test = int(TEST_SHARE * len(features))
    test_rows, train_rows = order[:n_test], order[n_test:]
    raw_train = np.asarray(features[train_rows], dtype=np.float64)
    axis = None if one_scale else 0
    width = raw_train.shape[1]
    center = np.broadcast_to(raw_train.mean(axis=axis), width).copy()
    scale = np.broadcast_to(raw_train.std(axis=axis), width).copy()
    train, test = (
        Examples((features[rows] - center) / scale, np.array(targets[rows], dtype=np.float64))
        for rows in (train_rows, test_rows)
    )
    return Table(train=train, test=test, center=center, scale=scale, **words)
