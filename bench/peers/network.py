"""What the peers that train networks share: first weights, the orders of rows, what they answer."""

import numpy as np

import data

LEARNING_RATE, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-7
BLOCK = 8192  # rows at a time


def load(settings):
    """The rows as the peers like them. x: rows × features f32, y: rows i32; and the classes."""
    set_ = data.load(settings["data"])
    return set_.features(np.float32), set_.y.astype(np.int32), set_.classes


def first_layers(features, hidden, classes):
    """[(kernel, bias), …]: Glorot's uniform kernels, inputs × outputs, and zeros, all f32."""
    random = np.random.default_rng(0)
    sizes = [features, *hidden, classes]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        limit = np.sqrt(6.0 / (inputs + outputs))
        kernel = random.uniform(-limit, limit, (inputs, outputs)).astype(np.float32)
        layers.append((kernel, np.zeros(outputs, np.float32)))
    return layers


def new_order(rows, batch, random):
    """An epoch's row numbers, steps × batch, i32. Rows that fill no batch wait for an epoch in which
    they come earlier: a step of another size would be compiled apart."""
    return random.permutation(rows)[:rows // batch * batch].reshape(-1, batch).astype(np.int32)


def _logits(x, layers):
    for kernel, bias in layers[:-1]:
        x = np.maximum(x @ kernel + bias, 0.0)
    kernel, bias = layers[-1]
    return x @ kernel + bias


def accuracy(settings, layers):
    """On the part for testing, None where there is none."""
    test = data.load_test(settings["data"])
    if test is None:
        return None
    right = 0
    for first in range(0, len(test.y), BLOCK):
        x = test.block(first, first + BLOCK, np.float32)
        right += np.sum(_logits(x, layers).argmax(axis=1) == test.y[first:first + BLOCK])
    return float(right / len(test.y))


def answer(settings, seconds, layers):
    return {"seconds": seconds / settings["parts"], "accuracy": accuracy(settings, layers)}
