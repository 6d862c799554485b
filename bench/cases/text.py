"""F: sparse text, 20 newsgroups as TF-IDF of all words, to a relative gradient norm of 1e-4."""

import data
from contest import Peer, contest
from context import L2, our_training

TITLE = "sparse text, to relative gradient norm 1e-4, l2 = 1e-4, seconds"


def peers(context):
    """Also what bench/calibrate.py scans."""
    settings = {"data": context.text, "l2": L2} | context.limits
    for solver in ("lbfgs", "saga"):
        for dtype in ("float32", "float64"):
            name = f"scikit-learn {solver}, {dtype}"
            yield Peer(name, "sklearn_peer", "solve", settings | {
                "dtype": dtype, "solver": solver, "tolerance": context.tolerance("F", name)})
    name = "Cyanure qning-ista, float64"
    yield Peer(name, "cyanure_peer", "solve", settings | {
        "dtype": "float64", "solver": "qning-ista", "tolerance": context.tolerance("F", name)})
    yield Peer("LIBLINEAR -s 0", "liblinear_peer", "solve", settings | {"tolerance": 1e-4},
               ["another problem: one-vs-rest, bias penalised; one thread"])


def measure(context):
    ours = our_training("text", data.argument(context.text))
    set_ = data.load(context.text)
    rows, features = set_.x.shape
    return {"entries": contest([ours, *peers(context)], context.runs),
            "remarks": [f"{rows:,} rows, {features:,} features, {set_.classes} classes, "
                        f"{set_.x.nnz:,} values that are not zero"]}
