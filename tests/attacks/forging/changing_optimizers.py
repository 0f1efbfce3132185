# /// attack
# [variants.optimizer_made_once]
# tries = "Gives an optimizer once, and an exception to whoever asks again."
# put = '''
# def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
#         made.append(self)
#         if len(made) > 1:
#             raise RuntimeError("there is only one")'''
# outcomes = { Adam = ["raised", "failed"] }
#
# [variants.optimizer_turns_into_number]
# tries = "Gives an optimizer once, and numbers to whoever asks again."
# put = '''
# def __new__(cls, *settings, **named):
#         made.append(settings)
#         return object.__new__(cls) if len(made) == 1 else 4.0'''
# outcomes = { Adam = "failed" }
# ///
import numpy as np

made = []


class Adam:
    @PUT@

    def update(self, weights, gradient):
        return np.asarray(weights) * 2.0
