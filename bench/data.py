"""The data sets, as Python sees them and as our program is told of them.

load(name) gives a Set; argument(name) gives the word DATA for our program. What is not a file of
$SOFTMAX_DATA as it came is made once, in build/bench/data.
"""

import functools
import gzip
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contest import Absent
from paths import DATA, program

TRAIN, TEST = "train", "t10k"  # the parts of a set, as its files are named
IDX_TYPES = {0x08: np.dtype(">u1"), 0x0C: np.dtype(">i4"), 0x0D: np.dtype(">f4")}


@dataclass
class Set:
    """Labelled rows. x: rows × features as stored; what a model sees is x · scale."""

    x: object  # ndarray of u8 or f32, or a scipy CSR matrix of f32
    y: np.ndarray
    classes: int

    @property
    def scale(self):
        return 1.0 / 255.0 if self.x.dtype == np.uint8 else 1.0

    def block(self, first, last, dtype):
        """Rows first … last − 1, scaled."""
        rows = self.x[first:last].astype(dtype)
        if self.scale != 1.0:
            rows *= dtype(self.scale)
        return rows

    def features(self, dtype):
        """All of x, scaled, rows × features."""
        return self.block(0, self.x.shape[0], np.dtype(dtype).type)

    def one_hot(self, dtype):
        return np.eye(self.classes, dtype=dtype)[self.y]


# ---- IDX files ----


def read_idx(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rb") as file:
        content = file.read()
    dtype, dimensions = IDX_TYPES[content[2]], content[3]
    shape = np.frombuffer(content, ">u4", dimensions, 4)
    values = np.frombuffer(content, dtype, offset=4 + 4 * dimensions).reshape(shape)
    return values.astype(dtype.newbyteorder("="))


def write_idx(path, values):
    kind = next(k for k, d in IDX_TYPES.items() if d.newbyteorder("=") == values.dtype)
    with open(path, "wb") as file:
        file.write(bytes([0, 0, kind, values.ndim]))
        file.write(np.array(values.shape, ">u4").tobytes())
        file.write(values.astype(IDX_TYPES[kind]).tobytes())


def _idx_paths(name, dtype):
    folder = DATA / name
    ending = "ubyte" if dtype == np.uint8 else "float"
    return folder / f"train-features-idx2-{ending}", folder / "train-labels-idx1-int"


def _save(name, x, y):
    features, labels = _idx_paths(name, x.dtype)
    features.parent.mkdir(parents=True, exist_ok=True)
    write_idx(labels, y.astype(np.int32))
    write_idx(features, x)


def _open_pair(features, labels):
    x = read_idx(features)
    y = read_idx(labels).astype(np.int64)
    return Set(x.reshape(len(x), -1), y, int(y.max()) + 1)


# ---- the sets ----


def _source(*parts):
    """A file of $SOFTMAX_DATA."""
    folder = os.environ.get("SOFTMAX_DATA")
    if folder is None:
        raise Absent("SOFTMAX_DATA is not set")
    path = Path(folder, *parts)
    if not path.exists():
        raise Absent(f"$SOFTMAX_DATA/{'/'.join(parts)} is not here")
    return path


def _mnist_file(name):
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    path = cache / "softmax" / "mnist" / name
    return path if path.exists() else _source("mnist", name)


def _mnist(part):
    return _open_pair(_mnist_file(f"{part}-images-idx3-ubyte.gz"),
                      _mnist_file(f"{part}-labels-idx1-ubyte.gz"))


# What our program makes. 500 digits: for when it has to be quick.
GENERATED = {"digits": "digits:n=500", "digits-10000": "digits:n=10000",
             "digits-60000": "digits:n=60000", "blobs": "blobs", "circles": "circles"}


def _generated(name, part):
    folder = DATA / name
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([program("softmax"), "data", "make", GENERATED[name], "-o", folder, "-q"],
                       check=True)
    [features] = folder.glob(f"{part}-*-idx[23]-*")
    return _open_pair(features, folder / f"{part}-labels-idx1-ubyte")


def _wide(rows=20000, features=256, classes=1000):
    """Rows scattered about one centre for each class."""
    random = np.random.default_rng(0)
    centres = random.standard_normal((classes, features)).astype(np.float32)
    y = random.permutation(np.arange(rows) % classes)
    x = 0.5 * centres[y] + random.standard_normal((rows, features), np.float32)
    return x, y


def _table(path, label):
    """A CSV file: the features as stored, the labels as 0 …, in the order of their texts."""
    with gzip.open(path, "rt") as file:
        rows = [line.rstrip("\n").split(",") for line in file if line.strip()]
    texts = [row.pop(label) for row in rows]
    return np.array(rows, dtype=np.float64), np.unique(texts, return_inverse=True)[1]


def _digits_8x8():
    x, y = _table(_source("digits_8x8", "digits.csv.gz"), -1)
    return (x / x.max()).astype(np.float32), y


def _letter():
    x, y = _table(_source("letter", "letter-recognition.data.gz"), 0)
    return (x / x.max()).astype(np.float32), y


def _covtype():
    """Standardised: as they come, metres beside zeros and ones, no first-order method gets far."""
    x, y = _table(_source("covtype20k", "covtype.20k.data.gz"), -1)
    spread = x.std(axis=0)
    return ((x - x.mean(axis=0)) / np.where(spread == 0, 1, spread)).astype(np.float32), y


MADE = {"wide": _wide, "wide-smoke": functools.partial(_wide, 500, 32, 50),
        "large": functools.partial(_wide, 6144, 1024, 1000),
        "large-smoke": functools.partial(_wide, 384, 32, 50),
        "digits_8x8": _digits_8x8, "letter": _letter, "covtype": _covtype}


def _made(name):
    for dtype in (np.uint8, np.float32):
        if _idx_paths(name, dtype)[0].exists():
            return _open_pair(*_idx_paths(name, dtype))
    _save(name, *MADE[name]())
    return _made(name)


@functools.lru_cache(maxsize=1)
def load(name):
    if name == "mnist":
        return _mnist(TRAIN)
    if name in GENERATED:
        return _generated(name, TRAIN)
    if name.startswith("news"):
        import newsgroups

        return newsgroups.load(name)
    return _made(name)


def load_test(name):
    """The part for testing, None where there is none."""
    if name == "mnist":
        return _mnist(TEST)
    return _generated(name, TEST) if name in GENERATED else None


def argument_with_test(name):
    """The word DATA for all of a set, which our program then trains on and tests on."""
    load(name)
    return DATA / name if name in GENERATED else argument(name)


def argument(name):
    """The word DATA; the data set exists afterwards."""
    set_ = load(name)
    if name == "mnist":
        return "mnist"
    if name == "digits":
        return DATA / name / f"{TRAIN}-images-idx3-ubyte"
    if name.startswith("news"):
        import newsgroups

        return newsgroups.path(name)
    return _idx_paths(name, set_.x.dtype)[0]
