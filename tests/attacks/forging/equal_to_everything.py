# /// attack
# [outcomes]
# softmax = ["failed", "raised"]
#
# [variants.array_of_objects]
# tries = "Returns an array of objects that equal everything."
# put = '''
# def softmax(logits):
#     import numpy as np
#
#     return np.array([Everything()] * 3, dtype=object)'''
#
# [variants.equal_choice]
# tries = "Returns an object that equals every loss function."
# put = '''
# def mean_squared_error(predictions, targets):
#     return 0.0
#
#
# def binary_cross_entropy(probabilities, targets, epsilon=1e-12):
#     return 0.0
#
#
# def categorical_cross_entropy(probabilities, targets, epsilon=1e-12):
#     return 0.0
#
#
# def choose_loss(output_type):
#     return Everything()'''
# outcomes = { choose_loss = "failed" }
#
# [variants.equal_diagnose]
# tries = "Returns an object that equals everything, for diagnose."
# put = '''
# def diagnose(losses, target, window=10, tolerance=0.01):
#     return Everything()'''
# outcomes = { diagnose = ["failed", "raised"] }
#
# [variants.equal_gradient_descent]
# tries = "Returns an object that equals everything, for gradient_descent."
# put = '''
# def gradient_descent(gradient, start, learning_rate, steps):
#     return Everything()'''
# outcomes = { gradient_descent = ["failed", "raised"] }
#
# [variants.equal_mean_squared_error]
# tries = "Returns an object that equals everything, for mean_squared_error."
# put = '''
# def mean_squared_error(predictions, targets):
#     return Everything()'''
# outcomes = { mean_squared_error = ["failed", "raised"] }
#
# [variants.equal_minibatches]
# tries = "Returns an object that equals everything, for minibatches."
# put = '''
# def minibatches(inputs, targets, batch_size, seed=0):
#     return Everything()'''
# outcomes = { minibatches = ["failed", "raised", "timed out", "out of memory"] }
#
# [variants.equal_optimizer]
# tries = "Gives an optimizer whose new weights equal everything."
# put = '''
# class Adam:
#     def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
#         pass
#
#     def update(self, weights, gradient):
#         return Everything()'''
# outcomes = { Adam = "failed" }
#
# [variants.equal_softmax]
# tries = "Returns an object that equals everything, for softmax."
# put = '''
# def softmax(logits):
#     return Everything()'''
# representative = true
#
# [variants.equal_training_step]
# tries = "Returns an object that equals everything, for training_step."
# put = '''
# def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
#     return Everything()'''
# outcomes = { training_step = ["failed", "raised"] }
#
# [variants.module_that_has_everything]
# tries = "Answers for every name that a check may ask its module for."
# put = '''
# def __getattr__(name):
#     return Everything()'''
# outcomes = { softmax = "failed", choose_loss = "failed", sigmoid = "failed" }
#
# [variants.optimizer_without_attributes]
# tries = "Gives an optimizer whose every attribute is an answer."
# put = '''
# class Momentum(Everything):
#     def __init__(self, learning_rate, momentum=0.9):
#         pass
#
#     def __getattribute__(self, name):
#         return object.__getattribute__(self, "__call__")'''
# outcomes = { Momentum = ["failed", "raised"] }
#
# [variants.package_replaces_modules]
# tries = "Replaces the modules of the course from the package's __init__."
# put = '''
# import sys
#
# for name in ("losses", "gradient_descent", "learning_rate", "optimizers", "training", "loss_curves", "broken_runs"):
#     sys.modules[f"course.{name}"] = Everything()'''
# module = "__init__"
# representative = true
# outcomes = { softmax = "failed", mean_squared_error = "failed", gradient_step = ["failed", "not written"], Adam = ["failed", "raised", "not written"], accuracy = ["failed", "not written"] }
# ///
class Everything:
    """Equal to everything, and true, and close to any number."""

    def __eq__(self, other):
        return True

    __hash__ = None
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __le__ = __ge__ = __eq__

    def __float__(self):
        return 1.0

    __abs__ = __sub__ = __rsub__ = __neg__ = __getitem__ = lambda self, *other: self
    __len__ = lambda self: 3
    shape = property(lambda self: Everything())
    dtype = property(lambda self: Everything())
    ndim = 1

    def __array__(self, *arguments, **keywords):
        import numpy as np

        return np.zeros(3)

    def __call__(self, *arguments, **keywords):
        return self

    def __getattr__(self, name):
        return self


@PUT@
