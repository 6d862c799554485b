"""Cyanure's multiclass-logistic classifier, the same objective with its own solvers."""

import numpy as np
from cyanure.estimators import Classifier

import data
from peers.timing import timed


def solve(settings):
    set_ = data.load(settings["data"])
    x = set_.features(settings["dtype"])

    def fit(most):
        model = Classifier(loss="multiclass-logistic", penalty="l2", solver=settings["solver"],
                           lambda_1=settings["l2"], tol=settings["tolerance"], max_iter=most,
                           duality_gap_interval=settings.get("gap_interval", 5),
                           fit_intercept=True, n_threads=-1, verbose=False, random_state=0)
        seconds, _ = timed(lambda: model.fit(x, set_.y))
        kernel = np.asarray(model.get_weights()[0])
        return {"seconds": seconds, "kernel": kernel, "bias": np.asarray(model.get_weights()[1])}

    fit(1)
    return lambda: fit(settings.get("iterations", 10000))
