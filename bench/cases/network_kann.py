"""N4: KANN's program mlp as it stands, and ours until it tests as well."""

import dataclasses
import os

from contest import Absent, contest
from network import Task

TITLE = "MNIST, 784-64-10, seconds of training to the test accuracy that KANN ends with"
MOST_EPOCHS = 50  # as many as KANN takes at most
VARIABLE = "SOFTMAX_KANN_MLP"


def _peers(task, context):
    path = os.environ.get(VARIABLE)
    if path is None or not os.access(path, os.X_OK):
        raise Absent(f"${VARIABLE} does not name KANN's example program mlp")
    program = os.path.abspath(path)
    yield task.peer("KANN mlp", "kann_peer", "train", ["its defaults"], program=program, options=[])
    yield task.peer(f"KANN mlp -t {context.threads}", "kann_peer", "train", ["else its defaults"],
                    program=program, options=["-t", str(context.threads)])


def _as_good_as(accuracy, task):
    """The task with as few epochs as it takes."""
    for epochs in range(1, MOST_EPOCHS + 1):
        tried = dataclasses.replace(task, epochs=epochs)
        [entry] = contest([tried.ours(f"softmax train --epochs {epochs}")], 1)
        if entry["absent"] is not None:
            raise Absent(entry["absent"])
        if entry["accuracy"] >= accuracy:
            return tried
    raise Absent(f"in {MOST_EPOCHS} epochs it does not reach {accuracy:.4f}")


def measure(context):
    task = Task(context.pictures, [64], batch=64, epochs=1)
    peers = list(_peers(task, context))
    first = contest(peers[:1], 1)
    if first[0]["absent"] is not None:
        return {"entries": first}
    try:
        task = _as_good_as(first[0]["accuracy"], task)
    except Absent as reason:
        return {"entries": first, "remarks": [f"softmax train: {reason}"]}
    entries = contest([task.ours("softmax train"), *peers], context.runs)
    return {"entries": entries,
            "remarks": [f"{entry['name']} ended after {entry['epochs']} epochs" for entry in entries
                        if entry["absent"] is None]}
