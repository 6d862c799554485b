"""The matrix products of a network's step, nothing else, by the OpenBLAS that comes with NumPy."""

import numpy as np
from threadpoolctl import threadpool_info

from peers.timing import timed

REPETITIONS = 5


def _library():
    """Which OpenBLAS it is, and the kernels that it chose."""
    for library in threadpool_info():
        if library["internal_api"] == "openblas":
            return (f"OpenBLAS {library['version']} ({library['architecture']}), "
                    f"{library['num_threads']} threads")
    raise ImportError("NumPy comes without OpenBLAS")


def _products(sizes, batch):
    """(a, b, a · b) of a step: forward, back to the kernels, back to all inputs but the data."""
    random = np.random.default_rng(0)
    outputs = [random.standard_normal((batch, size), np.float32) for size in sizes]
    for i, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        kernel = random.standard_normal((inputs, units), np.float32)
        yield outputs[i], kernel, np.empty((batch, units), np.float32)
        yield outputs[i].T, outputs[i + 1], np.empty((inputs, units), np.float32)
        if i > 0:
            yield outputs[i + 1], kernel.T, np.empty((batch, inputs), np.float32)


def products(settings):
    all_products = list(_products(settings["sizes"], settings["batch"]))

    def multiply():
        for a, b, c in all_products:
            np.matmul(a, b, out=c)

    def run():
        seconds, _ = timed(lambda: [multiply() for _ in range(REPETITIONS)])
        return {"seconds": seconds / REPETITIONS, "library": _library()}

    multiply()
    return run
