"""The manifest: the lessons and exercises of the course, in course order.

What an exercise asks is in its docstring in ``solutions/``; this module says where it belongs,
what it is worth and which exercises it may lean on. The hints are in
`autograder.exercises.hints`.
"""

from autograder.exercises.exercise import Exercise, Lesson
from autograder.exercises.hints import HINTS
from autograder.exercises.own import own_exercises, own_lessons, refuse_names_of_ours

__all__ = [
    "EXERCISES",
    "LESSONS",
    "MODULES",
    "OWN",
    "Exercise",
    "Lesson",
    "exercise",
    "exercises_in",
    "exercises_of",
    "lesson",
    "lesson_of",
]


SHUFFLING = (
    "stochastic_gradient_descent",
    "minibatches",
    "train",
    "softmax_regression",
    "train_classifier",
)

# The bugs of lesson 7: what the solution says, and what the learner's copy says instead.
BUGS = {
    "fit_line": (".reshape(-1, 1)", ""),
    "logistic_regression": (" / len(targets)", ""),
    "softmax_regression": ("targets[order]", "targets"),
    "train_with_momentum": (
        """
    velocity = np.zeros_like(weights)
    path = [weights]
    for _ in range(steps):
""",
        """
    path = [weights]
    for _ in range(steps):
        velocity = np.zeros_like(weights)
""",
    ),
    "train_with_adam": ("count += 1", "count = 1"),
    "train_until_worse": ("waited = weights.copy(), now, 0", "waited = weights, now, 0"),
}

LESSONS: tuple[Lesson, ...] = (
    Lesson("0_welcome", "Welcome", "welcome", 15),
    Lesson("1_loss_functions", "Loss functions", "losses", 40),
    Lesson("2_gradient_descent", "Gradient descent", "gradient_descent", 35),
    Lesson("3_learning_rate", "The learning rate", "learning_rate", 40),
    Lesson("4_optimizers", "Optimizers", "optimizers", 40),
    Lesson("5_training_step", "The training step", "training", 40),
    Lesson("6_tracking_loss", "Tracking the loss", "loss_curves", 35),
    Lesson("7_broken_runs", "Broken runs", "broken_runs", 40),
    Lesson("8_capstone", "The capstone", "capstone", 25),
)

(
    _welcome,
    _losses,
    _descent,
    _rate,
    _optimizers,
    _training,
    _curves,
    _broken,
    _capstone,
) = LESSONS
# What an instructor added, which is no part of the course: "all" does not mean it.
LESSONS += own_lessons()
OWN = frozenset(lesson.name for lesson in own_lessons())
MODULES = tuple(lesson.module for lesson in LESSONS)


def _entry(
    lesson: Lesson, name: str, points: float, title: str, *builds_on: str, bonus: bool = False
) -> Exercise:
    return Exercise(
        name=name,
        module=lesson.module,
        lesson=lesson.name,
        points=float(points),
        title=title,
        hints=HINTS.get(name, ("", "", "")),  # `descent verify` tells which are missing
        builds_on=builds_on,
        bonus=bonus,
        shuffles=name in SHUFFLING,
        bug=BUGS.get(name),
    )


