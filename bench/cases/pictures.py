"""P: pictures and reports, the whole command: of digits, points, a table and texts."""

import os
import subprocess
import time

import data
import newsgroups
from contest import Absent, Program, contest
from context import model_path
from paths import BUILD, program

TITLE = "softmax plot to PNG and softmax report, seconds of the whole command"
FOLDER = BUILD / "pictures"


class _Drawn(Program):
    """A command timed from outside, and how large the file is that it writes."""

    def __init__(self, name, command, path):
        super().__init__(name, [*command, "-o", path])
        self._path = path

    def run(self):
        start = time.perf_counter()
        done = subprocess.run(self._command, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            raise Absent(done.stderr.strip().splitlines()[-1])
        size = os.path.getsize(self._path)
        self.notes = [f"{size / 1e3:,.0f} kB"]
        return {"seconds": seconds, "bytes": size}


def _train(name, *command):
    done = subprocess.run([str(word) for word in (program("softmax"), "train", *command, "--quiet",
                                                  "--log", FOLDER / f"{name}.jsonl", "-o",
                                                  model_path(f"pictures-{name}"))],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise Absent(done.stderr.strip())


def _penguins():
    path = os.path.join(os.environ.get("SOFTMAX_DATA", ""), "penguins", "penguins.csv")
    if not os.path.exists(path):
        raise Absent("penguins.csv of SOFTMAX_DATA is not there")
    return path


def _drawings(name, shown, kinds):
    """Every kind of picture that goes with a set that was trained on, and its report."""
    softmax, model, log = program("softmax"), model_path(f"pictures-{name}"), FOLDER / f"{name}.jsonl"
    arguments = {"images": [shown], "weights": [model], "curves": [log]}
    for kind in kinds:
        words = arguments.get(kind, [model, shown])
        yield _Drawn(f"{name}: plot {kind}", [softmax, "plot", kind, *words],
                     FOLDER / f"{name}-{kind}.png")
    yield _Drawn(f"{name}: report", [softmax, "report", "--log", log, model, shown],
                 FOLDER / f"{name}.html")


def _contestants(context):
    softmax = program("softmax")
    table = ["confusion", "calibration", "weights", "curves"]
    digits = data.argument(context.pictures)
    _train("digits", digits, "--solver", "sgd", "--epochs", 10)
    yield from _drawings("digits", digits, ["images", "predictions", *table])
    for points in ("blobs", "circles"):
        _train(points, points, "--hidden", 16)
        yield from _drawings(points, points, ["regions", *table])
    train, test = newsgroups.tables(context.text)
    _train("texts", train, "--text", "text", "--label", "label")
    yield from _drawings("texts", test, table)
    yield _Drawn("plot softmax", [softmax, "plot", "softmax", 1, 2, 3], FOLDER / "softmax.png")
    if not context.smoke:
        penguins = _penguins()
        _train("penguins", penguins, "--label", "species")
        yield from _drawings("penguins", penguins, table)


def measure(context):
    FOLDER.mkdir(parents=True, exist_ok=True)
    return {"entries": contest(list(_contestants(context)), context.runs)}
