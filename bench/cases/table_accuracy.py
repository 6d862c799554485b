"""R4: the accuracy on tables as they come, beside the same objective's solution by others. No times:
both go on long after anybody else would stop."""

import table_sets
from contest import Absent, Peer, Program, contest
from context import L2, train_command

TITLE = "accuracy on the test parts of tables, l2 = 1e-4"
TIGHT = 1e-6  # relative gradient norm: so near the optimum that the classes are the optimum's
PEER_TOLERANCE = 1e-9  # of the largest entry of the gradient


class _Training(Program):
    def run(self):
        answer = super().run()
        return {"seconds": answer["seconds"], "accuracy": answer["test"]["accuracy"]}


def _accuracies(name, paths, task, options):
    """Ours and scikit-learn's."""
    train, test = paths(name)
    command = train_command(train, "table", "--test", test, "--l2", L2, "--tolerance", TIGHT,
                            *options)
    settings = {"train": str(train), "test": str(test), "l2": L2, "tolerance": PEER_TOLERANCE}
    entries = contest([_Training(f"{name}: softmax train", command),
                       Peer(f"{name}: scikit-learn lbfgs", "sklearn_table", task, settings)], 1)
    for entry in entries:
        if entry["absent"] is not None:
            raise Absent(f"{entry['name']}: {entry['absent']}")
    return [entry["accuracy"] for entry in entries]


def _sets(context):
    """(name, what gives its paths, the peer's task, our options)."""
    for name in context.pick(table_sets.NUMBERS_AND_CATEGORIES, ("iris", "penguins")):
        yield name, table_sets.paths, "columns", []
    for name in context.pick(table_sets.TEXTS, ()):
        yield name, table_sets.paths, "texts", ["--text", "c0"]
    for name in context.pick(table_sets.SPARSE, ("heart_scale",)):
        yield name, table_sets.sparse_paths, "libsvm", []


def measure(context):
    remarks, accuracies = [], {}
    for name, *how in _sets(context):
        try:
            ours, theirs = accuracies[name] = _accuracies(name, *how)
            remarks.append(f"{name}: {ours:.4f}, scikit-learn {theirs:.4f}: "
                           f"{100 * (ours - theirs):+.2f} points")
        except Absent as reason:
            remarks.append(f"{name}: not available: {reason}")
    return {"entries": [], "accuracies": accuracies, "remarks": remarks}
