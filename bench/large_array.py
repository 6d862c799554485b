"""Rows of floats that take as many bytes as wanted, written piece by piece as an NPY file with its
labels beside it, and two small ones: the first of these rows, and fresh ones.

The rows lie about a centre for each class, so near each other that some of them are mistaken.
"""

import numpy as np

FEATURES, CLASSES = 784, 10
PIECE = 1 << 14  # rows


def _write(path, labels_path, rows, noise, centres, random):
    labels = random.integers(0, CLASSES, rows, dtype=np.uint8)
    header = {"descr": "<f4", "fortran_order": False, "shape": (rows, FEATURES)}
    with open(path, "wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for first in range(0, rows, PIECE):
            y = labels[first:first + PIECE]
            # The same noise in another place and scale for each row: as good, and ten times as fast.
            scale = random.uniform(0.8, 1.2, (len(y), 1)).astype(np.float32)
            order = random.permutation(PIECE)[:len(y)]
            shifted = np.roll(noise, int(random.integers(0, FEATURES)), axis=1)
            (shifted[order] * scale + centres[y]).astype("<f4", copy=False).tofile(file)
    np.save(labels_path, labels)


def make(folder, size, sample):
    """x.npy and y.npy of `size` bytes; sample.npy and fresh.npy of so many rows, their labels beside
    them."""
    random = np.random.default_rng(0)
    centres = 0.1 * random.standard_normal((CLASSES, FEATURES), np.float32)
    noise = random.standard_normal((PIECE, FEATURES), np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "x.npy", folder / "y.npy", size // (4 * FEATURES), noise, centres, random)
    _write(folder / "fresh.npy", folder / "fresh_labels.npy", sample, noise, centres, random)
    np.save(folder / "sample.npy", np.load(folder / "x.npy", mmap_mode="r")[:sample])
    np.save(folder / "sample_labels.npy", np.load(folder / "y.npy")[:sample])
