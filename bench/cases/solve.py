"""B: MNIST to a relative gradient norm of 1e-4, penalty 1e-4."""

import json

import data
from contest import Peer, contest
from context import L2, our_training
from paths import BUILD

TITLE = "training to relative gradient norm 1e-4, l2 = 1e-4, seconds"
REFERENCE_TOLERANCE = 1e-9


def peers(context):
    """Also what bench/calibrate.py scans."""
    settings = {"data": context.pictures, "l2": L2} | context.limits
    for dtype in ("float32", "float64"):
        yield Peer(f"scikit-learn lbfgs, {dtype}", "sklearn_peer", "solve", settings | {
            "dtype": dtype, "solver": "lbfgs",
            "tolerance": context.tolerance("B", f"scikit-learn lbfgs, {dtype}")})
    for dtype in ("float32", "float64"):
        yield Peer(f"Cyanure, {dtype}", "cyanure_peer", "solve", settings | {
            "dtype": dtype, "solver": "auto",
            "tolerance": context.tolerance("B", f"Cyanure, {dtype}")})
    yield Peer("LIBLINEAR -s 0", "liblinear_peer", "solve", settings | {"tolerance": 1e-4},
               ["another problem: one-vs-rest, bias penalised; one thread"])


def _reference(context):
    """scikit-learn's objective at tolerance 1e-9, found once: it takes minutes."""
    path = BUILD / f"reference-{context.pictures}.json"
    if not path.exists():
        settings = {"data": context.pictures, "l2": L2, "dtype": "float64", "solver": "lbfgs",
                    "tolerance": REFERENCE_TOLERANCE} | context.limits
        [entry] = contest([Peer("scikit-learn, tolerance 1e-9", "sklearn_peer", "solve",
                                settings)], 1)
        if entry["absent"] is not None:
            return None
        path.write_text(json.dumps(entry))
    return json.loads(path.read_text())


def measure(context):
    ours = our_training("solve", data.argument(context.pictures))
    reference = _reference(context)
    result = {"entries": contest([ours, *peers(context)], context.runs), "reference": reference}
    if reference is not None and result["entries"][0]["absent"] is None:
        difference = result["entries"][0]["objective"] / reference["objective"] - 1.0
        result["objective_difference"] = difference
        result["remarks"] = [f"our objective is {difference:+.2g} (relative) from scikit-learn's "
                             f"at tolerance {REFERENCE_TOLERANCE:g}, {reference['objective']:.8f}"]
    return result
