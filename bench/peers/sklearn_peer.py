"""scikit-learn's LogisticRegression, whose objective for C = 1 / (rows · l2) is ours times a factor."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

import data
from peers.timing import timed

warnings.simplefilter("ignore", ConvergenceWarning)


def _prepare(settings, seconds_of):
    set_ = data.load(settings["data"])
    x = set_.features(settings["dtype"])

    def fit(most):
        model = LogisticRegression(C=1.0 / (x.shape[0] * settings["l2"]), tol=settings["tolerance"],
                                   solver=settings["solver"], max_iter=most, random_state=0)
        seconds, _ = timed(lambda: model.fit(x, set_.y))
        iterations = int(np.max(model.n_iter_))
        return {"seconds": seconds_of(seconds, iterations), "iterations": iterations,
                "kernel": model.coef_.T, "bias": model.intercept_}

    fit(1)
    return lambda: fit(settings.get("iterations", 100000))


def solve(settings):
    return _prepare(settings, lambda seconds, iterations: seconds)


def epochs(settings):
    """Seconds an iteration of lbfgs, which is an evaluation of loss and gradient and little more."""
    return _prepare(settings | {"tolerance": 0.0, "iterations": settings["steps"]},
                    lambda seconds, iterations: seconds / iterations)
