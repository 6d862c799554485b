"""R7: what minibatches lose when rows are shuffled in blocks, as those of data that memory does not
hold are. No times."""

import shutil
import statistics
import subprocess

import numpy as np

import data
from contest import Absent, Program
from context import train_command
from paths import DATA, program

TITLE = "rows shuffled in blocks beside rows shuffled all together, accuracy on fresh rows"
# Floats are mapped and, from 1 GiB on, shuffled in blocks; doubles are read into memory as floats.
WAYS = {"in blocks": np.float32, "all together": np.float64}
SOLVERS = ("sgd", "adam")


def _write(folder, rows):
    """The digits by class, the worst that can happen to blocks, and in the order they came in."""
    made = folder / "digits"
    subprocess.run([program("softmax"), "data", "make", f"digits:n={rows},seed=1", "-o", made, "-q"],
                   check=True)
    x = data.read_idx(next(made.glob("train-images*"))).reshape(rows, -1)
    y = data.read_idx(next(made.glob("train-labels*")))
    shutil.rmtree(made)
    for order, places in (("by class", np.argsort(y, kind="stable")), ("as made", slice(None))):
        for way, dtype in WAYS.items():
            path = folder / f"{order} {way}.npy"
            np.save(path, x[places].astype(dtype) / dtype(255))
            np.save(path.with_name(f"{path.stem}_labels.npy"), y[places])


def _accuracies(path, solver, seeds):
    for seed in seeds:
        command = train_command(path, "blocks", "--solver", solver, "--epochs", 1, "--seed", seed,
                                "--batch-size", 100, "--test", "digits:n=20000,seed=2")
        yield Program("softmax train", command).run()["test"]["accuracy"]


def measure(context):
    rows, seeds = context.pick((400_000, range(5)), (1000, range(1)))
    folder = DATA / "block-shuffle"
    folder.mkdir(parents=True, exist_ok=True)
    remarks = [f"{rows:,} generated digits as floats, an epoch of batches of 100, {len(seeds)} seeds"]
    try:
        if shutil.disk_usage(folder).free < 2 * rows * 784 * 12:
            raise Absent("the digits do not fit on the disk")
        _write(folder, rows)
        for order in ("by class", "as made"):
            for solver in SOLVERS:
                for way in WAYS:
                    found = list(_accuracies(folder / f"{order} {way}.npy", solver, seeds))
                    remarks.append(f"{order}, {solver}, {way}: {statistics.mean(found):.4f}, "
                                   f"{min(found):.4f} … {max(found):.4f}")
    finally:
        shutil.rmtree(folder)
    return {"entries": [], "remarks": remarks}
