"""TensorFlow: the loop over steps inside one tf.function, compiled by XLA or not."""

import numpy as np
import tensorflow as tf

import data
from peers.timing import timed


def _update(x, labels, weights, bias, rate):
    """One step of gradient descent, with TensorFlow's fused loss."""
    with tf.GradientTape() as tape:
        tape.watch([weights, bias])
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.matmul(x, weights) + bias)
        loss = tf.reduce_mean(losses)
    by_weights, by_bias = tape.gradient(loss, [weights, bias])
    return weights - rate * by_weights, bias - rate * by_bias


def _prepare(settings, batch_of):
    """batch_of(step, x, labels): the rows of a step."""
    set_ = data.load(settings["data"])
    x = tf.constant(set_.features(np.float32))
    labels = tf.constant(set_.y.astype(np.int32))
    shape = (x.shape[1], set_.classes)

    @tf.function(jit_compile=settings["jit_compile"])
    def descend(steps, x, labels, weights, bias):
        for step in tf.range(steps):
            weights, bias = _update(*batch_of(step, x, labels), weights, bias, 0.5)
        return weights, bias

    def run(steps=settings["steps"]):
        weights, bias = tf.zeros(shape), tf.zeros(shape[1])
        seconds, parameters = timed(
            lambda: [p.numpy() for p in descend(tf.constant(steps), x, labels, weights, bias)])
        return {"seconds": seconds / steps, "kernel": parameters[0], "bias": parameters[1]}

    run()
    return run


def epochs(settings):
    return _prepare(settings, lambda step, x, labels: (x, labels))


def steps(settings):
    batch = settings["batch"]

    def batch_of(step, x, labels):
        first = step % (x.shape[0] // batch) * batch
        return (tf.slice(x, [first, 0], [batch, x.shape[1]]), tf.slice(labels, [first], [batch]))

    return _prepare(settings, batch_of)
