"""The sets of $SOFTMAX_DATA as tables of texts, in training and test part, written as CSV files with
a header: column c0, c1, … and label.

Sets without parts of their own are split three to one, at random, always alike.
"""

import csv
import gzip

import numpy as np

import data
from paths import DATA


def _lines(*parts, skip=0, encoding="utf-8"):
    path = data._source(*parts)
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding=encoding, newline="") as file:
        for _ in range(skip):
            next(file)
        yield from file


def _rows(*parts, label=-1, skip=0, delimiter=","):
    """Records with the label moved to the end."""
    lines = _lines(*parts, skip=skip)
    for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
        if row:
            text = row.pop(label)
            yield [*row, text]


def _shuffled(rows):
    rows = list(rows)
    order = np.random.default_rng(0).permutation(len(rows))
    cut = len(rows) * 3 // 4
    return [rows[i] for i in order[:cut]], [rows[i] for i in order[cut:]]


def _letter():
    rows = list(_rows("letter", "letter-recognition.data.gz", label=0))
    return rows[:16000], rows[16000:]


def _adult():
    test = _rows("adult", "adult.test.gz", skip=1)
    return list(_rows("adult", "adult.data.gz")), [[*row[:-1], row[-1].rstrip(".")] for row in test]


def _lightgbm():
    return tuple(list(_rows("lightgbm_multiclass", name, label=0, delimiter="\t"))
                 for name in ("multiclass.train.gz", "multiclass.test"))


def _questions(name):
    """trec's: a class, a colon, a finer class, the words."""
    for line in _lines("trec", name, encoding="latin-1"):
        fine, _, words = line.strip().partition(" ")
        yield [words, fine.partition(":")[0]]


NUMBERS_AND_CATEGORIES = {
    "iris": lambda: _shuffled(_rows("iris", "iris.csv", skip=1)),
    "wine": lambda: _shuffled(_rows("wine", "wine_data.csv", skip=1)),
    "breast_cancer": lambda: _shuffled(_rows("breast_cancer", "breast_cancer.csv", skip=1)),
    "digits_8x8": lambda: _shuffled(_rows("digits_8x8", "digits.csv.gz")),
    "penguins": lambda: _shuffled(_rows("penguins", "penguins.csv", label=0, skip=1)),
    "adult": _adult,
    "car": lambda: _shuffled(_rows("car", "car.data")),
    "letter": _letter,
    "covtype20k": lambda: _shuffled(_rows("covtype20k", "covtype.20k.data.gz")),
    "lightgbm": _lightgbm,
}
TEXTS = {
    "trec": lambda: (list(_questions("train_5500.label")), list(_questions("TREC_10.label"))),
    "banking77": lambda: (list(_rows("banking77", "train.csv.gz", skip=1)),
                          list(_rows("banking77", "test.csv", skip=1))),
}


def _write(path, rows):
    partial = path.with_suffix(".part")
    with open(partial, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(f"c{i}" for i in range(len(rows[0]) - 1)), "label"])
        writer.writerows(rows)
    partial.rename(path)


def paths(name):
    """The CSV files of a set's two parts."""
    wanted = [DATA / f"table-{name}-{part}.csv" for part in ("train", "test")]
    if not all(path.exists() for path in wanted):
        DATA.mkdir(parents=True, exist_ok=True)
        for path, rows in zip(wanted, (NUMBERS_AND_CATEGORIES | TEXTS)[name]()):
            _write(path, rows)
    return wanted


SPARSE = {"a9a": ("a9a.gz", "a9a.t.gz"), "heart_scale": ("heart_scale",),
          "segment": ("segment.scale.gz",), "vowel": ("vowel.scale",)}


def sparse_paths(name):
    """The LIBSVM files of a set's two parts."""
    parts = SPARSE[name]
    if len(parts) == 2:
        return [data._source("libsvm", part) for part in parts]
    wanted = [DATA / f"{name}-{part}.svm" for part in ("train", "test")]
    if not all(path.exists() for path in wanted):
        DATA.mkdir(parents=True, exist_ok=True)
        for path, lines in zip(wanted, _shuffled(_lines("libsvm", *parts))):
            path.write_text("".join(lines))
    return wanted
