"""Softmax regression written in NumPy: as a tutorial writes it, and as well as one can."""

import numpy as np

import data
from peers.timing import timed


def _softmax_by_rows(logits):
    """Stable, and normalised row by row in a loop."""
    probabilities = np.exp(logits - np.max(logits))
    for row in range(len(probabilities)):
        probabilities[row] /= np.sum(probabilities[row])
    return probabilities


def tutorial(settings):
    """Full-batch gradient descent as a tutorial has it: float64, one-hot labels, weights uniform in
    [0, 1), a bias gradient summed over everything."""
    set_ = data.load(settings["data"])
    x, one_hot = set_.features(np.float64), set_.one_hot(np.float64)
    rows = len(x)

    def run():
        weights = np.random.default_rng(0).random((x.shape[1], set_.classes))
        bias = np.random.default_rng(1).random(set_.classes)

        def descend():
            nonlocal weights, bias
            for _ in range(settings["steps"]):
                probabilities = _softmax_by_rows(x @ weights + bias)
                error = probabilities - one_hot
                weights = weights - 0.9 * (x.T @ error) / rows
                bias = bias - 0.9 * np.sum(error) / rows
                -np.mean(np.log(np.sum(probabilities * one_hot, axis=1)))

        seconds, _ = timed(descend)
        return {"seconds": seconds / settings["steps"]}

    return run


def _step(x, one_hot, weights, bias, rate, work):
    """One step in place, without a temporary of the size of the data."""
    np.matmul(x, weights, out=work)
    work += bias
    work -= work.max(axis=1, keepdims=True)
    np.exp(work, out=work)
    work /= work.sum(axis=1, keepdims=True)
    work -= one_hot
    weights -= (rate / np.float32(len(x))) * (x.T @ work)
    bias -= (rate / np.float32(len(x))) * work.sum(axis=0)


def epochs(settings):
    """The same vectorised, in float32, in place."""
    set_ = data.load(settings["data"])
    x, one_hot = set_.features(np.float32), set_.one_hot(np.float32)
    work = np.empty_like(one_hot)
    rate = np.float32(0.5)

    def run():
        weights = np.zeros((x.shape[1], set_.classes), np.float32)
        bias = np.zeros(set_.classes, np.float32)

        def descend():
            for _ in range(settings["steps"]):
                _step(x, one_hot, weights, bias, rate, work)

        seconds, _ = timed(descend)
        return {"seconds": seconds / settings["steps"], "kernel": weights, "bias": bias}

    return run
