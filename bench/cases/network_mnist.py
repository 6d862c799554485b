"""N2: one hidden layer of 512 on MNIST, 10 epochs."""

from contest import contest
from network import Task, compiled_peers

TITLE = "MNIST, 784-512-10, Adam, batches of 128, seconds an epoch"


def measure(context):
    epochs = context.pick(10, 1)
    task = Task(context.pictures, [512], batch=128, epochs=epochs, parts=epochs)
    fit = task.peer("Keras fit", "tensorflow_network", "fit", jit_compile="auto",
                    steps_per_execution=1)
    return {"entries": contest([task.ours("softmax train"), *compiled_peers(task), fit],
                               context.runs)}
