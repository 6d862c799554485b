"""scikit-learn's MLPClassifier, whose epochs are those of fit(), its checks of the input included."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

import data
from peers import network
from peers.timing import timed

warnings.simplefilter("ignore", ConvergenceWarning)


def fit(settings):
    set_ = data.load(settings["data"])
    x = set_.features(settings["dtype"])

    def run(epochs=settings["epochs"]):
        model = MLPClassifier(
            hidden_layer_sizes=settings["hidden"], activation="relu", solver="adam", alpha=0.0,
            batch_size=settings["batch"], learning_rate_init=network.LEARNING_RATE,
            epsilon=network.EPSILON, max_iter=epochs, early_stopping=False, tol=0.0,
            n_iter_no_change=epochs + 1, random_state=0)
        seconds, _ = timed(lambda: model.fit(x, set_.y))
        return network.answer(settings, seconds, list(zip(model.coefs_, model.intercepts_)))

    run(1)
    return run
