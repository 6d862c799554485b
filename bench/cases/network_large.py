"""N5: layers so large that a step is its matrix products, beside those products alone."""

import data
from contest import Peer, Program, contest
from context import train_command
from network import Task, compiled_peers, words

TITLE = "1024-4096-4096-1000, batches of 512, seconds a step"


class _Steps(Program):
    """Our steps but the first two, so that what is done once a training does not count."""

    FEW = 2

    def __init__(self, solver, task, steps, notes=()):
        super().__init__(f"softmax, {solver}", [], notes)
        options = [*words(task, solver), "--steps"]
        self._commands = [Program("", train_command(data.argument(task.data), "large", *options, n))
                          for n in (self.FEW, steps)]
        self._steps = steps - self.FEW

    def run(self):
        few, all_steps = (command.run()["seconds"] for command in self._commands)
        return {"seconds": (all_steps - few) / self._steps}


def _operations(sizes, batch):
    """Multiplications and additions of a step's products: three for each layer, two for the first,
    as nobody needs the gradient by the data."""
    weights = [inputs * outputs for inputs, outputs in zip(sizes, sizes[1:])]
    return 2 * batch * (3 * sum(weights) - weights[0])


def _remarks(entries, products, operations):
    """What everybody's rate is, and which share of that of the products alone."""
    if products["absent"] is not None:
        return []
    limit = operations / products["median"]
    lines = [f"{products['library']}: {limit / 1e9:.0f} GFLOP/s in the products"]
    for entry in entries:
        if entry["absent"] is None and entry is not products:
            rate = operations / entry["median"]
            lines.append(f"{entry['name']}: {rate / 1e9:.0f} GFLOP/s, "
                         f"{100 * rate / limit:.0f} % of that")
    return lines


def measure(context):
    name, hidden, batch = context.pick(("large", [4096, 4096], 512), ("large-smoke", [64, 64], 64))
    rows, features = data.load(name).x.shape
    sizes = [features, *hidden, data.load(name).classes]
    steps = rows // batch
    task = Task(name, hidden, batch, epochs=1, parts=steps)
    products = Peer("OpenBLAS, the products alone", "openblas_peer", "products",
                    {"sizes": sizes, "batch": batch}, ["float32, through NumPy"])
    ours = [_Steps("adam", task, steps), _Steps("sgd", task, steps)]
    entries = contest([*ours, products, *compiled_peers(task)], context.runs)
    return {"entries": entries, "operations": _operations(sizes, batch),
            "remarks": _remarks(entries, entries[len(ours)], _operations(sizes, batch))}
