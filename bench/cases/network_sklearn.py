"""N3: two hidden layers of 100 on MNIST, beside scikit-learn's own."""

from contest import contest
from network import Task

TITLE = "MNIST, 784-100-100-10, Adam, batches of 200, seconds an epoch"


def measure(context):
    epochs = context.pick(5, 2)
    task = Task(context.pictures, [100, 100], batch=200, epochs=epochs, parts=epochs)
    peers = [task.peer(f"scikit-learn MLPClassifier, {dtype}", "sklearn_network", "fit", dtype=dtype)
             for dtype in ("float32", "float64")]
    return {"entries": contest([task.ours("softmax train"), *peers], context.runs)}
