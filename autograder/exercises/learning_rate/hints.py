"""Hints for learning rates."""

HINTS = {
    "largest_stable_learning_rate": (
        "Which axis of the bowl is the first to get out of hand when the learning rate grows?",
        "The steepest one. Take only that axis: it is a parabola, and the lesson found the number "
        "by which a step multiplies the error there. At which learning rate is its size 1?",
        "The error is multiplied by 1 − learning_rate · λ, which reaches −1 at the border. "
        "np.linalg.eigvalsh(hessian) gives the eigenvalues in ascending order: divide 2 by the "
        "last of them, and make a float of it.",
    ),
    "contraction_factor": (
        "By which number does each step multiply the error along one axis? Which axis decides?",
        "Along each axis the bowl is a parabola, and the lesson found that number for one. Its "
        "size matters, not its sign, and the slowest axis decides.",
        "Along the axis of eigenvalue λ it is 1 − learning_rate · λ. With the eigenvalues from "
        "np.linalg.eigvalsh: np.max of np.abs of (1 minus learning_rate times all of them), as "
        "a float.",
    ),
    "best_learning_rate": (
        "When the learning rate grows, the flattest axis gets faster. Which one gets slower, "
        "and from where on?",
        "The best is where both ends are equally fast: the factor of the flattest axis is the "
        "opposite of that of the steepest. Write that as an equation and solve it for the "
        "learning rate.",
        "1 − learning_rate · λmin is the opposite of 1 − learning_rate · λmax. From "
        "np.linalg.eigvalsh(hessian) take the first and the last eigenvalue; the answer is 2 "
        "over their sum.",
    ),
    "judge_learning_rate": (
        "The docstring lists three verdicts, and the first that holds counts. Which "
        "question must be asked before the others?",
        "First the length. Then everything that means too high. Then the two signs of too "
        "low: no drop at all, or a drop over the last tail steps that is still a good part "
        "of the whole drop. What is left is just right.",
        "tail is a tenth of the steps by //, but 1 at least. Too high: np.isfinite fails "
        "somewhere, or the last loss is above the first. Too low: the last equals the "
        "first, or losses[-1 - tail] minus the last is more than 0.01 times (first minus "
        "last). Else: just right.",
    ),
    "cosine_schedule": (
        "Draw the curve with warm-up. It has three pieces: in which order do you ask for them?",
        "From total_steps on it is 0. Before warmup_steps it is a straight line. Between "
        "them let progress run from 0 to 1, and use the cosine of π · progress.",
        "if step >= total_steps: 0.0; if step < warmup_steps: the share of peak; else "
        "progress = (step − warmup_steps) / (total_steps − warmup_steps), and peak times "
        "half of 1 + np.cos(np.pi * progress).",
    ),
}
