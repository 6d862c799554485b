"""LIBLINEAR's -s 0 through its C library: one problem for each class, on one thread, in float64.

Its tolerance is relative to each problem's own gradient at zero, times the smaller class's share:
divided by the largest share here, so that every problem reaches the gradient norm that is asked for.
"""

import ctypes
import ctypes.util

import numpy as np
import scipy.sparse

import data
from peers.timing import timed

NODE = np.dtype([("index", np.int32), ("value", np.float64)], align=True)
ROOM_FOR_LATER_FIELDS = 8


class _Problem(ctypes.Structure):
    _fields_ = [("l", ctypes.c_int), ("n", ctypes.c_int), ("y", ctypes.c_void_p),
                ("x", ctypes.c_void_p), ("bias", ctypes.c_double)]


class _Parameter(ctypes.Structure):
    """As of version 2.30; later versions append fields, for which 0 does."""

    _fields_ = [("solver_type", ctypes.c_int), ("eps", ctypes.c_double), ("C", ctypes.c_double),
                ("nr_weight", ctypes.c_int), ("weight_label", ctypes.c_void_p),
                ("weight", ctypes.c_void_p), ("p", ctypes.c_double),
                ("later", ctypes.c_void_p * ROOM_FOR_LATER_FIELDS)]


def _library():
    name = ctypes.util.find_library("linear")
    if name is None:
        raise ImportError("no liblinear")
    library = ctypes.CDLL(name)
    library.train.restype = ctypes.c_void_p
    library.free_and_destroy_model.argtypes = [ctypes.POINTER(ctypes.c_void_p)]
    return library


def _nodes(set_):
    """The rows as LIBLINEAR wants them, non-zeros, a 1 for the bias and an end mark each, and where
    each row begins."""
    x = scipy.sparse.csr_matrix(set_.features(np.float64))
    rows, features = x.shape
    counts = np.diff(x.indptr)
    starts = np.concatenate([[0], np.cumsum(counts + 2)])
    nodes = np.zeros(starts[-1], NODE)
    places = np.arange(x.nnz) + np.repeat(2 * np.arange(rows), counts)
    nodes["index"][places] = x.indices + 1
    nodes["value"][places] = x.data
    nodes["index"][starts[1:] - 2] = features + 1
    nodes["value"][starts[1:] - 2] = 1.0
    nodes["index"][starts[1:] - 1] = -1
    pointers = nodes.ctypes.data + starts[:-1] * NODE.itemsize
    return nodes, pointers.astype(np.uintp)


def solve(settings):
    library = _library()
    set_ = data.load(settings["data"])
    rows, features = set_.x.shape
    nodes, pointers = _nodes(set_)
    labels = set_.y.astype(np.float64)
    problem = _Problem(rows, features + 1, labels.ctypes.data, pointers.ctypes.data, 1.0)
    share = np.bincount(set_.y).max() / rows
    parameter = _Parameter(0, settings["tolerance"] / share, 1.0 / (rows * settings["l2"]))
    silence = ctypes.CFUNCTYPE(None, ctypes.c_char_p)(lambda text: None)
    library.set_print_string_function(silence)

    def run():
        # What the library is told of lives as long as this function.
        assert nodes.size and pointers.size and labels.size and silence
        seconds, model = timed(
            lambda: library.train(ctypes.byref(problem), ctypes.byref(parameter)))
        library.free_and_destroy_model(ctypes.byref(ctypes.c_void_p(model)))
        return {"seconds": seconds}

    return run
