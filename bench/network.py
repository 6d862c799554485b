"""What the cases of networks share: which network on which data, and our training of one.

hidden: the hidden layers' outputs, ReLU behind each. Everybody minimises the mean cross-entropy with
Adam (0.001, 0.9, 0.999, 1e-7), without a penalty, from Glorot's uniform weights, the rows in a new
order each epoch. seconds: those of the training loop, divided by `parts`: epochs, steps or 1.
"""

from dataclasses import asdict, dataclass

import data
from contest import Peer, Program
from context import train_command


@dataclass
class Task:
    data: str
    hidden: list
    batch: int
    epochs: int
    parts: int = 1

    def ours(self, label, *options, notes=()):
        return Training(label, self, options, notes)

    def peer(self, label, module, task, notes=(), **settings):
        return Peer(label, module, task, asdict(self) | settings, notes)


def compiled_peers(task):
    """Those that are worth a comparison where the arithmetic dominates, all processors theirs."""
    for jit_compile in (False, True):
        yield task.peer(f"TensorFlow{', XLA' if jit_compile else ''}", "tensorflow_network", "loop",
                        ["float32, loop in tf.function"], jit_compile=jit_compile)
    yield task.peer("JAX", "jax_network", "loop", ["float32, fori_loop in jit, donated"],
                    whole_epoch=True)
    yield task.peer("JAX, a call a step", "jax_network", "loop", ["float32, donated"],
                    whole_epoch=False)
    for compiled in (False, True):
        yield task.peer(f"PyTorch{', compiled' if compiled else ''}", "torch_network", "loop",
                        ["float32, fused Adam"], compile=compiled)


def words(task, solver="adam"):
    """The options of our program, but for when it ends."""
    hidden = ",".join(str(units) for units in task.hidden)
    return ["--hidden", hidden, "--solver", solver, "--batch-size", task.batch, "--l2", 0]


class Training(Program):
    """The program trains a network and tests it, where the data has a part for that."""

    def __init__(self, label, task, options, notes=()):
        super().__init__(label, train_command(data.argument_with_test(task.data), "network",
                                              *words(task), "--epochs", task.epochs, *options), notes)
        self._parts = task.parts

    def run(self):
        answer = super().run()
        seconds = answer["seconds"] / self._parts
        return {"seconds": seconds, "accuracy": answer["test"] and answer["test"]["accuracy"],
                "epochs": answer["epochs"], "steps": answer["steps"]}
