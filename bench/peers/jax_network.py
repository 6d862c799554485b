"""JAX: networks, an epoch's loop over steps inside one jitted function, or a jitted call a step, the
state donated."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

from peers import network
from peers.timing import timed


def _loss(layers, x, labels):
    for kernel, bias in layers[:-1]:
        x = jax.nn.relu(x @ kernel + bias)
    kernel, bias = layers[-1]
    logs = jax.nn.log_softmax(x @ kernel + bias)
    return -(logs * jax.nn.one_hot(labels, logs.shape[1])).sum() / x.shape[0]


def _update(state, x, labels):
    """One step of Adam on a batch. state: layers, mean gradients, mean squares, steps done."""
    layers, means, squares, done = state
    gradient = jax.grad(_loss)(layers, x, labels)
    step = done + 1.0
    rate = network.LEARNING_RATE * jnp.sqrt(1.0 - network.BETA2**step) / (1.0 - network.BETA1**step)
    means = jax.tree.map(lambda m, g: m + (1.0 - network.BETA1) * (g - m), means, gradient)
    squares = jax.tree.map(lambda v, g: v + (1.0 - network.BETA2) * (g * g - v), squares, gradient)
    layers = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + network.EPSILON),
                          layers, means, squares)
    return layers, means, squares, step


def _gather(array, rows):
    return array.at[rows].get(mode="promise_in_bounds")


@functools.partial(jax.jit, donate_argnums=0)
def _step(state, x, labels, rows):
    return _update(state, _gather(x, rows), _gather(labels, rows))


@functools.partial(jax.jit, donate_argnums=0)
def _epoch(state, x, labels, order):
    def step(i, state):
        return _update(state, _gather(x, order[i]), _gather(labels, order[i]))

    return jax.lax.fori_loop(0, order.shape[0], step, state)


def _call_by_call(state, x, labels, order):
    for rows in order:
        state = _step(state, x, labels, rows)
    return state


def loop(settings):
    """settings["whole_epoch"]: a call an epoch, else a call a step."""
    features, labels, classes = network.load(settings)
    first = network.first_layers(features.shape[1], settings["hidden"], classes)
    x, y = jnp.asarray(features), jnp.asarray(labels)
    epoch = _epoch if settings["whole_epoch"] else _call_by_call

    def train(state, epochs):
        random = np.random.default_rng(0)
        for _ in range(epochs):
            state = epoch(state, x, y, network.new_order(len(labels), settings["batch"], random))
        return jax.block_until_ready(state)

    def run(epochs=settings["epochs"]):
        layers = jax.tree.map(jnp.array, first)
        state = (layers, jax.tree.map(jnp.zeros_like, layers),
                 jax.tree.map(jnp.zeros_like, layers), jnp.float32(0.0))
        seconds, (layers, *_) = timed(lambda: train(jax.block_until_ready(state), epochs))
        return network.answer(settings, seconds, jax.tree.map(np.asarray, layers))

    run(1)
    return run
