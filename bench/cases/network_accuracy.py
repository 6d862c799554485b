"""N7: how well networks do on fresh samples of what the generators make; the time is by the way."""

from contest import contest
from network import Task

TITLE = "accuracy on fresh samples, seconds of training"


def measure(context):
    epochs = context.pick(20, 1)
    names = context.pick(("digits-10000", "digits-60000"), ("digits",))
    tasks = [Task(name, [128], batch=100, epochs=epochs) for name in names]
    tasks.append(Task("circles", [25, 15], batch=32, epochs=epochs))
    entries = [task.ours(f"{task.data}, {'-'.join(str(units) for units in task.hidden)}",
                         notes=[f"{epochs} epochs"]) for task in tasks]
    return {"entries": contest(entries, context.runs)}
