"""What learners write instead of a function: patterns of its arguments x, y and z.

Each has a rank: how unlikely the slip is, from 0 on.
"""

_MEASURES = (
    ("np.sum(np.abs(x))", 0),
    ("np.max(np.abs(x))", 0),
    ("np.sum(x ** 2)", 0),
    ("np.sqrt(np.mean(x ** 2))", 0),
    ("np.mean(np.abs(x))", 1),
    ("np.mean(x ** 2)", 1),
    ("np.max(x)", 1),
    ("np.abs(np.sum(x))", 2),
)
_MATRIX_NUMBERS = (
    ("np.sort(np.diag(x))", 0),
    ("np.linalg.eigvals(x)", 0),
    ("np.array([np.trace(x)])", 0),
    ("np.linalg.eigvalsh(x)[::-1]", 2),
    ("np.sort(np.ravel(x))", 1),
    ("np.array([np.trace(x) / len(x)])", 1),
    ("np.array([np.linalg.norm(x)])", 1),
    ("np.sort(np.sum(np.abs(x), axis=1))", 2),
    ("np.array([np.linalg.det(x)])", 2),
)

SIBLINGS: dict[str, tuple[tuple[str, int], ...]] = {
    "np.mean": (
        ("np.sum(x)", 0),
        ("np.mean(x, axis=0)", 1),
        ("np.mean(x, axis=-1)", 1),
        ("np.sum(x) / (np.size(x) - 1)", 1),
        ("np.sum(x) / len(x)", 1),
        ("np.all(x)", 1),
        ("np.max(x)", 3),
        ("np.median(x)", 3),
        ("np.std(x)", 4),
    ),
    ".mean": (("x.sum()", 0), ("x.max()", 2)),
    "np.sum": (("np.mean(x)", 0), ("np.max(x)", 2), ("np.linalg.norm(x)", 3)),
    ".sum": (("x.mean()", 0), ("x.max()", 2)),
    "np.max": (
        ("np.min(x)", 0),
        ("x[0]", 0),
        ("x[-1]", 0),
        ("np.mean(x)", 1),
        ("np.max(np.abs(x))", 2),
        ("np.sum(x)", 2),
    ),
    "np.maximum": (
        ("np.minimum(x, y)", 0),
        ("x + y", 0),
        ("np.clip(x, y, 1 - y)", 0),
        ("np.max(y)", 1),
        ("np.abs(y)", 1),
        ("np.where(y > 0, 1.0, 0.0)", 1),
        ("np.where(y > 0, y, 0.01 * y)", 2),
        ("np.where(y > 0, y, 0.1 * y)", 2),
        ("np.max(x)", 2),
    ),
    "np.clip": (
        ("np.maximum(x, y)", 0),
        ("np.minimum(x, z)", 0),
        ("x + y", 0),
        ("np.clip(x, y, 1)", 1),
        ("np.clip(x, 0, 1)", 2),
    ),
    "np.where": (("np.where(x, z, y)", 0), ("np.where(x, 1.0, 0.0)", 0), ("y + 0 * z", 0)),
    "np.log": (("np.log2(x)", 0), ("np.log10(x)", 0), ("np.log1p(x)", 2), ("np.sqrt(x)", 3)),
    "np.log1p": (("np.log2(1 + x)", 3), ("np.log10(1 + x)", 3)),
    "np.exp": (("2.0 ** x", 2), ("np.expm1(x)", 3)),
    "np.cos": (
        ("np.sin(x)", 1),
        ("np.cos(2 * x)", 1),
        ("np.cos(x / 2)", 1),
        ("np.cos(np.degrees(x))", 1),
        ("1 - 2 * x / np.pi", 1),
    ),
    "np.abs": (("x ** 2", 1), ("np.maximum(0.0, x)", 3)),
    "np.linalg.norm": _MEASURES,
    "np.linalg.eigvalsh": _MATRIX_NUMBERS,
    "np.argmax": (("np.argmin(x)", 0), ("np.max(x)", 2)),
    "np.isfinite": (("~np.isnan(x)", 0), ("~np.isinf(x)", 0)),
    "np.all": (("np.any(x)", 0),),
    "len": (("np.size(x)", 0), ("np.shape(x)[-1]", 0), ("(len(x) - 1)", 2), ("1", 2)),
    "max": (("x", 0), ("y", 0), ("min(x, y)", 1), ("max(x, y - 1)", 1), ("max(x, y + 1)", 1)),
    "abs": (("x ** 2", 1),),
    "softmax": (("1 / (1 + np.exp(-x))", 0),),
    "sigmoid": (("np.tanh(x)", 1), ("np.maximum(0.0, x)", 2)),
}
# Functions whose argument may be there without them.
PLAIN = (
    *(name for name in SIBLINGS if name not in ("len", "max", "np.where", "np.all", ".sum")),
    "np.sqrt",
)
