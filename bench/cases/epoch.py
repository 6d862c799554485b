"""A and A′: an epoch of full-batch gradient descent, beside peers and beside the machine's floor."""

import statistics

import data
from contest import Peer, Program, contest
from paths import program

TITLE = "full-batch gradient descent, seconds an epoch"


class _Floor(Program):
    """The measured floor as a contestant: its seconds are those of an epoch that wastes nothing."""

    def __init__(self, threads, set_):
        super().__init__("measured floor", [program("bench_floor"), threads])
        rows, features = set_.x.shape
        self._bytes = rows * features * set_.x.dtype.itemsize
        self._multiply_adds = 2 * rows * features * set_.classes
        self.rates = []

    def run(self):
        rates = super().run()
        self.rates.append(rates)
        bandwidth = max(rates["triad_bytes_per_second"], rates["read_bytes_per_second"])
        return {"seconds": max(self._bytes / bandwidth,
                               self._multiply_adds / rates["multiply_adds_per_second"])}


def _peers(name, steps, context):
    settings = {"data": name, "steps": steps, "l2": 0.0}
    yield Peer("NumPy, tutorial as it stands", "numpy_peer", "tutorial",
               settings | {"steps": context.pick(3, 1)}, ["float64, softmax in a loop over rows"])
    yield Peer("NumPy, vectorised", "numpy_peer", "epochs", settings, ["float32, in place"])
    for compiled in (False, True):
        yield Peer(f"TensorFlow{', XLA' if compiled else ''}", "tensorflow_peer", "epochs",
                   settings | {"jit_compile": compiled}, ["float32, loop in tf.function"])
    for one_hot in (False, True):
        yield Peer(f"JAX{', one-hot' if one_hot else ''}", "jax_peer", "epochs",
                   settings | {"one_hot": one_hot}, ["float32, fori_loop in jit, donated"])


def measure(context):
    name, steps = context.pictures, context.pick(20, 2)
    ours = Program("softmax", [program("bench_steps"), data.argument(name), "gd", steps, 100])
    floor = _Floor(context.threads, data.load(name))
    entries = contest([ours, *_peers(name, steps, context), floor], context.runs)
    *entries, floor_entry = entries
    result = {"entries": entries}
    if entries[0]["absent"] is None and floor_entry["absent"] is None:
        rates = floor.rates[0].keys() - {"unused"}
        result["floor"] = {key: statistics.median(r[key] for r in floor.rates) for key in rates}
        result["floor"] |= {"seconds": floor_entry["median"],
                            "share": floor_entry["median"] / entries[0]["median"]}
        result["remarks"] = [
            f"A': the floor is {1e3 * floor_entry['median']:.3g} ms; softmax reaches "
            f"{100 * result['floor']['share']:.0f} % of it"]
    return result
