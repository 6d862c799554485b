"""C: a step of stochastic gradient descent on minibatches of 100 rows, in file order."""

import data
from contest import Peer, Program, contest
from paths import program

TITLE = "SGD on minibatches of 100, seconds a step"
BATCH = 100


def _peers(settings):
    for compiled in (False, True):
        yield Peer(f"TensorFlow{', XLA' if compiled else ''}", "tensorflow_peer", "steps",
                   settings | {"jit_compile": compiled}, ["float32, loop in tf.function"])
    for one_hot in (False, True):
        yield Peer(f"JAX{', one-hot' if one_hot else ''}", "jax_peer", "steps",
                   settings | {"one_hot": one_hot}, ["float32, fori_loop in jit, donated"])


def measure(context):
    name, steps = context.pictures, context.pick(3000, 20)
    ours = Program("softmax", [program("bench_steps"), data.argument(name), "sgd", steps, BATCH])
    settings = {"data": name, "steps": steps, "batch": BATCH, "l2": 0.0}
    return {"entries": contest([ours, *_peers(settings)], context.runs)}