EXERCISES: tuple[Exercise, ...] = (
    _entry(_welcome, "distance", 0, "distance between a prediction and its target"),
    # lesson 1: 28 points
    _entry(_losses, "mean_squared_error", 3, "mean squared error"),
    _entry(_losses, "mean_squared_error_gradient", 3, "gradient of the mean squared error"),
    _entry(_losses, "sigmoid", 2, "sigmoid, from logits to probabilities"),
    _entry(_losses, "binary_cross_entropy", 3, "binary cross-entropy"),
    _entry(
        _losses,
        "sigmoid_cross_entropy_gradient",
        2,
        "gradient of sigmoid and binary cross-entropy",
        "sigmoid",
    ),
    _entry(_losses, "softmax", 3, "softmax, from logits to a distribution"),
    _entry(_losses, "categorical_cross_entropy", 3, "categorical cross-entropy"),
    _entry(
        _losses,
        "softmax_cross_entropy_gradient",
        3,
        "gradient of softmax and categorical cross-entropy",
        "softmax",
    ),
    _entry(
        _losses,
        "choose_loss",
        2,
        "choice of a loss by the type of output",
        "mean_squared_error",
        "binary_cross_entropy",
        "categorical_cross_entropy",
    ),
    _entry(_losses, "robust_loss", 2, "loss of one's own that outliers cannot rule"),
    _entry(_losses, "robust_loss_gradient", 2, "gradient of that loss"),
    # lesson 2: 16 points
    _entry(_descent, "numerical_gradient", 4, "numerical gradient by central differences"),
    _entry(_descent, "gradient_step", 2, "one step downhill"),
    _entry(_descent, "gradient_descent", 4, "path of a descent", "gradient_step"),
    _entry(_descent, "descend_until_flat", 3, "descent that stops on flat ground", "gradient_step"),
    _entry(_descent, "linear_regression_gradient", 3, "gradient of linear regression"),
    # lesson 3: 14 points
    _entry(_rate, "largest_stable_learning_rate", 3, "border between convergence and divergence"),
    _entry(_rate, "contraction_factor", 3, "factor by which a step shrinks the error"),
    _entry(_rate, "best_learning_rate", 2, "fastest learning rate on a bowl"),
    _entry(_rate, "judge_learning_rate", 4, "verdict on a learning rate from its loss curve"),
    _entry(_rate, "cosine_schedule", 2, "cosine schedule with warm-up"),
    # lesson 4: 20 points
    _entry(_optimizers, "stochastic_gradient_descent", 4, "descent one example at a time"),
    _entry(_optimizers, "SGD", 2, "plain optimizer"),
    _entry(_optimizers, "Momentum", 3, "optimizer with momentum"),
    _entry(_optimizers, "RMSprop", 4, "optimizer that divides by the gradient's recent size"),
    _entry(_optimizers, "Adam", 5, "optimizer with momentum, recent size and bias correction"),
    _entry(_optimizers, "AdamW", 2, "Adam with weight decay", "Adam"),
    # lesson 5: 21 points
    _entry(_training, "dense_forward", 2, "forward pass of a dense layer"),
    _entry(_training, "dense_backward", 4, "backward pass of a dense layer"),
    _entry(_training, "relu_forward", 1, "forward pass of a ReLU"),
    _entry(_training, "relu_backward", 2, "backward pass of a ReLU"),
    _entry(_training, "minibatches", 3, "shuffled minibatches"),
    _entry(_training, "training_step", 4, "one training step"),
    _entry(_training, "train", 2, "training loop", "minibatches", "training_step"),
    _entry(_training, "largest_curvature", 3, "largest curvature of a loss"),
    # lesson 6: 12 points
    _entry(_curves, "moving_average", 2, "moving average of a loss curve"),
    _entry(_curves, "has_converged", 3, "test for convergence"),
    _entry(_curves, "diagnose", 3, "diagnosis of a loss curve", "has_converged"),
    _entry(_curves, "accuracy", 2, "share of right answers"),
    _entry(_curves, "early_stopping", 2, "early stopping with patience"),
    # lesson 7: 9 points
    _entry(_broken, "fit_line", 1.5, "line fitted by descent"),
    _entry(_broken, "logistic_regression", 1.5, "classifier of two classes"),
    _entry(_broken, "softmax_regression", 1.5, "classifier trained in minibatches"),
    _entry(_broken, "train_with_momentum", 1.5, "descent with momentum"),
    _entry(_broken, "train_with_adam", 1.5, "descent with Adam"),
    _entry(_broken, "train_until_worse", 1.5, "descent that keeps the best weights"),
    # lesson 8: a bonus of 10
    _entry(_capstone, "train_classifier", 10, "training of a network that reads", bonus=True),
)
EXERCISES += own_exercises()
refuse_names_of_ours("lesson", [lesson.name for lesson in LESSONS])
refuse_names_of_ours("module", list(MODULES))
refuse_names_of_ours("exercise", [exercise.name for exercise in EXERCISES])


def exercise(name: str) -> Exercise:
    """The exercise of a name; KeyError if there is none.

    Examples
    --------
    >>> exercise("softmax").points
    3.0
    """
    return {entry.name: entry for entry in EXERCISES}[name]


def lesson(name: str) -> Lesson:
    """The lesson of a name; KeyError if there is none.

    Examples
    --------
    >>> lesson("3_learning_rate").module
    'learning_rate'
    """
    return {entry.name: entry for entry in LESSONS}[name]


def lesson_of(module: str) -> Lesson:
    """The lesson that fills a module; KeyError if none does.

    Examples
    --------
    >>> lesson_of("losses").name
    '1_loss_functions'
    """
    return {entry.module: entry for entry in LESSONS}[module]


def exercises_of(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of a lesson, in course order; none for an unknown lesson.

    Examples
    --------
    >>> [entry.name for entry in exercises_of("0_welcome")]
    ['distance']
    """
    return tuple(entry for entry in EXERCISES if entry.lesson == lesson)


def exercises_in(module: str) -> tuple[Exercise, ...]:
    """The exercises of a module, in course order; none for an unknown module.

    Examples
    --------
    >>> [entry.name for entry in exercises_in("welcome")]
    ['distance']
    """
    return tuple(entry for entry in EXERCISES if entry.module == module)
