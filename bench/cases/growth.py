"""H: how our time grows with rows and with classes, on random bytes of which a fifth are not zero."""

import statistics

import numpy as np

from contest import Absent, Program
from paths import BUILD, program

TITLE = "growth with rows and classes, seconds an epoch of gradient descent"
FEATURES = 784
CLASSES_OF_ROWS = 10
STEPS = 6


def _seconds(rows, classes, runs):
    command = [program("bench_steps"), f"random:{rows},{FEATURES},{classes}", "gd", STEPS, 100]
    return statistics.median(Program("softmax", command).run()["seconds"] for _ in range(runs))


def _points(name, sizes, seconds_of, line_of):
    """A point for each size: its seconds, those of the line, and how far it is from the line."""
    seconds = [seconds_of(size) for size in sizes]
    line = line_of(np.array(sizes, float), np.array(seconds))
    return [{name: size, "seconds": s, "line": float(at), "off": float(s / at - 1)}
            for size, s, at in zip(sizes, seconds, line)]


def _proportional(sizes, seconds):
    """Through the origin and the smallest size."""
    return sizes * seconds[0] / sizes[0]


def _straight(sizes, seconds):
    """The line of least squares of relative deviations: a fixed part for the bytes, and one for
    each class."""
    slope, fixed = np.polyfit(sizes, seconds, 1, w=1.0 / seconds)
    return fixed + slope * sizes


def _plot(rows, classes):
    """A picture of both, or None without the means to draw it."""
    try:
        import matplotlib
    except ImportError:
        return None
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "softmax"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for axis, points, name in zip(axes, (rows, classes), ("rows", "classes")):
        sizes = [point[name] for point in points]
        axis.loglog(sizes, [1e3 * point["line"] for point in points], color="0.6", label="line")
        axis.loglog(sizes, [1e3 * point["seconds"] for point in points], "o", label="measured")
        axis.set_xlabel(name)
        axis.set_ylabel("ms an epoch")
        axis.legend()
    path = BUILD / "benchmarks-growth.svg"
    figure.savefig(path, metadata={"Date": None})
    return path.name


def _remark(points, name):
    told = ", ".join(f"{p[name]:,}: {1e3 * p['seconds']:.3g} ms ({100 * p['off']:+.0f} %)"
                     for p in points)
    worst = max(abs(p["off"]) for p in points)
    return f"{name} {told}; {100 * worst:.0f} % off the line at the most"


def measure(context):
    first, few = context.pick((60000, 20000), (500, 200))
    counts = context.pick([2, 3, 5, 10, 20, 50, 100, 200, 500, 1000], [2, 10])
    try:
        rows = _points("rows", [first, 4 * first, 16 * first],
                       lambda size: _seconds(size, CLASSES_OF_ROWS, context.runs), _proportional)
        classes = _points("classes", counts, lambda size: _seconds(few, size, context.runs), _straight)
    except Absent as reason:
        return {"entries": [], "remarks": [f"not available: {reason}"]}
    plot = _plot(rows, classes)
    return {"entries": [], "rows": rows, "classes": classes, "plot": plot,
            "remarks": [f"{CLASSES_OF_ROWS} classes; " + _remark(rows, "rows"),
                        f"{few:,} rows; " + _remark(classes, "classes")]}
