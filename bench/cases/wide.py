"""G: many classes. An evaluation of loss and gradient on dense float rows, as a step of descent."""

import data
from contest import Peer, Program, contest
from context import L2
from paths import program

TITLE = "1,000 classes, 20,000 rows of 256 floats, seconds an evaluation of loss and gradient"


def _peers(name, steps):
    settings = {"data": name, "steps": steps, "l2": 0.0}
    yield Peer("NumPy, vectorised", "numpy_peer", "epochs", settings, ["float32, in place"])
    for compiled in (False, True):
        yield Peer(f"TensorFlow{', XLA' if compiled else ''}", "tensorflow_peer", "epochs",
                   settings | {"jit_compile": compiled}, ["float32, loop in tf.function"])
    for one_hot in (False, True):
        yield Peer(f"JAX{', one-hot' if one_hot else ''}", "jax_peer", "epochs",
                   settings | {"one_hot": one_hot}, ["float32, fori_loop in jit, donated"])
    for dtype in ("float32", "float64"):
        yield Peer(f"scikit-learn lbfgs, {dtype}", "sklearn_peer", "epochs",
                   settings | {"dtype": dtype, "solver": "lbfgs", "l2": L2},
                   ["an iteration, which is an evaluation and little more"])


def measure(context):
    name, steps = context.pick("wide", "wide-smoke"), context.pick(4, 2)
    ours = Program("softmax", [program("bench_steps"), data.argument(name), "gd", steps, 100])
    return {"entries": contest([ours, *_peers(name, steps)], context.runs)}
