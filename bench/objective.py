"""What a solution is worth, in double precision and the same for everybody.

objective = mean cross-entropy + l2/2 · ‖kernel‖², the bias not penalised
relative gradient norm = ‖gradient‖₂ / ‖gradient at zero parameters‖₂, kernel and bias together
"""

import numpy as np
from scipy.special import log_softmax

BLOCK = 8192  # rows at a time


def value_and_gradient(set_, kernel, bias, l2):
    """x: rows × features (dense or sparse), kernel: features × classes, bias: classes."""
    rows = set_.x.shape[0]
    loss = 0.0
    kernel_gradient = np.zeros_like(kernel)
    bias_gradient = np.zeros_like(bias)
    for first in range(0, rows, BLOCK):
        x = set_.block(first, first + BLOCK, np.float64)
        y = set_.y[first:first + BLOCK]
        logs = log_softmax(x @ kernel + bias, axis=1)
        loss -= logs[np.arange(len(y)), y].sum()
        delta = np.exp(logs)
        delta[np.arange(len(y)), y] -= 1.0
        kernel_gradient += x.T @ delta
        bias_gradient += delta.sum(axis=0)
    kernel_gradient = kernel_gradient / rows + l2 * kernel
    value = loss / rows + 0.5 * l2 * np.square(kernel).sum()
    return value, kernel_gradient, bias_gradient / rows


def _norm(kernel, bias):
    return float(np.sqrt(np.square(kernel).sum() + np.square(bias).sum()))


def judge(set_, kernel, bias, l2):
    kernel = np.asarray(kernel, np.float64)
    bias = np.asarray(bias, np.float64)
    value, *gradient = value_and_gradient(set_, kernel, bias, l2)
    _, *at_zero = value_and_gradient(set_, 0.0 * kernel, 0.0 * bias, l2)
    return {"objective": float(value),
            "relative_gradient_norm": _norm(*gradient) / _norm(*at_zero)}
