"""What learners write instead of a function: formulas of its arguments x, y and z.

A line names the function and a rank, how unlikely the slip is, from 0 on. Most functions may also
be left out: then their argument is there without them.
"""

TABLE = """
np.mean            0  np.sum(x)
np.mean            1  np.mean(x, axis=0); np.mean(x, axis=-1); np.sum(x) / (np.size(x) - 1)
np.mean            1  np.sum(x) / len(x); np.all(x)
np.mean            3  np.max(x); np.median(x)
np.mean            4  np.std(x)
.mean              0  x.sum()
.mean              2  x.max()
np.sum             0  np.mean(x)
np.sum             2  np.max(x)
np.sum             3  np.linalg.norm(x)
.sum               0  x.mean()
.sum               2  x.max()
np.max             0  np.min(x); x[0]; x[-1]
np.max             1  np.mean(x)
np.max             2  np.max(np.abs(x)); np.sum(x)
np.maximum         0  np.minimum(x, y); x + y; np.clip(x, y, 1 - y)
np.maximum         1  np.max(y); np.abs(y); np.where(y > 0, 1.0, 0.0)
np.maximum         2  np.where(y > 0, y, 0.01 * y); np.where(y > 0, y, 0.1 * y); np.max(x)
np.clip            0  np.maximum(x, y); np.minimum(x, z); x + y
np.clip            1  np.clip(x, y, 1)
np.clip            2  np.clip(x, 0, 1)
np.where           0  np.where(x, z, y); np.where(x, 1.0, 0.0); y + 0 * z
np.log             0  np.log2(x); np.log10(x)
np.log             2  np.log1p(x)
np.log             3  np.sqrt(x)
np.log1p           3  np.log2(1 + x); np.log10(1 + x)
np.exp             2  2.0 ** x
np.exp             3  np.expm1(x)
np.cos             1  np.sin(x); np.cos(2 * x); np.cos(x / 2); np.cos(np.degrees(x))
np.cos             1  1 - 2 * x / np.pi
np.abs             1  x ** 2
np.abs             3  np.maximum(0.0, x)
np.linalg.norm     0  np.sum(np.abs(x)); np.max(np.abs(x)); np.sum(x ** 2)
np.linalg.norm     0  np.sqrt(np.mean(x ** 2))
np.linalg.norm     1  np.mean(np.abs(x)); np.mean(x ** 2); np.max(x)
np.linalg.norm     2  np.abs(np.sum(x))
np.linalg.eigvalsh 0  np.sort(np.diag(x)); np.linalg.eigvals(x); np.array([np.trace(x)])
np.linalg.eigvalsh 1  np.sort(np.ravel(x)); np.array([np.trace(x) / len(x)])
np.linalg.eigvalsh 1  np.array([np.linalg.norm(x)])
np.linalg.eigvalsh 2  np.linalg.eigvalsh(x)[::-1]; np.sort(np.sum(np.abs(x), axis=1))
np.linalg.eigvalsh 2  np.array([np.linalg.det(x)])
np.argmax          0  np.argmin(x)
np.argmax          2  np.max(x)
np.isfinite        0  ~np.isnan(x); ~np.isinf(x)
np.all             0  np.any(x)
len                0  np.size(x); np.shape(x)[-1]
len                2  (len(x) - 1); 1
max                0  x; y
max                1  min(x, y); max(x, y - 1); max(x, y + 1)
abs                1  x ** 2
softmax            0  1 / (1 + np.exp(-x))
sigmoid            1  np.tanh(x)
sigmoid            2  np.maximum(0.0, x)
np.sqrt            0  x
"""


NEVER_LEFT_OUT = {"len", "max", "np.where", "np.all", ".sum", ".mean", "np.sqrt"}


def _formulas() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for line in TABLE.strip().splitlines():
        name, rank, formulas = line.split(maxsplit=2)
        found.setdefault(name, []).extend((text, int(rank)) for text in formulas.split("; "))
    for name in found.keys() - NEVER_LEFT_OUT:
        found[name].append(("y" if name == "np.maximum" else "x", 0))
    return found


FORMULAS = _formulas()
