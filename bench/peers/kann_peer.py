"""KANN's example program mlp, one hidden layer, which reads text.

It does not say how long it trains, but a line for each epoch goes to standard error as the epoch
ends: the time between the first line and the last is that of all epochs but one.
"""

import subprocess
import time
from pathlib import Path

import numpy as np

import data
from paths import DATA


def _write_rows(path, rows):
    """rows: lists of texts. A line is a name and the numbers, parted by tabulators."""
    partial = path.with_suffix(".part")
    with open(partial, "w") as file:
        for i, row in enumerate(rows):
            file.write(f"{i}\t" + "\t".join(row) + "\n")
    partial.rename(path)


def _features(name, part, set_):
    """The file with a set's features; it is made once."""
    path = DATA / f"kann-{name}-{part}.txt"
    if not path.exists():
        texts = np.array([f"{value / 255.0:.6g}" for value in range(256)], object)
        _write_rows(path, (texts[row] for row in set_.x))
    return path


def _targets(name, set_):
    path = DATA / f"kann-{name}-{data.TRAIN}-targets.txt"
    if not path.exists():
        texts = [["1" if c == label else "0" for c in range(set_.classes)]
                 for label in range(set_.classes)]
        _write_rows(path, (texts[label] for label in set_.y))
    return path


def _train(command):
    """Seconds of training, epochs."""
    ends = []
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        for line in process.stderr:
            if line.startswith(b"epoch:"):
                ends.append(time.perf_counter())
    if process.returncode != 0 or len(ends) < 2:
        raise RuntimeError(f"mlp ended with {process.returncode} after {len(ends)} epochs")
    return (ends[-1] - ends[0]) * len(ends) / (len(ends) - 1), len(ends)


def _accuracy(command, test):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    outputs = np.array([line.split("\t")[1:] for line in done.stdout.splitlines()
                        if not line.startswith("#")], float)
    return float(np.mean(outputs.argmax(axis=1) == test.y))


def train(settings):
    program, name = settings["program"], settings["data"]
    set_, test = data.load(name), data.load_test(name)
    features, targets = _features(name, data.TRAIN, set_), _targets(name, set_)
    test_features = _features(name, data.TEST, test)
    model = Path(DATA, f"kann-{name}.model")

    def run():
        seconds, epochs = _train([program, *settings["options"], "-o", model, features, targets])
        return {"seconds": seconds, "epochs": epochs,
                "accuracy": _accuracy([program, "-i", model, test_features], test)}

    return run
