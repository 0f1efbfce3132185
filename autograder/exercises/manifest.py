"""The manifest: the lessons and exercises of the course, in course order.

What an exercise asks is in its docstring in ``solutions/``; this module says where it belongs,
what it is worth and which exercises it may lean on. The hints are in
`autograder.exercises.hints`.
"""

from dataclasses import dataclass

from autograder.exercises.hints import HINTS

__all__ = [
    "EXERCISES",
    "LESSONS",
    "MODULES",
    "Exercise",
    "Lesson",
    "exercise",
    "exercises_in",
    "exercises_of",
    "lesson",
    "lesson_of",
]


@dataclass(frozen=True)
class Lesson:
    """One lesson: a notebook, an nbgrader assignment and a module of the learner.

    Parameters
    ----------
    name : str
        The name of the notebook and of the assignment, such as ``"1_loss_functions"``.
    title : str
        The title that learners see.
    module : str
        The module of ``course/`` that the lesson fills.
    minutes : int
        About how long the lesson takes.
    """

    name: str
    title: str
    module: str
    minutes: int


@dataclass(frozen=True)
class Exercise:
    """One function or class that learners write.

    Parameters
    ----------
    name : str
        The name of the function or class.
    module : str
        The module of ``course/`` that holds it.
    lesson : str
        The name of the lesson that teaches it.
    points : float
        What it is worth.
    title : str
        What it is, as a noun phrase.
    hints : tuple of three str
        A nudge, the idea, and nearly the code.
    builds_on : tuple of str, optional
        The exercises of the same module that a natural answer calls.
    bonus : bool, optional
        Whether the points come on top of the 100 of the course.
    shuffles : bool, optional
        Whether a right answer chooses an order at random, so that two of them return other values.
    """

    name: str
    module: str
    lesson: str
    points: float
    title: str
    hints: tuple[str, str, str]
    builds_on: tuple[str, ...] = ()
    bonus: bool = False
    shuffles: bool = False


SHUFFLING = ("stochastic_gradient_descent", "minibatches", "train", "train_classifier")

LESSONS: tuple[Lesson, ...] = (
    Lesson("0_welcome", "Welcome", "welcome", 10),
    Lesson("1_loss_functions", "Loss functions", "losses", 45),
    Lesson("2_gradient_descent", "Gradient descent", "gradient_descent", 40),
    Lesson("3_learning_rate", "The learning rate", "learning_rate", 35),
    Lesson("4_optimizers", "Optimizers", "optimizers", 45),
    Lesson("5_training_step", "The training step", "training", 45),
    Lesson("6_tracking_loss", "Tracking the loss", "loss_curves", 45),
)
MODULES = tuple(each.module for each in LESSONS)


_welcome, _losses, _descent, _rate, _optimizers, _training, _curves = LESSONS


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
    )


EXERCISES: tuple[Exercise, ...] = (
    _entry(_welcome, "distance", 0, "distance between a prediction and its target"),
    # lesson 1: 24 points
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
    # lesson 4: 18 points
    _entry(_optimizers, "stochastic_gradient_descent", 4, "descent one example at a time"),
    _entry(_optimizers, "SGD", 2, "plain optimizer"),
    _entry(_optimizers, "Momentum", 3, "optimizer with momentum"),
    _entry(_optimizers, "RMSprop", 4, "optimizer that divides by the gradient's recent size"),
    _entry(_optimizers, "Adam", 5, "optimizer with momentum, recent size and bias correction"),
    # lesson 5: 18 points
    _entry(_training, "dense_forward", 2, "forward pass of a dense layer"),
    _entry(_training, "dense_backward", 4, "backward pass of a dense layer"),
    _entry(_training, "relu_forward", 1, "forward pass of a ReLU"),
    _entry(_training, "relu_backward", 2, "backward pass of a ReLU"),
    _entry(_training, "minibatches", 3, "shuffled minibatches"),
    _entry(_training, "training_step", 4, "one training step"),
    _entry(_training, "train", 2, "training loop", "minibatches", "training_step"),
    # lesson 6: 10 points, and the capstone's bonus of 10
    _entry(_curves, "moving_average", 2, "moving average of a loss curve"),
    _entry(_curves, "has_converged", 3, "test for convergence"),
    _entry(_curves, "diagnose", 3, "diagnosis of a loss curve", "has_converged"),
    _entry(_curves, "accuracy", 2, "share of right answers"),
    _entry(_curves, "train_classifier", 10, "classifier of handwritten digits", bonus=True),
)


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
