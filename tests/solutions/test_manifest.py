"""The manifest agrees with the solutions and with the contract of the course."""

import dataclasses
import importlib
import inspect

import pytest

from autograder.exercises.hints import HINTS
from autograder.exercises.manifest import (
    EXERCISES,
    LESSONS,
    exercise,
    exercises_in,
    exercises_of,
    lesson,
    lesson_of,
)

POINTS = {
    "0_welcome": 0,
    "1_loss_functions": 28,
    "2_gradient_descent": 16,
    "3_learning_rate": 14,
    "4_optimizers": 20,
    "5_training_step": 21,
    "6_tracking_loss": 12,
    "7_broken_runs": 9,
    "8_capstone": 0,
}

SIGNATURES = [
    "distance(prediction, target)",
    "mean_squared_error(predictions, targets)",
    "mean_squared_error_gradient(predictions, targets)",
    "sigmoid(logits)",
    "binary_cross_entropy(probabilities, targets, epsilon=1e-12)",
    "sigmoid_cross_entropy_gradient(logits, targets)",
    "softmax(logits)",
    "categorical_cross_entropy(probabilities, targets, epsilon=1e-12)",
    "softmax_cross_entropy_gradient(logits, targets)",
    "choose_loss(output_type)",
    "robust_loss(predictions, targets)",
    "robust_loss_gradient(predictions, targets)",
    "numerical_gradient(loss, weights, step=1e-05)",
    "gradient_step(weights, gradient, learning_rate)",
    "gradient_descent(gradient, start, learning_rate, steps)",
    "descend_until_flat(gradient, start, learning_rate, tolerance=1e-06, max_steps=10000)",
    "linear_regression_gradient(weights, features, targets)",
    "largest_stable_learning_rate(hessian)",
    "contraction_factor(learning_rate, hessian)",
    "best_learning_rate(hessian)",
    "judge_learning_rate(losses)",
    "cosine_schedule(peak, step, total_steps, warmup_steps=0)",
    "stochastic_gradient_descent"
    "(example_gradient, start, n_examples, learning_rate, epochs, seed=0)",
    "SGD(learning_rate)",
    "Momentum(learning_rate, momentum=0.9)",
    "RMSprop(learning_rate=0.01, decay=0.99, epsilon=1e-08)",
    "Adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08)",
    "AdamW(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08, weight_decay=0.01)",
    "dense_forward(inputs, weights, bias)",
    "dense_backward(output_gradient, inputs, weights)",
    "relu_forward(inputs)",
    "relu_backward(output_gradient, inputs)",
    "minibatches(inputs, targets, batch_size, seed=0)",
    "training_step(network, loss, loss_gradient, optimizer, inputs, targets)",
    "train(network, loss, loss_gradient, optimizer, inputs, targets, epochs, batch_size, seed=0)",
    "largest_curvature(gradient, weights, steps, seed=0, nudge=0.0001)",
    "moving_average(losses, window)",
    "has_converged(losses, window=10, tolerance=0.01)",
    "diagnose(losses, target, window=10, tolerance=0.01)",
    "accuracy(probabilities, targets)",
    "early_stopping(losses, patience, min_improvement=0.0)",
    "fit_line(inputs, targets, learning_rate, steps)",
    "logistic_regression(features, targets, learning_rate, steps)",
    "softmax_regression(features, targets, learning_rate, epochs, batch_size, seed=0)",
    "train_with_momentum(gradient, start, learning_rate, momentum, steps)",
    "train_with_adam(gradient, start, learning_rate, steps)",
    "train_until_worse(gradient, loss, start, learning_rate, max_steps, patience)",
    "train_classifier(network, images, labels, seed=0)",
]


def answer(entry):
    return getattr(importlib.import_module(f"solutions.{entry.module}"), entry.name)


def test_exercises_have_the_signatures_of_the_contract():
    found = [f"{entry.name}{inspect.signature(answer(entry))}" for entry in EXERCISES]
    assert found == SIGNATURES


@pytest.mark.parametrize("module", [lesson.module for lesson in LESSONS])
def test_exercises_in_follow_the_order_of_the_module(module):
    room = importlib.import_module(f"solutions.{module}")
    names = [entry.name for entry in exercises_in(module)]
    assert names == list(room.__all__)
    lines = [inspect.getsourcelines(getattr(room, name))[1] for name in names]
    assert lines == sorted(lines)


@pytest.mark.parametrize("name", POINTS)
def test_exercises_of_sum_to_the_points_of_the_lesson(name):
    graded = [entry.points for entry in exercises_of(name) if not entry.bonus]
    assert sum(graded) == POINTS[name]


def test_exercises_sum_to_120_and_a_bonus_of_10():
    assert sum(entry.points for entry in EXERCISES if not entry.bonus) == 120
    assert [(entry.name, entry.points) for entry in EXERCISES if entry.bonus] == [
        ("train_classifier", 10)
    ]


def test_lessons_are_those_of_the_contract():
    assert [entry.name for entry in LESSONS] == list(POINTS)
    assert all(10 <= entry.minutes <= 45 for entry in LESSONS)


def test_exercises_stand_in_course_order_under_unique_names():
    places = [[lesson.name for lesson in LESSONS].index(entry.lesson) for entry in EXERCISES]
    assert places == sorted(places)
    assert len({entry.name for entry in EXERCISES}) == len(EXERCISES)


@pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
def test_builds_on_names_exactly_what_the_answer_calls(entry):
    methods = [answer(entry)] if inspect.isfunction(answer(entry)) else vars(answer(entry)).values()
    codes = [method.__code__ for method in methods if inspect.isfunction(method)]
    names = [name for code in codes for name in code.co_names]
    siblings = [other.name for other in exercises_in(entry.module)]
    assert set(entry.builds_on) == set(names) & set(siblings)
    assert all(siblings.index(name) < siblings.index(entry.name) for name in entry.builds_on)


def test_lookups_find_what_they_are_asked_for():
    assert exercise("softmax").lesson == "1_loss_functions"
    assert lesson("4_optimizers").module == "optimizers"
    assert lesson_of("optimizers") == lesson("4_optimizers")


@pytest.mark.parametrize("look_up", [exercise, lesson, lesson_of])
def test_lookups_raise_key_error_for_unknown_names(look_up):
    with pytest.raises(KeyError):
        look_up("no such name")


def test_lookups_of_many_are_empty_for_unknown_names():
    assert exercises_in("no such module") == exercises_of("no such lesson") == ()


def test_exercise_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        exercise("softmax").points = 100.0


def test_hints_belong_to_the_exercises_one_ladder_each():
    assert list(HINTS) == [entry.name for entry in EXERCISES]


@pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
def test_hints_are_three_different_steps(entry):
    assert len(set(entry.hints)) == 3
    assert all(30 <= len(step) <= 420 and step[-1] in ".?" for step in entry.hints)


@pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
def test_hints_hold_no_line_of_the_answer(entry):
    code = inspect.getsource(answer(entry)).split('"""')[-1]
    lines = [line.strip().removeprefix("return ") for line in code.splitlines()]
    assert any(lines)
    for line in lines:
        assert len(line) < 25 or not any(line in step for step in entry.hints), line
