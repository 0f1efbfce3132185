"""How hard an exercise is, and how well it tells strong learners from weak ones.

References
----------
Discrimination is the correlation of success in one item with the score in all others; its interval
comes from Fisher's transformation: R. A. Fisher, "On the 'probable error' of a coefficient of
correlation deduced from a small sample", Metron 1, 1921, 3-32. The interval of a share is Wilson's:
E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212,
https://doi.org/10.1080/01621459.1927.10502953.
"""

import math
from dataclasses import dataclass

Z = 1.959964  # of a normal distribution: 95 % are within
MIN_LEARNERS = 10  # with fewer an interval says nothing


@dataclass
class Item:
    """Sums over all learners: no learner is kept.

    Examples
    --------
    >>> item = Item()
    >>> for number in range(20):
    ...     item.add(holds=number >= 8, rest=float(number))
    >>> [f"{value:.2f}" for value in item.difficulty()]
    ['0.60', '0.39', '0.78']
    >>> [f"{value:.2f}" for value in item.discrimination()]
    ['0.85', '0.65', '0.94']
    """

    learners: int = 0
    held: int = 0
    rest: float = 0.0
    rest_squared: float = 0.0
    rest_of_held: float = 0.0

    def add(self, *, holds: bool, rest: float) -> None:
        """Count one learner: whether the exercise holds, and the score in all others."""
        self.learners += 1
        self.held += holds
        self.rest += rest
        self.rest_squared += rest * rest
        self.rest_of_held += rest * holds

    def difficulty(self) -> tuple[float, float, float]:
        """The share for whom it holds, and its interval of 95 %."""
        n, share = self.learners, self.held / self.learners
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return share, max(0.0, middle - half), min(1.0, middle + half)

    def discrimination(self) -> tuple[float, float, float] | None:
        """The item-rest correlation and its interval of 95 %; None where it says nothing."""
        n = self.learners
        spread = n * self.rest_squared - self.rest**2
        if n < MIN_LEARNERS or not 0 < self.held < n or spread <= 1e-9 * n * n:
            return None
        value = (n * self.rest_of_held - self.held * self.rest) / math.sqrt(
            self.held * (n - self.held) * spread
        )
        turned = math.atanh(max(-0.999999, min(0.999999, value)))
        half = Z / math.sqrt(n - 3)
        return value, math.tanh(turned - half), math.tanh(turned + half)
