"""N1: a tutorial's small network on its four blobs, the loss organised both ways. Ours: one thread."""

from contest import contest
from network import Task

TITLE = "blobs, 25-15-4, Adam, batches of 32, seconds a fit of 10 epochs"


def _peers(task):
    settings = {"jit_compile": "auto", "steps_per_execution": 1}
    yield task.peer("Keras fit", "tensorflow_network", "fit", ["as the tutorial has it"], **settings)
    yield task.peer("Keras fit, softmax in the model", "tensorflow_network", "fit",
                    ["loss from probabilities"], **settings | {"from_logits": False})
    yield task.peer("Keras fit, no XLA", "tensorflow_network", "fit", **settings | {
        "jit_compile": False})
    yield task.peer("Keras fit, 16 steps a call", "tensorflow_network", "fit",
                    ["steps_per_execution"], **settings | {"steps_per_execution": 16})
    yield task.peer("JAX", "jax_network", "loop", ["float32, fori_loop in jit, donated"],
                    whole_epoch=True)


def measure(context):
    task = Task("blobs", [25, 15], batch=32, epochs=context.pick(10, 2))
    ours = [task.ours("softmax train", "--threads", 1, notes=["loss from logits; one thread"]),
            task.ours("softmax train, softmax in the model", "--threads", 1,
                      "--loss", "from-probabilities", notes=["one thread"])]
    return {"entries": contest([*ours, *_peers(task)], context.runs)}
