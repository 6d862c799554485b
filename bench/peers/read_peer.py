"""What Python reads files with, to the arrays that a classifier would be given: float32 features,
labels.

settings: {"path"}.
"""

import concurrent.futures
import os
from pathlib import Path

import numpy as np

from peers.timing import timed


def _timed_run(work):
    def run():
        seconds, rows = timed(work)
        return {"seconds": seconds, "rows": rows}

    return run


def _pandas(settings, **options):
    import pandas

    def work():
        table = pandas.read_csv(settings["path"], **options)
        labels = table.pop("label").to_numpy()
        table.to_numpy(np.float32)
        return len(labels)

    return _timed_run(work)


def pandas_csv(settings):
    return _pandas(settings)


def pandas_csv_arrow(settings):
    import pyarrow  # noqa: F401, so that it is known at once where it is missing

    return _pandas(settings, engine="pyarrow")


def numpy_csv(settings):
    return _timed_run(lambda: len(np.loadtxt(settings["path"], np.float32, delimiter=",",
                                             skiprows=1)))


def sklearn_libsvm(settings):
    from sklearn.datasets import load_svmlight_file

    return _timed_run(lambda: len(load_svmlight_file(settings["path"], dtype=np.float32)[1]))


def _picture(path):
    from PIL import Image

    with Image.open(path) as picture:
        return np.asarray(picture)


def _pictures(settings, all_of):
    """all_of(paths): an iterator of their pictures."""
    import PIL  # noqa: F401

    def work():
        folders = sorted(folder for folder in Path(settings["path"]).iterdir())
        paths = [path for folder in folders for path in sorted(folder.iterdir())]
        np.unique([path.parent.name for path in paths], return_inverse=True)
        return len(np.stack(list(all_of(paths))))

    return _timed_run(work)


def pillow_pictures(settings):
    return _pictures(settings, lambda paths: map(_picture, paths))


def pillow_pictures_threads(settings):
    pool = concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0)))
    return _pictures(settings, lambda paths: pool.map(_picture, paths))
