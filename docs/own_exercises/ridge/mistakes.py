"""Two mistakes, each the solution with one slip in it, and what to say to whoever makes it."""

from autograder.checking.mistake import Mistakes
from solutions import ridge as solution

ridge_loss = Mistakes(solution.ridge_loss, read="Our notes, “Small weights”")
ridge_loss.slip(
    "ridge_loss_of_absolute_weights",
    {"np.asarray(weights) ** 2": "np.abs(weights)"},
    says="The penalty adds up the absolute weights: that is the lasso. Square them, `** 2`.",
)
ridge_loss.slip(
    "ridge_loss_with_a_mean_penalty",
    {"np.sum": "np.mean"},
    says="The penalty is the mean of the squared weights. Add them up: `np.sum`.",
)
