"""Files to be read, made once in build/bench/data."""

import struct
import zlib

import numpy as np

import data
from paths import DATA


def _made(path, write):
    """The path, once write(file) has filled it."""
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        with open(partial, "w") as file:
            write(file)
        partial.rename(path)
    return path


def numbers_csv(rows, reals=20, integers=10, classes=5):
    """Columns of numbers: normal ones of six digits, whole ones below 100,000; then a label."""
    def write(file):
        random = np.random.default_rng(0)
        names = [f"x{i + 1}" for i in range(reals + integers)]
        form = ",".join(["%.6g"] * reals + ["%d"] * integers + ["%d"]) + "\n"
        file.write(",".join([*names, "label"]) + "\n")
        for first in range(0, rows, 10000):
            count = min(10000, rows - first)
            values = np.column_stack([random.standard_normal((count, reals)),
                                      random.integers(0, 100000, (count, integers)),
                                      random.integers(0, classes, count)])
            file.writelines(form % tuple(row) for row in values.tolist())

    return _made(DATA / f"numbers-{rows}.csv", write)


def pictures_svm(name):
    """A set of byte pictures as a LIBSVM file: the pixels that are not 0, divided by 255."""
    def write(file):
        set_ = data.load(name)
        texts = ["%.6g" % (value / 255) for value in range(256)]
        for row, label in zip(set_.x, set_.y):
            [places] = np.nonzero(row)
            pairs = " ".join(f"{place + 1}:{texts[row[place]]}" for place in places.tolist())
            file.write(f"{label} {pairs}\n")

    return _made(DATA / f"{name}.svm", write)


def _png(picture):
    """A grey picture, height × width bytes, as the bytes of a PNG file."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))

    height, width = picture.shape
    lines = b"".join(b"\0" + line.tobytes() for line in picture)
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def pictures_folder(name, count):
    """The first pictures of a set, as many as wanted, as PNG files in a folder for each class."""
    folder = DATA / f"{name}-{count}-png"
    if not folder.exists():
        set_ = data.load(name)
        side = int(set_.x.shape[1] ** 0.5)
        partial = folder.with_suffix(".part")
        for place, (row, label) in enumerate(zip(set_.x[:count], set_.y)):
            class_folder = partial / str(label)
            class_folder.mkdir(parents=True, exist_ok=True)
            (class_folder / f"{place:05}.png").write_bytes(_png(row.reshape(side, side)))
        partial.rename(folder)
    return folder
