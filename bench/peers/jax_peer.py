"""JAX: the loop over steps inside one jitted function, the parameters donated."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

import data
from peers.timing import timed


def _loss(parameters, x, labels):
    weights, bias = parameters
    logs = jax.nn.log_softmax(x @ weights + bias)
    return -jnp.take_along_axis(logs, labels[:, None], axis=1).mean()


def _loss_one_hot(parameters, x, one_hot):
    weights, bias = parameters
    return -(jax.nn.log_softmax(x @ weights + bias) * one_hot).sum() / x.shape[0]


def _update(parameters, x, targets):
    loss = _loss if targets.ndim == 1 else _loss_one_hot
    gradient = jax.grad(loss)(parameters, x, targets)
    return jax.tree.map(lambda p, g: p - 0.5 * g, parameters, gradient)


def _prepare(settings, batch_of):
    """batch_of(step, x, targets): the rows of a step."""
    set_ = data.load(settings["data"])
    x = jnp.asarray(set_.features(np.float32))
    one_hot = settings.get("one_hot", True)
    targets = jnp.asarray(set_.one_hot(np.float32) if one_hot else set_.y.astype(np.int32))
    shape = (x.shape[1], set_.classes)

    @functools.partial(jax.jit, donate_argnums=0)
    def descend(parameters, x, targets, steps):
        return jax.lax.fori_loop(
            0, steps, lambda step, p: _update(p, *batch_of(step, x, targets)), parameters)

    def run(steps=settings["steps"]):
        start = (jnp.zeros(shape), jnp.zeros(shape[1]))
        seconds, parameters = timed(
            lambda: jax.block_until_ready(descend(start, x, targets, steps)))
        return {"seconds": seconds / steps, "kernel": np.asarray(parameters[0]),
                "bias": np.asarray(parameters[1])}

    run()
    return run


def epochs(settings):
    return _prepare(settings, lambda step, x, targets: (x, targets))


def steps(settings):
    batch = settings["batch"]

    def batch_of(step, x, targets):
        first = step % (x.shape[0] // batch) * batch
        return (jax.lax.dynamic_slice_in_dim(x, first, batch),
                jax.lax.dynamic_slice_in_dim(targets, first, batch))

    return _prepare(settings, batch_of)
