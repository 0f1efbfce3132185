# /// attack
# tries = "Looks for the labels of the capstone's unseen images."
#
# [outcomes]
# train_classifier = "failed"
# ///
import gc
import sys

import numpy as np


def train_classifier(images, labels, seed=0):
    def classify(unseen):
        frame = sys._getframe()
        while frame is not None:
            for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                if isinstance(value, np.ndarray) and value.shape == (len(unseen),):
                    return value
            frame = frame.f_back
        for value in gc.get_objects():
            if isinstance(value, np.ndarray) and value.shape == (len(unseen),):
                return value
        return np.zeros(len(unseen), dtype=int)

    return classify
